"""What does a draft in a PDF say, as headings and paragraphs that can be verified?

A PDF keeps no paragraphs: lines that follow closely in the same type are put together, and what is repeated
at the edge of several pages is left out. Tables, charts and small print keep no columns that could be relied
upon: of them only quotations are passed on.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ingest.lines import Line, join_texts, split_bullet
from ingest.pdf import Page, read_pages
from ofsight.apart import apart
from reports.blocks import Block, Heading, Text

_HEADING: Final = 1.08  # how much larger than the text a heading is set
_NEXT_LINE: Final = 0.45  # of the height of a line: more room than this begins a paragraph
_SENTENCE_END: Final = re.compile(r"[.!?:;)”\"’]$")
_ROW_END: Final = re.compile(r"(?:^|\s)[^\s\d]*\d\S*\s+[^\s\d]*\d\S*$")  # two numbers beside each other
_FULL: Final = 0.93  # of the width of the text: a line that ends before this had room for another word
_DIGITS: Final = re.compile(r"\d+")
_TITLE: Final = 1.6
_SAME_SIZE: Final = 0.05
_GOOD_PART: Final = 0.15


def read_pdf_draft(path: Path) -> tuple[Block, ...]:
    """The blocks of a PDF, in reading order.

    Raises:
        SourceError: the file asks for a password, is damaged, or takes too much to read.
    """
    found = apart(_read_blocks, path)["blocks"]
    return tuple(Text(text, kind) if level is None else Heading(level, text) for level, text, kind in found)


def _read_blocks(path: Path) -> dict[str, Any]:
    """The blocks as they travel from a worker: level of a heading or none, words, and kind of a paragraph."""
    blocks = arrange(read_pages(path.read_bytes(), cells_on=0))
    return {
        "blocks": [
            (block.level, block.text, "") if isinstance(block, Heading) else (None, block.text, block.kind)
            for block in blocks
        ]
    }


def arrange(pages: Sequence[Page]) -> Iterator[Heading | Text]:
    """The lines of pages put together as blocks, over the ends of pages too."""
    lines = [line for page in pages for line in _without_edges(page, _repeated(pages))]
    text_size = _text_size(lines)
    blocks = (_block(group, text_size) for group in _groups(lines))
    return (block for block in blocks if block is not None)


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """What stands first or last on several pages, page numbers aside."""
    edges = (_shape(line) for page in pages for line in {*page.lines[:1], *page.lines[-1:]})
    return frozenset(shape for shape, count in Counter(edges).items() if count > 1)


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text)


def _without_edges(page: Page, repeated: frozenset[str]) -> Iterator[Line]:
    return (line for line in page.lines if line.text and _shape(line) not in repeated)


def _text_size(lines: Iterable[Line]) -> float:
    """The type of the text: the largest in which a good part of the words is set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size or 0.0] += len(line.text)
    return max((size for size, count in sizes.items() if count >= _GOOD_PART * sizes.total()), default=0.0)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that make one paragraph, one heading or one row."""
    right = max((line.x1 or 0.0 for line in lines), default=0.0)
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, right):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a line goes on with the paragraph of the lines before; `right` is where the text ends."""
    before = group[-1]
    if split_bullet(line.text)[0] or before.size != line.size or before.bold != line.bold:
        return False
    if before.page != line.page:
        return _goes_on_overleaf(group, line, right)
    height = max(line.bottom - line.top, 1.0)
    return line.top - before.bottom < _NEXT_LINE * height and line.bottom > before.top


def _goes_on_overleaf(group: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a paragraph goes on over the page: within a quotation, or in the middle of a sentence.

    A new paragraph may begin with a small letter nowhere, with a capital or a digit anywhere: then the line
    before has to be as full as only a line in the middle of a paragraph is.
    """
    text = join_texts([one.text for one in group])
    if text.count("“") > text.count("”") and "”" in line.text:
        return True
    if _SENTENCE_END.search(text) or _ROW_END.search(text):
        return False
    full = (group[-1].x1 or 0.0) >= _FULL * right
    return line.text[:1].islower() or (full and _same_left(group, line))


def _same_left(group: Sequence[Line], line: Line) -> bool:
    """Whether a line begins where a line of the paragraph would: behind the bullet of a list."""
    first, place = group[0].x0 or 0.0, line.x0 or 0.0
    if split_bullet(group[0].text)[0]:
        return place > first + 1
    return place <= (group[-1].x0 or 0.0) + 1


def _block(group: Sequence[Line], text_size: float) -> Heading | Text | None:
    """A heading or a paragraph; of anything else only what it quotes."""
    size, first = group[0].size or 0.0, group[0]
    text = join_texts([split_bullet(line.text)[1] for line in group])
    if first.bold and size > _HEADING * text_size:
        return Heading(1 if size > _TITLE * text_size else 2, text)
    if abs(size - text_size) < _SAME_SIZE * text_size and not _is_row(group):
        return Text(text)
    return Text(_whole(text), "quote") if "“" in text or "”" in text else None


def _whole(text: str) -> str:
    """A piece of a table with the marks of a quotation that the end of a page has cut."""
    opened, closed = text.find("“"), text.find("”")
    if closed >= 0 and (opened < 0 or closed < opened):
        text = f"“[...] {text}"
    return f"{text} [...]”" if text.rfind("“") > text.rfind("”") else text


def _is_row(group: Sequence[Line]) -> bool:
    """Whether pieces stand beside each other."""
    return len({round(line.top) for line in group}) < len(group)
