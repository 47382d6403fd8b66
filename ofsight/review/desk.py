"""What is answered to each request of the browser: which paragraph is shown, what is kept, where it goes on?

Knows nothing of sockets. Every change is a POST that ends in a redirect, so that reloading a page
keeps nothing twice.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from corpus.errors import OfsightError
from corpus.ledger import last_of
from corpus.rows import paragraph_id
from corpus.store import Store, open_store
from ofsight.review.addresses import address, wish_of
from ofsight.review.form import Fault, Filled, check_form, make_entry, prefill, read_form, take_back
from ofsight.review.pages import Page, files, filters_of, help_page, nothing_page, paragraph_page
from ofsight.review.queue import Wish, line_up
from ofsight.review.shown import picture_of, show_paragraph

_NO_PAGE: Final = "There is no such page."
_GONE: Final = "The store holds no such paragraph any more."


@dataclass(frozen=True, slots=True)
class Request:
    """What the browser asks for: `path` below the secret part of the address."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `location` is where a redirect leads, below the secret part of the address."""

    status: int
    body: bytes = b""
    media: str = "text/html; charset=utf-8"
    location: str | None = None


@dataclass(slots=True)
class Desk:
    """One coder at work on one store; `kept` counts what was kept in this sitting."""

    store: Path
    coder: str
    blind: bool = False
    kept: int = field(default=0)

    def answer(self, request: Request) -> Answer:
        """Answer one request."""
        query = dict(parse_qsl(request.query))
        wish = wish_of(query)
        try:
            return self._route(request, wish, query)
        except OfsightError as error:
            return _problem(404, str(error))
        except ValueError as error:
            return _problem(400, str(error))
        except sqlite3.OperationalError as error:
            return _problem(503, f"The store cannot be written just now ({error}). Try again.")

    def _route(self, request: Request, wish: Wish, query: Mapping[str, str]) -> Answer:
        if request.method == "POST":
            return self._change(request, wish)
        match request.path.split("/"):
            case [""]:
                return self._first(wish)
            case ["help"]:
                return _html(help_page(blind=self.blind))
            case ["paragraph", key]:
                return self._show(key, wish, query.get("said"))
            case ["after", key]:
                return self._go(key, wish)
            case path:
                return self._file(path)

    def _change(self, request: Request, wish: Wish) -> Answer:
        match request.path.split("/"):
            case ["paragraph", key]:
                return self._keep(key, wish, dict(parse_qsl(request.body.decode(), keep_blank_values=True)))
            case ["undo"]:
                return self._undo(wish)
            case _:
                return _problem(404, _NO_PAGE)

    def _file(self, path: Sequence[str]) -> Answer:
        match path:
            case ["files", name] if name in files():
                return Answer(200, *files()[name])
            case ["picture", key]:
                return self._picture(key)
            case _:
                return _problem(404, _NO_PAGE)

    def _first(self, wish: Wish) -> Answer:
        with open_store(self.store) as store:
            line = line_up(store.connection, wish, self.coder)
            key = line.first() or (line.keys[0] if line.keys and wish.show != "open" else None)
            if key is None:
                choices = filters_of(store.connection, wish, self.coder)
                return _html(nothing_page(choices, wish, self.coder))
        return _see(f"paragraph/{key}", wish)

    def _go(self, key: str, wish: Wish) -> Answer:
        with open_store(self.store) as store:
            following = line_up(store.connection, wish, self.coder).after(key)
        return _see(f"paragraph/{following}" if following else "", wish)

    def _show(self, key: str, wish: Wish, said: str | None) -> Answer:
        with open_store(self.store) as store:
            return self._page(store, key, wish, said=said)

    def _page(
        self,
        store: Store,
        key: str,
        wish: Wish,
        *,
        said: str | None = None,
        filled: Filled | None = None,
        faults: tuple[Fault, ...] = (),
    ) -> Answer:
        """The page of one paragraph, with the form as it was sent where it has faults."""
        resolving = wish.show == "differ"
        shown = show_paragraph(store, key, self.coder, blind=self.blind, resolving=resolving, why=True)
        if shown is None:
            return _problem(404, _GONE)
        line = line_up(store.connection, wish, self.coder)
        names = _names(store.connection)
        page = Page(
            shown=shown,
            filled=filled or prefill(shown, names, suggest=not resolving),
            faults=faults,
            choices=filters_of(store.connection, wish, self.coder),
            wish=wish,
            coder=self.coder,
            blind=self.blind,
            waiting=line.waiting,
            before=line.before(key),
            can_undo=last_of(store.connection, self.coder) is not None,
            said=said,
            themes=names,
        )
        return _html(paragraph_page(page), 422 if faults else 200)

    def _keep(self, key: str, wish: Wish, values: Mapping[str, str]) -> Answer:
        """Put what was said into the ledger, and go on; in blind coding, first show what the program said."""
        resolving = wish.show == "differ"
        with open_store(self.store, "write") as store:
            shown = show_paragraph(store, key, self.coder, blind=self.blind, resolving=resolving, why=False)
            if shown is None:
                return _problem(404, _GONE)
            names = _names(store.connection)
            filled = read_form(values, len(shown.sentences))
            faults = check_form(filled, names)
            if faults:
                return self._page(store, key, wish, filled=filled, faults=faults)
            entry = make_entry(
                filled, shown, self.coder, names, blind=self.blind and not resolving, resolves=resolving
            )
            self.kept += store.correct([entry])
            line = line_up(store.connection, wish, self.coder)
        if entry.blind:
            return _see(f"paragraph/{key}", wish, said="compare")
        following = line.after(key)
        return _see(f"paragraph/{following}" if following else "", wish, said="kept")

    def _undo(self, wish: Wish) -> Answer:
        with open_store(self.store, "write") as store:
            last = last_of(store.connection, self.coder)
            if last is None:
                return _see("", wish)
            store.correct([take_back(last)])
        self.kept -= 1
        return _see(f"paragraph/{paragraph_id(*last.place)}", wish, said="undone")

    def _picture(self, key: str) -> Answer:
        """The page of the report on which the paragraph begins, with what was understood framed."""
        from ofsight.pictures import draw_framed

        with open_store(self.store) as store:
            found = picture_of(store, key)
            if found is None:
                return _problem(404, "The report's PDF is not where it was when it was read.")
            document = store.load(key.rsplit("-", 1)[0])
        return Answer(200, draw_framed(*found, document.paragraphs), "image/png")


def _see(path: str, wish: Wish, **more: str | None) -> Answer:
    return Answer(303, location=address(path, wish, **more))


def _html(text: str, status: int = 200) -> Answer:
    return Answer(status, text.encode())


def _problem(status: int, words: str) -> Answer:
    return Answer(status, words.encode(), "text/plain; charset=utf-8")


def _names(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT id, name FROM theme ORDER BY position"))
