"""How is each block of a report set on pages?"""

from collections.abc import Sequence
from typing import Final

from corpus.maker.flow import INSET, TOP, Flow
from corpus.maker.measure import (
    BOLD,
    BULLETS,
    LEFT,
    REGULAR,
    RIGHT,
    Layout,
    Part,
    Run,
    in_a_row,
    width_of,
    wrap,
)
from corpus.maker.script import Block, Break, Contents, Heading, Line, Row, Script, Table, Text, plain

_LEADING: Final = 14.5
_HEADING_SIZES: Final = {"sif": (16, 14, 12), "ilacs": (14, 12, 12), "area_send": (14, 12, 12)}
_NUMBER_COLUMN: Final = {"sif": 106.3, "ilacs": 100.3, "area_send": 100.3}


class Typesetter:
    """Sets one script on pages."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._sizes = _HEADING_SIZES[script.framework]
        self._column = _NUMBER_COLUMN[script.framework]
        self._flow = Flow(script)
        self._contents: list[tuple[int, float, str]] = []

    def set(self) -> Layout:
        """Set every block, then the contents, the notes and the footers."""
        blocks = self._script.blocks
        for index, block in enumerate(blocks):
            self._flow.parts.append([])
            boxed = isinstance(block, Text | Heading) and block.boxed
            if self._flow.frame_top is not None and not boxed:
                self._flow.close_frame()
            self._set_block(block, blocks[index + 1] if index + 1 < len(blocks) else None)
        if self._flow.frame_top is not None:
            self._flow.close_frame()
        self._fill_contents()
        self._flow.finish()
        return Layout(self._flow.pages, self._flow.parts)

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
                if self._flow.y > TOP:
                    self._flow.new_page()
        if isinstance(block, Text | Heading) and block.boxed and isinstance(following, Break):
            self._flow.close_frame()

    def _set_text(self, text: Text) -> None:
        """Set a paragraph, a numbered paragraph or a bullet."""
        x, gap, lead = LEFT, 12.0, ""
        if text.boxed and self._flow.frame_top is None:
            self._flow.frame_top = self._flow.y - 14
        if text.number is not None:
            x, lead = self._column, f"{text.number}."
        elif text.level == 1:
            x, gap = LEFT + 18, 6.0 if text.role == "profile" else 11.0
        elif text.level == 2:
            x, gap = LEFT + 50, 6.0
        leading = _LEADING * text.size / 12
        lines = wrap(text.text, REGULAR, text.size, RIGHT - x)
        self._flow.room(min(len(lines), 2) * leading - leading, lines[0])
        if lead:
            self._flow.put((Run(LEFT, self._flow.y, lead),))
        elif text.level:
            self._flow.put((self._bullet(text.level, text.size),))
        self._place(lines, x, text.size, leading)
        self._flow.y += gap

    def _place(self, lines: Sequence[str], x: float, size: float, leading: float) -> None:
        """Set the lines of a paragraph; the first has its room already."""
        for index, line in enumerate(lines):
            if index:
                self._flow.room(0, line)
            self._flow.put((Run(x, self._flow.y, line, REGULAR, size),))
            self._flow.remember(line)
            self._flow.y += leading

    def _bullet(self, level: int, size: float) -> Run:
        """Return the glyph of a bullet: a square of a symbol font outside, a dash inside."""
        if level == 2:
            return Run(LEFT + 36, self._flow.y, "–", REGULAR, size)
        old = self._script.framework == "sif" or self._script.inspected_from < "2019"
        return Run(LEFT, self._flow.y, "\uf06e" if old else "\u25fc", BULLETS, size * 0.8)

    def _set_heading(self, heading: Heading) -> None:
        """Set a heading; it never stands last on a page."""
        size = self._sizes[heading.level - 1]
        leading = size * 1.21
        if heading.boxed and self._flow.frame_top is None:
            self._flow.frame_top = self._flow.y - 14
        font = REGULAR if heading.italic else BOLD
        lines = wrap(heading.text, font, size, RIGHT - LEFT)
        if self._flow.y > TOP + 2:
            self._flow.y += 6 if heading.level > 2 else 10
        self._flow.room(leading * len(lines) + 34, heading.text)
        for line in lines:
            self._flow.put((Run(LEFT, self._flow.y, line, font, size, heading.italic),))
            self._flow.remember(line)
            self._flow.y += leading
        self._flow.y += 11

    def _set_line(self, line: Line) -> None:
        """Set a line of the first page or the imprint; it wraps where it must."""
        leading = line.size * 1.21
        text = "".join(words for words, _ in line.runs)
        bold = line.runs[0][1]
        for index, piece in enumerate(wrap(text, BOLD if bold else REGULAR, line.size, RIGHT - LEFT)):
            self._flow.room(0, piece)
            if index == 0 and len(line.runs) > 1:
                self._flow.put(in_a_row(line, LEFT, self._flow.y))
            else:
                self._flow.put((Run(LEFT, self._flow.y, piece, BOLD if bold else REGULAR, line.size),))
            self._flow.remember(piece)
            self._flow.y += leading
        self._flow.y += line.after

    def _set_table(self, table: Table) -> None:
        """Set a ruled table; each row keeps together."""
        self._flow.y += table.gaps[0]
        if table.head:
            top = self._flow.y - 14
            for text, size, bold in table.head:
                for line in wrap(text, BOLD if bold else REGULAR, size, RIGHT - LEFT - 8):
                    self._flow.room(0, line)
                    self._flow.put((Run(LEFT + INSET, self._flow.y, line, BOLD if bold else REGULAR, size),))
                    self._flow.remember(line)
                    self._flow.y += size * 1.21
                self._flow.remember("\n\n")
                self._flow.y += 5
            self._flow.box(LEFT, top, RIGHT, self._flow.y - 10)
            self._flow.y += 5
        for row in table.rows:
            self._set_row(row, table)
        self._flow.y += table.gaps[1]

    def _set_row(self, row: Row, table: Table) -> None:
        """Set one row of two cells."""
        middle = LEFT + (RIGHT - LEFT) * table.split
        starts = (LEFT + INSET + row.indent, middle + INSET)
        ends = (middle - INSET, RIGHT - INSET)
        cells = [
            wrap(cell, BOLD if bold else REGULAR, 12, end - start)
            for cell, bold, start, end in zip(row.cells, row.bold, starts, ends, strict=True)
        ]
        height = max(len(cell) for cell in cells) * _LEADING + 2 * table.padding
        self._flow.room(height)
        top = self._flow.y - 15
        for cell, bold, start in zip(cells, row.bold, starts, strict=True):
            shift = (height - len(cell) * _LEADING) / 2 if table.centred else table.padding
            for index, line in enumerate(cell):
                self._flow.put(
                    (Run(start, top + shift + 11.5 + index * _LEADING, line, BOLD if bold else REGULAR),)
                )
        self._flow.remember(_as_text(row, table))
        self._flow.box(LEFT + row.indent, top, middle, top + height)
        self._flow.box(middle, top, RIGHT, top + height)
        self._flow.y += height

    def _set_graded_heading(self, heading: Heading) -> None:
        """Set a heading as a row with its grade in the second cell; the summary follows in the same frame."""
        self._flow.y += 6
        self._flow.room(150)
        if heading.column is not None:
            self._set_row(Row(heading.column, (True, True)), Table((), 0.5))
        plain_row = heading.column is not None
        bold = not plain_row
        self._set_row(
            Row((heading.text, heading.cell or ""), (bold, bold)), Table((), 0.5 if plain_row else 0.66)
        )
        self._flow.frame_top = self._flow.y - 15
        self._flow.y += 6

    def _set_contents(self, contents: Contents) -> None:
        """Set the contents; page numbers follow when all pages are known."""
        self._flow.put((Run(LEFT, self._flow.y, "Contents", BOLD, 16),))
        self._flow.remember("Contents")
        self._flow.y += 32
        for printed, target in contents.entries:
            lines = wrap(printed, BOLD, 12, RIGHT - LEFT - 40)
            for line in lines:
                self._flow.put((Run(LEFT, self._flow.y, line, BOLD),))
                self._flow.y += _LEADING
            self._contents.append((len(self._flow.pages), self._flow.y - _LEADING, target))
            self._flow.y += 5

    def _fill_contents(self) -> None:
        """Write the page numbers of the contents behind their headings."""
        where: dict[str, int] = {}
        for block, parts in zip(self._script.blocks, self._flow.parts, strict=True):
            if isinstance(block, Heading) and parts:
                where.setdefault(plain(block.text), parts[0].page)
        for block, parts in zip(self._script.blocks, self._flow.parts, strict=True):
            if isinstance(block, Contents):
                entries = (f"{printed}\t{where.get(target, '')}\n" for printed, target in block.entries)
                parts[0] = Part(parts[0].page, "Contents\n\n" + "".join(entries))
        for number, y, target in self._contents:
            page = str(where.get(target, number))
            run = Run(RIGHT - width_of(page, BOLD) * 12, y, page, BOLD)
            runs = self._flow.pages[number - 1].runs
            last = max(index for index, each in enumerate(runs) if each.y == y)
            runs.insert(last + 1, run)


def _as_text(row: Row, table: Table) -> str:
    """Return a row as a transcript has it: tabs between cells, one more where other rows are set in."""
    nested = any(each.indent for each in table.rows)
    lead = "\t" if row.indent else ""
    between = "\t\t" if nested and not row.indent else "\t"
    return lead + between.join(plain(cell) for cell in row.cells) + "\n"
