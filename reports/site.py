"""How does a whole store become a folder of pages that needs no server and no network?"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from reports.feeds import atom, json_feed
from reports.filters import inspected, kind
from reports.judgements import judgements_side_by_side
from reports.method import UNOFFICIAL, licence_notice
from reports.records import Source, Tally
from reports.render import environment
from reports.sources import cut_off, latest_full, load_sources, of_authority, theme_names
from reports.tally import bars, tally_reports, theme_rows

_TEMPLATES: Final = Path(__file__).parent / "templates"
_CHUNK: Final = 60  # reports whose paragraphs share a file of the search index
_START: Final = (
    'for (const id of ["words", "theme", "valence"]) document.getElementById(id).oninput = search;\nsearch();'
)
_SEARCHED: Final = ("finding", "improvement")


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as its report's page shows it; `codings` are names of themes with valences."""

    anchor: str
    place: str
    role: str
    text: str
    valence: str
    keys: tuple[str, ...]
    codings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all pages are made from, read once."""

    sources: tuple[Source, ...]
    latest: Mapping[str, Source]
    themes: Mapping[str, str]
    tallies: Mapping[str, Mapping[str, Tally]]
    paragraphs: Mapping[str, Sequence[Shown]]


def write_site(connection: sqlite3.Connection, folder: Path, templates: Path | None = None) -> int:
    """Write the site into a new or empty folder; return the number of files.

    Raises:
        ValueError: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"The folder {folder} is not empty; name a new one.")
    shelf = _load(connection)
    pages = {**_pages(connection, shelf, templates), **_feeds(shelf)}
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(pages)


def _load(connection: sqlite3.Connection) -> Shelf:
    sources, themes = load_sources(connection), theme_names(connection)
    codes = dict.fromkeys(source.la_code for source in sources if source.la_code)
    latest = {code: found for code in codes if (found := latest_full(sources, code))}
    return Shelf(sources, latest, themes, tally_reports(connection), _paragraphs(connection, themes))


def _paragraphs(connection: sqlite3.Connection, themes: Mapping[str, str]) -> dict[str, list[Shown]]:
    codings: dict[str, list[tuple[str, str]]] = {}
    for key, theme, valence in connection.execute(
        "SELECT paragraph_id, theme, valence FROM coding ORDER BY paragraph_id, rank"
    ):
        codings.setdefault(key, []).append((theme, valence))
    shown: dict[str, list[Shown]] = {}
    anchors: set[tuple[str, str]] = set()
    for key, document, position, number, role, text, page, valence in connection.execute(
        "SELECT id, document_id, position, number, role, text, page_from, valence FROM paragraph"
        " WHERE role <> 'boilerplate' ORDER BY document_id, position"
    ):
        anchor = f"p{number}" if number and (document, f"p{number}") not in anchors else f"position{position}"
        anchors.add((document, anchor))
        named = f"paragraph {number}" if number else f"unnumbered passage {position}"
        place = f"{named}, page {page}" if page else named
        own = codings.get(key, [])
        shown.setdefault(document, []).append(
            Shown(
                anchor, place, role, text, valence or "", tuple(t for t, _ in own),
                tuple((themes[t], v) for t, v in own),
            )
        )  # fmt: skip
    return shown


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _pages(connection: sqlite3.Connection, shelf: Shelf, templates: Path | None) -> dict[str, str]:
    made = environment(templates)
    style = "".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("style.css", "site.css"))
    common = {
        "unofficial": UNOFFICIAL,
        "style": Markup(style),  # noqa: S704 - our own file
        "style_hash": _digest(style).removeprefix("sha256-"),
        "made": cut_off(shelf.sources),
        "scripts": Markup("'none'"),
    }
    pages = {}
    for name, template, given in _plan(connection, shelf):
        up = "../" * name.count("/")
        pages[name] = made.get_template(f"site_{template}.html.j2").render({**common, "up": up, **given})
    return {**pages, **_search(shelf, made, common)}


def _plan(connection: sqlite3.Connection, shelf: Shelf) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Every page without a script: its name, template and values."""
    title = "Inspection reports of children’s services"
    yield (
        "index.html",
        "index",
        {"title": title, "themes": shelf.themes, "regions": _regions(connection, shelf)},
    )
    rows = [
        (s, [(theme, shelf.tallies.get(s.document_id, {}).get(theme, Tally())) for theme in shelf.themes])
        for s in sorted(shelf.latest.values(), key=lambda s: s.authority)
    ]
    yield "heat.html", "heat", {"title": "Themes by authority", "themes": shelf.themes, "rows": rows}
    for theme, name in shelf.themes.items():
        yield f"themes/{theme}.html", "theme", {"title": name, "members": _members(shelf, theme)}
    for code in dict.fromkeys(source.la_code for source in shelf.sources if source.la_code):
        yield f"authorities/{code}.html", "authority", _authority(connection, shelf, code)
    for source in shelf.sources:
        yield (
            f"documents/{source.document_id}.html",
            "document",
            {
                "title": f"{source.authority}: {kind(source)}, {inspected(source)}",
                "source": source,
                "notice": licence_notice(source),
                "paragraphs": shelf.paragraphs.get(source.document_id, ()),
            },
        )


def _regions(connection: sqlite3.Connection, shelf: Shelf) -> list[tuple[str, list[tuple[str, str, int]]]]:
    where = dict(connection.execute("SELECT la_code, coalesce(region, 'Other') FROM authority").fetchall())
    names = {s.la_code: s.authority for s in shelf.sources if s.la_code}
    regions: dict[str, list[tuple[str, str, int]]] = {}
    for code, name in sorted(names.items(), key=lambda pair: pair[1]):
        if code:
            entry = (code, name, len(of_authority(shelf.sources, code)))
            regions.setdefault(where.get(code, "Other"), []).append(entry)
    return sorted(regions.items())


def _members(shelf: Shelf, theme: str) -> list[tuple[Source, Tally, list[tuple[str, str, str]]]]:
    members = []
    for source in sorted(shelf.latest.values(), key=lambda s: s.authority):
        found = [
            (p.anchor, p.place, dict(zip(p.keys, (v for _, v in p.codings), strict=True))[theme])
            for p in shelf.paragraphs.get(source.document_id, ())
            if p.role == "finding" and theme in p.keys
        ]
        if found:
            members.append((source, shelf.tallies[source.document_id][theme], found))
    return members


def _authority(connection: sqlite3.Connection, shelf: Shelf, code: str) -> dict[str, Any]:
    own = of_authority(shelf.sources, code)
    latest = shelf.latest.get(code)
    mine = shelf.tallies.get(latest.document_id, {}) if latest else {}
    names = {s.la_code: s.authority for s in shelf.sources if s.la_code}
    near = connection.execute("SELECT neighbour FROM neighbour WHERE la_code = ? ORDER BY rank", (code,))
    return {
        "title": own[-1].authority,
        "code": code,
        "judgements": judgements_side_by_side(connection, own),
        "themes": theme_rows([mine], shelf.themes),
        "bars": bars(mine, shelf.themes) if mine else (),
        "neighbours": [(key, names[key]) for (key,) in near if key in names],
    }


def _search(shelf: Shelf, made: Any, common: Mapping[str, Any]) -> dict[str, str]:
    """The search page and the files that hold the paragraphs it searches."""
    chunks = {}
    latest_first = shelf.sources[::-1]
    for first in range(0, len(latest_first), _CHUNK):
        part = latest_first[first : first + _CHUNK]
        reports = [(s.document_id, f"{s.authority}, {inspected(s)}", licence_notice(s)) for s in part]
        rows = [
            (place, p.anchor, p.place, p.valence, p.keys, p.text)
            for place, s in enumerate(part)
            for p in shelf.paragraphs.get(s.document_id, ())
            if p.role in _SEARCHED
        ]
        data = ",".join(
            json.dumps(each, ensure_ascii=False, separators=(",", ":")) for each in (reports, rows)
        )
        chunks[f"paragraphs-{first // _CHUNK}.js"] = f"add({data});\n"
    finder = (_TEMPLATES / "site_search.js").read_text(encoding="utf-8")
    scripts = f"'self' file: '{_digest(finder)}' '{_digest(_START)}'"
    page = made.get_template("site_search.html.j2").render(
        {**common, "up": "", "title": "Search", "themes": shelf.themes, "chunks": list(chunks),
         "scripts": Markup(scripts), "finder": Markup(finder), "starter": Markup(_START)}  # noqa: S704 - our own
    )  # fmt: skip
    return {"search.html": page, **{f"data/{name}": text for name, text in chunks.items()}}


def _feeds(shelf: Shelf) -> dict[str, str]:
    groups = {"all": shelf.sources}
    for code in dict.fromkeys(source.la_code for source in shelf.sources if source.la_code):
        groups[code] = of_authority(shelf.sources, code)
    made = {}
    for name, sources in groups.items():
        title = "New inspection reports" + ("" if name == "all" else f": {sources[-1].authority}")
        made[f"feeds/{name}.atom"] = atom(title, name, sources)
        made[f"feeds/{name}.json"] = json_feed(title, sources)
    return made
