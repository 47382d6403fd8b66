"""Which lines does a plain-text transcript of a report hold?

A transcript has no pages: blank lines stand between paragraphs and where pages broke, bold is marked with
asterisks, footnote numbers are raised characters, tabs part the cells of tables.
"""

import re
from typing import Final

from ingest.lines import Line, clean

_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MARKERS: Final = re.compile(rf"(?<=\S)[{_RAISED}]+")
_NOTE: Final = re.compile(rf"[{_RAISED}]+")


def read_text_lines(text: str) -> tuple[Line, ...]:
    """Each line that holds a word, with whether a blank line stands before it."""
    lines = []
    gap = True
    for raw in text.replace("\f", "\n").splitlines():
        if not raw.strip():
            gap = True
            continue
        words, markers = _MARKERS.subn("", _BOLD.sub(r"\1", raw))
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(clean(words), top=float(indent), gap=gap, markers=markers))
        gap = False
    return tuple(lines)
