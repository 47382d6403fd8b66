"""Which lines does a plain-text transcript of a report hold?

A transcript has no pages: blank lines stand between paragraphs and where pages broke, bold is marked with
asterisks, footnote numbers are raised characters, tabs part the cells of tables.
"""

import re
from typing import Final

from ingest.lines import Line, clean
from ingest.markers import lift_raised

_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LONG: Final = 200  # no transcript that wraps its lines has any as long


def read_text_lines(text: str) -> tuple[Line, ...]:
    """Each line that holds a word, with whether a blank line stands before it."""
    lines = []
    gap = True
    unwrapped = any(len(raw) > _LONG for raw in text.splitlines())
    for raw in text.replace("\f", "\n").splitlines():
        if not raw.strip():
            gap = True
            continue
        printed = clean(_BOLD.sub(r"\1", raw))
        words = lift_raised(printed, begins=False)
        indent = len(raw) - len(raw.lstrip())
        lines.append(Line(words, gap=gap, indent=indent, printed=printed if printed != words else None))
        gap = unwrapped
    return tuple(lines)
