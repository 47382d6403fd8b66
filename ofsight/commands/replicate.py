"""`ofsight replicate`: Ofsted's published national figures beside what the store gives."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.authorities import register
from corpus.store import open_store
from ofsight.terminal import table
from reports.replicate import Replication, as_json
from reports.replicate import replicate as find
from reports.wording import long_date, name_of, wording

_HEAD = ("As at", "Good or outstanding", "Where", "Published", "Ours", "n", "Interval", "Difference")


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
    print(as_json(found) if json else table(_HEAD, map(_row, found), right=(3, 4, 7)))


def _row(one: Replication) -> tuple[object, ...]:
    published, ours = one.published, one.ours
    return (
        long_date(published.as_at),
        name_of(wording().area, published.area),
        published.region or "England",
        f"{published.percent}%",
        "" if one.percent is None else f"{one.percent}%",
        f"{ours.whole} of {one.authorities}",
        "" if ours.low is None else f"{ours.low}% to {ours.high}%",
        "" if one.difference is None else f"{one.difference:+.1f}",
    )
