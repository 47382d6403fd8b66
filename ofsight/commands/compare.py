"""`ofsight compare`: authorities side by side."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from corpus.authorities import register
from corpus.store import open_store
from ofsight.handing_over import hand_over


def compare(
    authorities: Annotated[
        list[str], typer.Argument(metavar="AUTHORITY...", help="Names, aliases, codes or parts of a name.")
    ],
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    against: Annotated[
        str | None, typer.Option(help="For one authority: neighbours, region, grade or england.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only inspections begun on or after this day.")] = None,
    until: Annotated[str | None, typer.Option(help="Only inspections that began on or before it.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .html, .md, .docx, .pdf, .xlsx or .json.")
    ] = None,
    templates: Annotated[Path | None, typer.Option(help="Folder with templates of your own.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Compare authorities by their latest full inspections; prints Markdown without --out.

    \b
    Examples:
      ofsight compare Leeds Bradford "Kingston upon Hull" --out comparison.html
      ofsight compare Kent --against neighbours --out kent.xlsx
      ofsight compare Kent --against england --since 2023-01-01
    """
    from reports.compare import build_comparison

    codes = [register().find(name).la_code for name in authorities]
    window = (_day(since), _day(until)) if since or until else None
    with open_store(store) as opened:
        view = build_comparison(opened.connection, codes, window=window, against=against)
    print(hand_over(view, out, templates=templates, as_json=as_json))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no day; write it as 2024-05-20.") from None
