"""By what can a reader choose among reports, and what does each report offer to the choice?"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.filters import kind
from reports.judgements import cells_of
from reports.records import Cell, Source
from reports.site_shelf import ELSEWHERE, Shelf, slug
from reports.wording import name_of, scheme_of, wording

Options = tuple[tuple[str, str], ...]  # value and name, in the order in which they are offered


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report is chosen by: keys as they stand in an address."""

    authority: str
    region: str
    framework: str
    kind: str
    year: int | None
    grades: tuple[str, ...]  # area:grade


@dataclass(frozen=True, slots=True)
class Choices:
    """What the store offers to choose from, and nothing else."""

    authorities: Options
    regions: Options
    frameworks: Options
    kinds: Options
    years: Options
    grades: tuple[tuple[str, Options], ...]  # by judgement area


def facts_of(connection: sqlite3.Connection, shelf: Shelf) -> dict[str, Facts]:
    """The facts of every report, by its id."""
    return {source.document_id: _facts(connection, shelf, source) for source in shelf.sources}


def _facts(connection: sqlite3.Connection, shelf: Shelf, source: Source) -> Facts:
    place = shelf.places.get(source.la_code or "")
    grades = [cell for cell in cells_of(connection, source).values() if cell.grade]
    return Facts(
        authority=source.la_code or "",
        region=slug(place.region if place else ELSEWHERE),
        framework=slug(framework_name(source)),
        kind=slug(kind(source)),
        year=source.date.year if source.date else None,
        grades=tuple(f"{cell.area}:{cell.grade}" for cell in grades),
    )


def headline(connection: sqlite3.Connection, source: Source) -> Cell:
    """The overall grade of a report or, where its framework has none, its outcome or that there is none."""
    cells = cells_of(connection, source)
    return cells.get("overall") or cells.get("send_outcome") or Cell("overall", None, "not_given", None)


def framework_name(source: Source) -> str:
    """The framework with the judgements it gives: a new scheme is a new framework to a reader."""
    scheme = scheme_of(source.framework, source.date)
    return scheme.name if scheme else name_of({}, source.framework)


def choices_of(shelf: Shelf, facts: Mapping[str, Facts]) -> Choices:
    """What the reports of the store can be chosen by."""
    years = sorted({fact.year for fact in facts.values() if fact.year}, reverse=True)
    places = sorted(shelf.places.values(), key=lambda place: place.name)
    in_time = sorted(shelf.sources, key=lambda source: (source.framework, str(source.date)))
    return Choices(
        authorities=tuple((place.la_code, place.name) for place in places),
        regions=tuple((slug(region), region) for region in shelf.regions()),
        frameworks=_named(framework_name(source) for source in in_time),
        kinds=_named(sorted(kind(source) for source in shelf.sources)),
        years=tuple((str(year), str(year)) for year in years),
        grades=_grades({grade for fact in facts.values() for grade in fact.grades}),
    )


def _named(names: Iterable[str]) -> Options:
    return tuple((slug(name), name) for name in dict.fromkeys(names))


def _grades(met: set[str]) -> tuple[tuple[str, Options], ...]:
    words = wording()
    areas = [*words.area, *sorted({grade.split(":")[0] for grade in met} - words.area.keys())]
    offered = []
    for area in areas:
        given = tuple(
            (f"{area}:{grade}", name) for grade, name in words.grade.items() if f"{area}:{grade}" in met
        )
        if given:
            offered.append((name_of(words.area, area), given))
    return tuple(offered)
