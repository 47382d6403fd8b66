"""`ofsight site`: the whole store as a folder of pages."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE, ReadStore, Templates
from ofsight.signals import ending_on_sigterm


def site(
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder for the site; an older site there is replaced.")
    ],
    store: ReadStore = STORE,
    pages: Annotated[
        bool,
        typer.Option("--pages", help="Show each page's picture beside its text; needs the report files."),
    ] = False,
    address: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where it will stand on the web, for the links in feeds."),
    ] = None,
    templates: Templates = None,
) -> None:
    """Write a site of the whole store: authorities, regions, themes, reports, heat map, search and feeds.

    Holds the paragraphs of all reports, each report with its licence notice. Works offline, from the folder.
    The folder changes all at once, when the new site is whole.

    \b
    Examples:
      ofsight site --out pages
      ofsight site --out pages --pages --address https://example.org/ofsted/
    """
    from ofsight.pictures import drawer
    from reports.site import write_site

    with ending_on_sigterm(), open_store(store) as opened:
        connection = opened.connection
        draw = drawer(connection) if pages else None
        written = write_site(connection, out, templates=templates, address=address, draw=draw)
    print(f"{written.files:,} files written; open {out / 'index.html'}")
    if written.without_pictures:
        print(
            f"{written.without_pictures:,} reports without pictures: their PDF is no longer where it was read"
            " from, or is not the same file."
        )
