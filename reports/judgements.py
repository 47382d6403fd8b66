"""Where do the judgements stand, side by side?

A missing grade has one of three states, never merged: not printed in the report, not given by this framework,
not read by this tool. No overall judgement is ever worked out from the others.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from reports.records import Cell, GradeCount, JudgementRow, Judgements, Source
from reports.wording import Scheme, long_date, name_of, plural, wording

_STATES = {"not_printed", "not_given", "not_read"}
_BREAK: Final = (
    "These reports follow different frameworks. A grade in one is not the same measure as the grade of the"
    " same name in another; areas that were joined or split are shown as they were judged."
)


def judgements_side_by_side(connection: sqlite3.Connection, sources: Sequence[Source]) -> Judgements:
    """One row for every area that any of the reports could judge, one cell for every report."""
    cells = {source.document_id: cells_of(connection, source) for source in sources}
    areas = [
        area
        for area in _areas(cells.values())
        if any(cell.state != "not_given" for by_area in cells.values() for cell in _one(by_area, area))
    ]
    rows = tuple(
        JudgementRow(area, tuple(_cell(cells[source.document_id], area) for source in sources))
        for area in areas
    )
    return Judgements(tuple(sources), rows, *_frameworks(connection, sources))


def cells_of(connection: sqlite3.Connection, source: Source) -> dict[str, Cell]:
    """The judgement cell of every area that the report gives, should give, or says it does not give."""
    graded = {
        area: Cell(area, grade, None, page)
        for area, grade, page in connection.execute(
            "SELECT area, grade, page FROM judgement WHERE document_id = ?", (source.document_id,)
        )
    }
    said = {
        field.removeprefix("judgement."): Cell(field.removeprefix("judgement."), None, status, page)
        for field, status, page in connection.execute(
            "SELECT field, status, page FROM reading WHERE document_id = ? AND field LIKE 'judgement.%'",
            (source.document_id,),
        )
        if status in _STATES
    }
    scheme = _scheme(source, frozenset(graded))
    expected = {area: Cell(area, None, "not_read", None) for area in scheme.areas} if scheme else {}
    return expected | said | graded


def _scheme(source: Source, graded: frozenset[str]) -> Scheme | None:
    """The scheme whose areas hold everything that was graded; the date decides between several."""
    fitting = [
        scheme
        for scheme in wording().schemes
        if scheme.framework == source.framework and graded <= set(scheme.areas)
    ]
    day = source.date
    if not graded and day is None:
        return fitting[0] if len(fitting) == 1 else None
    begun = [scheme for scheme in fitting if day is None or scheme.since <= day]
    return begun[-1] if begun else next(iter(fitting), None)


def _areas(all_cells: Iterable[dict[str, Cell]]) -> list[str]:
    met = {area for cells in all_cells for area in cells}
    known = [area for area in wording().area if area in met]
    return known + sorted(met - set(known))


def _one(cells: dict[str, Cell], area: str) -> tuple[Cell, ...]:
    return (cells[area],) if area in cells else ()


def _cell(cells: dict[str, Cell], area: str) -> Cell:
    return cells.get(area) or Cell(area, None, "not_given", None)


def _frameworks(
    connection: sqlite3.Connection, sources: Sequence[Source]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which framework each report follows, and where a line through them would break."""
    by_scheme = _by_scheme(connection, sources)
    notes = [_BREAK] if len(by_scheme) > 1 else []
    if any("no overall" in name for name in by_scheme):
        notes.append(
            "Under inspections from April 2026 there is no overall judgement; none is worked out here."
        )
    lines = (
        f"{name}: {'; '.join(f'{source.authority}, {long_date(source.date)}' for source in held)}."
        for name, held in by_scheme.items()
    )
    return tuple(lines), tuple(notes)


def _by_scheme(connection: sqlite3.Connection, sources: Sequence[Source]) -> dict[str, list[Source]]:
    """The reports by the framework that they follow, with its judgement areas of the time."""
    by_scheme: dict[str, list[Source]] = {}
    for source in sources:
        graded = frozenset(area for area, cell in cells_of(connection, source).items() if cell.grade)
        scheme = _scheme(source, graded)
        by_scheme.setdefault(scheme.name if scheme else name_of({}, source.framework), []).append(source)
    return by_scheme


def mixed_frameworks(connection: sqlite3.Connection, sources: Sequence[Source]) -> tuple[str, ...]:
    """How many reports follow which framework, and what that means; nothing where all follow one."""
    by_scheme = _by_scheme(connection, sources)
    counted = "; ".join(f"{name}, {plural(len(held), 'report')}" for name, held in by_scheme.items())
    return (f"Frameworks in this comparison: {counted}.", _BREAK) if len(by_scheme) > 1 else ()


def count_grades(judgements: Judgements) -> tuple[GradeCount, ...]:
    """How many reports give each grade, area by area; states are counted beside the grades."""
    counted = []
    for row in judgements.rows:
        keys = [cell.key for cell in row.cells]
        order = [*wording().grade, *wording().state]
        counts = tuple((key, keys.count(key)) for key in order if key in keys)
        counted.append(GradeCount(row.area, counts, sum(cell.grade is not None for cell in row.cells)))
    return tuple(counted)
