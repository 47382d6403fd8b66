"""What does the whole store hold, read once for all pages of a site?"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from corpus.model import Valence
from reports.records import Source, Tally
from reports.sources import latest_full, load_sources, of_authority, theme_names
from reports.tally import tally_reports

Box = tuple[int, float, float, float, float]  # page, left, top, right, bottom, in points

_LONGEST: Final = 80  # characters of a name in an address
ELSEWHERE: Final = "Other"  # authorities that the register gives no region
_PARAGRAPHS: Final = """
    SELECT p.id, p.document_id, p.position, p.number, p.role, p.text, p.page_from, p.valence, p.needs_review,
           p.boxes, s.heading, c.paragraph_id IS NOT NULL
    FROM paragraph p LEFT JOIN section s ON s.document_id = p.document_id AND s.id = p.section_id
    LEFT JOIN corrected c ON c.paragraph_id = p.id
    WHERE p.role <> 'boilerplate' ORDER BY p.document_id, p.position
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph as pages show it; `codings` are themes with valences, the primary one first."""

    anchor: str
    number: int | None
    position: int
    role: str
    heading: str | None
    text: str
    page: int | None
    valence: Valence | None
    unsure: bool
    checked: bool  # a person said so, not the program
    codings: tuple[tuple[str, Valence], ...]
    boxes: tuple[Box, ...]

    def valence_on(self, theme: str) -> Valence | None:
        """What it finds on this theme, if it speaks of it."""
        return next((valence for key, valence in self.codings if key == theme), None)


@dataclass(frozen=True, slots=True)
class Place:
    """An authority of the register that has reports in the store."""

    la_code: str
    name: str
    gss_code: str | None
    urn: str | None
    region: str
    neighbours: tuple[str, ...]  # codes, closest first, whether or not the store holds their reports


@dataclass(frozen=True, slots=True)
class Shelf:
    """What all pages are made from. Sources are oldest first; `latest` is the latest full inspection."""

    sources: tuple[Source, ...]
    places: Mapping[str, Place]
    latest: Mapping[str, Source]
    themes: Mapping[str, str]
    tallies: Mapping[str, Mapping[str, Tally]]
    paragraphs: Mapping[str, Sequence[Shown]]

    def of(self, la_code: str) -> tuple[Source, ...]:
        """The reports of one authority, oldest first."""
        return of_authority(self.sources, la_code)

    def regions(self) -> dict[str, list[Place]]:
        """The authorities by region, both in order of name."""
        by_name = sorted(self.places.values(), key=lambda place: (place.region, place.name))
        return {region: list(found) for region, found in groupby(by_name, lambda place: place.region)}

    def counts(self, source: Source) -> dict[str, Tally]:
        """How the report's findings fall on every theme of the codebook."""
        found = self.tallies.get(source.document_id, {})
        return {theme: found.get(theme, Tally()) for theme in self.themes}

    def shown(self, source: Source) -> Sequence[Shown]:
        """The report's paragraphs in reading order."""
        return self.paragraphs.get(source.document_id, ())


def load_shelf(connection: sqlite3.Connection) -> Shelf:
    """Read the store."""
    sources = load_sources(connection)
    codes = dict.fromkeys(source.la_code for source in sources if source.la_code)
    return Shelf(
        sources=sources,
        places=_places(connection, codes, {s.la_code: s for s in sources}),
        latest={code: found for code in codes if (found := latest_full(sources, code))},
        themes=theme_names(connection),
        tallies=tally_reports(connection),
        paragraphs=_paragraphs(connection),
    )


def slug(name: str) -> str:
    """A name as part of an address: yorkshire-and-the-humber; one too long for a file is cut and marked."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "unnamed"
    if len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_LONGEST]}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _places(
    connection: sqlite3.Connection, codes: Iterable[str], named: Mapping[str | None, Source]
) -> dict[str, Place]:
    regions = dict(connection.execute("SELECT la_code, region FROM authority").fetchall())
    near: dict[str, list[str]] = {}
    for code, neighbour in connection.execute(
        "SELECT la_code, neighbour FROM neighbour ORDER BY la_code, rank"
    ):
        near.setdefault(code, []).append(neighbour)
    return {
        code: Place(
            la_code=code,
            name=named[code].authority,
            gss_code=named[code].gss_code,
            urn=named[code].urn,
            region=regions.get(code) or ELSEWHERE,
            neighbours=tuple(near.get(code, ())),
        )
        for code in codes
    }


def _paragraphs(connection: sqlite3.Connection) -> dict[str, list[Shown]]:
    codings: dict[str, list[tuple[str, Valence]]] = {}
    for key, theme, valence in connection.execute(
        "SELECT paragraph_id, theme, valence FROM coding ORDER BY paragraph_id, rank"
    ):
        codings.setdefault(key, []).append((theme, valence))
    shown: dict[str, list[Shown]] = {}
    met: set[tuple[str, int]] = set()  # a number may be printed twice; the second has no anchor of its own
    for key, document, position, number, *row in connection.execute(_PARAGRAPHS):
        first = number is not None and (document, number) not in met
        met.add((document, number or 0))
        anchor = f"p{number}" if first else f"position{position}"
        paragraph = _shown(anchor, position, number, row, tuple(codings.get(key, ())))
        shown.setdefault(document, []).append(paragraph)
    return shown


def _shown(
    anchor: str,
    position: int,
    number: int | None,
    row: Sequence[Any],
    codings: tuple[tuple[str, Valence], ...],
) -> Shown:
    role, text, page, valence, unsure, boxes, heading, checked = row
    return Shown(
        anchor=anchor,
        number=number,
        position=position,
        role=role,
        heading=heading,
        text=text,
        page=page,
        valence=valence,
        unsure=bool(unsure),
        checked=bool(checked),
        codings=codings,
        boxes=tuple((box[0], box[1], box[2], box[3], box[4]) for box in json.loads(boxes)),
    )
