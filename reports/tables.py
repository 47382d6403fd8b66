"""What does a view hold as tidy tables, one row for each fact?

Names of columns say where values come from: `printed_` in the report, `derived_` by rule from that,
`coded_` by the classifier. Keys and citations carry no prefix.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.errors import DataFileError
from reports.fates import Changed
from reports.filters import citation, inspected, kind
from reports.records import Judgements, Passage, Source, ThemeRow
from reports.views import Briefing, Comparison, View

Value = str | int | float | None

_KEYS = ("la_code", "gss_code", "urn")
_SOURCE = (*_KEYS, "authority", "document_id", "inspection_type", "inspection_date")
_PLACE = ("printed_paragraph_number", "derived_position", "printed_page")


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table of facts; every row has a value (or None) for every column."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@cache
def dictionary() -> dict[str, tuple[str, str]]:
    """What each column means: its origin (key, printed, derived, coded) and its meaning."""
    data = tomllib.loads((files("reports") / "dictionary.toml").read_text(encoding="utf-8"))
    faults = [
        f"column {name}: needs origin and meaning only"
        for name, entry in data.items()
        if entry.keys() != {"origin", "meaning"}
    ]
    if faults:
        raise DataFileError(f"dictionary.toml: {'; '.join(faults)}")
    return {name: (entry["origin"], entry["meaning"]) for name, entry in data.items()}


def dictionary_of(tables: Iterable[DataTable]) -> DataTable:
    """The data dictionary of these tables, as a table."""
    known = dictionary()
    rows = tuple((table.name, column, *known[column]) for table in tables for column in table.columns)
    return DataTable("Dictionary", ("table", "column", "origin", "meaning"), rows)


def tables_of(view: View) -> tuple[DataTable, ...]:
    """The tables of a view; those without a row are left out."""
    own = _of_comparison(view) if isinstance(view, Comparison) else _of_briefing(view)
    shared = [_judgements(view.judgements), _quotations(view), _sources(view.sources)]
    return tuple(table for table in (*own, *shared) if table.rows)


def _of_comparison(view: Comparison) -> list[DataTable]:
    indicators = tuple(
        (*_source(source), row.indicator, cell.value, cell.as_of, cell.england, *_place(cell.passage))
        for row in view.indicators
        for source, cell in zip(view.members, row.cells, strict=True)
        if cell is not None
    )
    keys = {source.authority: _keys(source) for source in view.members}
    apart = tuple(
        (*keys[each.member], each.member, what, d.term, d.count, d.total, d.others, d.others_total, d.z)
        for each in view.apart
        for what, found in (("finding", each.themes), ("word", each.words))
        for d in found
    )
    columns = ("indicator", "printed_value", "printed_as_of", "printed_england", *_PLACE)
    measured = ("derived_count", "derived_total", "derived_others", "derived_others_total", "derived_z")
    return [
        _themes([(*keys.get(name, (None,) * len(_KEYS)), name) for name in view.columns], view.themes),
        DataTable("Apart", (*_KEYS, "authority", "derived_sort", "derived_term", *measured), apart),
        DataTable("Indicators", (*_SOURCE, *columns), indicators),
    ]


def _of_briefing(view: Briefing) -> list[DataTable]:
    keys = (view.la_code, view.gss_code, view.urn)
    changes = tuple((*keys, *_change(point)) for point in view.progress.points) if view.progress else ()
    neighbours = tuple(
        (*_keys(n.source), n.name, n.rank, n.source.document_id, cell.area, cell.grade, cell.state)
        for n in view.neighbours
        if n.source
        for cell in n.cells
    )
    columns = (*_KEYS, "derived_change", "derived_confidence", "coded_theme", "earlier_text", "earlier_place")
    place = (*_KEYS, "authority", "rank", "document_id", "area", "printed_grade", "derived_state")
    return [
        _themes([(*keys, view.authority)], view.themes),
        DataTable("Changes", (*columns, "later_text", "later_place"), changes),
        DataTable("Neighbours", place, neighbours),
    ]


def _themes(columns: Sequence[tuple[Value, ...]], rows: Iterable[ThemeRow]) -> DataTable:
    """The counts; `columns` are the keys and names of authorities, or the name of a group without keys."""
    names = (*_KEYS, "column", "theme", "theme_name", "coded_strength", "coded_mixed", "coded_weakness")
    cells = (
        (*column, row.theme, row.name, t.strength, t.mixed, t.weakness, t.judged, s.low, s.high)
        for row in rows
        for column, t, s in zip(columns, row.tallies, row.shares, strict=True)
    )
    return DataTable("Themes", (*names, "coded_judged", "derived_low", "derived_high"), tuple(cells))


def _judgements(judgements: Judgements) -> DataTable:
    rows = tuple(
        (*_source(source), row.area, cell.grade, cell.state, cell.page)
        for row in judgements.rows
        for source, cell in zip(judgements.sources, row.cells, strict=True)
    )
    return DataTable("Judgements", (*_SOURCE, "area", "printed_grade", "derived_state", "printed_page"), rows)


def _quotations(view: View) -> DataTable:
    themes = view.quotations if isinstance(view, Comparison) else (*view.strengths, *view.weaknesses)
    quoted = [
        (q.theme, what, passage)
        for q in themes
        for what, passages in (("strength", q.strengths), ("weakness", q.weaknesses))
        for passage in passages
    ]
    if isinstance(view, Briefing):
        quoted += [("", "improvement", passage) for passage in view.improvements]
        quoted += [(e.theme, "strength", e.passage) for e in view.exemplars]
    quoted += [("", "figure", figure.passage) for figure in view.figures]
    rows = tuple((*_source(p.source), theme or None, what, p.text, *_place(p)) for theme, what, p in quoted)
    return DataTable("Quotations", (*_SOURCE, "coded_theme", "coded_sort", "printed_text", *_PLACE), rows)


def _sources(sources: Iterable[Source]) -> DataTable:
    rows = tuple((*_source(s), inspected(s), s.licence, s.file) for s in sources)
    return DataTable("Sources", (*_SOURCE, "printed_dates", "printed_licence", "file"), rows)


def _source(source: Source) -> tuple[Value, ...]:
    day = source.date.isoformat() if source.date else None
    return (*_keys(source), source.authority, source.document_id, kind(source), day)


def _keys(source: Source) -> tuple[Value, ...]:
    return (source.la_code, source.gss_code, source.urn)


def _place(passage: Passage | None) -> tuple[Value, ...]:
    return (passage.number, passage.position, passage.page_from) if passage else (None, None, None)


def _change(point: Changed) -> tuple[Value, ...]:
    earlier, later = point.earlier, point.later
    return (
        point.change,
        point.confidence,
        point.theme,
        earlier.text if earlier else None,
        citation(earlier) if earlier else None,
        later.text if later else None,
        citation(later) if later else None,
    )
