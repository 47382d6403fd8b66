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
    r"attend(?:s|ed)?|live|said|told|reported|reports|felt|gained|made|makes?|took|takes?|started|became|becomes?|ceased|returned|required?|requires|needed|needs|completed|"
    r"identified|agreed|moved|continues?|continued|exceeds?|compares?|meets?|met|indicates?|suggests?|featured|led|includes?|stay|stayed|benefit(?:s|ed)?|provides?|provided|gave|resulted|found|ended|progressed|participated|experienced|placed|waiting|awaiting|currently|now|recorded|held|seen|reviewed|sampled|approved|"
    r"presenting|using|making|receiving|having|living|attending|achieving|gaining|taking|going|leaving|not|due|still|remain(?:ing)?|open|working|supported|represents?|represented)"
)
_END: Final = re.compile(
    rf"[,.;:()?!–]|\s(?:{_VERB}|who|whom|which|that|whose|where|when|while|because|since|during|as|if|but|although|than|compared|at|on|by|from|to|for|until|within|"
    r"over|before|after|between|through|per|also|only|across|under|about|against|without|both|either|or|so|despite|following)\b|\s(?:in|across)\s(?=(?:the\s(?:last|past|previous|year|six|12)|20\d\d|\d|January|February|March|April|May|June|July|August|September|October|November|December|total|higher|place|each|this|each))"
    r"|\sof\s(?=which|whom|these|those)|\sand\s(?=\d|the\s|in\s|[a-z]+\s(?:are|were|was|is|have|had)\b|two\b|three\b|four\b|five\b|six\b|seven\b)|\sin\s"
)
_LEAD: Final = re.compile(
    r"(?i)(?:(?:however|overall|currently|as a result|for example|in addition|nevertheless|in total|similarly|consequently|also|further(?:more)?|nationally|at present|of these|of this number|"
    r"in|at|by|during|since|over|between|as at|on|from)\b[^,]{0,60},\s|(?:although|while|despite|and|but|so|with|where|when|because|since|that|though|as|in which|which|this means(?: that)?|data show(?:s)?(?: that)?|there (?:are|were|was|is|has been|have been))\s|"
    r"[^,;]{0,80}?\b(?:shows?|showed|found|indicates?|reports?|reported|demonstrates?|suggests?|identified|estimates?|states?|confirmed|confirms|means)\s(?:that\s)?(?=[a-z]+\s))"
)
_DETERMINER: Final = re.compile(r"(?i)(?:the|an?|its|their|these|those|this|all|some|only|just|another|additional|a total of|around|approximately|about|over|more than|almost|nearly|very|every|each|any|further|current|currently|local authority’s own|local authority’s|authority’s)\s")
_PRONOUN: Final = re.compile(r"(?i)(?:this|it|that|these|those|they|which|he|she|there|who|most|many|some|none|both|all|others?|very few|few|more|performance|the figure|this figure|the proportion|this proportion|the number|this number|the rate|figures)\b(?:\s(?:figure|number|rate|proportion|performance|percentage|group|cohort)\b)?\s*$")
_OF: Final = re.compile(r"\s?\)?\s?of\s(?:(?:the|all|its|their|these|those|this|our|current|eligible|open)\s)*(?:\d[\d,]*\s|[a-z]+\s(?=children|young|cases|care))?")
_BRACKETED: Final = re.compile(r"\s?\((?:[^()]{0,30}\d[^()]{0,30})\)")
_CLAUSE: Final = re.compile(r"[;:]\s|,\s(?:and|but|with|while|which|although|so|where|whereas)\s|\sand\s(?=the\s)|\s\(|\bcompared\s")
_COPULA: Final = re.compile(rf"\s{_VERB}\b")
_MEASURE: Final = re.compile(
    r"(?i)\b(?:average|percentage|proportion|number|rate|timeliness|turnover|attendance|take-up|length|time|budget|funding|cost|caseloads?|total|figure|share|level)s?\b"
)
_MONEY_FOR: Final = re.compile(r"(?i)\s(?:(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b(?:\s(?:in|for|into|of|from)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)")


def find_subject(
    text: str, sentence: tuple[int, int], quantities: Sequence[Quantity], index: int, before: Sequence[str | None]
) -> str | None:
    """Return the noun phrase that says what the quantity at `index` measures; `before` are the subjects so far.

    Tried in turn: the phrase after the number ("62% of social workers"), the figure that a bracket repeats
    ("68 (43%)"), the subject of the clause ("the average time is 545 days"), the nearest known term.
    """
    quantity = quantities[index]
    start, end = sentence
    repeated = repeats(text, quantities, index)
    after = _after(text, quantity, end)
    if after:
        return after
    if repeated and before[-1]:
        return before[-1]
    clause = _clause_subject(text, start, quantity)
    if clause:
        return clause
    if before and before[-1]:
        return before[-1]
    return _nearest_term(text, start, end, quantity)


def _after(text: str, quantity: Quantity, end: int) -> str | None:
    """Return the noun phrase that follows the number, if one does."""
    at = quantity.end
    if bracket := _BRACKETED.match(text, at, end):
        at = bracket.end()
    elif text[at : at + 1] == ")":
        at += 1
    if of := _OF.match(text, at, end):
        return _phrase(text, of.end(), end)
    if quantity.kind == "money":
        goal = _MONEY_FOR.match(text, at, end)
        return _phrase(text, goal.end(), end) if goal else None
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " ":
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
    phrase = text[at:max(at, limit)].strip(" ’‘,")
    return phrase if len(phrase) > 2 and not phrase[0].isdigit() else None


def _clause_subject(text: str, start: int, quantity: Quantity) -> str | None:
    """Return the noun phrase before the verb of the clause in which the number stands."""
    left = text[start : quantity.start]
    boundaries = [m.end() for m in _CLAUSE.finditer(left) if m.end() < len(left) - 12]
    for at in [*reversed(boundaries), 0]:
        clause = left[at:]
        while lead := _LEAD.match(clause):
            clause = clause[lead.end() :]
        while determiner := _DETERMINER.match(clause):
            clause = clause[determiner.end() :]
        verb = _COPULA.search(clause)
        if verb is None:
            if measure := _MEASURE.search(clause):
                return _trim(clause[measure.start() :])
            continue
        subject = clause[: verb.start()].strip(" ,(")
        if subject and len(subject) <= 2 * _LONGEST and not _PRONOUN.match(subject) and subject[0].isalpha():
            return subject
    return None


def _trim(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end."""
    trimmed = re.sub(r"(?i)(?:[\s,(]+(?:of|at|to|by|from|in|is|was|and|the|an?|for|only|with|than|over))*[\s,(]*$", "", phrase)
    return trimmed if 2 < len(trimmed) <= _LONGEST else None


def _nearest_term(text: str, start: int, end: int, quantity: Quantity) -> str | None:
    """Return the known term nearest to the number in its sentence."""
    best: tuple[int, str] | None = None
    for match in load_rules().terms.finditer(text, start, end):
        distance = quantity.start - match.end() if match.end() <= quantity.start else match.start() - quantity.end + 15
        if best is None or distance < best[0]:
            best = (distance, match.group())
    return best[1] if best else None
