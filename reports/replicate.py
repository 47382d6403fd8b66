"""Do the grades that we read add up to the national figures that Ofsted published?

Each authority counts with its latest full inspection known at the day, that is, published by then (or ended
by then, where no day of publication was read). A store that covers a part of England is a sample of it: the
published figure should then lie within our interval. Agreement of a share does not prove every cell of it.
"""

import json
import sqlite3
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Final

from corpus.authorities import Authority
from corpus.errors import DataFileError
from reports.records import Share, Source
from reports.sources import is_full, load_sources
from reports.tally import share

GOOD: Final = frozenset({"good", "outstanding"})
_KEYS: Final = {"as_at", "area", "region", "percent", "source"}


@dataclass(frozen=True, slots=True)
class Published:
    """A published share of authorities judged good or outstanding in an area; region None is England."""

    as_at: date
    area: str
    region: str | None
    percent: int
    source: str


@dataclass(frozen=True, slots=True)
class Replication:
    """A published figure beside ours; `authorities` is how many there are in the region today."""

    published: Published
    ours: Share
    authorities: int

    @property
    def percent(self) -> float | None:
        """Our share in per cent, or None where no authority could be counted."""
        return round(100 * self.ours.part / self.ours.whole, 1) if self.ours.whole else None

    @property
    def difference(self) -> float | None:
        """Our share less the published one, in percentage points."""
        return None if self.percent is None else round(self.percent - self.published.percent, 1)


def replicate(
    connection: sqlite3.Connection, register: Iterable[Authority], figures: Sequence[Published] | None = None
) -> tuple[Replication, ...]:
    """Each published figure beside what the store gives for it."""
    known = tuple(register)
    sources = [source for source in load_sources(connection) if is_full(source)]
    grades = _grades(connection)
    return tuple(
        _replicate(figure, known, sources, grades)
        for figure in (load_published() if figures is None else figures)
    )


def load_published() -> tuple[Published, ...]:
    """The published figures that come along, oldest first.

    Raises:
        DataFileError: an entry has a key too many or too few, or a value of the wrong sort.
    """
    data = tomllib.loads((files("reports") / "published.toml").read_text(encoding="utf-8"))
    faults = [f"figure {number}" for number, row in enumerate(data["figure"], 1) if not _holds_together(row)]
    if faults:
        raise DataFileError(f"The published figures do not hold together: {', '.join(faults)}.")
    return tuple(Published(**{"region": None, **row}) for row in data["figure"])


def _holds_together(row: dict[str, Any]) -> bool:
    return (
        _KEYS - {"region"} <= row.keys() <= _KEYS
        and isinstance(row["as_at"], date)
        and isinstance(row["percent"], int)
    )


def _replicate(
    figure: Published,
    known: Sequence[Authority],
    sources: Sequence[Source],
    grades: dict[tuple[str, str], str],
) -> Replication:
    inside = [one for one in known if not one.sample and figure.region in (None, one.region)]
    there = {one.la_code for one in inside if not one.abolished or one.abolished > figure.as_at.isoformat()}
    latest = {
        source.la_code: source
        for source in sorted(sources, key=lambda source: (source.date or date.min, source.document_id))
        if source.la_code in there and _known_on(source, figure.as_at)
    }
    found = [grades.get((source.document_id, figure.area)) for source in latest.values()]
    given = [grade for grade in found if grade]
    return Replication(
        figure, share(sum(grade in GOOD for grade in given), len(given)), sum(one.current for one in inside)
    )


def _known_on(source: Source, day: date) -> bool:
    known = source.published or source.inspected_to or source.inspected_from
    return known is not None and known <= day


def _grades(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT document_id, area, grade FROM judgement").fetchall()
    return {(document, area): grade for document, area, grade in rows}


def as_json(found: Iterable[Replication]) -> str:
    """One object for each figure, as JSON."""
    rows = [
        {
            "as_at": one.published.as_at.isoformat(),
            "area": one.published.area,
            "region": one.published.region,
            "published": one.published.percent,
            "ours": one.percent,
            "good_or_outstanding": one.ours.part,
            "n": one.ours.whole,
            "low": one.ours.low,
            "high": one.ours.high,
            "difference": one.difference,
            "authorities": one.authorities,
            "source": one.published.source,
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
