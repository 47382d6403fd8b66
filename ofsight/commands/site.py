"""`ofsight site`: the whole store as a folder of pages."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store


def site(
    out: Annotated[Path, typer.Option(help="New folder for the site.")],
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    templates: Annotated[Path | None, typer.Option(help="Folder with templates of your own.")] = None,
) -> None:
    """Write a site of the whole store: authorities, themes, reports, search and feeds.

    Holds the paragraphs of all reports, each report with its licence notice. Works offline, from the folder.

    \b
    Example:
      ofsight site --out pages
    """
    from reports.site import write_site

    with open_store(store) as opened:
        count = write_site(opened.connection, out, templates)
    print(f"{count:,} files written; open {out / 'index.html'}")
