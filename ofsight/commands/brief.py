"""`ofsight brief`: a briefing on one authority."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.authorities import register
from corpus.errors import StoreError
from corpus.store import open_store
from ofsight.handing_over import hand_over


def brief(
    authority: Annotated[str, typer.Argument(help="A name, alias, code or part of a name.")],
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    out: Annotated[
        Path | None, typer.Option(help="File to write: .html, .md, .docx, .pdf, .xlsx or .json.")
    ] = None,
    templates: Annotated[Path | None, typer.Option(help="Folder with templates of your own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Write a briefing on one authority, centred on its latest full inspection.

    Prints Markdown without --out.

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
            f" to see whose reports it holds: ofsight authorities --store {store}"
        )
    print(hand_over(view, out, templates=templates, as_json=as_json))
