"""How do lines become blocks: headings, numbered paragraphs, list items, plain paragraphs and footnotes?

A block is what the page shows, before anyone asks what it means. Paragraphs run over page breaks; a
footnote or a running title between their lines does not part them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ingest.layouts import Layout, plain
from ingest.lines import Line, count_characters, join_texts, split_bullet
from ingest.notes import find_notes, flat_markers, note_text
from ingest.numbering import Numbering

BlockKind = Literal["heading", "numbered", "item", "plain", "note"]

_GAP: Final = 6.0  # points between two paragraphs, at least; lines of one stand about 3 apart
_COLUMN: Final = 60.0  # columns of a table stand at least this far apart
_SAME_COLUMN: Final = 4.0
_ROW: Final = 2.0
_HANGING: Final = 9.0
_TITLE_SIZE: Final = 13.5
_SENTENCE_ENDS: Final = (".", "!", "?", ".’", ".”", ".)", ":", "?’", ".'", '."')
_ITEM_ENDS: Final = (*_SENTENCE_ENDS, ";")
_LONGEST_HEADING: Final = 220
_PROSE: Final = 100


@dataclass(slots=True)
class Block:
    """One heading, paragraph, item or note with the lines it was printed on."""

    kind: BlockKind
    lines: list[Line]
    parts: list[str]
    number: int | None = None
    bullet: str | None = None
    hanging: "Block | None" = None  # the block that a note hangs on
    slanted: bool = False
    stripped: int = 0  # characters of numbers, glyphs and markers that are not part of the text

    @property
    def text(self) -> str:
        """The words in reading order, lines joined."""
        return join_texts(self.parts)

    @property
    def first(self) -> Line:
        """The line that the block begins on."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line that the block ends on."""
        return self.lines[-1]


def build_blocks(lines: Sequence[Line], numbering: Numbering, layout: Layout) -> list[Block]:
    """Put the lines of a report together to blocks, in reading order; notes behind what they hang on."""
    notes = find_notes(lines)
    in_notes = {index for indices in notes.values() for index in indices}
    flat = flat_markers(lines, notes)
    builder = _Builder(layout)
    for index, line in enumerate(lines):
        if index in notes:
            builder.add_note([lines[each] for each in notes[index]])
        elif index not in in_notes:
            following = lines[index + 1] if index + 1 < len(lines) else None
            leads = following is not None and _leads(line, following, index + 1 in numbering.starts)
            builder.add(flat.get(index, line), numbering.starts.get(index), leads=leads)
    return builder.blocks


class _Builder:
    """Takes lines one by one; `current` is the block that the next line may run on."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
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
        elif self._is_marker(line):
            self._extend(line, "", stripped=len(line.text))
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

    def _is_marker(self, line: Line) -> bool:
        """A raised footnote number on a line of its own, beside the words it hangs on."""
        last = self._current.last if self._current else None
        return (
            last is not None
            and line.text.isdigit()
            and len(line.text) <= 2
            and (line.size or 99) < 0.8 * (last.size or 0)
            and line.page == last.page
            and line.top < last.bottom
        )

    def _is_heading(self, line: Line) -> bool:
        """Large, bold or slanted type that stands by itself; in plain text, words known as a heading."""
        if line.size is None:
            return self._is_text_heading(line)
        if split_bullet(line.text)[0] or len(line.text) < 2:
            return False
        large = line.size >= _TITLE_SIZE and (line.bold or self._is_title(line))
        if not (large or line.bold or line.slanted):
            return False
        current = self._current
        if current is None or current.kind == "heading" or large or line.page != current.last.page:
            return True
        return line.top - current.last.bottom > _ROW + 1 or _beside(line, current.last)

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
        if _beside(line, last) or self._layout.grade(line.text):
            return True
        same_type = abs((line.size or 0) - (last.size or 0)) < 1 and line.slanted == last.slanted
        return same_type and line.top - last.bottom < _GAP and not self._complete(current, line)

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
        if glyph and self._is_item(glyph):
            if current is not None and current.kind == "numbered" and self._within(line, current):
                self._extend(line, words, stripped=1)
            else:
                self._begin(Block("item", [line], [words], bullet=glyph, stripped=1))
        elif (
            current is None
            or current.kind == "heading"
            or self._closes(line)
            or self._parts_from(line, current)
        ):
            self._begin(Block("plain", [line], [line.text]))
        elif (column := self._other_column(line, current)) is not None:
            self._current = column
            self._extend(line, line.text)
        else:
            self._extend(line, line.text)

    def _other_column(self, line: Line, current: Block) -> Block | None:
        """The cell that a line goes on in, where it stands in another column of a table than the block before."""
        if not _crosses(line, current) or self._layout.grade(line.text):
            return None
        for block in reversed(self.blocks[-4:]):
            near = block.last.page in (line.page, (line.page or 0) - 1)
            if block.kind == "plain" and near and abs((block.first.x0 or 0) - (line.x0 or 0)) < _SAME_COLUMN:
                follows = block.last.page != line.page or 0 <= line.top - block.last.top < 2 * (
                    line.size or 12
                )
                return block if follows and not block.text.endswith(_SENTENCE_ENDS) else None
        return None

    def _closes(self, line: Line) -> bool:
        """Whether the publisher's closing words begin here, which belong to no paragraph before them."""
        return plain(line.text).startswith(self._layout.closing)

    def _is_item(self, glyph: str) -> bool:
        """A dash begins an item only where the line before has ended or the text is a list already."""
        if glyph not in "–—−-‒\u2500\u2015":
            return True
        current = self._current
        if current is None or current.kind in ("heading", "item"):
            return True
        return current.text.endswith((":", ".", ";"))

    def _within(self, line: Line, current: Block) -> bool:
        """Whether a list item stands inside a numbered paragraph."""
        if line.x0 is None or current.first.x0 is None:
            return True
        return line.x0 > current.first.x0 + _HANGING

    def _parts_from(self, line: Line, current: Block) -> bool:
        """Whether a new paragraph begins with this line."""
        if line.x0 is None or current.first.x0 is None:
            return self._text_parts_from(line, current)
        hangs = line.x0 > current.first.x0 + _HANGING
        if current.kind == "plain" and _crosses(line, current) and not self._layout.grade(line.text):
            return self._other_column(line, current) is None
        if current.kind == "numbered":
            return not hangs and self._apart(line, current)
        outdented = line.x0 < current.first.x0 - _SAME_COLUMN
        if current.kind == "item" and outdented and current.text.endswith(_ITEM_ENDS):
            return True
        if current.kind == "item" and hangs and line.page == current.last.page:
            return line.top - current.last.bottom > 3 * _GAP
        return self._apart(line, current)

    def _apart(self, line: Line, current: Block) -> bool:
        """Whether white space, or the end of a page after a finished paragraph, stands before the line."""
        last = current.last
        if line.page == last.page:
            return line.top - last.bottom > _GAP or (line.top < last.top - _GAP and not _beside(line, last))
        ended = current.text.endswith(_SENTENCE_ENDS)
        if not ended:
            return False
        room = max((each.x1 or 0) for each in current.lines) if len(current.lines) > 1 else 520.0
        first_word = len(line.text.split(" ")[0]) * 0.52 * (line.size or 12)
        return (last.x1 or 0) + first_word < max(room, 500.0) or (
            line.text[:1].islower() is False and _indented(line, current)
        )

    def _text_parts_from(self, line: Line, current: Block) -> bool:
        """Plain text: blank lines also stand where pages broke, inside a sentence or between two."""
        if current.kind == "numbered" or not line.gap or line.text[:1].islower():
            return False
        return current.text.endswith(_SENTENCE_ENDS) or len(current.text) < _PROSE


def _leads(line: Line, following: Line, numbered: bool) -> bool:
    """Plain text: a short line that ends no sentence, by itself before a list or a numbered paragraph."""
    return (
        line.size is None
        and line.gap
        and following.gap
        and len(line.text) < _PROSE
        and line.text[:1].isupper()
        and line.text[-1:].isalpha()
        and (numbered or split_bullet(following.text)[0] is not None)
    )


def _beside(line: Line, last: Line) -> bool:
    """Whether a line stands beside the last one, to its right."""
    if line.x0 is None or last.x1 is None or line.page != last.page:
        return False
    middle = (line.top + line.bottom) / 2
    return line.x0 >= last.x1 - 2 and last.top - 20 < middle < last.bottom + 20 and line.top < last.bottom


def _crosses(line: Line, current: Block) -> bool:
    """Whether a line stands in another column than the block before: far to one side, and beside or above it."""
    if line.x0 is None or current.first.x0 is None or abs(line.x0 - current.first.x0) < _COLUMN:
        return False
    last = current.last
    return line.page != last.page or line.top < last.bottom - _ROW


def _indented(line: Line, current: Block) -> bool:
    """Whether the line is set in from, or out of, the paragraph's margin."""
    return abs((line.x0 or 0) - (current.last.x0 or 0)) > _HANGING
