"""How can a browser search all paragraphs without a server?

The words of all paragraphs are kept as lists of paragraphs, with the places where the word stands in each, in
one file for each beginning of two letters: each file loaded costs a browser more than its size does, so a
question loads few. The text of a report is loaded when it is shown. The files are scripts, because a page
that is opened from a folder may load nothing else.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, Final

from corpus.model import VALENCES
from reports.clean import printable
from reports.filters import inspected
from reports.method import licence_key
from reports.records import Source
from reports.site_filters import Facts
from reports.site_shelf import Shelf, Shown
from reports.wording import wording

SEARCHED: Final = ("finding", "improvement")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_WORD: Final = re.compile("[a-z0-9]{2,}")
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(slots=True)
class _Word:
    """Where a word stands, as it is written.

    For each paragraph the step from the one before, then the place of the word's first mention, and the steps
    from there to its others: "AFK DC" is the sixth and the sixteenth word of the first paragraph, and the
    third word of the fourth. The digits of a number are a to p; the last one is a capital.
    """

    before: int = 0
    written: bytearray = field(default_factory=bytearray)

    def add(self, paragraph: int, places: Sequence[int]) -> None:
        """Enter the places of the word in the next paragraph that holds it."""
        steps = (later - earlier for earlier, later in pairwise((0, *places)))
        self.written += b" " * bool(self.written) + b"".join(map(_digits, (paragraph - self.before, *steps)))
        self.before = paragraph


@cache
def _digits(number: int) -> bytes:
    """A number in base 16, with letters for digits."""
    text = f"{number:x}".translate(_LETTERS)
    return (text[:-1] + text[-1].upper()).encode()


def search_files(shelf: Shelf, facts: Mapping[str, Facts]) -> Iterator[tuple[str, str]]:
    """The files that the search page loads, with their names; the newest report comes first."""
    reports: list[list[Any]] = []
    known: dict[str, _Word] = {}
    themes = {theme: place for place, theme in enumerate(shelf.themes)}
    count = 0
    for source in reversed(shelf.sources):
        searched = [p for p in shelf.shown(source) if p.role in SEARCHED]
        lengths = [_add(known, place, p.text) for place, p in enumerate(searched, count)]
        count += len(searched)
        rows = [_row(p, length, themes) for p, length in zip(searched, lengths, strict=True)]
        reports.append([*_report(source, facts[source.document_id]), rows])
        texts = [printable(p.text) for p in searched]
        yield f"data/texts/{source.document_id}.js", _call("texts", source.document_id, texts)
    for start, held in _shards(known).items():
        yield f"data/words/{start}.js", _call("words", start, {w: held[w].written.decode() for w in held})
    names = list(shelf.themes.items())
    yield "data/reports.js", _call("reports", reports, names, sorted({word[:2] for word in known}))


def words_in(text: str) -> list[str]:
    """The words by which a paragraph is found, in order: lower case, no accents, two letters or more."""
    plain = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(plain.lower())


def _add(known: dict[str, _Word], paragraph: int, text: str) -> int:
    """Enter the words of a paragraph; how many there are."""
    found: dict[str, list[int]] = {}
    words = words_in(text)
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    for word, places in found.items():
        known.setdefault(word, _Word()).add(paragraph, places)
    return len(words)


def _report(source: Source, facts: Facts) -> list[Any]:
    notice = licence_key(source)
    name = printable(f"{source.authority}, {inspected(source)}")
    chosen = [facts.authority, facts.region, facts.framework, facts.kind, facts.year, facts.grades]
    return [source.document_id, name, notice if notice in wording().licence_mark else "", *chosen]


def _row(paragraph: Shown, length: int, themes: Mapping[str, int]) -> list[int]:
    """Number (or position, negative), page, 1 if to improve, words, valence, each theme with its own."""
    own = paragraph.number if paragraph.anchor == f"p{paragraph.number}" else None
    place = -paragraph.position if own is None else own
    coded = [x for theme, valence in paragraph.codings for x in (themes[theme], VALENCES.index(valence))]
    valence = VALENCES.index(paragraph.valence) if paragraph.valence else -1
    return [place, paragraph.page or 0, int(paragraph.role != "finding"), length, valence, *coded]


def _shards(known: Mapping[str, _Word]) -> dict[str, dict[str, _Word]]:
    """The words by their first two letters."""
    shards: dict[str, dict[str, _Word]] = {}
    for word in sorted(known):
        shards.setdefault(word[:2], {})[word] = known[word]
    return shards


def _call(function: str, *arguments: Any) -> str:
    data = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in arguments)
    return f"{function}({','.join(data)});\n"
