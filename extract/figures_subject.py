"""What does a figure measure?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_context import repeats
from extract.figures_phrases import (
    changed_in,
    clause_subject,
    phrase_after,
    phrase_before,
    value_of,
)
from extract.figures_place import Quantity
from extract.figures_rules import load_rules

_NEAR: Final = 200  # characters to either side in which a known term is looked for
_CLAUSES: Final = 600  # characters before a number whose clauses are read
_LIMITS: Final = frozenset({"up_to", "under"})  # "within six months of the move" does not measure moves
# What an "of" after a number may pass over: "of the 12 ", "of its ", "of all open ".
_OF: Final = re.compile(
    r"\s?\)?\s?(?:out\s)?of\s(?!no\b)(?:(?:the|all|its|their|these|those|this|our|current|eligible|open)\s)*"
    r"(?:\d[\d,]*\s|[a-z]+\s(?=children|young|cases|care))?"
)
# "a high (31%) turnover of staff", "Most children, 90%, say": what a number in between speaks of.
_DESCRIBED: Final = re.compile(
    r"(?i)\b(?:high|higher|low|lower|large|larger|small|smaller|increased|reduced|average)\s\($"
)
_INSIDE: Final = re.compile(r"\s(?P<what>[a-z][a-z ’-]{2,40}?)\s(?:per|in|(?:in|for)\severy)\s[\w,]{1,20}$")
_OPENING_GROUP: Final = re.compile(
    r"(?:Of|Among|From)\s(?:(?:the|those|these|all)\s){1,2}(?P<what>[a-z][^,;]{3,80}),\s(?:\w+\s)?"
)
_OF_WHOM: Final = re.compile(r"\sof\swhom\b")
_JUST_NAMED: Final = re.compile(
    r"\b(?:in|of|for|to|with|by|the|an?|its|their|and)\s(?P<what>[\w’ -]{3,50}),\s(?:\w+\s)?$"
)
_APPOSED: Final = re.compile(r"[a-z],\s(?:at\s)?$")
_ANEW: Final = re.compile(r"[;.]|\b(?:and|but|while|whereas|although)\s(?:the|its|their)\s")  # another clause
_ENDS_MOVE: Final = re.compile(r"\sto\s(?:(?:just|only|about|over|almost|nearly|under|around)\s)?$")
_GOES_ON: Final = re.compile(
    r"(?:\s\([^()]{1,20}\))?\s(?:(?:also|now|currently|had|have|has|were|are|was|is|did|do|live[ds]?|went|said|felt|made)\b|\w+ed\b)"
)
_OF_THESE: Final = re.compile(
    r"(?i)\bof (?:which|whom|these|those|them|this number),?\s(?:only\s|just\s|approximately\s)?$"
)
_BRACKETED: Final = re.compile(r"\s?\((?:[^()]{0,30}\d[^()]{0,30})\)")
_CHANGE: Final = (
    r"(?:increase|reduction|decrease|rise|fall|drop|decline|growth|improvement|fluctuation"
    r"|reduc|increas|variation)\w*"
)
_CHANGE_ONLY: Final = re.compile(rf"(?i)\s?(?:\w{{1,30}}\s)?{_CHANGE}\b")
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
    comparators: Sequence[str | None],
) -> str | None:
    """Return the noun phrase that says what the quantity at `index` measures; `before` are those so far.

    Tried in turn: the phrase after the number ("62% of social workers"), the figure that it restates or is
    compared with ("68 (43%)", "86%, below the England average of 88%"), the subject of the clause ("the
    average time is 545 days"), the subject before, the nearest known term.
    """
    quantity = quantities[index]
    start, end = sentence
    left = text[start : quantity.start]
    last = before[-1] if before else None
    named = quantity.kind == "count" and load_rules().counted.match(text, quantity.end, end)
    compared = comparators[index] is not None
    anew = (
        index
        and comparators[index] == "previous"
        and _ANEW.search(text, quantities[index - 1].end, quantity.start)
    )
    if compared and index and last and not anew and not named and not _OF.match(text, quantity.end, end):
        return last
    if moved := _moved(text, quantities, comparators, index, before):
        return moved
    if _OPENING_AT.match(left) and text[quantity.end : quantity.end + 1] == ",":
        points_back = _DEMONSTRATIVE.match(text, quantity.end + 2)
        return (None if points_back else phrase_after(text, quantity.end + 2, end)) or last
    return (
        _inside(text, quantity)
        or _after(text, quantity, end)
        or _after_later(text, quantities, index, end)
        or (None if compared else _valued(quantity, left))
        or _carried(text, sentence, quantities, index, before)
        or _apposed(text, quantity, left)
        or _out_of_those(left)
        or _of_clause(text, sentence, quantities, index, last)
        or (last if index or _GOES_ON.match(text, quantity.end) else None)
        or _nearest_term(text, start, end, quantity)
        or last
    )


def _inside(text: str, quantity: Quantity) -> str | None:
    """Return the noun within a rate or share: "38 children per 10,000", "one child in eight"."""
    match = _INSIDE.search(text, quantity.number, quantity.end)
    return match["what"] if match and quantity.kind in {"rate", "share"} else None


def _out_of_those(left: str) -> str | None:
    """Return the group of which the sentence opens: "Of those contacts sampled, four of 14"."""
    match = _OPENING_GROUP.fullmatch(left)
    return phrase_after(match["what"], 0, len(match["what"])) if match else None


def _whom(text: str, quantity: Quantity, left: str) -> str | None:
    """Return the people just named: "in trainees, 22 of whom"."""
    if not _OF_WHOM.match(text, quantity.end):
        return None
    named = _JUST_NAMED.search(left)
    return named["what"] if named and load_rules().counted_by_one.fullmatch(f" {named['what']}") else None


def _moved(
    text: str,
    quantities: Sequence[Quantity],
    comparators: Sequence[str | None],
    index: int,
    before: Sequence[str | None],
) -> str | None:
    """Return the subject of the value that this one has come from: "from 105 with 49 children to 136"."""
    now = quantities[index]
    for other in (index - 1, index - 2):
        if other < 0 or comparators[other] != "previous" or quantities[other].kind != now.kind:
            continue
        if _ENDS_MOVE.search(text, quantities[index - 1].end, now.start):
            return before[other + 1]
    return None


def _apposed(text: str, quantity: Quantity, left: str) -> str | None:
    """Return what stands just before a share between commas: "Most children, 90%, say"."""
    if quantity.kind not in {"percent", "share", "ratio", "count"} or not _APPOSED.search(left):
        return None
    return phrase_before(left[: left.rindex(",")]) if text[quantity.end : quantity.end + 1] == "," else None


def _valued(quantity: Quantity, left: str) -> str | None:
    """Return what a share, a time or a sum is the value of: "a vacancy rate of 31%"."""
    return value_of(left) if quantity.kind in {"percent", "duration", "money", "rate"} else None


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
    if people := _whom(text, quantity, left):
        return people
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
    if changed := changed_in(text, quantity.start, at, end):
        return changed
    if of := _OF.match(text, at, end):
        bounds = quantity.kind == "duration" and quantity.approx in _LIMITS
        return None if bounds else phrase_after(text, of.end(), end)
    if quantity.kind == "money":
        return _bought(text, at, end)
    if quantity.kind in {"duration", "rate"} or text[at : at + 1] != " " or _CHANGE_ONLY.match(text, at, end):
        return None
    described = _DESCRIBED.search(text, max(0, quantity.start - _NEAR), quantity.start)
    if text[quantity.end : quantity.end + 1] == ")" and not described:
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
    if subject and any(words in subject for words in earlier):
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
