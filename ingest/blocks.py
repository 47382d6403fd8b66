"""How do lines become blocks: headings, numbered paragraphs, list items, plain paragraphs and footnotes?

A block is what the page shows, before anyone asks what it means. Paragraphs run over page breaks; a
footnote or a running title between their lines does not part them.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from ingest.block import Block
from ingest.layouts import Layout, plain
from ingest.lines import Line, count_characters, join_texts, split_bullet
from ingest.notes import note_text
from ingest.numbering import Numbering
from ingest.parting import (
    GAP,
    Margins,
    beside,
    crosses,
    find_cell,
    find_margins,
    heads_list,
    is_bare_item,
    is_cut_off,
    parts_from,
    within,
)

_TITLE_SIZE: Final = 13.5
_LONGEST_HEADING: Final = 220
_LONGEST_TABLE_HEAD: Final = 40  # characters
_CLOSE: Final = 3.0  # points between a heading and text that is no heading
_DASHES: Final = "–—−-‒\u2500\u2015"


def build_blocks(
    lines: Sequence[Line], notes: Mapping[int, Sequence[int]], numbering: Numbering, layout: Layout
) -> list[Block]:
    """Put the lines of a report together to blocks, in reading order; notes behind what they hang on."""
    in_notes = {index for indices in notes.values() for index in indices}
    builder = _Builder(layout, find_margins(lines))
    for index, line in enumerate(lines):
        if index in notes:
            builder.add_note([lines[each] for each in notes[index]])
        elif index not in in_notes:
            following = lines[index + 1] if line.size is None and index + 1 < len(lines) else None
            leads = following is not None and heads_list(
                line, following, numbered=index + 1 in numbering.starts
            )
            builder.add(line, numbering.starts.get(index), leads=leads)
    return builder.blocks


class _Builder:
    """Takes lines one by one; `current` is the block that the next line may run on."""

    def __init__(self, layout: Layout, margins: Margins) -> None:
        self._layout = layout
        self._margins = margins
        self._closing = {words[:3] for words in layout.closing}
        self.blocks: list[Block] = []
        self._current: Block | None = None

    def add_note(self, lines: list[Line]) -> None:
        """A footnote stands behind the block it interrupts or ends."""
        words = note_text(lines[0].text)
        stripped = count_characters(lines[0].text) - count_characters(words)
        parts = [words, *(line.text for line in lines[1:])]
        block = Block("note", lines, parts, hanging=self._current, stripped=stripped)
        block.stripped += sum(line.markers for line in lines)
        self.blocks.append(block)

    def add(self, line: Line, start: tuple[int, int] | None, *, leads: bool) -> None:
        """Give the line to the block it belongs to, or begin a new one; `leads`: it heads a list."""
        if start is not None:
            number, width = start
            stripped = count_characters(line.text[:width])
            self._begin(
                Block("numbered", [line], [line.text[width:].strip()], number=number, stripped=stripped)
            )
        elif not line.text:
            self._extend(line, "")  # a footnote's raised number on a line of its own
        elif leads or self._is_heading(line):
            self._add_heading(line)
        else:
            self._add_words(line)

    def _begin(self, block: Block) -> None:
        """Open a block that later lines may run on."""
        block.stripped += block.first.markers
        self.blocks.append(block)
        self._current = block

    def _extend(self, line: Line, text: str, *, stripped: int = 0) -> None:
        """Let the current block run on."""
        current = self._current
        if current is None:
            self._begin(Block("plain", [line], [text], stripped=stripped))
        else:
            current.lines.append(line)
            current.parts.append(text)
            current.stripped += stripped + line.markers

    def _is_heading(self, line: Line) -> bool:
        """Large, bold or slanted type that stands by itself; in plain text, words known as a heading."""
        if line.size is None:
            return self._is_text_heading(line)
        plain_type = not (line.bold or line.slanted or line.size >= _TITLE_SIZE)  # as nearly every line
        if plain_type or split_bullet(line.text)[0] or len(line.text) < 2:
            return False
        large = line.size >= _TITLE_SIZE and (line.bold or self._is_title(line))
        if not (large or line.bold or line.slanted):
            return False
        current = self._current
        if current is None or current.kind == "heading":
            return True
        if line.slanted and not (line.bold or line.text[0].isupper()):
            return False  # words behind a marker may be slanted too
        apart = line.page != current.last.page or line.top - current.last.bottom > _CLOSE
        return large or apart or beside(line, current.last)

    def _is_title(self, line: Line) -> bool:
        """Large type that is not bold: a title, or the larger text of the summary for young people."""
        return (line.size or 0) >= _TITLE_SIZE + 2 or self._layout.heading(line.text)[0] is not None

    def _is_text_heading(self, line: Line) -> bool:
        return len(line.text) < _LONGEST_HEADING and self._layout.heading(line.text)[0] is not None

    def _add_heading(self, line: Line) -> None:
        """A heading may run over lines of the same type; a grade beside it belongs to it."""
        current = self._current
        if current is not None and current.kind == "heading" and self._continues_heading(line, current):
            self._extend(line, line.text)
        else:
            self._begin(Block("heading", [line], [line.text], slanted=line.slanted))

    def _continues_heading(self, line: Line, current: Block) -> bool:
        last = current.last
        if line.size is None or line.page != last.page:
            return False
        if beside(line, last) or self._layout.grade(line.text):
            return True
        same_type = abs((line.size or 0) - (last.size or 0)) < 1 and line.slanted == last.slanted
        return same_type and line.top - last.bottom < GAP and not self._complete(current, line)

    def _complete(self, current: Block, line: Line) -> bool:
        """Two headings may follow closely: when both are known, they are two."""
        known = self._layout.heading
        joined = join_texts([current.text, line.text])
        return (
            known(joined)[0] is None
            and known(current.text)[0] is not None
            and known(line.text)[0] is not None
        )

    def _add_words(self, line: Line) -> None:
        """Words that are neither heading nor numbered: an item, a paragraph, or more of the current block."""
        current = self._current
        glyph, words = split_bullet(line.text)
        if glyph and self._is_item(glyph, line):
            if current is not None and current.kind == "numbered" and within(line, current):
                self._extend(line, words, stripped=1)
            else:
                self._begin(Block("item", [line], [words], bullet=glyph, stripped=1))
        elif current is not None and is_bare_item(line, current):
            self._begin(Block("item", [line], [line.text]))
        elif current is None or current.kind == "heading" or self._closes(line) or self._parts(line, current):
            self._begin(Block("plain", [line], [line.text]))
        elif crosses(line, current) and (cell := find_cell(line, self.blocks)) is not None:
            self._current = cell
            self._extend(line, line.text)
        else:
            self._extend(line, line.text)

    def _closes(self, line: Line) -> bool:
        """Whether the publisher's closing words or a table begin here: no part of what stands before."""
        if line.page is None and len(line.text) < _LONGEST_TABLE_HEAD:  # in print, the type and place tell
            words = plain(line.text)
            if any(head.fullmatch(words) for head in self._layout.table_heads):
                return True
        return line.text[:3].lower() in self._closing and plain(line.text).startswith(self._layout.closing)

    def _is_item(self, glyph: str, line: Line) -> bool:
        """A dash begins an item only where the line before has ended or the text is a list already."""
        if glyph not in _DASHES:
            return True
        current = self._current
        if current is None or current.kind == "heading":
            return True
        if current.kind == "item":
            return not is_cut_off(line, current)
        return current.tail.endswith((":", ".", ";"))

    def _parts(self, line: Line, current: Block) -> bool:
        """Whether a new paragraph or cell begins; a grade stays with the label it stands beside."""
        if crosses(line, current) and not self._layout.grade(line.text):
            return find_cell(line, self.blocks) is None
        return parts_from(line, current, self._margins)
