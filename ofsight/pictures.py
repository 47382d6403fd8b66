"""Where do the pictures of a stored report's pages come from? From its file, drawn in a bounded worker."""

import hashlib
import io
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from corpus.model import Paragraph
from ofsight.apart import apart
from reports.site_documents import Draw, Picture


def drawer(connection: sqlite3.Connection) -> Draw:
    """Gives the pictures of a report from its file: none where that is gone, no PDF, or not what was read."""

    def draw(document_id: str) -> Iterator[Picture]:
        source, sha256, media_type = connection.execute(
            "SELECT source, sha256, media_type FROM document WHERE id = ?", (document_id,)
        ).fetchone()
        if media_type != "application/pdf":
            return
        with suppress(SourceError):
            for page, width, height, image in apart(_draw_all, (source, sha256))["pages"]:
                yield Picture(page, width, height, b64decode(image))

    return draw


def draw_framed(path: Path, page: int, paragraphs: Sequence[Paragraph]) -> bytes:
    """A page of a PDF with its paragraphs framed, as PNG.

    Raises:
        SourceError: the file cannot be opened as a PDF, or drawing it takes too much.
        ValueError: the PDF has no such page.
    """
    return b64decode(apart(_draw_one, (path, page, tuple(paragraphs)))["image"])


def _draw_all(task: tuple[str, str]) -> dict[str, Any]:
    from ingest.picture import page_images

    source, sha256 = task
    data = _read(Path(source))
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        return {"pages": []}
    images = page_images(data)
    return {"pages": [(each.page, each.width, each.height, _text(each.data)) for each in images]}


def _draw_one(task: tuple[Path, int, tuple[Paragraph, ...]]) -> dict[str, Any]:
    from ingest.picture import draw_page

    image = io.BytesIO()
    draw_page(*task).save(image, "PNG")
    return {"image": _text(image.getvalue())}


def _text(data: bytes) -> str:
    """The bytes as they travel from a worker, in JSON."""
    return b64encode(data).decode("ascii")


def _read(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None
