"""How do words and tables fit on a terminal, whatever is in them?"""

import io
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

_CODES: Final = {
    "bold": "1",
    "dim": "2",
    "strength": "32",
    "weakness": "31",
    "mixed": "33",
    "neutral": "2",
}
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
_GAP: Final = "  "
_LEAST: Final = 12  # columns below which a cell is not squeezed


def clean(text: str) -> str:
    """The text without anything that a terminal would obey or a reader could not see."""
    if text.isprintable():
        return text
    return "".join(char if unicodedata.category(char) not in _UNSEEN else _shown(char) for char in text)


def paint(text: str, style: str, stream: TextIO | None = None) -> str:
    """The text in a style, where the stream is a terminal and NO_COLOR is not set."""
    if not has_colour(stream or sys.stdout):
        return text
    return f"\033[{_CODES[style]}m{text}\033[0m"


def has_colour(stream: TextIO) -> bool:
    """Whether to colour what goes to this stream."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def wrap(text: str, indent: str = "") -> str:
    """The text in lines that fit the terminal, the first one after `indent`, the others below its end."""
    lines = textwrap.wrap(clean(text), min(width(), 100) - len(indent)) or [""]
    return "\n".join((indent if place == 0 else " " * len(indent)) + line for place, line in enumerate(lines))


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> str:
    """Rows under a head, in columns that fit the terminal; the widest cells are cut with an ellipsis."""
    cells = [[clean("" if value is None else str(value)) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    room = width() - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    to_right = set(right)
    lines = [_line(head, widths, to_right), _line(["-" * n for n in widths], widths, to_right)]
    return "\n".join([*lines, *(_line(row, widths, to_right) for row in cells)])


def laid_out(markdown: str) -> str:
    """The text as a terminal shows it, where standard output is one; for files and programs as it stands."""
    if not sys.stdout.isatty():
        return markdown
    from rich.console import Console
    from rich.markdown import Markdown

    harmless = "\n".join(map(clean, markdown.splitlines()))
    drawn = io.StringIO()
    coloured = has_colour(sys.stdout)
    Console(file=drawn, width=min(width(), 100), force_terminal=coloured, no_color=not coloured).print(
        Markdown(harmless, hyperlinks=False)
    )
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines())


def _line(row: Sequence[str], widths: Sequence[int], right: set[int]) -> str:
    parts = []
    for place, (cell, size) in enumerate(zip(row, widths, strict=True)):
        cut = cell if len(cell) <= size else cell[: size - 1] + "…"
        parts.append(cut.rjust(size) if place in right else cut.ljust(size))
    return _GAP.join(parts).rstrip()


def _shown(char: str) -> str:
    """A blank for white space, and the number of anything else."""
    return " " if char.isspace() else f"<U+{ord(char):04X}>"
