"""`ofsight indicators`: the standard measures of the area profiles."""

from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.handing_over import columns_of, hand_over_table
from ofsight.options import STORE, Authorities, OutTable, ReadStore, Since, Until
from ofsight.selection import Filter

_SHOWN = ("authority", "indicator", "value", "unit", "as_of", "previous_value", "previous_as_of", "england")


def indicators(
    store: ReadStore = STORE,
    indicator: Annotated[
        str | None, typer.Option(metavar="INDICATOR", help="Such as looked_after_rate.")
    ] = None,
    authority: Authorities = None,
    since: Since = None,
    until: Until = None,
    out: OutTable = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON, one line for each row.")] = False,
) -> None:
    """List the indicators that reports of 2014 to 2017 print in their area profiles.

    \b
    Examples:
      ofsight indicators --indicator looked_after_rate
      ofsight indicators --authority Kent --out kent.csv
    """
    from ofsight.quantities import indicators as find

    wanted = Filter(authorities=tuple(authority or ()), since=since, until=until)
    with open_store(store) as opened:
        found = find(opened.connection, wanted, indicator)
    print(hand_over_table(found, out, as_json=as_json, as_text=lambda table: columns_of(table, _SHOWN)))
