"""Of what is a document made in any format: headings, paragraphs, lists, quotations, tables, pictures?"""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

_LINE: Final = 122  # characters of a table that stand beside each other on a page
_APART: Final = 4  # what the space between columns takes
_WIDTH: Final = re.compile(r'^<svg[^>]* width="(\d{1,4})"')


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `kind` is body, note, unofficial or link target of a skip link."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Items:
    """A list without numbers; `kind` may be note.

    `leads` are the words in bold with which items begin, `tails` those in small type with which they end.
    """

    items: tuple[str, ...]
    leads: tuple[str, ...] = ()
    kind: str = ""
    tails: tuple[str, ...] = ()

    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Each item as its lead, what it says, and its tail."""
        none = ("",) * len(self.items)
        return tuple(
            (lead, item[len(lead) : len(item) - len(tail)], tail)
            for lead, item, tail in zip(self.leads or none, self.items, self.tails or none, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their citation."""

    text: str
    citation: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, one header row, and the first cell of each row as its heading.

    `tails` are the words in small type with which the cells of each row end.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tails: tuple[tuple[str, ...], ...] = ()

    def parts(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each cell of each row as what it says and its tail."""
        tails = self.tails or (("",) * len(self.header),) * len(self.rows)
        return tuple(
            tuple((cell[: len(cell) - len(tail)], tail) for cell, tail in zip(row, ends, strict=False))
            for row, ends in zip(self.rows, tails, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG image with the words that stand for it."""

    svg: str
    label: str
    caption: str

    @property
    def width(self) -> int:
        """How wide it was drawn, in pixels; 0 where it does not say."""
        said = _WIDTH.search(self.svg)
        return int(said[1]) if said else 0


def column_weights(table: Table) -> list[float]:
    """How wide each column should be.

    By its longest text, where all columns then fit beside each other; else by its longest word and, less so,
    by its longest text.
    """
    weights = []
    columns = zip_longest(table.header, *table.rows, fillvalue="")
    longest = [max(map(len, column)) + _APART for column in columns]
    if sum(longest) <= _LINE:
        return [float(characters) for characters in longest]
    for place in range(len(table.header)):
        cells = [row[place] for row in (table.header, *table.rows) if place < len(row)]
        longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
        longest_text = max(len(cell) for cell in cells)
        weights.append(max(1.8 * longest_word, 2.0 * longest_text**0.65))
    return weights


Block = Heading | Text | Items | Quote | Table | Picture
