"""What is one printed line, and what do its glyphs stand for?

Both readers (PDF and plain text) hand over the same records; a plain text knows no geometry, so its lines
carry None there and every rule that asks for geometry has an answer for that case.
"""

import re
from typing import Final

from corpus.records import record

BULLETS: Final = "•◼■▪●◆\uf06e\uf0a7\uf0b7\uf02d\uf0be\u2500\u2015\u0336–—−‒-"
_GLYPHS: Final = str.maketrans(
    {
        "\ufffe": "-",  # PDFium's mark of a hyphen at a line's end; in these reports always a real one
        "\x02": "-",
        "\u2011": "-",
        "\u202f": " ",
        "\u00a0": " ",
        "\u200b": None,
        "\ufeff": None,
        "\u00ad": None,
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)
_BULLET: Final = re.compile(
    rf"([{re.escape(BULLETS)}])(?:\s+(?=\S)|$)"
    r"|([•◼■▪●◆\uf06e\uf0a7\uf0b7\uf02d\uf0be]|\u0336(?=[^\W\d_]))"  # no word begins with these
)
_ODD: Final = re.compile(f"[{''.join(map(chr, _GLYPHS))}]")


@record
class Line:
    """One printed line with what its type and place on the page tell; points from the page's top left."""

    text: str
    page: int | None = None
    top: float = 0.0
    bottom: float = 0.0
    x0: float | None = None
    x1: float | None = None
    size: float | None = None
    bold: bool = False
    slanted: bool = False
    gap: bool = False  # plain text: a blank line stands before it, or every line is a paragraph of its own
    indent: int = 0  # plain text: spaces before the first word
    printed: str | None = None  # the words with raised digits, where there are any

    @property
    def markers(self) -> int:
        """How many characters of footnote markers were taken out of the text."""
        return 0 if self.printed is None else count_characters(self.printed) - count_characters(self.text)


def clean(text: str) -> str:
    """Replace glyphs that stand for something else, and runs of white space by one space."""
    if not text.isascii() and _ODD.search(text):
        text = text.translate(_GLYPHS)
    return " ".join(text.split())


def split_bullet(text: str) -> tuple[str | None, str]:
    """Part a list item's glyph from its words; (None, text) where the line begins no list item."""
    match = None if text[:1].isalpha() else _BULLET.match(text)
    if match is None:
        return None, text
    return match.group(1) or match.group(2), text[match.end() :].strip()


def join_texts(parts: list[str]) -> str:
    """Join the texts of successive lines; a line that ends in a hyphen or "17-" runs on without a space."""
    joined = ""
    for part in parts:
        if not part:
            continue
        runs_on = joined.endswith("-") and len(joined) > 1 and joined[-2].isalnum() and part[0].isalnum()
        joined += part if not joined or runs_on or part[0] in ",.;:)" else f" {part}"
    return joined


def count_characters(text: str) -> int:
    """How many characters of a text are not white space."""
    return len(text) - sum(map(text.count, " \t\r\n\u00a0\u202f\x0c"))
