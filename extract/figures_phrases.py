"""Where does the noun phrase beside a number begin and end?"""

import re
from typing import Final

from extract.figures_rules import load_rules
from extract.figures_words import load_words

_LONGEST_CLAUSE: Final = 130
_MOST_WORDS: Final = 10  # of a subject taken from another sentence
_LONGEST: Final = 90  # characters of a subject; beyond that it is no phrase but a clause
_TIME: Final = re.compile(
    r"(?:(?:previous|last|past|same|following|few)\s)*(?:days?|weeks?|months?|years?|quarter|period|times"
    r"|time(?!\s(?:spent|taken|between|from|for|of|it)\b))\b"
)
_COMPARISON: Final = re.compile(
    r"(?:above|below|higher|lower|better|worse|quicker|slower|longer|shorter|more|less|fewer)\b"
)
_POINTS_BACK: Final = re.compile(
    r"(?:them|these|those|which|whom|all)|(?:this\s|the\s)?(?:group|cohort|total|number)"
)
_CLAUSE: Final = re.compile(
    r"[;:–]\s|,\s(?:and|but|with|while|which|although|so|where|whereas|resulting|meaning|including)\s"
    r"|\swith\s(?=only|just|almost|nearly|over)|\s\((?![A-Z]{2,}\w?\))|\bcompared\s"
    r"|\bto\s(?=reduce|increase|improve)"
)
_CLAUSE_END: Final = re.compile(
    r"(?:,?\s(?:and|but|with|while|which|although|so|where|whereas|compared|including)|[;:(,–])?\s?$"
)
# "who have" is no verb of its clause, "of approved carers" none at all.
_NO_VERB: Final = re.compile(
    r"\b(?:who|which|that|where|whose)\s*(?:\w+ly\s)?$|\b(?:of|the|all|for|with|newly|recently|any|these)$"
)
_SAME_VERB: Final = re.compile(r"(?:\s(?:to|not|also|now|still|\w+ly))*")  # "continues to be"
_CHANGE: Final = (
    r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation|worsening"
    r"|deterioration|reduc|increas|variation)\w*"
)
_CHANGED_NOUN: Final = re.compile(
    r"(?i)\b(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|worsening|deterioration)\s(?:in|of)\s"
    r"(?:the\s)?(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)?(?!(?:last|past|previous|this)\s|\d)"
)
_CHANGING: Final = re.compile(
    r"(?i)\b(?:increas|reduc|decreas|rais|lower|cut|improv|doubl)(?:e[sd]?|t?ing)?\s(?:its\s|their\s|the\s)?"
    r"(?P<what>(?!\w{1,20}ly\b|(?:by|from|in|to|over|at|since|on|during|further|between|again|this|each|year|month)\b)[a-z][^,;.()]{2,90}?)\s(?:by|\(?from)\s(?:\w+\s)?$"
)
# "a re-referral rate of 30%", "delay of up to six months": what the number is the value of.
_VALUE_OF: Final = re.compile(
    r"(?i)(?:.{0,90}(?:^|[,;(–]\s?|\b(?:an?|the|its|their|with|at|has|have|had|is|was|of|to|from|and|by|this|no|often)\s))?"
    r"(?P<what>(?:[\w’-]{1,30}\s){0,4}[\w’-]{1,30})\sof\s(?:(?:up|to|about|around|over|under|just|only|almost|nearly"
    r"|approximately|more|less|than|at|least|within|an|average|some)\s){0,4}$"
)
_PLACE: Final = re.compile(
    r"\b(?:for|in|under|across|within|by|between)\sthe\s$"
)  # "an average for the area of"
_ARTICLE: Final = re.compile(r"(?i)^(?:an?|the|its|their|this)\s")
_AGES: Final = re.compile(r"(?:\d\d?-?\s(?:and|to|or)\s)?\d\d?[- ]year[- ]olds?(?:\scare\sleavers)?")
_CHANGE_OF: Final = re.compile(
    rf"(?i)\s?(?:\w{{1,30}}\s)?{_CHANGE}\s(?:in|of|to)\s(?:the\s)?"
    r"(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)?"
)
_CHANGED_BY: Final = re.compile(rf"(?i)\b{_CHANGE}\s(?:of|by)\s$")
_RISE_OF: Final = re.compile(
    r"(?i)\b(?:increase|reduction|decrease|rise|fall|drop|decline|growth)\s(?:of|by)\s$"
)
_IN: Final = re.compile(
    r"\sin\s(?!(?:the\s)?(?:last|past|previous|same|year)\b)(?:the\s|its\s|their\s)?"
    r"(?:(?:overall\s)?(?:number|rate|proportion|percentage)s?\sof\s)?(?=[a-z])"
)
_SHARE_OF: Final = re.compile(
    r"(?i)(?:(?:very|high|low|small|large|larger|smaller|higher|lower|overall|total|increasing|significant|growing|local"
    r"|authority’s|vast|great)\s){0,3}"
    r"(?:proportions?|percentages?|numbers?|shares?|minority|majority)\s(?:and\s\w+\s)?of\s(?:all\s|the\s|its\s)?(?=\w)"
    r"|^(?:almost\s|nearly\s|very\s|not\s)?(?:all|most|many|few)\s(?!\w+ly\b|recent|able)(?:of\s)?(?:the\s|these\s)?(?=\w)"
    r"|^(?:thirds?|quarters?|fifths?|half)\s(?:of\s)?(?:the\s|all\s|these\s)?(?=\w)"
)
_VALUE: Final = re.compile(r"\s(?:of|at)\s£?\d[\d,.]*\s?%?$")  # "re-referral rate of 25%"


def phrase_after(text: str, at: int, end: int) -> str | None:
    """Return the noun phrase that begins at this place, without its determiners."""
    if ages := _AGES.match(text, at, end):
        return ages.group()
    while determiner := load_words().determiner.match(text, at, end):
        at = determiner.end()
    term = load_rules().terms.search(text, at, min(end, at + _LONGEST))
    stop = load_words().end.search(f" {text[at : min(end, at + _LONGEST)]}")
    limit = at + (stop.start() - 1 if stop else min(end - at, _LONGEST))
    if term and term.start() <= limit and term.start() - at < 30:
        return text[at : term.end()].strip()
    phrase = re.sub(r"\s(?:of|the|an?|and)$", "", text[at : max(at, limit)].strip(" ’‘,"))
    if (
        len(phrase) < 3
        or _POINTS_BACK.fullmatch(phrase)
        or _TIME.match(phrase)
        or phrase.startswith(("of ", "who ", "with "))
        or _COMPARISON.match(phrase)
        or (" " not in phrase and phrase.endswith("ed"))
        or not re.match(r"[A-Za-z‘]|\d+[- –]?", phrase)
    ):
        return None
    return phrase


def changed_in(text: str, start: int, at: int, end: int) -> str | None:
    """Return what changed by an amount: "a 26% rise in referrals", "a rise of 26% in referrals"."""
    change = _CHANGE_OF.match(text, at, end)
    if change is None and _RISE_OF.search(text, max(0, start - _LONGEST), start):
        change = _IN.match(text, at, end)
    return phrase_after(text, change.end(), end) if change else None


def clause_subject(left: str) -> str | None:
    """Return the noun phrase before the verb of the clause that leads up to a number."""
    if _CHANGED_BY.search(left):
        changes = list(_CHANGE_OF.finditer(left))
        if changes and (phrase := phrase_after(left, changes[-1].end(), len(left))):
            return phrase
    if (changing := _CHANGING.search(left)) and (phrase := _trim(changing["what"])):
        return phrase
    if changed := _changed(left):
        return changed
    boundaries = [match.end() for match in _CLAUSE.finditer(left)]
    stop = len(left)
    for at in [*reversed(boundaries), 0]:
        subject = _subject_of(left[at:stop], whole=stop == len(left))
        if subject:
            return subject
        stop = len(_CLAUSE_END.sub("", left[:at]))
    return None


def _changed(left: str) -> str | None:
    """Return what has changed where no verb follows: "a reduction in the length of cases, now at"."""
    changes = list(_CHANGED_NOUN.finditer(left, max(0, len(left) - _LONGEST_CLAUSE)))
    if not changes or _verbs(left[changes[-1].end() :]):
        return None
    return phrase_after(left, changes[-1].end(), len(left))


def _subject_of(clause: str, *, whole: bool) -> str | None:
    """Return the subject of one clause; of a clause before that of the number, rather what it ends with."""
    clause = clause.lstrip()
    while lead := load_words().lead.match(clause):
        clause = clause[lead.end() :].lstrip()
    while article := load_words().article.match(clause):
        clause = clause[article.end() :]
    verbs = _verbs(clause)
    relative = re.search(r"\s(?:who|which|that)\s", clause)
    if verbs and relative and relative.start() < verbs[0] and len(verbs) > 1:
        verbs = verbs[-1:]
    measures = list(load_words().measure.finditer(clause))
    measured = _up_to_verb(clause, measures[0 if not verbs else -1].start()) if measures else None
    if measured and (not verbs or not whole):
        return measured
    if not verbs:
        return None if whole else _trim(clause)
    return _trim(clause[: verbs[0]]) or measured


def _verbs(clause: str) -> list[int]:
    """Return where the verbs of a clause begin, those of one group once, those of "who have" not at all."""
    verbs: list[int] = []
    last = 0
    for match in load_words().finite.finditer(clause):
        goes_on = verbs and _SAME_VERB.fullmatch(clause, last, match.start())
        if not goes_on and not _NO_VERB.search(clause[: match.start()]):
            verbs.append(match.start())
        last = match.end()
    return verbs


def value_of(left: str) -> str | None:
    """Return what a number is the value of: "a re-referral rate of" 30%; None where that says too little."""
    match = _VALUE_OF.fullmatch(left[-_LONGEST:])
    if match is None or _PLACE.search(left, 0, len(left[:-_LONGEST]) + match.start("what")):
        return None
    verbs = list(load_words().finite.finditer(f" {match['what']}"))
    behind = match["what"][verbs[-1].end() :] if verbs else ""
    phrase = _trim(_ARTICLE.sub("", behind or match["what"]))
    return phrase if phrase and not load_words().bare.fullmatch(phrase) else None


def phrase_before(left: str) -> str | None:
    """Return the noun phrase that ends where a number begins: "most children" in "most children, 90%"."""
    return _subject_of(left, whole=False)


def opening_subject(sentence: str) -> str | None:
    """Return the noun phrase with which a sentence opens: what the next one goes on to speak of."""
    subject = _subject_of(sentence, whole=True)
    return subject if subject and subject.count(" ") < _MOST_WORDS else None


def _up_to_verb(clause: str, start: int) -> str | None:
    """Return the phrase that begins with a measure, up to the verb behind it."""
    verb = load_words().finite.search(clause, start)
    return _trim(clause[start : verb.start() if verb else len(clause)])


def _trim(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end; None where it names nothing by itself."""
    words = load_words()
    trimmed = words.dangling.sub("", phrase).strip(" ,(–")
    trimmed = _SHARE_OF.sub("", _VALUE.sub("", trimmed))
    while described := words.determiner.match(trimmed):
        trimmed = trimmed[described.end() :]
    if ")" in trimmed and "(" not in trimmed:
        trimmed = trimmed[trimmed.rindex(")") + 1 :].strip()
    if (
        not 2 < len(trimmed) <= _LONGEST_CLAUSE
        or words.pronoun.fullmatch(trimmed)
        or words.wrong.match(trimmed)
        or trimmed in words.places
    ):
        return None
    return trimmed


def topic_of(sentence: str) -> str | None:
    """Return what a sentence without figures measures or says has changed: "This" in the next one is that."""
    changes = list(_CHANGE_OF.finditer(sentence))
    if changes and (phrase := phrase_after(sentence, changes[-1].end(), len(sentence))):
        return phrase
    measures = list(load_words().measure.finditer(sentence))
    return _up_to_verb(sentence, measures[-1].start()) if measures else None
