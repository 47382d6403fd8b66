"""`ofsight replicate`: Ofsted's published national figures beside what the store gives."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from corpus.authorities import register
from corpus.store import open_store
from ofsight.terminal import paint, table
from reports.replicate import Replication, as_json
from reports.replicate import replicate as find
from reports.wording import long_date, name_of, wording

_HEAD = ("Good or outstanding", "Published", "Ours", "n", "Interval", "Difference")


def replicate(
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    json: Annotated[bool, typer.Option("--json", help="Print as JSON, with the sources.")] = False,
) -> None:
    """Set national figures that Ofsted published beside what the store gives for the same day.

    n says how many of the authorities of today the store covers; the interval
    is for a sample of that size.

    \b
    Example:
      ofsight replicate --store england.db
    """
    with open_store(store) as opened:
        found = find(opened.connection, register())
    print(as_json(found) if json else _as_text(found))


def _as_text(found: Sequence[Replication]) -> str:
    """A table for each day and area."""
    parts = []
    for (as_at, area), group in groupby(found, lambda one: (one.published.as_at, one.published.area)):
        heading = f"{name_of(wording().area, area)}, as at {long_date(as_at)}"
        parts.append(f"{paint(heading, 'bold')}\n{table(_HEAD, map(_row, group), right=(1, 2, 3, 5))}")
    return "\n\n".join(parts)


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
