"""What is a report made of before it is set on pages?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from corpus.model import Role, Valence

# A footnote marker inside a text is one private-use character: FIRST_MARK + its number.
FIRST_MARK: Final = 0xE000
MARK: Final = re.compile("[\ue001-\ue013]")

ThemeValence = tuple[str, Valence]


@dataclass(frozen=True, slots=True)
class FigureTruth:
    """A figure that the generator put into a text; fields as in `corpus.model.Figure`."""

    start: int
    end: int
    kind: str
    value: float
    value2: float | None = None
    unit: str | None = None
    approx: str | None = None
    comparator: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTruth:
    """An indicator that a profile line states; fields as in `corpus.model.Indicator`."""

    indicator: str
    value: float | None
    unit: str | None
    as_of: str | None = None
    previous_value: float | None = None
    previous_as_of: str | None = None
    england: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, bullet or note: what the parsed document should hold as one paragraph."""

    text: str
    role: Role
    number: int | None = None
    level: int | None = None  # 1 or 2 for a bullet, None for a paragraph
    valence: Valence | None = None
    themes: tuple[ThemeValence, ...] = ()
    figures: tuple[FigureTruth, ...] = ()
    indicators: tuple[IndicatorTruth, ...] = ()
    tags: tuple[str, ...] = ()
    boxed: bool = False
    size: float = 12


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the largest. One with a grade beside it stands in a ruled row."""

    text: str
    level: int
    role: Role = "boilerplate"
    area: str | None = None
    grade: str | None = None
    italic: bool = False
    boxed: bool = False
    cell: str | None = None  # the grade printed in a cell of its own, beside the heading
    column: tuple[str, str] | None = None  # a header row above: "Key judgement", "Judgement grade"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the title page or the imprint: never a paragraph of its own in the truth."""

    runs: tuple[tuple[str, bool], ...]
    size: float = 12
    after: float = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, whether it is bold, and how far its first cell is set in."""

    cells: tuple[str, ...]
    bold: tuple[bool, ...]
    indent: float = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; `split` is where the second column begins, as a share of the width."""

    rows: tuple[Row, ...]
    split: float = 0.7
    padding: float = 6
    head: tuple[tuple[str, float, bool], ...] = ()  # lines above the rows in the same frame
    gaps: tuple[float, float] = (10, 16)  # above and below
    centred: bool = True  # whether cells stand in the middle of their row, or at its top
    record: Text | None = None  # the paragraph in the last cell of its one row


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents: headings that the typesetter looks up the pages of."""

    entries: tuple[tuple[str, str], ...]  # as printed, and the text of the heading it points at


@dataclass(frozen=True, slots=True)
class Break:
    """What follows starts a new page."""


Block = Text | Heading | Line | Table | Contents | Break


@dataclass(frozen=True, slots=True)
class JudgementTruth:
    """A grade as it stands in the report."""

    area: str
    grade: str


@dataclass(slots=True)
class Script:
    """A report as a run of blocks, with what its first page says."""

    layout: str
    title: str
    authority: str
    la_code: str
    framework: str
    kind: str
    inspected_from: str
    inspected_to: str
    published: str | None
    lead_inspector: str
    licence: str
    judgements: tuple[JudgementTruth, ...]
    footer: tuple[str, ...] = ()  # the running title; empty where only the page number is printed
    blocks: list[Block] = field(default_factory=list)
    notes: dict[int, str] = field(default_factory=dict)
    last_number: int = 0
    outcome: str | None = None

    def add(self, *blocks: Block) -> None:
        """Append blocks."""
        self.blocks.extend(blocks)

    def next_number(self) -> int:
        """Return the next paragraph number of the one sequence that runs through the report."""
        self.last_number += 1
        return self.last_number

    def note(self, text: str) -> str:
        """Register a footnote and return its marker, to be put behind the words it explains."""
        number = len(self.notes) + 1
        self.notes[number] = text
        return chr(FIRST_MARK + number)


def plain(text: str) -> str:
    """Return the text without footnote markers."""
    return text if text.isascii() else MARK.sub("", text)


def marks(text: str) -> Iterator[int]:
    """Yield the numbers of the footnotes that a text points at."""
    if not text.isascii():
        for match in MARK.finditer(text):
            yield ord(match.group()) - FIRST_MARK
