"""How long from an inspection to its report, and when is the next inspection to be expected?

Each rule says whether it is Ofsted's or our estimate (`inspection_rules.toml`); how it kept is counted from
full inspections that follow one another in the store: a report that it lacks makes a gap too long.
"""

import sqlite3
import statistics
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise

from corpus.errors import DataFileError
from reports.records import Source
from reports.sources import is_full, load_sources

_KEYS = {"grades", "next", "from", "to", "basis", "source"}
_BASES = ("framework", "estimate")
_MONTH = 30.4375  # days, on average


@dataclass(frozen=True, slots=True)
class Rule:
    """After which months, and by what kind, an authority with one of these grades is inspected again."""

    grades: tuple[str, ...]
    following: str
    first: int
    last: int
    basis: str  # "framework": as Ofsted's framework is reported to say; "estimate": ours
    source: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Some numbers in a few: how many, the least, the quartiles and the greatest."""

    n: int
    least: float
    lower: float
    median: float
    upper: float
    greatest: float


@dataclass(frozen=True, slots=True)
class Publication:
    """How many days went by from the last day on site to publication, for a kind of inspection."""

    kind: str  # framework.kind
    days: Spread


@dataclass(frozen=True, slots=True)
class Kept:
    """How a rule kept: months between full inspections, and how many fell into its window."""

    rule: Rule
    months: Spread | None
    inside: int


@dataclass(frozen=True, slots=True)
class Due:
    """An authority's last full inspection and the window in which the next is to be expected."""

    source: Source
    grade: str
    months: int  # since the last day on site
    rule: Rule
    first: date
    last: date


def days_to_publication(connection: sqlite3.Connection) -> tuple[Publication, ...]:
    """Days to publication for every kind of inspection; reports without one of the two dates do not count."""
    known = [
        (f"{source.framework}.{source.kind}", (source.published - source.inspected_to).days)
        for source in load_sources(connection)
        if source.published and source.inspected_to
    ]
    groups = groupby(sorted(known), key=lambda pair: pair[0])
    return tuple(Publication(kind, spread([days for _, days in pairs])) for kind, pairs in groups)


def rules_kept(connection: sqlite3.Connection, rules: Sequence[Rule] | None = None) -> tuple[Kept, ...]:
    """Each rule beside the months that went by between inspections under ILACS."""
    graded = _graded(connection)
    gaps = [
        (graded[earlier.document_id], _months(_end(earlier), _start(later)))
        for one in _by_authority(connection)
        for earlier, later in pairwise(one)
        if earlier.framework == "ilacs" and earlier.document_id in graded
    ]
    kept = []
    for rule in load_rules() if rules is None else rules:
        months = [gap for grade, gap in gaps if grade in rule.grades]
        inside = sum(rule.first <= gap <= rule.last for gap in months)
        kept.append(Kept(rule, spread(months) if months else None, inside))
    return tuple(kept)


def due(connection: sqlite3.Connection, today: date) -> tuple[Due, ...]:
    """When each authority's next full inspection is to be expected, the longest overdue first."""
    graded = _graded(connection)
    rules = {grade: rule for rule in load_rules() for grade in rule.grades}
    found = [
        _due(one[-1], graded[one[-1].document_id], rules, today)
        for one in _by_authority(connection)
        if graded.get(one[-1].document_id) in rules
    ]
    return tuple(sorted(found, key=lambda one: (one.last, one.source.authority)))


def spread(values: Iterable[float]) -> Spread:
    """The spread of at least one number."""
    given = sorted(values)
    if len(given) == 1:
        return Spread(1, *given * 5)
    lower, median, upper = statistics.quantiles(given, n=4, method="inclusive")
    return Spread(len(given), given[0], lower, median, upper, given[-1])


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules that come along.

    Raises:
        DataFileError: a rule has a key too many or too few, an unknown basis, or an end before its beginning.
    """
    data = tomllib.loads((files("reports") / "inspection_rules.toml").read_text(encoding="utf-8"))
    for place, row in enumerate(data["rule"], 1):
        if row.keys() != _KEYS or row["from"] > row["to"] or row["basis"] not in _BASES:
            raise DataFileError(
                f"inspection_rules.toml, rule {place}: it needs {sorted(_KEYS)}, from <= to,"
                f" and a basis among {', '.join(_BASES)}."
            )
    return tuple(
        Rule(tuple(row["grades"]), row["next"], row["from"], row["to"], row["basis"], row["source"])
        for row in data["rule"]
    )


def _due(source: Source, grade: str, rules: Mapping[str, Rule], today: date) -> Due:
    rule, end = rules[grade], _end(source)
    return Due(
        source,
        grade,
        int(_months(end, today)),
        rule,
        _later(end, rule.first),
        _later(end, rule.last),
    )


def _by_authority(connection: sqlite3.Connection) -> list[list[Source]]:
    """The full inspections of each authority with a day on site, oldest first."""
    full = [
        one for one in load_sources(connection) if is_full(one) and one.la_code and one.framework != "pre_sif"
    ]
    dated = [one for one in full if one.inspected_from]
    dated.sort(key=lambda one: (str(one.la_code), _start(one)))
    return [list(group) for _, group in groupby(dated, key=lambda one: one.la_code)]


def _graded(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT document_id, grade FROM judgement WHERE area = 'overall'")
    return dict(rows.fetchall())


def _start(source: Source) -> date:
    return source.inspected_from or date.min


def _end(source: Source) -> date:
    return source.inspected_to or _start(source)


def _months(earlier: date, later: date) -> float:
    return (later - earlier).days / _MONTH


def _later(day: date, months: int) -> date:
    """The first of the month so many months later: a window is not known to the day."""
    year, month = divmod(day.month - 1 + months, 12)
    return date(day.year + year, month + 1, 1)
