"""Where do the pictures of a stored report's pages come from?"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus.errors import SourceError
from ingest.picture import page_images
from reports.site_documents import Draw, Picture


def drawer(connection: sqlite3.Connection) -> Draw:
    """Gives the pictures of a report from its file: none where that is gone, no PDF, or not what was read."""

    def draw(document_id: str) -> Iterator[Picture]:
        source, sha256, media_type = connection.execute(
            "SELECT source, sha256, media_type FROM document WHERE id = ?", (document_id,)
        ).fetchone()
        data = _read(Path(source)) if media_type == "application/pdf" else None
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            return
        with suppress(SourceError):
            for image in page_images(data):
                yield Picture(image.page, image.width, image.height, image.data)

    return draw


def _read(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None
