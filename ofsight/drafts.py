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
_SENTENCE_END: Final = re.compile(r"[.!?:;)”\"’\d]$")
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
    blocks = _blocks(read_pages(path.read_bytes(), cells_on=0))
    return {
        "blocks": [
            (block.level, block.text, "") if isinstance(block, Heading) else (None, block.text, block.kind)
            for block in blocks
        ]
    }


def _blocks(pages: Sequence[Page]) -> Iterator[Heading | Text]:
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
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line goes on with the paragraph of the line before."""
    if split_bullet(line.text)[0] or before.size != line.size or before.bold != line.bold:
        return False
    if before.page != line.page:
        return not _SENTENCE_END.search(before.text) and line.text[:1].islower()
    height = max(line.bottom - line.top, 1.0)
    return line.top - before.bottom < _NEXT_LINE * height and line.bottom > before.top


def _block(group: Sequence[Line], text_size: float) -> Heading | Text | None:
    """A heading or a paragraph; of anything else only what it quotes."""
    size, first = group[0].size or 0.0, group[0]
    text = join_texts([split_bullet(line.text)[1] for line in group])
    if first.bold and size > _HEADING * text_size:
        return Heading(1 if size > _TITLE * text_size else 2, text)
    if abs(size - text_size) < _SAME_SIZE * text_size and not _is_row(group):
        return Text(text)
    return Text(text, "quote") if "“" in text else None


def _is_row(group: Sequence[Line]) -> bool:
    """Whether pieces stand beside each other."""
    return len({round(line.top) for line in group}) < len(group)
