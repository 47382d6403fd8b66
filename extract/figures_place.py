"""What is a quantity, and at which place in a sentence can one begin?"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extract.figures_numbers import read_number

BEFORE_AMOUNT: Final = re.compile(r"(?i)\bby\s(?:\w+\s)?$")
_SPREAD: Final = re.compile(
    r"(?i)\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|anything|anywhere)\b[^.;]*?\sfrom\s(?:\w+\s)?$"
)
_BETWEEN: Final = re.compile(r"(?i)\bbetween\s(?:about\s|around\s|approximately\s|just\s)?$")
FROM: Final = re.compile(
    r"(?i)\bfrom\s(?:an?\s)?(?:(?:just\s|almost\s|nearly\s|around\s|about\s|over\s|approximately\s)+)?$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and approximator, and where it stands."""

    start: int
    end: int
    kind: str
    value: float
    value2: float | None = None
    unit: str | None = None
    approx: str | None = None
    number: int = -1  # where the number itself begins, after the approximator


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, its quantities in order, and for each whose value it is (None: the report's own)."""

    text: str  # of the paragraph
    start: int
    end: int
    quantities: Sequence[Quantity]
    comparators: Sequence[str | None]

    def left(self, index: int) -> str:
        """Return the words of the sentence before a quantity."""
        return self.text[self.start : self.quantities[index].start]

    def between(self, index: int) -> str:
        """Return the words between a quantity and the one before it."""
        return self.text[self.quantities[index - 1].end : self.quantities[index].start]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a sentence at which a number begins."""

    text: str
    at: int
    end: int  # of the sentence
    before: str  # the words before, back to the start of the sentence
    start: int  # of the sentence

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the pattern where the number begins, within the sentence."""
        return pattern.match(self.text, self.at, self.end)


Reader = Callable[[Place], Quantity | None]


@dataclass(frozen=True, slots=True)
class Shape:
    """A way in which quantities are written: what reads it, and what a sentence that has one holds.

    `signs` are looked for in the sentence in small letters, once, before its numbers are read.
    """

    read: Reader
    signs: re.Pattern[str]


def readers_of(shapes: Iterable[Shape], sentence: str) -> list[Reader]:
    """Return what reads the shapes that may stand in a sentence, given in small letters."""
    return [shape.read for shape in shapes if shape.signs.search(sentence)]


def is_range(match: re.Match[str], here: Place) -> bool:
    """Tell "29 to 45" and "between 20 and 30" from "(from) 57 to 92" as a movement and "20 and 30" as two."""
    lower, upper = read_number(match["a"]), read_number(match["b"])
    link = (match["link"] or "").strip().casefold()
    if upper <= lower:
        return False
    if link == "and":
        return _BETWEEN.search(here.before) is not None
    if link == "to":
        if BEFORE_AMOUNT.search(here.before):
            return False
        return FROM.search(here.before) is None or _SPREAD.search(here.before) is not None
    return link != "or" or upper <= 20


def make_quantity(
    match: re.Match[str],
    kind: str,
    *,
    end: int | None = None,
    second: str | None = None,
    unit: str | None = None,
) -> Quantity:
    """Return the quantity of a match whose first number is the group `a` or, without groups, all of it."""
    first = match["a"] if "a" in match.re.groupindex else match.group()
    return Quantity(
        start=match.start(),
        end=match.end() if end is None else end,
        kind=kind,
        value=read_number(first),
        value2=read_number(second) if second is not None else None,
        unit=unit,
        number=match.start(),
    )
