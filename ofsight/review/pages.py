"""How does a paragraph before a coder become a page of the browser?"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus.corrected import Program
from corpus.model import VALENCES
from ofsight.review.addresses import address, show_of
from ofsight.review.form import Fault, Filled
from ofsight.review.queue import Wish, coders
from ofsight.review.shown import Said, Shown
from reports.clean import printable
from reports.wording import long_date

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MEDIA: Final[Mapping[str, str]] = {
    "review.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "review.js": "text/javascript; charset=utf-8",
}
_SAID: Final[Mapping[str, str]] = {
    "kept": "Kept. This is the next paragraph.",
    "compare": "Kept. Below is what the program said; go on when you have compared.",
    "undone": "Taken back. This is the paragraph that it was about.",
}
KEYS: Final = (
    ("s, w, m, n", "the paragraph is a strength, a weakness, mixed or neutral"),
    ("t", "go to the first theme; type a part of its name to search"),
    ("a", "keep what the form says and go on"),
    ("k", "skip to the next paragraph"),
    ("j", "back to the one before"),
    ("u", "undo: take your latest coding back"),
    ("c", "go to the note"),
    ("f", "go to the filters"),
    ("Escape", "leave a field, so that the keys work again"),
    ("?", "show this help"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a filter."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What each filter offers; documents only once an authority is chosen."""

    show: tuple[Choice, ...]
    authority: tuple[Choice, ...]
    theme: tuple[Choice, ...]
    document: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page of a paragraph prints."""

    shown: Shown
    filled: Filled
    faults: tuple[Fault, ...]
    choices: Choices
    wish: Wish
    coder: str
    blind: bool
    waiting: int
    before: str | None
    can_undo: bool
    said: str | None
    themes: Mapping[str, str]

    @property
    def message(self) -> str | None:
        """What has just happened."""
        return _SAID.get(self.said or "")

    @property
    def place(self) -> str:
        """Authority, date and paragraph: the heading of the page."""
        passage = self.shown.passage
        day = long_date(date.fromisoformat(passage.inspected_to)) if passage.inspected_to else "date not read"
        number = f"paragraph {passage.number}" if passage.number else f"unnumbered passage {passage.position}"
        return f"{passage.authority or 'Authority not read'}, {day}, {number}"


def paragraph_page(page: Page) -> str:
    """The page on which one paragraph is coded."""
    return _environment().get_template("paragraph.html.j2").render(page=page, valences=VALENCES, keys=KEYS)


def nothing_page(choices: Choices, wish: Wish, coder: str) -> str:
    """The page that says that nothing is left to do."""
    return _environment().get_template("nothing.html.j2").render(choices=choices, wish=wish, coder=coder)


def help_page(*, blind: bool) -> str:
    """The page that lists the keys, for browsers without script."""
    return _environment().get_template("help.html.j2").render(keys=KEYS, blind=blind)


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Style and script, with their media types."""
    return {name: ((_TEMPLATES / name).read_bytes(), media) for name, media in _MEDIA.items()}


def filters_of(connection: sqlite3.Connection, wish: Wish, coder: str) -> Choices:
    """What the filters offer over this store."""
    authorities = connection.execute(
        "SELECT DISTINCT d.la_code, coalesce(a.name, d.authority) FROM document d"
        " LEFT JOIN authority a USING (la_code) WHERE d.la_code IS NOT NULL ORDER BY 2"
    ).fetchall()
    documents = connection.execute(
        "SELECT id, upper(framework) || ', ' || coalesce(inspected_to, published, 'no date') FROM document"
        " WHERE la_code = ? ORDER BY inspected_to",
        (wish.authority,),
    ).fetchall()
    shows = [
        ("open", "Not yet coded by me"),
        ("mine", "Coded by me"),
        ("differ", "Coders differ"),
        *((f"by:{name}", f"Coded by {name}") for name in coders(connection) if name != coder),
    ]
    chosen = show_of(wish)
    themes = connection.execute("SELECT id, name FROM theme ORDER BY position").fetchall()
    return Choices(
        tuple(Choice(value, name, value == chosen) for value, name in shows),
        _options("All authorities", authorities, wish.authority),
        _options("All themes", themes, wish.theme),
        _options("All its reports", documents, wish.document) if documents else (),
    )


def _options(every: str, rows: list[tuple[str, str]], chosen: str | None) -> tuple[Choice, ...]:
    return (
        Choice("", every, chosen is None),
        *(Choice(value, name, value == chosen) for value, name in rows),
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(str(_TEMPLATES)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["shown"] = printable
    made.globals["address"] = address
    made.globals["themes_of"] = _themes_of
    return made


def _themes_of(said: Said | Program, names: Mapping[str, str]) -> str:
    """Themes with their valences, in words."""
    return "; ".join(f"{names.get(theme, theme)}: {valence}" for theme, valence in said.themes) or "no theme"
