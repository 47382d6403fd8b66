"""Which lines belong to the page rather than to the report: page numbers, running headers and footers?"""

import re
from collections import Counter
from typing import Final

from ingest.lines import Line
from ingest.pdf import Page

_HEAD: Final = 0.07  # running headers stand within this part of the page's height from the top
_FOOT: Final = 0.90  # and footers below this
_EDGE: Final = 0.95  # below this stands nothing else
_NUMBERS: Final = 0.82  # page numbers of pages cut for another paper stand a little higher
_SHARE: Final = 0.3
_YEAR_AND_NUMBER: Final = re.compile(r"20\d\d \d{1,3}")
_NOTE_SIZE: Final = 7.5  # a number smaller than this is a footnote's


def split_running(pages: tuple[Page, ...]) -> tuple[list[Line], list[Line]]:
    """Part the lines of all pages into those of the report and those of the pages, each in order."""
    needed = max(2, round(len(pages) * _SHARE))
    edges = [(page, [line for line in page.lines if _is_at_edge(line, page)]) for page in pages]
    titles = Counter(
        key for page, edge in edges for key in {_key(line) for line in edge if _in_margin(line, page)} if key
    )
    offsets = Counter(offset for page, edge in edges for offset in {_offset(line, page) for line in edge})
    body: list[Line] = []
    running: list[Line] = []
    for page in pages:
        for line in page.lines:
            if not _is_at_edge(line, page):
                body.append(line)
                continue
            offset = _offset(line, page)
            is_running = (
                offset is not None and (offsets[offset] >= min(needed, 4) or line.top > _FOOT * page.height)
            ) or (
                _in_margin(line, page) and (_is_title(line, titles, needed) or line.top > _EDGE * page.height)
            )
            (running if is_running else body).append(line)
    return body, running


def _is_at_edge(line: Line, page: Page) -> bool:
    """Whether the line stands where running matter may be printed; few of a page's lines do."""
    return not _HEAD * page.height < line.top < _NUMBERS * page.height


def _is_title(line: Line, titles: Counter[str], needed: int) -> bool:
    """Whether many pages say the same at their edge, or it is the year of a title on its second line."""
    return titles[_key(line)] >= needed or _YEAR_AND_NUMBER.fullmatch(line.text) is not None


def _key(line: Line) -> str:
    """The line without its numbers, as dates and page numbers change from page to page."""
    return re.sub(r"\d+", "", line.text).strip()


def _in_margin(line: Line, page: Page) -> bool:
    """Whether the line stands where running headers and footers are printed."""
    return line.bottom < _HEAD * page.height or line.top > _FOOT * page.height


def _offset(line: Line, page: Page) -> int | None:
    """What a number alone at the page's edge lacks to the page's own; None for any other line."""
    text = line.text
    if not (text.isdecimal() and len(text) < 4) or (line.size or 0) <= _NOTE_SIZE:
        return None
    return int(text) - page.number
