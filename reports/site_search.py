"""How can a browser search all paragraphs without a server?

The words of all paragraphs are kept as lists of paragraphs, in one small file for each beginning of two
letters, so that a question loads only what it needs; the text of a report is loaded when it is shown. The
files are scripts, because a page that is opened from a folder may load nothing else.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from corpus.model import VALENCES
from reports.clean import printable
from reports.filters import inspected
from reports.method import licence_notice
from reports.records import Source
from reports.site_filters import Facts
from reports.site_shelf import Shelf, Shown

SEARCHED: Final = ("finding", "improvement")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_WORD: Final = re.compile("[a-z0-9]{2,}")
_FREE: Final = "ogl"  # this licence is named once on the page, any other at each result


def search_files(shelf: Shelf, facts: Mapping[str, Facts]) -> Iterator[tuple[str, str]]:
    """The files that the search page loads, with their names; the newest report comes first."""
    reports: list[list[Any]] = []
    postings: dict[str, list[int]] = {}
    themes = {theme: place for place, theme in enumerate(shelf.themes)}
    count = 0
    for source in reversed(shelf.sources):
        searched = [p for p in shelf.shown(source) if p.role in SEARCHED]
        for place, paragraph in enumerate(searched, count):
            for word in words_of(paragraph.text):
                postings.setdefault(word, []).append(place)
        count += len(searched)
        reports.append([*_report(source, facts[source.document_id]), [_row(p, themes) for p in searched]])
        texts = [printable(p.text) for p in searched]
        yield f"data/texts/{source.document_id}.js", _call("texts", source.document_id, texts)
    shards = _shards(postings)
    for start, words in shards.items():
        yield f"data/words/{start}.js", _call("words", start, words)
    names = list(shelf.themes.items())
    yield "data/reports.js", _call("reports", reports, names, sorted(shards))


def words_of(text: str) -> set[str]:
    """The words by which a paragraph is found: lower case, without accents, of two letters or more."""
    plain = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return set(_WORD.findall(plain.lower()))


def _report(source: Source, facts: Facts) -> list[Any]:
    notice = "" if source.licence == _FREE else licence_notice(source)
    name = printable(f"{source.authority}, {inspected(source)}")
    chosen = [facts.authority, facts.region, facts.framework, facts.kind, facts.year, facts.grades]
    return [source.document_id, name, notice, *chosen]


def _row(paragraph: Shown, themes: Mapping[str, int]) -> list[int]:
    """Number (or position, negative), page, 1 for an improvement point, valence, each theme with its own."""
    own = paragraph.number if paragraph.anchor == f"p{paragraph.number}" else None
    place = -paragraph.position if own is None else own
    coded = [x for theme, valence in paragraph.codings for x in (themes[theme], VALENCES.index(valence))]
    valence = VALENCES.index(paragraph.valence) if paragraph.valence else -1
    return [place, paragraph.page or 0, int(paragraph.role != "finding"), valence, *coded]


def _shards(postings: Mapping[str, Sequence[int]]) -> dict[str, dict[str, str]]:
    """Each word's paragraphs as the steps from one to the next, by the word's first two letters."""
    shards: dict[str, dict[str, str]] = {}
    for word in sorted(postings):
        places = postings[word]
        steps = [places[0], *(later - earlier for earlier, later in pairwise(places))]
        shards.setdefault(word[:2], {})[word] = " ".join(f"{step:x}" for step in steps)
    return shards


def _call(function: str, *arguments: Any) -> str:
    data = (json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in arguments)
    return f"{function}({','.join(data)});\n"
