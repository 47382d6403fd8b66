"""Which lines are footnotes?

A footnote is set smaller than the text, in the lower part of the page, and begins with its raised number,
on the same line or on one of its own; its lines run on while the type stays small.
"""

import re
from collections.abc import Sequence
from typing import Final

from ingest.lines import Line
from ingest.markers import RAISED

_MARKER: Final = re.compile(rf"(?:\d{{1,2}}|[{RAISED}]{{1,2}})\s*(.*)")
_RAISED: Final = 8.0
_SMALL: Final = 10.6


def find_notes(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Line index of each footnote's first line, with the indices of all its lines."""
    notes: dict[int, list[int]] = {}
    current: list[int] | None = None
    for index, line in enumerate(lines):
        if (line.size is None or line.size <= _RAISED) and _begins(lines, index):
            current = notes.setdefault(index, [index])
        elif current is not None and _runs_on(line, lines[current[-1]]):
            current.append(index)
        else:
            current = None
    return notes


def _begins(lines: Sequence[Line], index: int) -> bool:
    """Whether a footnote begins with this line in raised type: with its number, and small type behind it."""
    line = lines[index]
    if line.size is None:
        return line.text.startswith(tuple(RAISED))
    if not _MARKER.match(line.text):
        return False
    if not line.text.isdecimal():
        return True
    following = lines[index + 1] if index + 1 < len(lines) else None
    return (
        following is not None
        and following.page == line.page
        and (following.size or 0) <= _SMALL
        and following.top < line.bottom + 4
    )


def _runs_on(line: Line, last: Line) -> bool:
    """Whether a line of small type follows closely on the same page."""
    return (
        line.page == last.page
        and line.size is not None
        and (line.size or 99) <= _SMALL
        and -8 < line.top - last.bottom < 8
    )


def note_text(text: str) -> str:
    """A footnote's words without its number."""
    match = _MARKER.match(text)
    return match.group(1) if match else text
