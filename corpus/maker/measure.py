"""How wide are words, where do lines break, and what is a page made of?

Coordinates are points from the page's top left corner; `y` is the base line of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus.maker.script import FIRST_MARK, MARK, Line, plain

WIDTH: Final = 595.32
HEIGHT: Final = 841.92
LEFT: Final = 71.0
RIGHT: Final = 523.0
REGULAR: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
BULLETS: Final = "OfsightBullets"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font; `slant` leans an upright font, as the reports of 2014-15 do."""

    x: float
    y: float
    text: str
    font: str = REGULAR
    size: float = 12
    slant: bool = False


@dataclass(slots=True)
class Page:
    """What is drawn on one page, in order: footer, text, notes, then lines."""

    footer: list[Run] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    notes: list[Run] = field(default_factory=list)
    note_numbers: list[int] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    note_height: float = 0


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a block that stands on one page."""

    page: int
    text: str


@dataclass(slots=True)
class Layout:
    """A report on its pages, and where each block ended up."""

    pages: list[Page]
    parts: list[list[Part]]  # for each block of the script


@lru_cache(maxsize=60_000)
def width_of(text: str, font: str) -> float:
    """Return how wide a text is at one point."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, 1))


@lru_cache(maxsize=60_000)
def _measured(word: str, font: str) -> tuple[tuple[str, float], ...]:
    """Return the pieces of a word with their widths at one point."""
    return tuple((piece, width_of(plain(piece), font)) for piece in _pieces(word))


def _pieces(word: str) -> tuple[str, ...]:
    """Split a word where a line may end within it: behind a hyphen between letters."""
    if "-" not in word:
        return (word,)
    parts: list[str] = []
    start = 0
    for index in range(1, len(word) - 1):
        if word[index] == "-" and word[index - 1].isalnum() and word[index + 1].isalpha():
            parts.append(word[start : index + 1])
            start = index + 1
    return (*parts, word[start:])


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Break a text into lines; a line that goes on keeps its last space, as in the real files."""
    room = width / size
    space = width_of(" ", font)
    lines: list[str] = []
    line, used = "", 0.0
    for word in text.split(" "):
        for index, (piece, wide) in enumerate(_measured(word, font)):
            joined = index > 0
            gap = space if line and not joined else 0.0
            if line and used + gap + wide > room:
                lines.append(line if joined else f"{line} ")
                line, used = piece, wide
            else:
                line += f" {piece}" if gap else piece
                used += gap + wide
    return [*lines, line]


def raised(run: Run) -> Iterator[Run]:
    """Split a run at its footnote markers and raise them."""
    x, start, text = run.x, 0, run.text
    if text.isascii() or not MARK.search(text):
        yield run
        return
    for match in MARK.finditer(text):
        before = text[start : match.start()]
        if before:
            yield Run(x, run.y, before, run.font, run.size, run.slant)
            x += width_of(before, run.font) * run.size
        figure, small = str(ord(match.group()) - FIRST_MARK), run.size * 0.6
        yield Run(x, run.y - run.size * 0.35, figure, run.font, small)
        x += width_of(figure, run.font) * small
        start = match.end()
    if text[start:]:
        yield Run(x, run.y, text[start:], run.font, run.size, run.slant)


def in_a_row(line: Line, x: float, y: float) -> list[Run]:
    """Return the runs of a line, one behind the other."""
    runs: list[Run] = []
    for words, bold in line.runs:
        font = BOLD if bold else REGULAR
        runs.append(Run(x, y, words, font, line.size))
        x += width_of(words, font) * line.size
    return runs
