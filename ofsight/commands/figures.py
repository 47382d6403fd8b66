"""`ofsight figures`: stated quantities across authorities."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.handing_over import hand_over_table
from ofsight.listing import figures_as_text
from ofsight.options import STORE, Authorities, Framework, OutTable, ReadStore, Since, Theme, Until, Valence
from ofsight.selection import Filter
from ofsight.terminal import clean


def figures(
    store: ReadStore = STORE,
    subject: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Words in what is measured, such as caseload.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="percent, count, money, rate, ratio, duration or share."),
    ] = None,
    theme: Theme = None,
    valence: Valence = None,
    authority: Authorities = None,
    framework: Framework = None,
    since: Since = None,
    until: Until = None,
    out: OutTable = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON, one line for each row.")] = False,
) -> None:
    """List figures across authorities, each with the sentence it stands in.

    \b
    Examples:
      ofsight figures --theme workforce --subject caseload
      ofsight figures --kind percent --authority Leeds --out leeds.csv
    """
    from ofsight.quantities import figures as find
    from ofsight.quantities import near_subjects

    wanted = Filter(theme, valence, tuple(authority or ()), framework, since, until)
    with open_store(store) as opened:
        found = find(opened.connection, wanted, kind=kind, subject=subject)
        near = near_subjects(opened.connection, subject) if subject and not found.rows else ()
    if subject and not found.rows:
        print(_no_such(subject, near), file=sys.stderr)
    print(hand_over_table(found, out, as_json=as_json, as_text=figures_as_text))


def _no_such(subject: str, near: Sequence[str]) -> str:
    """What to ask for instead."""
    hint = f"Subjects near it: {'; '.join(near)}." if near else "List all: ofsight figures."
    return f"ofsight figures: no figure that fits measures '{clean(subject)}'. {clean(hint)}"
