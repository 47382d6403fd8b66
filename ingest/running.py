"""Which lines belong to the page rather than to the report: page numbers, running headers and footers?"""

import re
from collections import Counter
from typing import Final

from ingest.lines import Line
from ingest.pdf import Page

_HEAD: Final = 0.07  # running headers stand within this part of the page's height from the top
_FOOT: Final = 0.90  # and footers below this
_EDGE: Final = 0.937  # below this stands nothing else
_NUMBER: Final = re.compile(r"\d{1,3}")
_SHARE: Final = 0.3


def split_running(pages: tuple[Page, ...]) -> tuple[list[Line], list[Line]]:
    """Part the lines of all pages into those of the report and those of the pages, each in order."""
    seen = Counter(key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)})
    needed = max(2, round(len(pages) * _SHARE))
    body: list[Line] = []
    running: list[Line] = []
    for page in pages:
        for line in page.lines:
            is_running = _in_margin(line, page) and (
                line.bottom > _EDGE * page.height + 10
                or seen[_key(line)] >= needed
                or (_NUMBER.fullmatch(line.text) is not None and _is_page_number(line, page))
            )
            (running if is_running else body).append(line)
    return body, running


def _key(line: Line) -> str:
    """The line without its numbers, as dates and page numbers change from page to page."""
    return re.sub(r"\d+", "", line.text).strip()


def _in_margin(line: Line, page: Page) -> bool:
    """Whether the line stands where running headers and footers are printed."""
    return line.bottom < _HEAD * page.height or line.top > _FOOT * page.height


def _is_page_number(line: Line, page: Page) -> bool:
    """Whether a number alone is a page number, not a footnote's marker set on a line of its own."""
    return (line.size or 0) > 7.5 or line.top > _EDGE * page.height
