"""Where does the noun phrase beside a number begin and end?"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.figures_rules import load_rules

_LONGEST_CLAUSE: Final = 130
_LONGEST: Final = 90  # characters of a subject; beyond that it is no phrase but a clause
# Where a phrase ends that "of" or "and" would carry on.
_LOOSE: Final = (
    r"|\sof\s(?=which|whom|these|those)"
    r"|\sand\s(?!young|famil|children|carers|care\b|permanence|child|minority)"
)
_TIME: Final = re.compile(
    r"(?:(?:previous|last|same|following)\s)?(?:days?|weeks?|months?|years?|quarter|period|time)\b"
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
    r"(?:,?\s(?:and|but|with|while|which|although|so|where|whereas|compared|including)|[;:(,–])?\s*$"
)
_RELATIVE: Final = re.compile(r"\b(?:who|which|that|where|whose)\s*(?:\w+ly\s)?$")
_CHANGE: Final = (
    r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation"
    r"|reduc|increas|variation)\w*"
)
CHANGE_OF: Final = re.compile(
    rf"(?i)\s?(?:\w+\s)?{_CHANGE}\s(?:in|of|to)\s(?:the\s)?"
    r"(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)?"
)
_CHANGED_BY: Final = re.compile(rf"(?i)\b{_CHANGE}\s(?:of|by)\s$")
_SHARE_OF: Final = re.compile(
    r"(?i)(?:(?:very|high|low|small|large|larger|smaller|higher|lower|overall|total|increasing|significant|growing|local"
    r"|authority’s|vast|great)\s){0,3}"
    r"(?:proportions?|percentages?|numbers?|shares?|minority|majority)\s(?:and\s\w+\s)?of\s(?:all\s|the\s|its\s)?(?=\w)"
)
_VALUE: Final = re.compile(r"\s(?:of|at)\s£?\d[\d,.]*\s?%?$")  # "re-referral rate of 25%"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the data file that bound a noun phrase, compiled."""

    end: re.Pattern[str]  # of the phrase after a number
    lead: re.Pattern[str]  # what stands before the subject of a clause
    determiner: re.Pattern[str]
    article: re.Pattern[str]
    pronoun: re.Pattern[str]  # what names nothing by itself
    wrong: re.Pattern[str]  # with which no subject begins
    finite: re.Pattern[str]  # verb of a clause
    measure: re.Pattern[str]
    dangling: re.Pattern[str]


@cache
def _words() -> _Words:
    """Compile the word lists of the data file."""
    words = {name: "|".join(entries) for name, entries in load_rules().subject.items()}
    openers, verbs = words["openers"], words["verbs"]
    return _Words(
        end=re.compile(rf"[,.;:()?!–]|(?<!looked)(?<!cared)\s(?:{verbs}|{words['ends']}|\d+)\b{_LOOSE}"),
        lead=re.compile(
            rf"(?i)\s*(?:(?:{openers})\b[^,]{{0,80}}?(?:,\s|(?<=\d{{4}})\s(?=[a-z])|(?<=[-–−/]\d\d)\s(?=[a-z]))"
            rf"|it (?:is|was) \w+ that\s|(?:{words['joiners']})\s"
            rf"|[^,;]{{0,90}}?\b(?:{words['reporting']})\s(?:that\s)?(?=[a-z‘]+\s\w+\s))"
        ),
        determiner=re.compile(
            rf"(?i)(?:{words['articles']}|{words['quantifiers']}"
            rf"|(?:{words['participles']})(?=\s(?!by|to|in|for|at|and|as|within|on|with|of)[a-z])|\d[\d,.]*)\s"
        ),
        article=re.compile(
            rf"(?i)(?:{words['articles']}|\d[\d,.]*)\s(?!of\s(?:these|those|them|which|whom)\b)"
        ),
        pronoun=re.compile(
            rf"(?i)(?:{words['pronouns']}|[a-z’ ]*\bof (?:these|those|them|which|whom|this))"
            rf"(?:\s(?:{words['vague']}))?\s*$"
        ),
        wrong=re.compile(
            rf"(?i)(?:{verbs}|now|also|aged|all\saged|still|so|too|there|this|it|we|including|with"
            r"|in|at|for|by|on|from|of|to|as|when|where|if|while|after|before|during|since|despite|although|because)\b|[^a-z‘]"
        ),
        finite=re.compile(rf"\s(?:{verbs})\b"),
        measure=re.compile(rf"(?i)(?<!on\s)\b(?:{words['measures']})s?\b"),
        dangling=re.compile(rf"(?i)(?:[\s,(]+(?:{words['dangling']}))+[\s,(]*$"),
    )


def phrase_after(text: str, at: int, end: int) -> str | None:
    """Return the noun phrase that begins at this place, without its determiners."""
    while determiner := _words().determiner.match(text, at, end):
        at = determiner.end()
    term = load_rules().terms.search(text, at, min(end, at + _LONGEST))
    stop = _words().end.search(f" {text[at : min(end, at + _LONGEST)]}")
    limit = at + (stop.start() - 1 if stop else min(end - at, _LONGEST))
    if term and term.start() <= limit and term.start() - at < 30:
        return text[at : term.end()].strip()
    phrase = re.sub(r"\s(?:of|the|an?|and)$", "", text[at : max(at, limit)].strip(" ’‘,"))
    if (
        len(phrase) < 3
        or _POINTS_BACK.fullmatch(phrase)
        or _TIME.match(phrase)
        or _COMPARISON.match(phrase)
        or (" " not in phrase and phrase.endswith("ed"))
        or not re.match(r"[A-Za-z‘]|\d+[- –]?", phrase)
    ):
        return None
    return phrase


def clause_subject(left: str) -> str | None:
    """Return the noun phrase before the verb of the clause that leads up to a number."""
    if _CHANGED_BY.search(left):
        changes = list(CHANGE_OF.finditer(left))
        if changes and (phrase := phrase_after(left, changes[-1].end(), len(left))):
            return phrase
    boundaries = [match.end() for match in _CLAUSE.finditer(left)]
    stop = len(left)
    for at in [*reversed(boundaries), 0]:
        subject = _subject_of(left[at:stop], whole=stop == len(left))
        if subject:
            return subject
        stop = len(_CLAUSE_END.sub("", left[:at]))
    return None


def _subject_of(clause: str, *, whole: bool) -> str | None:
    """Return the subject of one clause; of a clause before that of the number, rather what it ends with."""
    while lead := _words().lead.match(clause):
        clause = clause[lead.end() :]
    clause = clause.lstrip()
    while article := _words().article.match(clause):
        clause = clause[article.end() :]
    verbs = [
        match.start()
        for match in _words().finite.finditer(clause)
        if not _RELATIVE.search(clause[: match.start()])
    ]
    relative = re.search(r"\s(?:who|which|that)\s", clause)
    if verbs and relative and relative.start() < verbs[0] and len(verbs) > 1:
        verbs = verbs[-1:]
    measures = list(_words().measure.finditer(clause))
    measured = _up_to_verb(clause, measures[0 if not verbs else -1].start()) if measures else None
    if measured and (not verbs or not whole):
        return measured
    if not verbs:
        return None if whole else _trim(clause)
    return _trim(clause[: verbs[0]]) or measured


def _up_to_verb(clause: str, start: int) -> str | None:
    """Return the phrase that begins with a measure, up to the verb behind it."""
    verb = _words().finite.search(clause, start)
    return _trim(clause[start : verb.start() if verb else len(clause)])


def _trim(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end; None where it names nothing by itself."""
    words = _words()
    trimmed = words.dangling.sub("", phrase).strip(" ,(–")
    trimmed = _SHARE_OF.sub("", _VALUE.sub("", trimmed))
    if ")" in trimmed and "(" not in trimmed:
        trimmed = trimmed[trimmed.rindex(")") + 1 :].strip()
    if (
        not 2 < len(trimmed) <= _LONGEST_CLAUSE
        or words.pronoun.fullmatch(trimmed)
        or words.wrong.match(trimmed)
    ):
        return None
    return trimmed


def topic_of(sentence: str) -> str | None:
    """Return what a sentence without figures measures or says has changed: "This" in the next one is that."""
    changes = list(CHANGE_OF.finditer(sentence))
    if changes and (phrase := phrase_after(sentence, changes[-1].end(), len(sentence))):
        return phrase
    measures = list(_words().measure.finditer(sentence))
    return _up_to_verb(sentence, measures[-1].start()) if measures else None
