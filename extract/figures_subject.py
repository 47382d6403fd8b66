"""What does a figure measure?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from extract.figures_context import repeats
from extract.figures_rules import load_rules
from extract.figures_scan import Quantity

_LONGEST: Final = 90  # characters of a subject; beyond that it is no phrase but a clause

# Where a phrase ends that "of" or "and" would carry on.
_LOOSE: Final = (
    r"|\sof\s(?=which|whom|these|those)"
    r"|\sand\s(?!young|famil|children|carers|care\b|permanence|child|minority)"
)
# What an "of" after a number may pass over: "of the 12 ", "of its ", "of all open ".
_OF: Final = re.compile(
    r"\s?\)?\s?of\s(?:(?:the|all|its|their|these|those|this|our|current|eligible|open)\s)*"
    r"(?:\d[\d,]*\s|[a-z]+\s(?=children|young|cases|care))?"
)
_TIME: Final = re.compile(
    r"(?:(?:previous|last|same|following)\s)?(?:days?|weeks?|months?|years?|quarter|period|time)\b"
)
_COMPARISON: Final = re.compile(
    r"(?:above|below|higher|lower|better|worse|quicker|slower|longer|shorter|more|less|fewer)\b"
)
_OF_THESE: Final = re.compile(
    r"(?i)\bof (?:which|whom|these|those|them|this number),?\s(?:only\s|just\s|approximately\s)?$"
)
_BRACKETED: Final = re.compile(r"\s?\((?:[^()]{0,30}\d[^()]{0,30})\)")
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
_CHANGE_OF: Final = re.compile(
    rf"(?i)\s?(?:\w+\s)?{_CHANGE}\s(?:in|of|to)\s(?:the\s)?"
    r"(?:(?:overall\s)?(?:number|rate|numbers|proportion|percentage)s?\sof\s)?"
)
_CHANGE_ONLY: Final = re.compile(rf"(?i)\s?(?:\w+\s)?{_CHANGE}\b")
_CHANGED_BY: Final = re.compile(rf"(?i)\b{_CHANGE}\s(?:of|by)\s$")
_OPENING_AT: Final = re.compile(r"(?i)^\s*(?:\w+,?\s)?at\s$")
_OPENING_OF: Final = re.compile(r"Of\s")
_MONEY_FOR: Final = re.compile(
    r"(?i)\s(?:(?:additional\s)?(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b"
    r"(?:\s(?:in|for|into|of|from|to)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)"
)


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
        end=re.compile(rf"[,.;:()?!–]|\s(?:{verbs}|{words['ends']}|\d+)\b{_LOOSE}"),
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
        wrong=re.compile(rf"(?i)(?:{verbs}|now|also|still|so|too|there|this|it|we|including|with)\b|[^a-z‘]"),
        finite=re.compile(rf"\s(?:{verbs})\b"),
        measure=re.compile(rf"(?i)\b(?:{words['measures']})s?\b"),
        dangling=re.compile(rf"(?i)(?:[\s,(]+(?:{words['dangling']}))+[\s,(]*$"),
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
    """Return the noun phrase that says what the quantity at `index` measures; `before` are those so far.

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
    return (
        _after(text, quantity, end)
        or _carried(text, sentence, quantities, index, before)
        or _clause_subject(left)
        or last
        or _nearest_term(text, start, end, quantity)
    )


def _carried(
    text: str,
    sentence: tuple[int, int],
    quantities: Sequence[Quantity],
    index: int,
    before: Sequence[str | None],
) -> str | None:
    """Return the earlier subject that a number without its own takes up: "of whom five", "68 (43%)"."""
    quantity = quantities[index]
    left = text[sentence[0] : quantity.start]
    points_back = _OF_THESE.search(left) or _OF_THESE.match(text[quantity.end :].lstrip()[:12] + " ")
    if points_back or repeats(text, quantities, index) or (index and quantity.kind == "count"):
        return before[-1]
    return before[1] if index and _OPENING_OF.match(left) else None


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
        or _TIME.match(phrase)
        or _COMPARISON.match(phrase)
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
    if not verbs or not whole:
        measures = list(_words().measure.finditer(clause))
        if measures:
            return _trim(clause[measures[0 if not verbs else -1].start() :])
    if not verbs:
        return None if whole else _trim(clause)
    return _trim(clause[: verbs[0]])


def _trim(phrase: str) -> str | None:
    """Return a phrase without what dangles at its end; None where it names nothing by itself."""
    words = _words()
    trimmed = words.dangling.sub("", phrase).strip(" ,(–")
    if not 2 < len(trimmed) <= 2 * _LONGEST or words.pronoun.fullmatch(trimmed) or words.wrong.match(trimmed):
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
