"""Is this number the value of a comparison, and which way did it move?"""

import re
from collections.abc import Sequence
from typing import Final

from extract.figures_rules import Cue, load_rules
from extract.figures_scan import Quantity

_RESTATES: Final = re.compile(r"(?:\s(?:in|at|by|during|on)\s[^();.]{0,25})?\s?\((?:or\s)?|,?\sor\s")
_IN_LINE: Final = re.compile(r"(?:\s(?:in|for|at)\s[\w’ ]{1,30}?)?,?\sand\s(?:(?:just|only)\s)?")
_PAIR: Final = re.compile(r"\sand\s")
_LEFT: Final = 200  # characters left of a number that can tell what it is compared with
_RIGHT: Final = 130


def find_comparators(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[str | None]:
    """Return for each quantity of the sentence `text[start:end]` whose value it is, else None.

    A number that only repeats the one before it in a bracket ("14 out of 24 (58%)"), or stands in line with
    it ("39% in English and 29% in mathematics"), is compared as that is.
    """
    found: list[str | None] = []
    for index, quantity in enumerate(quantities):
        comparator = _first_match(load_rules().comparators, *_sides(text, start, end, quantity))
        if index:
            between = text[quantities[index - 1].end : quantity.start]
            pair = _PAIR.fullmatch(between) and quantities[index - 1].kind == quantity.kind
            if comparator is None and (repeats(text, quantities, index) or _IN_LINE.fullmatch(between)):
                comparator = found[-1]
            elif pair and found[-1] in {None, "other"}:
                found[-1] = comparator
        found.append(comparator)
    return found


def repeats(text: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Tell whether the quantity stands in a bracket behind another that it restates: "68 (43%)"."""
    if index == 0:
        return False
    return _RESTATES.fullmatch(text, quantities[index - 1].end, quantities[index].start) is not None


def find_direction(
    text: str,
    start: int,
    end: int,
    quantities: Sequence[Quantity],
    comparators: Sequence[str | None],
    index: int,
) -> str | None:
    """Return "up", "down" or "same" where the sentence says how the quantity at `index` moved.

    An earlier value of the same kind beside it ("from 13% to 18%") decides; else words such as "rose to".
    """
    if comparators[index] is not None:
        return None
    now = quantities[index]
    for other in (index - 1, index - 2, index - 3, index + 1):
        if 0 <= other < len(quantities) and comparators[other] == "previous":
            before = quantities[other]
            if (before.kind, before.unit, before.value2 is None) == (now.kind, now.unit, now.value2 is None):
                return _movement(before.value, now.value)
    return _first_match(load_rules().directions, *_sides(text, start, end, now))


def _sides(text: str, start: int, end: int, quantity: Quantity) -> tuple[str, str]:
    """Return the words left and right of a quantity within its sentence."""
    return text[max(start, quantity.start - _LEFT) : quantity.start], text[
        quantity.end : min(end, quantity.end + _RIGHT)
    ]


def _movement(before: float, now: float) -> str:
    """Return which way a value moved."""
    if now == before:
        return "same"
    return "up" if now > before else "down"


def _first_match(cues: Sequence[Cue], left: str, right: str) -> str | None:
    """Return the value of the first cue whose words all stand where they must."""
    for cue in cues:
        if cue.right and cue.right.match(right) is None:
            continue
        if cue.left and cue.left.search(left) is None:
            continue
        if cue.needs and cue.needs.search(left) is None:
            continue
        if cue.unless and cue.unless.search(left):
            continue
        return cue.value
    return None
