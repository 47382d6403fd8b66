"""What does a figure measure?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_context import repeats
from extract.figures_phrases import CHANGE_OF, clause_subject, phrase_after
from extract.figures_place import Quantity
from extract.figures_rules import load_rules

_NEAR: Final = 200  # characters to either side in which a known term is looked for
_CLAUSES: Final = 600  # characters before a number whose clauses are read
_LIMITS: Final = frozenset({"up_to", "under"})  # "within six months of the move" does not measure moves
# What an "of" after a number may pass over: "of the 12 ", "of its ", "of all open ".
_OF: Final = re.compile(
    r"\s?\)?\s?of\s(?:(?:the|all|its|their|these|those|this|our|current|eligible|open)\s)*"
    r"(?:\d[\d,]*\s|[a-z]+\s(?=children|young|cases|care))?"
)
_OF_THESE: Final = re.compile(
    r"(?i)\bof (?:which|whom|these|those|them|this number),?\s(?:only\s|just\s|approximately\s)?$"
)
_BRACKETED: Final = re.compile(r"\s?\((?:[^()]{0,30}\d[^()]{0,30})\)")
_CHANGE: Final = (
    r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation"
    r"|reduc|increas|variation)\w*"
)
_CHANGE_ONLY: Final = re.compile(rf"(?i)\s?(?:\w+\s)?{_CHANGE}\b")
_OPENING_AT: Final = re.compile(r"(?i)^\s*(?:\w+,?\s)?at\s$")
_DEMONSTRATIVE: Final = re.compile(r"(?:this|that|these|it|they|which)\b")
_OPENING_OF: Final = re.compile(r"Of\s")
_MOVES_TO: Final = re.compile(r"(?:\s(?:in|at|by)\s[^,;.()]{1,25})?\sto\s(?:(?:just|over|about|only)\s)?")
_PAYMENT: Final = re.compile(
    r"(?i)\s((?:[a-z-]+\s){0,3}?(?:grants?|allowances?|bursar(?:y|ies)|payments?|loans?|fees?))\b(?!\s(?:for|in|into|of)\b)"
)
_MONEY_FOR: Final = re.compile(
    r"(?i)\s(?:(?:additional\s)?(?:investment|funding|grant|budget|fund|cost|savings?|contribution)\b"
    r"(?:\s(?:in|for|into|of|from|to)\s)?|(?:for|in|into|on|to)\s(?:the\s)?)"
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
    named = quantity.kind == "count" and load_rules().counted.match(text, quantity.end, end)
    if compared and index and last and not named and not _OF.match(text, quantity.end, end):
        return last
    if _OPENING_AT.match(left) and text[quantity.end : quantity.end + 1] == ",":
        points_back = _DEMONSTRATIVE.match(text, quantity.end + 2)
        return (None if points_back else phrase_after(text, quantity.end + 2, end)) or last
    return (
        _after(text, quantity, end)
        or _after_later(text, quantities, index, end)
        or _carried(text, sentence, quantities, index, before)
        or _of_clause(text, sentence, quantities, index, last)
        or last
        or _nearest_term(text, start, end, quantity)
    )


def _after_later(text: str, quantities: Sequence[Quantity], index: int, end: int) -> str | None:
    """Return what follows the end of a movement whose start this is: "from 285 to 430 young people"."""
    if index + 1 >= len(quantities) or quantities[index + 1].kind != quantities[index].kind:
        return None
    later = quantities[index + 1]
    if _MOVES_TO.fullmatch(text, quantities[index].end, later.start) is None:
        return None
    return _after(text, later, end)


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
    if change := CHANGE_OF.match(text, at, end):
        return phrase_after(text, change.end(), end)
    if of := _OF.match(text, at, end):
        bounds = quantity.kind == "duration" and quantity.approx in _LIMITS
        return None if bounds else phrase_after(text, of.end(), end)
    if quantity.kind == "money":
        return _bought(text, at, end)
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " " or _CHANGE_ONLY.match(text, at, end):
        return None
    if text[quantity.end : quantity.end + 1] == ")":
        return None
    return phrase_after(text, at + 1, end)


def _bought(text: str, at: int, end: int) -> str | None:
    """Return what money is: the grant that it makes up, or what it is spent on."""
    if payment := _PAYMENT.match(text, at, end):
        return payment[1]
    goal = _MONEY_FOR.match(text, at, end)
    return phrase_after(text, goal.end(), end) if goal else None


def _of_clause(
    text: str,
    sentence: tuple[int, int],
    quantities: Sequence[Quantity],
    index: int,
    last: str | None,
) -> str | None:
    """Return the subject of the clause; where that holds an earlier figure, `last`: the subject of that."""
    start = sentence[0]
    at = quantities[index].start
    subject = clause_subject(text[max(start, at - _CLAUSES) : at])
    earlier = (text[quantity.number : quantity.end] for quantity in quantities[:index])
    if subject and last and any(words in subject for words in earlier):
        return last
    return subject


def _nearest_term(text: str, start: int, end: int, quantity: Quantity) -> str | None:
    """Return the known term nearest to the number in its sentence."""
    best: tuple[int, str] | None = None
    for match in load_rules().terms.finditer(
        text, max(start, quantity.start - _NEAR), min(end, quantity.end + _NEAR)
    ):
        distance = (
            quantity.start - match.end()
            if match.end() <= quantity.start
            else match.start() - quantity.end + 15
        )
        if best is None or distance < best[0]:
            best = (distance, match.group())
    return best[1] if best else None
