"""What does the store say today to the command that made a draft of ours?

Every page of ours names its command. The page is made again, and the draft's lines are compared with it.
"""

import difflib
import re
import shlex
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.errors import OfsightError
from reports.blocks import Block, Heading, Items, Table, Text
from reports.brief import build_briefing
from reports.compare import build_comparison
from reports.evidence import plain
from reports.page_reader import read_html
from reports.render import html
from reports.views import View

_COMMAND: Final = re.compile(r"\bofsight (brief|compare) ([\w ,.-]+?)(?=\.?$|\. )")
_NUMBER: Final = re.compile(r"\d[\d,.]*")
_SAME_LINE: Final = 0.85


@dataclass(frozen=True, slots=True)
class Remade:
    """The lines of the page as the store gives it today."""

    lines: frozenset[str]
    by_shape: dict[str, str]  # a line with its numbers blanked, and the line

    def says(self, text: str) -> bool | str | None:
        """True for a line of the page, the line meant where the text differs from it, None for other text."""
        line = plain(text)
        if line in self.lines:
            return True
        shape = _NUMBER.sub("#", line)
        if shape in self.by_shape:
            return self.by_shape[shape]
        near = difflib.get_close_matches(line, sorted(self.lines), n=1, cutoff=_SAME_LINE)
        return near[0] if near else None


def remake(connection: sqlite3.Connection, blocks: Sequence[Block]) -> Remade | None:
    """The page that the draft's command makes today, or None where the draft is not ours."""
    texts = (block.text for block in blocks if isinstance(block, Text))
    command = next((match for text in texts if (match := _COMMAND.search(text))), None)
    view = _build(connection, command[1], shlex.split(command[2])) if command else None
    if view is None:
        return None
    lines = frozenset(plain(line) for block in read_html(html(view)) for line in _lines(block))
    return Remade(lines, {_NUMBER.sub("#", line): line for line in sorted(lines)})


def _build(connection: sqlite3.Connection, name: str, words: Sequence[str]) -> View | None:
    """The view that the command asks for; None where the store cannot give it."""
    codes = [word for word in words if not word.startswith("--")]
    options: dict[str, str] = {}
    for option in ("--against", "--since", "--until"):
        if option in words and words.index(option) + 1 < len(words):
            options[option] = words[words.index(option) + 1]
    codes = [code for code in codes if code not in options.values()]
    try:
        if name == "brief":
            return build_briefing(connection, codes[0])
        since, until = (
            date.fromisoformat(options[o]) if o in options else None for o in ("--since", "--until")
        )
        against = options.get("--against")
        return build_comparison(
            connection,
            codes,
            window=(since, until) if since or until else None,
            against=against.split(",") if against and "," in against else against,
        )
    except (OfsightError, ValueError, IndexError):
        return None


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, text) | Text(text, _):
            yield text
        case Items(items):
            yield from items
        case Table(caption, _, rows):
            yield caption
            yield from (" | ".join(row) for row in rows)
        case _ if hasattr(block, "caption"):
            yield block.caption
