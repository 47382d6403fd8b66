"""`ofsight brief`: a briefing on one authority."""

from typing import Annotated

import typer

from corpus.authorities import register
from corpus.errors import StoreError
from corpus.store import open_store
from ofsight.handing_over import hand_over
from ofsight.options import STORE, AsJson, OutDocument, ReadStore, Templates


def brief(
    authority: Annotated[
        str, typer.Argument(metavar="AUTHORITY", help="A name, alias, code or part of a name.")
    ],
    store: ReadStore = STORE,
    out: OutDocument = None,
    templates: Templates = None,
    as_json: AsJson = False,
) -> None:
    """Write a briefing on one authority, centred on its latest full inspection.

    Printed without --out: laid out on a terminal, as Markdown elsewhere.

    \b
    Examples:
      ofsight brief Leeds --out leeds.docx
      ofsight brief "Tower Hamlets" --out briefing.html
      ofsight brief BCP
    """
    from reports.brief import build_briefing

    la_code = register().find(authority).la_code
    with open_store(store) as opened:
        view = build_briefing(opened.connection, la_code)
    if not view.judgements.sources:
        raise StoreError(
            f"The store holds no report of {view.authority}. Read some: ofsight run REPORTS --store {store};"
            f" to see whose reports it holds: ofsight authorities --held --store {store}"
        )
    print(hand_over(view, out, templates=templates, as_json=as_json))
