"""How is a table with many columns cut into parts that fit on a page?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.records import JudgementRow, Judgements, Source
from reports.views import Comparison

_COLUMNS: Final = 5  # authorities beside each other in one table


@dataclass(frozen=True, slots=True)
class Part:
    """A table of as many columns as fit on a page; `suffix` numbers it where there are several."""

    suffix: str
    columns: tuple[str, ...]
    sources: tuple[Source, ...]
    rows: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of a part."""

    name: str
    cells: tuple[Any, ...]


def judgement_parts(judgements: Judgements) -> list[Part]:
    """The judgement table in parts that fit on a page."""
    cut = _cuts(len(judgements.sources))
    return [
        Part(
            _suffix(place, cut),
            (),
            judgements.sources[first:last],
            tuple(JudgementRow(row.area, row.cells[first:last]) for row in judgements.rows),
        )
        for place, (first, last) in enumerate(cut)
    ]


def theme_parts(view: Comparison) -> list[Part]:
    """The table of findings by theme in parts that fit on a page."""
    cells = [(row.name, tuple(zip(row.tallies, row.shares, strict=True))) for row in view.themes]
    return _parted(view.columns, cells)


def indicator_parts(view: Comparison) -> list[Part]:
    """The table of indicators in parts that fit on a page."""
    columns = [source.authority for source in view.members]
    return _parted(columns, [(row.name, row.cells) for row in view.indicators])


def _parted(columns: Sequence[str], rows: Sequence[tuple[str, tuple[Any, ...]]]) -> list[Part]:
    cut = _cuts(len(columns))
    return [
        Part(
            _suffix(place, cut),
            tuple(columns[first:last]),
            (),
            tuple(NamedRow(name, cells[first:last]) for name, cells in rows),
        )
        for place, (first, last) in enumerate(cut)
    ]


def _cuts(count: int) -> list[tuple[int, int]]:
    return [(first, min(first + _COLUMNS, count)) for first in range(0, count, _COLUMNS)]


def _suffix(place: int, cut: Sequence[object]) -> str:
    return f" (part {place + 1} of {len(cut)})" if len(cut) > 1 else ""
