"""What does a page say, as headings, paragraphs, lists, quotations, tables and pictures in order?

Our own pages are read this way to become Markdown, Word and PDF; a user's own HTML is read the same way to be
verified. Scripts, styles and navigation are passed over.
"""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Final

from reports.blocks import Block, Heading, Items, Picture, Quote, Table, Text

_SKIPPED: Final = frozenset({"script", "style", "nav", "template", "title"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_TEXTS: Final = frozenset({"p", "summary", "li", "figcaption", "caption", "th", "td", *_HEADINGS})


def read_html(text: str, *, folded: bool = True) -> tuple[Block, ...]:
    """The blocks of a page, in order, those that a reader has to unfold only where `folded` says so."""
    reader = _Reader(_SKIPPED if folded else _SKIPPED | {"details"})
    reader.feed(text)
    reader.close()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks while the parser walks the page."""

    def __init__(self, passed_over: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._passed_over = passed_over
        self.blocks: list[Block] = []
        self._skipped = 0
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._quote: str | None = None
        self._kind = ""
        self._items: list[str] = []
        self._list_kind = ""
        self._leads: list[str] = []
        self._lead = ""
        self._caption = ""
        self._tails: list[str] = []
        self._small: int | None = None
        self._rows: list[list[tuple[str, str]]] = []
        self._svg: list[str] | None = None
        self._label = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        named = {name: value or "" for name, value in attrs}
        if self._svg is not None or tag == "svg":
            self._draw(tag, named)
        elif tag in self._passed_over:
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "tr":
            self._rows.append([])
        elif tag == "table":
            self._caption, self._rows = "", []
        elif tag in {"ul", "ol"}:
            self._items, self._leads, self._tails, self._list_kind = [], [], [], named.get("class", "")
        elif tag == "figure":
            self._quote, self._kind = None, named.get("class", "")
        elif tag in _TEXTS:
            self._words, self._lead, self._small = [], "", None
            self._open.append((tag, named.get("class", "")))
        elif named.get("class") == "small":
            self._words.append(" ")
            self._small = len(self._words)
        elif tag == "br":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element and keep what it held."""
        if self._svg is not None:
            self._close_drawing(tag)
        elif tag in self._passed_over:
            self._skipped = max(0, self._skipped - 1)
        elif self._skipped:
            return
        elif tag in {"ul", "ol"} and self._items:
            self.blocks.append(
                Items(tuple(self._items), tuple(self._leads), self._list_kind, tuple(self._tails))
            )
            self._items = []
        elif tag in {"b", "strong"}:
            self._lead = self._lead or _spaced(self._words)
        elif tag == "table":
            self._close_table()
        elif self._open and self._open[-1][0] == tag:
            self._close_text(*self._open.pop())

    def handle_data(self, data: str) -> None:
        """Collect words."""
        if self._svg is not None:
            self._svg.append(_escaped(data))
        elif not self._skipped:
            self._words.append(data)

    def _close_text(self, tag: str, kind: str) -> None:
        text = _spaced(self._words)
        tail = "" if self._small is None else _spaced(self._words[self._small :])
        self._words = []
        if tag in {"th", "td"}:
            if self._rows:
                self._rows[-1].append((text, tail))
        elif tag == "caption":
            self._caption = text
        elif tag == "li":
            self._items.append(text)
            self._leads.append(self._lead)
            self._tails.append(tail)
        elif tag == "figcaption":
            self._close_figure(text)
        elif tag in _HEADINGS:
            self.blocks.append(Heading(_HEADINGS[tag], text))
        elif text and "quote" in self._kind.split() and self._quote is None:
            self._quote = text
        elif text:
            self.blocks.append(Text(text, kind or "body"))

    def _close_figure(self, caption: str) -> None:
        if self._quote is not None:
            self.blocks.append(Quote(self._quote, caption, self._kind.replace("quote", "").strip()))
        elif self.blocks and isinstance(self.blocks[-1], Picture):
            drawn = self.blocks.pop()
            if isinstance(drawn, Picture):
                self.blocks.append(Picture(drawn.svg, drawn.label, caption))
        self._quote, self._kind = None, ""

    def _close_table(self) -> None:
        rows = [row for row in self._rows if row]
        if rows:
            said = tuple(tuple(text for text, _ in row) for row in rows)
            tails = tuple(tuple(tail for _, tail in row) for row in rows[1:])
            self.blocks.append(Table(self._caption, said[0], said[1:], tails))
        self._rows = []

    def _draw(self, tag: str, named: dict[str, str]) -> None:
        if self._svg is None:
            self._svg, self._label = [], named.get("aria-label", "")
        names = {"viewbox": "viewBox"}
        attributes = "".join(f' {names.get(n, n)}="{_escaped(v)}"' for n, v in named.items())
        self._svg.append(f"<{tag}{attributes}>")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """An element without content."""
        self.handle_starttag(tag, attrs)
        if self._svg is not None:
            self.handle_endtag(tag)

    def _close_drawing(self, tag: str) -> None:
        if self._svg is None:
            return
        self._svg.append(f"</{tag}>")
        if tag == "svg":
            self.blocks.append(Picture("".join(self._svg), self._label, ""))
            self._svg = None


def _spaced(words: Sequence[str]) -> str:
    return " ".join("".join(words).split())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
