"""What stands on the pages of an authority, its neighbours, its findings, and of a region?"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reports.filters import inspected, kind
from reports.judgements import judgements_side_by_side
from reports.method import licence_notice
from reports.records import Cell, Source, Tally
from reports.site_documents import Leaf, Sheet, lay_out
from reports.site_page import Page
from reports.site_shelf import Place, Shelf, Shown, slug
from reports.site_timeline import draw_timeline, site_words
from reports.tally import add_tallies, bars, theme_rows

_ORDER: Final = ("strength", "mixed", "weakness", "neutral")
_NEWEST: Final = 10
_CLEAR: Final = 3  # paragraphs by which strengths and weaknesses differ where the heat map is darker
_FEW: Final = 6  # headings to which no list of contents leads


@dataclass(frozen=True, slots=True)
class Judged:
    """Latest full inspections beneath one another: areas across, a row of cells for each report."""

    areas: tuple[str, ...]
    rows: tuple[tuple[Source, tuple[Cell, ...]], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An authority in the heat map: how the findings of its latest full inspection fall on the themes."""

    source: Source
    cells: tuple[tuple[str, Tally, str], ...]  # theme, counts, and which way they lean


def heat_rows(shelf: Shelf, codes: Sequence[str]) -> tuple[HeatRow, ...]:
    """The rows of the heat map for these authorities, in their order."""
    found = [shelf.latest[code] for code in codes if code in shelf.latest]
    counted = ((source, shelf.counts(source)) for source in found)
    return tuple(
        HeatRow(source, tuple((theme, tally, _leaning(tally)) for theme, tally in counts.items()))
        for source, counts in counted
    )


def _leaning(counts: Tally) -> str:
    """Whether strengths or weaknesses are more, and whether clearly so: the classes of a cell."""
    more = counts.strength - counts.weakness
    side = "more" if more > 0 else "fewer" if more < 0 else "even"
    return f"{side} clear" if abs(more) >= _CLEAR else side


def judged_rows(connection: sqlite3.Connection, shelf: Shelf, codes: Sequence[str]) -> Judged:
    """The judgements of these authorities' latest full inspections, in their order."""
    sources = [shelf.latest[code] for code in codes if code in shelf.latest]
    found = judgements_side_by_side(connection, sources)
    cells = zip(*(row.cells for row in found.rows), strict=True) if found.rows else ((),) * len(sources)
    return Judged(
        areas=tuple(row.area for row in found.rows),
        rows=tuple(zip(found.sources, cells, strict=True)),
        notes=found.notes,
    )


def place_pages(connection: sqlite3.Connection, shelf: Shelf) -> Iterator[Page]:
    """Every page that is about an authority or a region."""
    for place in shelf.places.values():
        yield _authority(connection, shelf, place)
        yield _neighbours(connection, shelf, place)
        if place.la_code in shelf.latest:
            yield _findings(shelf, place)
    for region, members in shelf.regions().items():
        yield _region(connection, shelf, region, members)


def _authority(connection: sqlite3.Connection, shelf: Shelf, place: Place) -> Page:
    judgements = judgements_side_by_side(connection, shelf.of(place.la_code))
    latest = shelf.latest.get(place.la_code)
    mine = shelf.tallies.get(latest.document_id, {}) if latest else {}
    given = {
        "title": place.name,
        "place": place,
        "publisher": _publisher(place),
        "judgements": judgements,
        "timeline": draw_timeline(judgements),
        "latest": latest,
        "themes": theme_rows([mine], shelf.themes),
        "bars": bars(mine, shelf.themes) if mine else (),
        "improvements": [p for p in shelf.shown(latest) if p.role == "improvement"] if latest else [],
    }
    return Page(f"authorities/{place.la_code}.html", "authority", given)


def _publisher(place: Place) -> str | None:
    """The address of Ofsted's own page of the authority."""
    return site_words()["publisher"].format(urn=place.urn) if place.urn else None


def _neighbours(connection: sqlite3.Connection, shelf: Shelf, place: Place) -> Page:
    names = dict(connection.execute("SELECT la_code, name FROM authority").fetchall())
    codes = (place.la_code, *place.neighbours)
    given = {
        "title": f"{place.name} and its statistical neighbours",
        "place": place,
        "judged": judged_rows(connection, shelf, codes),
        "rows": heat_rows(shelf, codes),
        "themes": shelf.themes,
        "without": [names.get(code, code) for code in codes if code not in shelf.latest],
    }
    return Page(f"neighbours/{place.la_code}.html", "neighbours", given)


def _findings(shelf: Shelf, place: Place) -> Page:
    source = shelf.latest[place.la_code]
    counts = shelf.counts(source)
    found = [p for p in shelf.shown(source) if p.role == "finding"]
    spoken = ((theme, name, _on_theme(found, theme)) for theme, name in shelf.themes.items())
    parts = [(theme, name, counts[theme], paragraphs) for theme, name, paragraphs in spoken if paragraphs]
    given = {
        "title": f"{place.name}: findings by theme",
        "place": place,
        "source": source,
        "notice": licence_notice(source),
        "parts": parts,
        "contents": [(theme, name) for theme, name, _, _ in parts],
    }
    return Page(f"findings/{place.la_code}.html", "findings", given)


def _on_theme(paragraphs: Sequence[Shown], theme: str) -> list[tuple[str, Shown]]:
    """The paragraphs on a theme with what they find there: strengths first, in reading order."""
    found = [(valence, p) for p in paragraphs if (valence := p.valence_on(theme))]
    return sorted(found, key=lambda pair: _ORDER.index(pair[0]))


def _region(connection: sqlite3.Connection, shelf: Shelf, region: str, members: Sequence[Place]) -> Page:
    codes = [place.la_code for place in members]
    total = add_tallies(
        shelf.tallies.get(shelf.latest[code].document_id, {}) for code in codes if code in shelf.latest
    )
    theirs = [source for source in shelf.sources if source.la_code in codes]
    given = {
        "title": region,
        "slug": slug(region),
        "members": [(place, len(shelf.of(place.la_code))) for place in members],
        "judged": judged_rows(connection, shelf, codes),
        "rows": heat_rows(shelf, codes),
        "names": shelf.themes,
        "themes": theme_rows([total], shelf.themes),
        "bars": bars(total, shelf.themes) if total else (),
        "newest": newest(theirs),
    }
    return Page(f"regions/{slug(region)}.html", "region", given)


def newest(sources: Sequence[Source]) -> list[Source]:
    """The reports that came out last."""
    dated = sorted(sources, key=lambda s: (str(s.published or s.date or ""), s.document_id), reverse=True)
    return dated[:_NEWEST]


def document_page(
    connection: sqlite3.Connection, shelf: Shelf, source: Source, sheets: dict[int, Sheet]
) -> Page:
    """The page of a report."""
    judgements = judgements_side_by_side(connection, [source])
    cells = [row.cells[0] for row in judgements.rows if row.cells[0].state != "not_given"]
    leaves = lay_out(shelf.shown(source), sheets)
    place = shelf.places.get(source.la_code or "")
    given = {
        "title": f"{source.authority}: {kind(source)}, {inspected(source)}",
        "source": source,
        "place": place,
        "publisher": _publisher(place) if place else None,
        "notice": licence_notice(source),
        "cells": cells,
        "leaves": leaves,
        "contents": _contents(leaves),
        "themes": shelf.themes,
        "roles": site_words()["role"],
        "pages": {leaf.page for leaf in leaves},
        "framed": {frame.anchor for leaf in leaves for frame in leaf.frames},
        "pictures": bool(sheets),
    }
    return Page(f"documents/{source.document_id}.html", "document", given)


def _contents(leaves: Sequence[Leaf]) -> list[tuple[str, str]]:
    """The headings of a long report with their places; headings may be printed more than once."""
    found = [(part[0], heading, leaf) for leaf in leaves for heading, part in leaf.parts if heading]
    if len(found) <= _FEW:
        return []
    return [
        (f"before-{first.anchor}", f"{heading}, page {leaf.page}" if leaf.page else heading)
        for first, heading, leaf in found
    ]
