"""`ofsight show`: what the store holds of an authority, a document, a paragraph."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight import listing
from ofsight.queries import find_documents, passages


def show(
    asked: Annotated[
        str, typer.Argument(metavar="AUTHORITY|DOCUMENT", help="A name, alias or code, or a document's id.")
    ],
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    paragraph: Annotated[
        int | None, typer.Option("--paragraph", "-p", help="Only the paragraph with this printed number.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Show what the store holds of an authority, a document or a paragraph.

    An authority gives the list of its documents, or with --paragraph that paragraph of the latest one.
    A document gives its judgements and every paragraph with codings, entities and figures.

    \b
    Examples:
      ofsight show "Hull"
      ofsight show 8f14e45fceea167a
      ofsight show 8f14e45fceea167a --paragraph 12
    """
    with open_store(store) as opened:
        found = find_documents(opened.connection, asked)
        if len(found) > 1 and paragraph is None:
            print(
                json.dumps([asdict(document) for document in found]) if as_json else listing.documents(found)
            )
            return
        document = found[-1]
        shown = passages(opened.connection, document.id, paragraph)
    if paragraph is not None and not shown:
        raise ValueError(f"Document {document.id} has no paragraph {paragraph}.")
    if as_json:
        print(json.dumps({**asdict(document), "paragraphs": [asdict(one) for one in shown]}))
        return
    print("\n\n".join([listing.head(document), *(listing.passage(one) for one in shown)]))
