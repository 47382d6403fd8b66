"""Does a line go on with the block before it, or does something new begin?

White space, indents and the ends of sentences decide. At the turn of a page the last line tells: where the
next line's first word would have fitted on it, the paragraph had ended.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from ingest.block import Block
from ingest.lines import Line, split_bullet

GAP: Final = 6.0  # points between two paragraphs, at least; lines of one stand about 3 apart
SENTENCE_ENDS: Final = (".", "!", "?", ".’", ".”", ".)", ":", "?’", ".'", '."')
_ITEM_ENDS: Final = (*SENTENCE_ENDS, ";")
_COLUMN: Final = 60.0  # columns of a table stand at least this far apart
_SAME_COLUMN: Final = 4.0
_ROW: Final = 2.0
_HANGING: Final = 9.0
_HANGS: Final = 20.0  # points; the words of an item hang no deeper than this
_LIST_GAP: Final = 3 * GAP
_MARGIN: Final = 500.0  # a full line ends at least here
# How wide letters are in their size, in the type of the reports; all others are as wide as one another.
_WIDTHS: Final = (
    dict.fromkeys("ijl.,:;'‘’|", 0.26)
    | dict.fromkeys(" frt-()", 0.36)
    | {"m": 0.84, "w": 0.74, "M": 0.77, "W": 0.9, "I": 0.37}
)
_LETTER: Final = 0.54
_CAPITAL: Final = 0.63
_SHORT: Final = 100  # characters; a transcript's line that is longer is prose


Margins = Mapping[tuple[int | None, int], float]  # how far to the right the lines of a column reach


def find_margins(lines: Iterable[Line]) -> Margins:
    """How far to the right the lines of each column reach."""
    margins: dict[tuple[int | None, int], float] = {}
    for line in lines:
        column, reach = _column_of(line), line.x1 or 0
        if reach > margins.get(column, 0):
            margins[column] = reach
    return margins


def _column_of(line: Line) -> tuple[int | None, int]:
    """The page and the place at its left that a line shares with the others of its column."""
    return line.page, round((line.x0 or 0) / _SAME_COLUMN)


def parts_from(line: Line, current: Block, margins: Margins) -> bool:
    """Whether a new paragraph begins with this line; `margins`: how far the lines of its column reach."""
    if line.x0 is None or current.first.x0 is None:
        return _text_parts_from(line, current)
    hangs = line.x0 > current.first.x0 + _HANGING
    if current.kind == "numbered":
        return not hangs and _apart(line, current, margins)
    if current.kind == "item":
        outdented = line.x0 < current.first.x0 - _SAME_COLUMN
        if outdented and current.tail.endswith(_ITEM_ENDS):
            return True
        if hangs and line.page == current.last.page:
            return line.top - current.last.bottom > _LIST_GAP
    return _apart(line, current, margins)


def _text_parts_from(line: Line, current: Block) -> bool:
    """Plain text: blank lines also stand where pages broke, inside a sentence or between two."""
    if current.kind == "numbered" or not line.gap or line.text[:1].islower():
        return False
    return current.tail.endswith(SENTENCE_ENDS) or current.is_shorter(_SHORT)


def _apart(line: Line, current: Block, margins: Margins) -> bool:
    """Whether white space, or the end of a page after a finished paragraph, stands before the line."""
    last = current.last
    if line.page == last.page:
        if line.top - last.bottom > GAP or (line.top < last.top - GAP and not beside(line, last)):
            return True
        return current.kind == "plain" and _begins_row(line, current, margins)
    if not current.tail.endswith(SENTENCE_ENDS):
        return False
    had_room = _had_room(line, current, max(_MARGIN, *(each.x1 or 0 for each in current.lines)))
    return had_room or (not line.text[:1].islower() and abs((line.x0 or 0) - (last.x0 or 0)) > _HANGING)


def _begins_row(line: Line, current: Block, margins: Margins) -> bool:
    """Whether a row of a table begins close under another: at its left, or after a line left short."""
    if (line.x0 or 0) < (current.first.x0 or 0) - _COLUMN:
        return True
    if not line.text[:1].isupper() or not current.tail.endswith(SENTENCE_ENDS):
        return False
    return _had_room(line, current, margins.get(_column_of(line), 0))


def _had_room(line: Line, current: Block, margin: float) -> bool:
    """Whether the line's first word would have fitted on the line before: so a paragraph had ended."""
    word = " " + line.text.split(" ")[0]
    width = sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER) for letter in word)
    return (current.last.x1 or 0) + width * (line.size or 12) < margin


def is_bare_item(line: Line, current: Block) -> bool:
    """Whether a line is an item printed without a glyph: deeper than the item before, or under such a one."""
    if current.kind != "item" or line.x0 is None or line.page != current.last.page:
        return False
    if line.top - current.last.bottom <= GAP:
        return False
    if current.bullet is None:
        return abs(line.x0 - (current.first.x0 or 0)) < _SAME_COLUMN
    hangs = max((each.x0 or 0 for each in current.lines[1:]), default=(current.first.x0 or 0) + _HANGS)
    return line.x0 > hangs + _HANGING


def is_cut_off(line: Line, current: Block) -> bool:
    """Whether a dash stands in the midst of an item: under its words, behind a full line without an end."""
    if line.x0 is None or line.page != current.last.page or current.tail.endswith(_ITEM_ENDS):
        return False
    under = line.x0 > (current.first.x0 or 0) + _HANGING and line.x0 <= (current.first.x0 or 0) + _HANGS
    return under and (current.last.x1 or 0) > _MARGIN


def crosses(line: Line, current: Block) -> bool:
    """Whether a line stands in another column than the block before: to one side, and beside or above it."""
    if current.kind != "plain" or line.x0 is None or current.first.x0 is None:
        return False
    if abs(line.x0 - current.first.x0) < _COLUMN:
        return False
    return line.page != current.last.page or line.top < current.last.bottom - _ROW


def find_cell(line: Line, blocks: list[Block]) -> Block | None:
    """Of the blocks before, the cell of a table that a line goes on in."""
    for block in reversed(blocks[-4:]):
        near = block.last.page in (line.page, (line.page or 0) - 1)
        if block.kind == "plain" and near and abs((block.first.x0 or 0) - (line.x0 or 0)) < _SAME_COLUMN:
            follows = block.last.page != line.page or 0 <= line.top - block.last.top < 2 * (line.size or 12)
            return block if follows and not block.tail.endswith(SENTENCE_ENDS) else None
    return None


def within(line: Line, current: Block) -> bool:
    """Whether a list item stands inside a numbered paragraph."""
    if line.x0 is None or current.first.x0 is None:
        return True
    return line.x0 > current.first.x0 + _HANGING


def beside(line: Line, last: Line) -> bool:
    """Whether a line stands beside the last one, to its right."""
    if line.x0 is None or last.x1 is None or line.page != last.page:
        return False
    middle = (line.top + line.bottom) / 2
    return line.x0 >= last.x1 - 2 and last.top - 20 < middle < last.bottom + 20 and line.top < last.bottom


def heads_list(line: Line, following: Line, *, numbered: bool) -> bool:
    """Plain text: a short line that ends no sentence, by itself before a list or a numbered paragraph."""
    return (
        line.size is None
        and line.gap
        and following.gap
        and len(line.text) < _SHORT
        and line.text[:1].isupper()
        and line.text[-1:].isalpha()
        and (numbered or split_bullet(following.text)[0] is not None)
    )
