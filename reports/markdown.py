"""How do blocks read as Markdown?

Words of reports are data: every character that Markdown would take for markup is escaped.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from reports.blocks import Block, Heading, Items, Picture, Quote, Table, Text

_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|#~!])")
_START: Final = re.compile(r"^(\s*)(\d+)([.)])(?=\s)|^(\s*)([-+])(?=\s)")


def to_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, one blank line between them."""
    return "\n\n".join(written for block in blocks if (written := _block(block))) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {escape(text)}"
        case Text(text, kind):
            return f"**{escape(text)}**" if kind == "unofficial" else escape(text)
        case Items():
            return "\n".join(f"- {_bold(lead)}{escape(rest + tail)}" for lead, rest, tail in block.parts())
        case Quote(text, citation):
            return f"> {escape(text)}\n>\n> {escape(citation)}"
        case Table(caption, header, rows):
            return _table(caption, header, rows)
        case Picture():
            return ""  # the table beside every picture gives the same counts


def _bold(lead: str) -> str:
    return f"**{escape(lead)}**" if lead else ""


def _table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [f"**{escape(caption)}**", "", _row(header), "|" + " --- |" * len(header)]
    return "\n".join([*lines, *(_row(row) for row in rows)])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escape(cell) for cell in cells)} |"


def escape(text: str) -> str:
    """The text with everything escaped that Markdown would read as markup."""
    marked = _MARKUP.sub(r"\\\1", text)
    return _START.sub(lambda m: f"{m[2]}\\{m[3]}" if m[2] else f"\\{m[5]}", marked)
