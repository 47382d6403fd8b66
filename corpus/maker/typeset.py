"""Where on which page does each line of a report stand?

Coordinates are points from the page's top left corner; `y` is the base line of the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus.maker.script import (
    FIRST_MARK,
    MARK,
    Block,
    Break,
    Contents,
    Heading,
    Line,
    Row,
    Script,
    Table,
    Text,
    marks,
    plain,
)

WIDTH: Final = 595.32
HEIGHT: Final = 841.92
_LEFT: Final = 71.0
_RIGHT: Final = 523.0
_TOP: Final = 84.0
_BOTTOM: Final = 778.0
_INSET: Final = 5.0
_LEADING: Final = 14.5
_NOTE_SIZE: Final = 10.0
_NOTE_LEADING: Final = 12.0
_RULE_ABOVE_NOTES: Final = 26.0
REGULAR: Final = "Helvetica"
BOLD: Final = "Helvetica-Bold"
BULLETS: Final = "OfsightBullets"
_HEADING_SIZES: Final = {"sif": (16, 14, 12), "ilacs": (14, 12, 12), "area_send": (14, 12, 12)}
_NUMBER_COLUMN: Final = {"sif": 106.3, "ilacs": 100.3, "area_send": 100.3}


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
def _width(text: str, font: str) -> float:
    """Return how wide a text is at one point."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, 1))


@lru_cache(maxsize=60_000)
def _measured(word: str, font: str) -> tuple[tuple[str, float], ...]:
    """Return the pieces of a word with their widths at one point."""
    return tuple((piece, _width(plain(piece), font)) for piece in _pieces(word))


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
    space = _width(" ", font)
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


class Typesetter:
    """Sets one script on pages."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._sizes = _HEADING_SIZES[script.framework]
        self._column = _NUMBER_COLUMN[script.framework]
        self._pages: list[Page] = []
        self._y = 0.0
        self._parts: list[list[Part]] = []
        self._contents: list[tuple[int, float, str]] = []
        self._frame_top: float | None = None
        self._new_page()

    def set(self) -> Layout:
        """Set every block, then the contents, the notes and the footers."""
        blocks = self._script.blocks
        for index, block in enumerate(blocks):
            self._parts.append([])
            boxed = isinstance(block, Text | Heading) and block.boxed
            if self._frame_top is not None and not boxed:
                self._close_frame()
            self._set_block(block, blocks[index + 1] if index + 1 < len(blocks) else None)
        if self._frame_top is not None:
            self._close_frame()
        self._fill_contents()
        for number, page in enumerate(self._pages, start=1):
            self._set_notes(page)
            self._set_footer(page, number)
        return Layout(self._pages, self._parts)

    def _set_block(self, block: Block, following: Block | None) -> None:
        """Set one block."""
        match block:
            case Text():
                self._set_text(block)
            case Heading() if block.cell is not None:
                self._set_graded_heading(block)
            case Heading():
                self._set_heading(block)
            case Line():
                self._set_line(block)
            case Table():
                self._set_table(block)
            case Contents():
                self._set_contents(block)
            case Break():
                if self._y > _TOP:
                    self._new_page()
        if isinstance(block, Text | Heading) and block.boxed and isinstance(following, Break):
            self._close_frame()

    # pages ----------------------------------------------------------------------------------------------

    def _new_page(self) -> None:
        """Start a page; an open frame is closed below and opened again above."""
        framed = self._frame_top is not None
        if framed:
            self._close_frame()
        self._pages.append(Page())
        self._y = _TOP
        if framed:
            self._frame_top = _TOP - 14

    def _close_frame(self) -> None:
        """Draw the frame around what was set since it was opened."""
        if self._frame_top is not None:
            self._box(_LEFT - _INSET, self._frame_top, _RIGHT + _INSET, self._y - 6)
            self._frame_top = None
            self._y += 10

    def _box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Draw a rectangle."""
        rules = self._pages[-1].rules
        rules.extend(
            ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
        )

    def _room(self, height: float, text: str = "") -> None:
        """Start a page if a line of this height, with the notes that it points at, does not fit."""
        page = self._pages[-1]
        extra = sum(self._note_height(number) for number in marks(text))
        if extra and not page.note_height:
            extra += _RULE_ABOVE_NOTES
        if self._y + height + extra > _BOTTOM - page.note_height and self._y > _TOP:
            self._new_page()
            page = self._pages[-1]
            extra += _RULE_ABOVE_NOTES if extra and not page.note_height else 0
        page.note_height += extra
        page.note_numbers.extend(marks(text))

    def _put(self, runs: Sequence[Run]) -> None:
        """Draw runs; a footnote marker becomes a small raised figure."""
        for run in runs:
            self._pages[-1].runs.extend(_raised(run))

    def _lines(self, lines: Sequence[str], x: float, font: str, size: float, leading: float) -> None:
        """Set the lines of one block and remember on which page each of them stands."""
        for line in lines:
            self._room(0, line)
            self._put((Run(x, self._y, line, font, size),))
            self._remember(line)
            self._y += leading

    def _remember(self, line: str) -> None:
        """Add a line to what the block has on this page."""
        parts, page = self._parts[-1], len(self._pages)
        if parts and parts[-1].page == page:
            parts[-1] = Part(page, parts[-1].text + line)
        else:
            parts.append(Part(page, line))

    # blocks ---------------------------------------------------------------------------------------------

    def _set_text(self, text: Text) -> None:
        """Set a paragraph, a numbered paragraph or a bullet."""
        x, gap, lead = _LEFT, 12.0, ""
        if text.boxed and self._frame_top is None:
            self._frame_top = self._y - 14
        if text.number is not None:
            x, lead = self._column, f"{text.number}."
        elif text.level == 1:
            x, gap = _LEFT + 18, 6.0 if text.role == "profile" else 11.0
        elif text.level == 2:
            x, gap = _LEFT + 50, 6.0
        leading = _LEADING * text.size / 12
        lines = wrap(text.text, REGULAR, text.size, _RIGHT - x)
        self._room(min(len(lines), 2) * leading - leading, lines[0])
        self._pages[-1].note_numbers[:] = dict.fromkeys(self._pages[-1].note_numbers)
        if lead:
            self._put((Run(_LEFT, self._y, lead),))
        elif text.level:
            self._put((self._bullet(text.level, text.size),))
        self._place(lines, x, text.size, leading)
        self._y += gap

    def _place(self, lines: Sequence[str], x: float, size: float, leading: float) -> None:
        """Set the lines of a paragraph; the first has its room already."""
        for index, line in enumerate(lines):
            if index:
                self._room(0, line)
            self._put((Run(x, self._y, line, REGULAR, size),))
            self._remember(line)
            self._y += leading

    def _bullet(self, level: int, size: float) -> Run:
        """Return the glyph of a bullet: a square of a symbol font outside, a dash inside."""
        if level == 2:
            return Run(_LEFT + 36, self._y, "–", REGULAR, size)
        old = (
            self._script.framework == "sif"
            or self._script.layout == "ilacs-a"
            and self._script.inspected_from < "2019"
        )
        return Run(_LEFT, self._y, "\uf06e" if old else "\u25fc", BULLETS, size * 0.8)

    def _set_heading(self, heading: Heading) -> None:
        """Set a heading; it never stands last on a page."""
        size = self._sizes[heading.level - 1]
        leading = size * 1.21
        if heading.boxed and self._frame_top is None:
            self._frame_top = self._y - 14
        font = REGULAR if heading.italic else BOLD
        lines = wrap(heading.text, font, size, _RIGHT - _LEFT)
        if self._y > _TOP + 2:
            self._y += 6 if heading.level > 2 else 10
        self._room(leading * len(lines) + 34, heading.text)
        for line in lines:
            self._put((Run(_LEFT, self._y, line, font, size, heading.italic),))
            self._remember(line)
            self._y += leading
        self._y += 11

    def _set_line(self, line: Line) -> None:
        """Set a line of the first page or the imprint; it wraps where it must."""
        leading = line.size * 1.21
        text = "".join(words for words, _ in line.runs)
        bold = line.runs[0][1]
        for index, piece in enumerate(wrap(text, BOLD if bold else REGULAR, line.size, _RIGHT - _LEFT)):
            self._room(0, piece)
            if index == 0 and len(line.runs) > 1:
                self._put(_in_a_row(line, _LEFT, self._y))
            else:
                self._put((Run(_LEFT, self._y, piece, BOLD if bold else REGULAR, line.size),))
            self._remember(piece)
            self._y += leading
        self._y += line.after

    def _set_table(self, table: Table) -> None:
        """Set a ruled table; each row keeps together."""
        self._y += table.gaps[0]
        if table.head:
            top = self._y - 14
            for text, size, bold in table.head:
                for line in wrap(text, BOLD if bold else REGULAR, size, _RIGHT - _LEFT - 8):
                    self._room(0, line)
                    self._put((Run(_LEFT + _INSET, self._y, line, BOLD if bold else REGULAR, size),))
                    self._remember(line)
                    self._y += size * 1.21
                self._remember("\n")
                self._y += 5
            self._box(_LEFT, top, _RIGHT, self._y - 10)
            self._y += 5
        for row in table.rows:
            self._set_row(row, table)
        self._y += table.gaps[1]

    def _set_row(self, row: Row, table: Table) -> None:
        """Set one row of two cells."""
        middle = _LEFT + (_RIGHT - _LEFT) * table.split
        starts = (_LEFT + _INSET + row.indent, middle + _INSET)
        ends = (middle - _INSET, _RIGHT - _INSET)
        cells = [
            wrap(cell, BOLD if bold else REGULAR, 12, end - start)
            for cell, bold, start, end in zip(row.cells, row.bold, starts, ends, strict=True)
        ]
        height = max(len(cell) for cell in cells) * _LEADING + 2 * table.padding
        self._room(height)
        top = self._y - 15
        for cell, bold, start in zip(cells, row.bold, starts, strict=True):
            shift = (height - len(cell) * _LEADING) / 2
            for index, line in enumerate(cell):
                self._put(
                    (Run(start, top + shift + 11.5 + index * _LEADING, line, BOLD if bold else REGULAR),)
                )
        self._remember(("\t" if row.indent else "") + "\t".join(plain(cell) for cell in row.cells) + "\n")
        self._box(_LEFT + row.indent, top, middle, top + height)
        self._box(middle, top, _RIGHT, top + height)
        self._y += height

    def _set_graded_heading(self, heading: Heading) -> None:
        """Set a heading as a table row with its grade in the second cell; the summary follows in the same frame."""
        self._y += 6
        self._room(150)
        if heading.column is not None:
            self._set_row(Row(heading.column, (True, True)), Table((), 0.5))
        plain_row = heading.column is not None
        bold = not plain_row
        self._set_row(
            Row((heading.text, heading.cell or ""), (bold, bold)), Table((), 0.5 if plain_row else 0.66)
        )
        self._frame_top = self._y - 15
        self._y += 6

    def _set_contents(self, contents: Contents) -> None:
        """Set the contents; page numbers follow when all pages are known."""
        self._put((Run(_LEFT, self._y, "Contents", BOLD, 16),))
        self._remember("Contents")
        self._y += 32
        for printed, target in contents.entries:
            lines = wrap(printed, BOLD, 12, _RIGHT - _LEFT - 40)
            for line in lines:
                self._put((Run(_LEFT, self._y, line, BOLD),))
                self._y += _LEADING
            self._contents.append((len(self._pages), self._y - _LEADING, target))
            self._y += 5

    def _fill_contents(self) -> None:
        """Write the page numbers of the contents behind their headings."""
        where: dict[str, int] = {}
        for block, parts in zip(self._script.blocks, self._parts, strict=True):
            if isinstance(block, Heading) and parts:
                where.setdefault(plain(block.text), parts[0].page)
        for block, parts in zip(self._script.blocks, self._parts, strict=True):
            if isinstance(block, Contents):
                entries = (f"{printed}\t{where.get(target, '')}\n" for printed, target in block.entries)
                parts[0] = Part(parts[0].page, "Contents\n\n" + "".join(entries))
        for number, y, target in self._contents:
            page = str(where.get(target, number))
            run = Run(_RIGHT - _width(page, BOLD) * 12, y, page, BOLD)
            runs = self._pages[number - 1].runs
            last = max(index for index, each in enumerate(runs) if each.y == y)
            runs.insert(last + 1, run)

    # notes and footers ----------------------------------------------------------------------------------

    def _note_height(self, number: int) -> float:
        """Return how high a footnote is."""
        lines = wrap(f"{number} {self._script.notes[number]}", REGULAR, _NOTE_SIZE, _RIGHT - _LEFT)
        return len(lines) * _NOTE_LEADING + 2

    def _set_notes(self, page: Page) -> None:
        """Set the footnotes of a page at its foot."""
        y = _BOTTOM - page.note_height + _RULE_ABOVE_NOTES + 4
        numbers = list(dict.fromkeys(page.note_numbers))
        if numbers:
            page.rules.append((_LEFT, y - 20, _LEFT + 144, y - 20))
        for number in numbers:
            text = chr(FIRST_MARK + number) + f" {self._script.notes[number]}"
            for line in wrap(text, REGULAR, _NOTE_SIZE, _RIGHT - _LEFT):
                page.notes.extend(_raised(Run(_LEFT, y, line, REGULAR, _NOTE_SIZE)))
                y += _NOTE_LEADING
            y += 2

    def _set_footer(self, page: Page, number: int) -> None:
        """Set the page number, and the running title where the edition has one."""
        lines = self._script.footer
        if lines and number == 1:
            return
        size = 8 if len(lines) == 2 else 9
        for index, line in enumerate(lines):
            font = BOLD if len(lines) == 2 else REGULAR
            page.footer.append(Run(_LEFT, 804 + index * 10, line, font, size))
        left = self._script.framework == "sif" and number % 2 == 0
        x = _LEFT if left else _RIGHT - _width(str(number), REGULAR) * 20
        page.footer.append(Run(x, 812, str(number), REGULAR, 20))
        page.rules.append((_LEFT, 793, _RIGHT, 793))


def _raised(run: Run) -> Iterator[Run]:
    """Split a run at its footnote markers and raise them."""
    x, start, text = run.x, 0, run.text
    if text.isascii() or not MARK.search(text):
        yield run
        return
    for match in MARK.finditer(text):
        before = text[start : match.start()]
        if before:
            yield Run(x, run.y, before, run.font, run.size, run.slant)
            x += _width(before, run.font) * run.size
        figure, small = str(ord(match.group()) - FIRST_MARK), run.size * 0.6
        yield Run(x, run.y - run.size * 0.35, figure, run.font, small)
        x += _width(figure, run.font) * small
        start = match.end()
    if text[start:]:
        yield Run(x, run.y, text[start:], run.font, run.size, run.slant)


def _in_a_row(line: Line, x: float, y: float) -> list[Run]:
    """Return the runs of a line, one behind the other."""
    runs: list[Run] = []
    for words, bold in line.runs:
        font = BOLD if bold else REGULAR
        runs.append(Run(x, y, words, font, line.size))
        x += _width(words, font) * line.size
    return runs
