"""`ofsight show`: what the store holds of an authority, a document, a paragraph."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import Store, open_store
from ofsight import listing
from ofsight.options import STORE, AsJson, ReadStore
from ofsight.queries import Overview, certificate, completeness, find_documents, passages

_NO_SUCH = (
    "Document {document} has no paragraph {number}. List what it has: ofsight show {document} --store {store}"
)
_Asked = Annotated[
    str | None,
    typer.Argument(metavar="AUTHORITY|DOCUMENT", help="A name, alias or code, or a document's id."),
]
_Paragraph = Annotated[
    int | None,
    typer.Option("--paragraph", "-p", metavar="NUMBER", help="Only the paragraph with this printed number."),
]
_Why = Annotated[bool, typer.Option("--why", help="Say which words moved its coding.")]
_AsCertificate = Annotated[
    bool,
    typer.Option(
        "--certificate", help="Say how completely the document, or without one the whole store, was read."
    ),
]
_Page = Annotated[
    int | None, typer.Option(min=1, metavar="NUMBER", help="Draw this page with what was understood.")
]
_Image = Annotated[Path | None, typer.Option(metavar="FILE", help="The picture to write for --page: .png.")]


def show(
    asked: _Asked = None,
    store: ReadStore = STORE,
    paragraph: _Paragraph = None,
    why: _Why = False,
    as_certificate: _AsCertificate = False,
    page: _Page = None,
    image: _Image = None,
    as_json: AsJson = False,
) -> None:
    """Show what the store holds of an authority, a document or a paragraph.

    An authority gives the list of its documents; with --paragraph, --certificate or --page its latest one is
    meant. A document gives its judgements and every paragraph with codings, entities and figures.

    \b
    Examples:
      ofsight show Hull
      ofsight show 8f14e45fceea167a --paragraph 12 --why
      ofsight show Leeds --certificate
      ofsight show --certificate
      ofsight show Leeds --page 3 --image page3.png
    """
    if (page is None) != (image is None):
        raise ValueError("Give --page and --image together: ofsight show Leeds --page 3 --image page3.png")
    if why and paragraph is None:
        raise ValueError("Say with --paragraph which paragraph's coding --why is to explain.")
    if asked is None and not as_certificate:
        raise ValueError("Name an authority or a document: ofsight show Leeds")
    with open_store(store) as opened:
        if asked is None:
            print(_certificates(opened, as_json=as_json))
            return
        found = find_documents(opened, asked)
        one = paragraph is not None or as_certificate or page is not None
        if len(found) > 1 and not one:
            data = [asdict(document) for document in found]
            print(json.dumps(data) if as_json else listing.documents(found))
            return
        document = found[-1]
        if page is not None and image is not None:
            print(_draw(opened, document, page, image))
        elif as_certificate:
            stated = certificate(opened.connection, document.id)
            print(json.dumps(asdict(stated)) if as_json else listing.certificate(document, stated))
        elif why and paragraph is not None:
            print(_why(opened, document, paragraph, as_json=as_json))
        else:
            print(_paragraphs(opened, document, paragraph, as_json=as_json))


def _certificates(store: Store, *, as_json: bool) -> str:
    found = completeness(store.connection)
    return json.dumps([asdict(one) for one in found]) if as_json else listing.certificates(found)


def _paragraphs(store: Store, document: Overview, number: int | None, *, as_json: bool) -> str:
    shown = passages(store.connection, document.id, number)
    if number is not None and not shown:
        raise ValueError(_NO_SUCH.format(document=document.id, number=number, store=store.path))
    if as_json:
        return json.dumps({**asdict(document), "paragraphs": [asdict(one) for one in shown]})
    return "\n\n".join([listing.head(document), *(listing.passage(one) for one in shown)])


def _why(store: Store, document: Overview, number: int, *, as_json: bool) -> str:
    from ofsight.reasons import explain

    shown = passages(store.connection, document.id, number)
    if not shown:
        raise ValueError(_NO_SUCH.format(document=document.id, number=number, store=store.path))
    reasons = explain(store, document.id, shown[0])
    if as_json:
        return json.dumps(asdict(reasons))
    return f"{listing.passage(shown[0], place=True)}\n\n{listing.reasons(reasons)}"


def _draw(store: Store, document: Overview, page: int, image: Path) -> str:
    from ofsight.pictures import draw_framed

    if image.suffix.lower() != ".png":
        raise ValueError(f"Write the picture to a file ending in .png, not '{image.suffix}'.")
    image.write_bytes(draw_framed(Path(document.source), page, store.load(document.id).paragraphs))
    return f"Written to {image}"
