"""What does a page say, as headings, paragraphs, lists, quotations, tables and pictures in order?

Our own pages are read this way to become Markdown, Word and PDF; a user's own HTML is read the same way to be
verified. Scripts, styles and navigation are passed over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Final

_SKIPPED: Final = frozenset({"script", "style", "nav", "template", "title"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_LINE: Final = 122  # characters of a table that stand beside each other on a page
_APART: Final = 4  # what the space between columns takes
_TEXTS: Final = frozenset({"p", "li", "figcaption", "caption", "th", "td", *_HEADINGS})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `kind` is body, note, unofficial or link target of a skip link."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Items:
    """A list without numbers; `leads` are the words in bold with which items begin; `kind` may be note."""

    items: tuple[str, ...]
    leads: tuple[str, ...] = ()
    kind: str = ""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each item as its lead and the rest."""
        leads = self.leads or ("",) * len(self.items)
        return tuple((lead, item[len(lead) :]) for lead, item in zip(leads, self.items, strict=True))


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their citation."""

    text: str
    citation: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, one header row, and the first cell of each row as its heading."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG image with the words that stand for it."""

    svg: str
    label: str
    caption: str


def column_weights(table: Table) -> list[float]:
    """How wide each column should be.

    By its longest text, where all columns then fit beside each other; else by its longest word and, less so,
    by its longest text.
    """
    weights = []
    columns = zip_longest(table.header, *table.rows, fillvalue="")
    longest = [max(map(len, column)) + _APART for column in columns]
    if sum(longest) <= _LINE:
        return [float(characters) for characters in longest]
    for place in range(len(table.header)):
        cells = [row[place] for row in (table.header, *table.rows) if place < len(row)]
        longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
        longest_text = max(len(cell) for cell in cells)
        weights.append(max(1.8 * longest_word, 2.0 * longest_text**0.65))
    return weights


Block = Heading | Text | Items | Quote | Table | Picture


def read_html(text: str) -> tuple[Block, ...]:
    """The blocks of a page, in order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return tuple(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks while the parser walks the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
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
        self._rows: list[list[str]] = []
        self._svg: list[str] | None = None
        self._label = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element."""
        named = {name: value or "" for name, value in attrs}
        if self._svg is not None or tag == "svg":
            self._draw(tag, named)
        elif tag in _SKIPPED:
            self._skipped += 1
        elif tag == "tr":
            self._rows.append([])
        elif tag == "table":
            self._caption, self._rows = "", []
        elif tag in {"ul", "ol"}:
            self._items, self._leads, self._list_kind = [], [], named.get("class", "")
        elif tag == "figure":
            self._quote, self._kind = None, named.get("class", "")
        elif tag in _TEXTS:
            self._words, self._lead = [], ""
            self._open.append((tag, named.get("class", "")))
        elif tag == "br" or named.get("class") == "small":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element and keep what it held."""
        if self._svg is not None:
            self._close_drawing(tag)
        elif tag in _SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        elif self._skipped:
            return
        elif tag in {"ul", "ol"} and self._items:
            self.blocks.append(Items(tuple(self._items), tuple(self._leads), self._list_kind))
            self._items = []
        elif tag in {"b", "strong"}:
            self._lead = self._lead or " ".join("".join(self._words).split())
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
        text = " ".join("".join(self._words).split())
        self._words = []
        if tag in {"th", "td"}:
            if self._rows:
                self._rows[-1].append(text)
        elif tag == "caption":
            self._caption = text
        elif tag == "li":
            self._items.append(text)
            self._leads.append(self._lead)
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
        rows = [tuple(row) for row in self._rows if row]
        if rows:
            self.blocks.append(Table(self._caption, rows[0], tuple(rows[1:])))
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


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
