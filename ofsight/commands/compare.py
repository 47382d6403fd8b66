"""`ofsight compare`: authorities side by side."""

import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from corpus.authorities import register
from corpus.errors import StoreError, UnknownAuthorityError
from corpus.store import open_store
from ofsight.handing_over import hand_over
from ofsight.options import STORE, AsJson, OutDocument, ReadStore, Since, Templates, Until
from ofsight.selection import first_day, last_day

if TYPE_CHECKING:
    from reports.peers import Against


def compare(
    authorities: Annotated[
        list[str], typer.Argument(metavar="AUTHORITY...", help="Names, aliases, codes or parts of a name.")
    ],
    store: ReadStore = STORE,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="WHOM",
            help="For one authority: neighbours, region, grade, england, or names with commas.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    out: OutDocument = None,
    templates: Templates = None,
    as_json: AsJson = False,
) -> None:
    """Compare authorities by their latest full inspections.

    Printed without --out: laid out on a terminal, as Markdown elsewhere.

    \b
    Examples:
      ofsight compare Leeds Bradford "Kingston upon Hull" --out comparison.html
      ofsight compare Kent --against neighbours --out kent.xlsx
      ofsight compare Kent --against "Essex, Medway, Surrey"
      ofsight compare Kent --against england --since 2023
    """
    from reports.compare import build_comparison

    codes = [register().find(name).la_code for name in authorities]
    bounds = (first_day(since) if since else None, last_day(until) if until else None)
    group = _group(against)
    with open_store(store) as opened:
        view = build_comparison(
            opened.connection, codes, window=bounds if any(bounds) else None, against=group
        )
    if not view.members:
        raise StoreError(
            f"Nothing to compare. {' '.join(view.without)} See: ofsight authorities --held --store {store}"
        )
    for reason in view.without:
        print(f"ofsight compare: left out. {reason}", file=sys.stderr)
    print(hand_over(view, out, templates=templates, as_json=as_json))


def _group(against: str | None) -> "Against | tuple[str, ...] | None":
    """A kind of group, or the codes of the authorities that are named, separated by commas."""
    from reports.peers import AGAINST

    if against is None or against in AGAINST:
        return cast("Against | None", against)
    try:
        return tuple(register().find(name.strip()).la_code for name in _names(against))
    except UnknownAuthorityError as error:
        raise ValueError(f"Compare against {', '.join(AGAINST)}, or authorities: {error}") from None


def _names(listed: str) -> list[str]:
    """The names of a list; one that holds a comma itself ("Bristol, City of") stays whole."""
    try:
        register().find(listed)
    except UnknownAuthorityError:
        return [name for name in listed.split(",") if name.strip()]
    return [listed]
