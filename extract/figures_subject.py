"""What does a figure measure?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_context import repeats
from extract.figures_rules import load_rules
from extract.figures_scan import Quantity

_LONGEST: Final = 90  # characters of a subject; beyond that it is no phrase but a clause

# Words that end the phrase after a number, and verbs that end the subject of a clause.
_VERB: Final = (
    r"(?:is|are|was|were|has|have|had|can|will|would|could|should|may|did|do|does|been|being|be|rose|fell|grew|remains?|remained|stands?|stood|"
    r"increased|decreased|reduced|improved|improves|dropped|declined|deteriorated|doubled|shows?|showed|received?|receives|achieved?|achieves|lived?|lives|went|left|"
    r"attend(?:s|ed)?|live|said|told|reported|felt|gained|made|makes?|took|takes?|started|became|becomes?|ceased|returned|required?|requires|needed|completed|"
    r"identified|agreed|moved|continues?|continued|exceeds?|compares?|meets?|met|indicates?|suggests?|featured|led|includes?|stay|stayed|benefit(?:s|ed)?|provides?|provided|gave|resulted|found|ended|progressed|participated|experienced|placed|waiting|awaiting|currently|now|recorded|held|seen|reviewed|sampled|approved|"
    r"presenting|using|making|receiving|having|living|attending|achieving|gaining|taking|going|leaving|not|due|still|remain(?:ing)?|open|working|supported|represents?|represented)"
)
# Where the phrase after a number ends.
_END: Final = re.compile(
    rf"[,.;:()?!–]|\s(?:{_VERB}|who|whom|which|that|whose|where|when|while|because|since|during|as|if|but|although|than|compared|at|on|by|from|to|for|until|within|"
    r"over|before|after|between|through|per|also|only|across|under|about|against|without|both|either|or|so|despite|following|in|including|involving|pertaining|out\sof|\d+)\b"
    r"|\sof\s(?=which|whom|these|those)|\sand\s(?!young|famil|children|carers|care\b|permanence|child|minority)"
)
_LEAD: Final = re.compile(
    r"(?i)\s*(?:(?:however|overall|currently|as a result|for example|in addition|nevertheless|in total|similarly|consequently|also|furthermore|further|nationally|at present|now|"
    r"in|at|by|during|since|over|between|as at|on|from|for|of|according to|based on|despite|following)\b[^,]{0,80}?(?:,\s|(?<=\d{4})\s(?=[a-z])|(?<=[-–−/]\d\d)\s(?=[a-z]))"
    r"|it (?:is|was) \w+ that\s|(?:although|while|and|but|so|with|where|when|because|since|that|though|as|in which|which|whereas|this means(?: that)?|there (?:are|were|was|is|has been|have been))\s"
    r"|[^,;]{0,90}?\b(?:shows?|showed|found|indicates?|reports?|reported|demonstrates?|suggests?|identified|estimates?|states?|confirmed|confirms|means|evidence[sd]?)\s(?:that\s)?(?=[a-z‘]+\s\w+\s))"
)
_DETERMINER: Final = re.compile(
    r"(?i)(?:the|an?|its|their|these|those|this|all|some|only|just|another|additional|a total of|around|approximately|about|over|more than|almost|nearly|very|every|each|any|no|further|currently?|"
    r"local authority’s own|local authority’s|authority’s|recorded|overall|(?:agreed|approved|open|reported|identified|completed|supported)(?=\s(?!by|to|in|for|at|and|as|within|on|with|of)[a-z])|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten)\s"
)
_ARTICLE: Final = re.compile(
    r"(?i)(?:the|an?|its|their|only|just|another|additional|overall|local authority’s own|local authority’s|authority’s|recorded|no|every|each|any|all|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten)\s(?!of\s(?:these|those|them|which|whom)\b)"
)
_PRONOUN: Final = re.compile(
    r"(?i)(?:this|it|that|these|those|they|which|he|she|there|who|most|many|some|none|both|all|others?|very few|few|more|we|what|performance|figures?|proportion|percentage|number|rate|average|others|data|half|(?:large |vast |great |overwhelming |clear )?majority|minority|local authority|council|authority|inspectors?|board|"
    r"[a-z’ ]*\bof (?:these|those|them|which|whom|this))(?:\s(?:figure|number|rate|proportion|performance|percentage|group|cohort|improvement|increase|reduction|average|is|data|year|total|area))?\s*$"
)
_BEGINS_WRONG: Final = re.compile(rf"(?i)(?:{_VERB}|now|also|still|so|too|there|this|it|we)\b|[^a-z‘]")
_OF: Final = re.compile(
    r"\s?\)?\s?of\s(?:(?:the|all|its|their|these|those|this|our|current|eligible|open)\s)*(?:\d[\d,]*\s|[a-z]+\s(?=children|young|cases|care))?"
)
_TIME: Final = re.compile(
    r"(?:(?:previous|last|same|following)\s)?(?:days?|weeks?|months?|years?|quarter|period|time)\b"
)
_OF_THESE: Final = re.compile(
    r"(?i)\bof (?:which|whom|these|those|them|this number),?\s(?:only\s|just\s|approximately\s)?$"
)
_BRACKETED: Final = re.compile(r"\s?\((?:[^()]{0,30}\d[^()]{0,30})\)")
_CLAUSE: Final = re.compile(
    r"[;:–]\s|,\s(?:and|but|with|while|which|although|so|where|whereas|resulting|meaning|including)\s|\swith\s(?=only|just|almost|nearly|over)|\s\((?![A-Z]{2,}\w?\))|\bcompared\s|\bto\s(?=reduce|increase|improve)"
)
_FINITE: Final = re.compile(rf"\s(?:{_VERB})\b")
_RELATIVE: Final = re.compile(r"\b(?:who|which|that|where|whose)\s*(?:\w+ly\s)?$")
_MEASURE: Final = re.compile(
    r"(?i)\b(?:average|percentage|proportion|number|rate|timeliness|turnover|attendance|take-up|length|budget|funding|cost|caseloads?|total|share|level)s?\b"
)
_CHANGE: Final = r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation|reduc|increas|variation)\w*"
_CHANGE_OF: Final = re.compile(
    rf"(?i)\s?(?:\w+\s)?{_CHANGE}\s(?:in|of|to)\s(?:the\s)?(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)?"
)
_CHANGE_ONLY: Final = re.compile(rf"(?i)\s?(?:\w+\s)?{_CHANGE}\b")
_CHANGED_BY: Final = re.compile(rf"(?i)\b{_CHANGE}\s(?:of|by)\s$")
_OPENING_AT: Final = re.compile(r"(?i)^\s*(?:\w+,?\s)?at\s$")
_MONEY_FOR: Final = re.compile(
    r"(?i)\s(?:(?:additional\s)?(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b(?:\s(?:in|for|into|of|from|to)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)"
)


def find_subject(
    text: str,
    sentence: tuple[int, int],
    quantities: Sequence[Quantity],
    index: int,
    before: Sequence[str | None],
    *,
    compared: bool,
) -> str | None:
    """Return the noun phrase that says what the quantity at `index` measures; `before` are the subjects so far.

    Tried in turn: the phrase after the number ("62% of social workers"), the figure that it restates or is
    `compared` with ("68 (43%)", "86%, below the England average of 88%"), the subject of the clause ("the
    average time is 545 days"), the subject before, the nearest known term.
    """
    quantity = quantities[index]
    start, end = sentence
    left = text[start : quantity.start]
    last = before[-1] if before else None
    if compared and index and last and not _OF.match(text, quantity.end, end):
        return last
    if _OPENING_AT.match(left) and text[quantity.end : quantity.end + 1] == ",":
        return _phrase(text, quantity.end + 2, end) or last
    if after := _after(text, quantity, end):
        return after
    if last and (_OF_THESE.search(left) or _OF_THESE.match(text[quantity.end : end].lstrip()[:12] + " ")):
        return last
    if last and (repeats(text, quantities, index) or (index and quantity.kind == "count")):
        return last
    return _clause_subject(left) or last or _nearest_term(text, start, end, quantity)


def _after(text: str, quantity: Quantity, end: int) -> str | None:
    """Return the noun phrase that follows the number, if one does."""
    at = quantity.end
    if bracket := _BRACKETED.match(text, at, end):
        at = bracket.end()
    elif text[at : at + 1] == ")":
        at += 1
    if change := _CHANGE_OF.match(text, at, end):
        return _phrase(text, change.end(), end)
    if of := _OF.match(text, at, end):
        return _phrase(text, of.end(), end)
    if quantity.kind == "money":
        goal = _MONEY_FOR.match(text, at, end)
        return _phrase(text, goal.end(), end) if goal else None
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " " or _CHANGE_ONLY.match(text, at, end):
        return None
    if text[quantity.end : quantity.end + 1] == ")":
        return None
    return _phrase(text, at + 1, end)


def _phrase(text: str, at: int, end: int) -> str | None:
    """Return the noun phrase that begins at this place, without its determiners."""
    while determiner := _DETERMINER.match(text, at, end):
        at = determiner.end()
    term = load_rules().terms.search(text, at, min(end, at + _LONGEST))
    stop = _END.search(f" {text[at : min(end, at + _LONGEST)]}")
    limit = at + (stop.start() - 1 if stop else min(end - at, _LONGEST))
    if term and term.start() <= limit and term.start() - at < 30:
        return text[at : term.end()].strip()
    phrase = re.sub(r"\s(?:of|the|an?|and)$", "", text[at : max(at, limit)].strip(" ’‘,"))
    if (
        len(phrase) < 3
        or _TIME.match(phrase)
        or (" " not in phrase and phrase.endswith("ed"))
        or not re.match(r"[A-Za-z‘]|\d+[- –]?", phrase)
    ):
        return None
    return phrase


def _clause_subject(left: str) -> str | None:
    """Return the noun phrase before the verb of the clause that leads up to a number."""
    if _CHANGED_BY.search(left):
        changes = list(_CHANGE_OF.finditer(left))
        if changes and (phrase := _phrase(left, changes[-1].end(), len(left))):
            return phrase
    boundaries = [match.end() for match in _CLAUSE.finditer(left)]
    stop = len(left)
    for at in [*reversed(boundaries), 0]:
        subject = _subject_of(left[at:stop], whole=stop == len(left))
        if subject:
            return subject
        stop = len(
            re.sub(
                r"(?:,?\s(?:and|but|with|while|which|although|so|where|whereas|compared)|[;:(,–])?\s*$",
                "",
                left[:at],
            )
        )
    return None


def _subject_of(clause: str, *, whole: bool) -> str | None:
    """Return the subject of one clause; of a clause before that of the number, rather what it ends with."""
    while lead := _LEAD.match(clause):
        clause = clause[lead.end() :]
    clause = clause.lstrip()
    while article := _ARTICLE.match(clause):
        clause = clause[article.end() :]
    verbs = [
        match.start() for match in _FINITE.finditer(clause) if not _RELATIVE.search(clause[: match.start()])
    ]
    relative = re.search(r"\s(?:who|which|that)\s", clause)
    if verbs and relative and relative.start() < verbs[0] and len(verbs) > 1:
        verbs = verbs[-1:]
    if not verbs or not whole:
        measures = list(_MEASURE.finditer(clause))
        if measures:
            return _trim(clause[measures[0 if not verbs else -1].start() :])
    if not verbs:
        return None if whole else _trim(clause)
    return _trim(clause[: verbs[0]])


def _trim(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end; None where it names nothing by itself."""
    trimmed = re.sub(
        r"(?i)(?:[\s,(]+(?:of|at|to|by|from|in|is|was|are|were|and|the|an?|for|only|with|than|over|now|also|just|currently|still|low|high|good|strong|mostly|has|have|had|been|generally|be|being|remains?))+[\s,(]*$",
        "",
        phrase,
    ).strip(" ,(–")
    if not 2 < len(trimmed) <= 2 * _LONGEST or _PRONOUN.fullmatch(trimmed) or _BEGINS_WRONG.match(trimmed):
        return None
    return trimmed


def _nearest_term(text: str, start: int, end: int, quantity: Quantity) -> str | None:
    """Return the known term nearest to the number in its sentence."""
    best: tuple[int, str] | None = None
    for match in load_rules().terms.finditer(text, start, end):
        distance = (
            quantity.start - match.end()
            if match.end() <= quantity.start
            else match.start() - quantity.end + 15
        )
        if best is None or distance < best[0]:
            best = (distance, match.group())
    return best[1] if best else None
