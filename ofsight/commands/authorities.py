"""`ofsight authorities`: which authorities there are, and what the store holds of each."""

import json
from typing import Annotated

import typer

from corpus.authorities import register
from corpus.store import open_store
from ofsight.options import STORE, AsJson, ReadStore
from ofsight.terminal import table

_REPORTS = "SELECT la_code, count(*), max(inspected_to) FROM document GROUP BY la_code"


_Held = Annotated[bool, typer.Option("--held", help="Only those with a report in the store.")]


def authorities(
    words: Annotated[
        str | None, typer.Argument(metavar="WORDS", help="Only names or regions with these words.")
    ] = None,
    store: ReadStore = STORE,
    held: _Held = False,
    as_json: AsJson = False,
) -> None:
    """List the local authorities with their codes, and how many reports the store holds of each.

    \b
    Examples:
      ofsight authorities --held
      ofsight authorities "south west"
    """
    counted: dict[str, tuple[int, str]] = {}
    if held or store.exists():
        with open_store(store) as opened:
            counted = {code: (count, last) for code, count, last in opened.connection.execute(_REPORTS)}
    found = [
        (one.la_code, one.gss_code, one.name, one.region, *counted.get(one.la_code, (0, None)))
        for one in sorted(register(), key=lambda one: one.name)
        if (words or "").casefold() in f"{one.name} {one.region}".casefold()
        and (one.la_code in counted or (one.current and not held))
    ]
    head = ("la_code", "gss_code", "name", "region", "reports", "latest")
    if as_json:
        print(json.dumps([dict(zip(head, row, strict=True)) for row in found]))
        return
    if not found:
        print(
            f"The store holds no report. Read some: ofsight run REPORTS --store {store}"
            if held and not counted
            else "No authority fits. List all of them: ofsight authorities"
        )
        return
    print(table(("Code", "GSS", "Name", "Region", "Reports", "Latest"), found, right=[4]))
