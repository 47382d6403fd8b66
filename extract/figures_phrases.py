"""Where does the noun phrase beside a number begin and end?"""

import re
from typing import Final

from extract.figures_numbers import NUMBER_WORDS
from extract.figures_rules import load_rules
from extract.figures_words import load_words

LONGEST: Final = 90  # characters of a subject; beyond that it is no phrase but a clause
_LONGEST_NAME: Final = 170  # of one that the sentence itself bounds
_LIST: Final = re.compile(r"\ssuch\sas\s|,\s")  # where one that is longer can be cut
_TIME: Final = re.compile(
    rf"(?:(?:previous|last|past|same|following|few|\d{{1,3}}|{'|'.join(NUMBER_WORDS)})\s){{0,5}}(?:days?|weeks?|months?|years?|quarter|period|times"
    r"|time(?!\s(?:spent|taken|between|from|for|of|it)\b))\b"
)
_COMPARISON: Final = re.compile(
    r"(?:above|below|higher|lower|better|worse|quicker|slower|longer|shorter|more|less|fewer)\b"
)
_POINTS_BACK: Final = re.compile(
    r"(?:them|these|those|which|whom|all)|(?:this\s|the\s)?(?:(?:total|whole|overall|entire|full)\s)?(?:group|cohort|total|number)"
)
_THOSE: Final = re.compile(
    r"(?:those|people|ones)\s(?:who|that)\s(?:[\w’-]{1,30}\s){1,7}?[\w’-]{1,30}"
    r"(?=\s(?:for|at|since|during|within|by|before|after|from|had|were|are|is)\s|[,.;:)])"
)
_AGES: Final = re.compile(r"(?:\d\d?-?\s(?:and|to|or)\s)?\d\d?[- ]year[- ]olds?(?:\scare\sleavers)?")
_SHARE_OF: Final = re.compile(
    r"(?i)(?:(?:very|high|low|small|slightly|large|larger|smaller|higher|lower|overall|total|increasing|significant|growing|local"
    r"|authority’s|vast|great|remaining|further)\s){0,3}"
    r"(?:proportions?|percentages?|numbers?|shares?|minority|majority)\s(?:and\s\w+\s)?of\s(?:all\s|the\s|its\s)?(?=\w)"
    r"|^(?:almost\s|nearly\s|very\s|not\s)?(?:all|most|many|few)\s(?!\w+ly\b|recent|able)(?:of\s)?(?:the\s|these\s)?(?=\w)"
    r"|^(?:\w+[\s-])?(?:thirds?|quarters?|fifths?|half|per\scent|%)\s(?:of\s)?(?:the\s|all\s|these\s)?(?=\w)|^out\sof\s(?=\w)"
    r"|^(?:\w{1,20}\s){0,2}(?:increase|reduction|decrease|rise|fall|drop|decline|growth|deterioration|improvement)\sin\s(?:the\s)?"
    r"|^(?:[\w’-]{1,30}\s){0,3}figures?\sfor\s(?=[a-z])(?!this\b|(?:the\s)?(?:year|last|previous|whole|period|quarter)\b)"
)
_VALUE: Final = re.compile(r"\s(?:of|at)\s£?\d[\d,.]*\s?%?$")  # "re-referral rate of 25%"
_THAN: Final = re.compile(r"\sthan\s(?:the|other|any|all|its|their|that|those|similar|statistical)\s.*")
_LOOSE_END: Final = re.compile(r"(?:\s(?:of|the|an?|and|with|for|in|to|by|subject)){1,3}$")
_STANDS_FOR: Final = re.compile(r",\s(?:it|this|they|these|that)$")


def phrase_after(text: str, at: int, end: int) -> str | None:
    """Return the noun phrase that begins at this place, without its determiners."""
    if ages := _AGES.match(text, at, end) or _THOSE.match(text, at, end):
        return ages.group()
    while determiner := load_words().determiner.match(text, at, end):
        at = determiner.end()
        if those := _THOSE.match(text, determiner.start(), end):
            return those.group()
    term = load_rules().terms.search(text, at, min(end, at + LONGEST))
    stop = load_words().end.search(f" {text[at : min(end, at + LONGEST)]}")
    limit = at + (stop.start() - 1 if stop else min(end - at, LONGEST))
    if term and term.start() <= limit and term.start() - at < 30:
        return text[at : term.end()].strip()
    return _checked(_LOOSE_END.sub("", text[at : max(at, limit)].strip(" ’‘,")))


def _checked(phrase: str) -> str | None:
    """Return a phrase if it names something."""
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


def named(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end; None where it names nothing by itself."""
    words = load_words()
    if _STANDS_FOR.search(phrase.rstrip()):
        return None
    trimmed = words.dangling.sub("", phrase).strip(" ,.(–")
    trimmed = _bare(_THAN.sub("", _VALUE.sub("", trimmed)))
    if len(trimmed) > _LONGEST_NAME and (cut := _LIST.search(trimmed)):
        trimmed = trimmed[: cut.start()]
    if ")" in trimmed and "(" not in trimmed:
        trimmed = trimmed[trimmed.rindex(")") + 1 :].strip()
    if (
        not 2 < len(trimmed) <= _LONGEST_NAME
        or words.pronoun.fullmatch(trimmed)
        or words.wrong.match(trimmed)
        or _TIME.fullmatch(trimmed)
        or trimmed in words.places
    ):
        return None
    return trimmed


def _bare(phrase: str) -> str:
    """Return a phrase without the words that say how much of it, or which."""
    shorter = _SHARE_OF.sub("", phrase)
    if described := load_words().determiner.match(shorter):
        shorter = shorter[described.end() :]
    return phrase if shorter == phrase else _bare(shorter)
