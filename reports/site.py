"""How does a whole store become a folder of pages that needs no server and no network?"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reports import method
from reports.feeds import Feed, feed_files, make_feed
from reports.filters import inspected, kind, tally
from reports.judgements import cells_of
from reports.records import Source, Tally
from reports.render import environment
from reports.site_documents import Draw, place_pictures
from reports.site_filters import Facts, choices_of, facts_of, framework_name, headline
from reports.site_page import Look, Page, render_page
from reports.site_places import document_page, heat_rows, newest, place_pages
from reports.site_search import search_files
from reports.site_shelf import Shelf, load_shelf, slug
from reports.site_swap import replaced
from reports.sources import cut_off
from reports.tally import bars, share
from reports.wording import name_of, wording

_FILTERS: Final = "site_filters.js"
_NAME: Final = re.compile(r"\w[\w-]{0,99}")


@dataclass(frozen=True, slots=True)
class Written:
    """What a site came to."""

    files: int
    without_pictures: int  # reports whose file was not at hand, where pictures were asked for


def write_site(
    connection: sqlite3.Connection,
    folder: Path,
    *,
    templates: Path | None = None,
    address: str | None = None,
    draw: Draw | None = None,
) -> Written:
    """Write the site; the folder holds the whole new site or is left as it was.

    Args:
        connection: an open store.
        folder: a new or empty folder, or one that holds a site of ours, which is replaced.
        templates: a folder of templates that take the place of ours of the same name.
        address: where the site will stand on the web, for the links in feeds.
        draw: gives the pictures of a report's pages; without it, no page shows one.

    Raises:
        ValueError: the folder holds something else, or the address is none.
    """
    address = _checked(address)
    shelf = load_shelf(connection)
    _refuse_paths(shelf)
    facts = facts_of(connection, shelf)
    common = {"unofficial": method.UNOFFICIAL, "made": cut_off(shelf.sources)}
    look = Look(environment(templates), common)
    look.environment.filters["slug"] = slug
    files = without = 0
    with replaced(folder) as fresh:
        for source in shelf.sources:
            sheets = place_pictures(source, draw, fresh, folder) if draw else {}
            without += bool(draw and not sheets)
            page = document_page(connection, shelf, source, sheets)
            _write(fresh, page.name, render_page(look, page))
        for page in _pages(connection, shelf, facts):
            _write(fresh, page.name, render_page(look, page))
        for feed in _feeds(connection, shelf):
            for name, text in feed_files(feed, address).items():
                _write(fresh, name, text)
        for name, text in search_files(shelf, facts):
            _write(fresh, name, text)
        files = sum(path.is_file() for path in fresh.rglob("*"))
    return Written(files, without)


def _refuse_paths(shelf: Shelf) -> None:
    """Keys of a store become names of files: whoever altered it shall not write elsewhere by way of them."""
    for key in (*(source.document_id for source in shelf.sources), *shelf.places, *shelf.themes):
        if _NAME.fullmatch(key) is None:
            raise ValueError(f"The store has the key '{key}', which no run of ours gave. See: ofsight check")


def _checked(address: str | None) -> str | None:
    if address is None:
        return None
    if not address.startswith(("https://", "http://")):
        raise ValueError(
            f"Give the whole address of the site, such as https://example.org/, not '{address}'."
        )
    return address if address.endswith("/") else f"{address}/"


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _pages(connection: sqlite3.Connection, shelf: Shelf, facts: Mapping[str, Facts]) -> Iterator[Page]:
    """Every page but those of the reports."""
    choices = choices_of(shelf, facts)
    regions = shelf.regions()
    counts = {code: len(shelf.of(code)) for code in shelf.places}
    yield Page(
        "index.html",
        "index",
        {
            "title": "What Ofsted’s inspection reports of children’s services find",
            "themes": shelf.themes,
            "regions": [
                (name, slug(name), [(place, counts[place.la_code]) for place in members])
                for name, members in regions.items()
            ],
            "newest": newest(shelf.sources),
        },
        asks=True,
    )
    reports = [
        (source, facts[source.document_id], headline(connection, source), framework_name(source))
        for source in shelf.sources[::-1]
    ]
    listed = {"title": "All reports", "reports": reports, "choices": choices}
    yield Page("reports.html", "reports", listed, scripts=(_FILTERS, "site_reports.js"))
    groups = [
        (name, slug(name), heat_rows(shelf, [place.la_code for place in members]))
        for name, members in regions.items()
    ]
    yield Page(
        "heat.html", "heat", {"title": "Themes by authority", "themes": shelf.themes, "groups": groups}
    )
    marks = [(key, mark, wording().licence[key]) for key, mark in wording().licence_mark.items()]
    searched = {"title": "Search", "themes": shelf.themes, "choices": choices, "marks": marks}
    yield Page("search.html", "search", searched, scripts=(_FILTERS, "site_search.js"), data=True)
    yield _feeds_page(shelf)
    yield _about_page(shelf)
    for theme in shelf.themes:
        yield _theme_page(shelf, theme)
    yield from place_pages(connection, shelf)


def _feeds_page(shelf: Shelf) -> Page:
    groups = (
        ("By region", [(f"region-{slug(region)}", region) for region in shelf.regions()]),
        ("By theme", [(f"theme-{slug(theme)}", name) for theme, name in shelf.themes.items()]),
        ("By authority", [(code, place.name) for code, place in _by_name(shelf)]),
    )
    return Page("feeds.html", "feeds", {"title": "Feeds of new reports", "groups": groups})


def _by_name(shelf: Shelf) -> list[tuple[str, Any]]:
    return sorted(shelf.places.items(), key=lambda pair: pair[1].name)


def _about_page(shelf: Shelf) -> Page:
    licences = {source.licence or "unknown" for source in shelf.sources}
    given = {
        "title": "How this was made",
        "method": (method.READ, method.COUNTS, method.LIKE, method.PEERS),
        "licences": [notice for key, notice in wording().licence.items() if key in licences],
    }
    return Page("about.html", "about", given)


def _theme_page(shelf: Shelf, theme: str) -> Page:
    by_region: dict[str, Tally] = {}
    members = []
    for code, place in _by_name(shelf):
        source = shelf.latest.get(code)
        counts = shelf.counts(source)[theme] if source else Tally()
        if source and counts.judged:
            by_region[place.region] = by_region.get(place.region, Tally()) + counts
            members.append((source, place, counts, share(counts.strength, counts.judged)))
    regions = sorted(by_region.items())
    given = {
        "title": shelf.themes[theme],
        "theme": theme,
        "feed": f"theme-{slug(theme)}",
        "members": members,
        "regions": [(name, slug(name), t, share(t.strength, t.judged)) for name, t in regions],
        "bars": bars(by_region, {name: name for name, _ in regions}),
    }
    return Page(f"themes/{theme}.html", "theme", given)


def _feeds(connection: sqlite3.Connection, shelf: Shelf) -> Iterator[Feed]:
    """One feed of all reports, and one for each authority, region and theme."""
    said = {source.document_id: _judged(connection, source) for source in shelf.sources}
    every = [(source, said[source.document_id]) for source in shelf.sources]
    yield make_feed("all", "New inspection reports", every)
    for code, place in shelf.places.items():
        yield make_feed(
            code, f"New inspection reports: {place.name}", [e for e in every if e[0].la_code == code]
        )
    for region, members in shelf.regions().items():
        codes = {place.la_code for place in members}
        theirs = [entry for entry in every if entry[0].la_code in codes]
        yield make_feed(f"region-{slug(region)}", f"New inspection reports: {region}", theirs)
    for theme, name in shelf.themes.items():
        spoken = [(s, f"{name}: {tally(t)}.") for s in shelf.sources if (t := _on(shelf, s, theme)).judged]
        yield make_feed(f"theme-{slug(theme)}", f"New inspection reports: {name}", spoken, theme)


def _on(shelf: Shelf, source: Source, theme: str) -> Tally:
    return shelf.tallies.get(source.document_id, {}).get(theme, Tally())


def _judged(connection: sqlite3.Connection, source: Source) -> str:
    """The report's grades in one line."""
    words = wording()
    given = [cell for cell in cells_of(connection, source).values() if cell.grade]
    said = [f"{name_of(words.area, cell.area)}: {name_of(words.grade, cell.grade)}" for cell in given]
    return "; ".join(said) or f"{kind(source)}, {inspected(source)}: no graded judgement"
