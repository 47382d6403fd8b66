"""How is what others have published set beside the store: as tables for a person, as data for a program?"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from itertools import groupby
from sqlite3 import Connection
from typing import Any, Final

from corpus.authorities import register
from ofsight.terminal import paint, table, wrap
from reports.intervals import Due, Kept, Spread, days_to_publication, due, rules_kept
from reports.recommendations import STUDY_TO, Recommended, count_recommendations
from reports.records import Share
from reports.replicate import Replication
from reports.replicate import as_json as grades_as_json
from reports.replicate import replicate as find
from reports.wording import long_date, name_of, wording

_HEAD: Final = ("Good or outstanding", "Published", "Ours", "n", "Interval", "Difference")
_LEGEND: Final = (
    "n: how many of today's authorities the store covers. Interval: 95%, as for a random sample of all. "
    "Difference: in percentage points."
)
_BASIS: Final = {"framework": "Ofsted's", "estimate": "our estimate"}


class What(StrEnum):
    """What is to be replicated."""

    grades = "grades"
    recommendations = "recommendations"
    publication = "publication"
    due = "due"


def as_text(what: What, connection: Connection, today: date) -> str:
    """Tables that fit the terminal."""
    return _TEXT[what](connection, today)


def as_data(what: What, connection: Connection, today: date) -> str:
    """The same as JSON."""
    return _DATA[what](connection, today)


def _grades(connection: Connection, _: date) -> str:
    """A table for each day and area, and what its columns mean."""
    parts = []
    found = find(connection, register())
    for (as_at, area), group in groupby(found, lambda one: (one.published.as_at, one.published.area)):
        heading = f"{name_of(wording().area, area)}, as at {long_date(as_at)}"
        parts.append(f"{paint(heading, 'bold')}\n{table(_HEAD, map(_row, group), right=(1, 2, 3, 5))}")
    return "\n\n".join([*parts, wrap(_LEGEND)])


def _row(one: Replication) -> tuple[object, ...]:
    published, ours = one.published, one.ours
    return (
        published.region or "England",
        f"{published.percent}%",
        "" if one.percent is None else f"{one.percent}%",
        f"{ours.whole} of {one.authorities}",
        "" if ours.low is None else f"{ours.low}% to {ours.high}%",
        "" if one.difference is None else f"{one.difference:+.1f}",
    )


def _recommendations(connection: Connection, _: date) -> str:
    """A table of all reports, and one of those of the study's years."""
    return "\n\n".join(
        _counted(heading, count_recommendations(connection, until))
        for heading, until in (
            ("All reports", None),
            (f"Inspections to {long_date(STUDY_TO)}, the study's years", STUDY_TO),
        )
    )


def _counted(heading: str, found: Recommended) -> str:
    rows = [
        (
            one.rank,
            one.category.name,
            "led" if one.category.led else "",
            _of(one.recommendations),
            _of(one.reports),
        )
        for one in found.counted
    ]
    led = sum(one.category.led for one in found.counted)
    whole, reports = found.unsorted.whole, found.counted[0].reports.whole
    note = (
        f"{found.agreeing} of the {led} that led in the study lead here; {_of(found.unsorted)} of the "
        "recommendations hold the words of no category. A recommendation may count in several."
    )
    head = ("Rank", "Category", "Study", "Recommendations", "Reports")
    title = paint(f"{heading}: {whole:,} recommendations in {reports:,} reports", "bold")
    return f"{title}\n{table(head, rows, right=(0, 3, 4))}\n{wrap(note)}"


def _publication(connection: Connection, _: date) -> str:
    rows = [
        (name_of(wording().kind, one.kind), one.days.n, *_days(one.days))
        for one in days_to_publication(connection)
    ]
    head = ("Days to publication", "n", "Shortest", "Half between", "Median", "Longest")
    return table(head, rows, right=(1, 2, 4, 5))


def _days(days: Spread) -> tuple[str, ...]:
    middle = f"{days.lower:.0f} and {days.upper:.0f}"
    return f"{days.least:.0f}", middle, f"{days.median:.0f}", f"{days.greatest:.0f}"


def _due(connection: Connection, today: date) -> str:
    """How the rule kept so far, then every authority."""
    kept = [_kept(one) for one in rules_kept(connection)]
    rules = table(("Last grade", "Rule", "Whose rule", "As it went", "In the window"), kept)
    rows = [_window(one, today) for one in due(connection, today)]
    heading = f"Next full inspection, as at {long_date(today)}"
    head = ("Authority", "Last grade", "Inspected", "Months", "From", "To", "Window")
    return (
        f"{paint('Months between full inspections', 'bold')}\n{rules}\n"
        f"{wrap('As it went: what half of the authorities with a later inspection in the store waited.')}\n\n"
        f"{paint(heading, 'bold')}\n{table(head, rows, right=(3,))}\n"
        f"{wrap('Past: the window is over, or the store lacks the report that came in it.')}"
    )


def _window(one: Due, today: date) -> tuple[object, ...]:
    inspected = one.source.inspected_to or one.source.inspected_from
    return (
        one.source.authority,
        name_of(wording().grade, one.grade),
        f"{inspected:%b %Y}" if inspected else "",
        one.months,
        f"{one.first:%b %Y}",
        f"{one.last:%b %Y}",
        "past" if one.last < today else "open" if one.first <= today else "to come",
    )


def _kept(one: Kept) -> tuple[str, ...]:
    grades = ", ".join(name_of(wording().grade, grade) for grade in one.rule.grades)
    months = one.months
    went = f"{months.lower:.0f} to {months.upper:.0f}" if months else ""
    return (
        grades,
        f"{one.rule.first} to {one.rule.last}",
        _BASIS[one.rule.basis],
        went,
        f"{one.inside} of {months.n if months else 0}",
    )


def _of(share: Share) -> str:
    return f"{share.part:,} ({100 * share.part / share.whole:.0f}%)" if share.whole else "0"


def _recommendations_data(connection: Connection, _: date) -> list[dict[str, Any]]:
    return [
        {
            "until": until.isoformat() if until else None,
            "category": one.category.id,
            "led_in_study": one.category.led,
            "rank": one.rank,
            "recommendations": asdict(one.recommendations),
            "reports": asdict(one.reports),
        }
        for until in (None, STUDY_TO)
        for one in count_recommendations(connection, until).counted
    ]


def _due_data(connection: Connection, today: date) -> dict[str, Any]:
    authorities = [
        {
            "la_code": one.source.la_code,
            "authority": one.source.authority,
            "document_id": one.source.document_id,
            "grade": one.grade,
            "last": (one.source.inspected_to or one.source.inspected_from),
            "months": one.months,
            "from": one.first,
            "to": one.last,
        }
        for one in due(connection, today)
    ]
    return {"rules": [asdict(one) for one in rules_kept(connection)], "authorities": authorities}


def _dumped(data: Callable[[Connection, date], object]) -> Callable[[Connection, date], str]:
    return lambda connection, today: json.dumps(
        data(connection, today), default=str, ensure_ascii=False, indent=2
    )


_TEXT: Final[Mapping[What, Callable[[Connection, date], str]]] = {
    What.grades: _grades,
    What.recommendations: _recommendations,
    What.publication: _publication,
    What.due: _due,
}
_DATA: Final[Mapping[What, Callable[[Connection, date], str]]] = {
    What.grades: lambda connection, _: grades_as_json(find(connection, register())),
    What.recommendations: _dumped(_recommendations_data),
    What.publication: _dumped(lambda connection, _: [asdict(one) for one in days_to_publication(connection)]),
    What.due: _dumped(_due_data),
}
