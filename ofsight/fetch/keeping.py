"""Which pages did we see before, so that the site need not send them again?"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from reports.render import write_whole

FOLDER: Final = ".pages"


@dataclass(frozen=True, slots=True)
class Seen:
    """A page with the marks by which the site knows whether it has changed."""

    address: str
    text: str
    etag: str | None
    modified: str | None

    def asking(self) -> dict[str, str]:
        """The headers that ask for the page only if it has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}


class PageKeep:
    """Pages in a folder beside the archive; without a folder, nothing is kept."""

    def __init__(self, archive: Path | None) -> None:
        self._folder = archive / FOLDER if archive else None

    def get(self, address: str) -> Seen | None:
        """The page as it was, or None; a damaged one counts as none."""
        if self._folder is None:
            return None
        with suppress(OSError, ValueError, TypeError):
            seen = Seen(**json.loads(self._path(self._folder, address).read_text(encoding="utf-8")))
            return seen if seen.address == address else None
        return None

    def put(self, seen: Seen) -> None:
        """Keep a page, if the site can say later whether it has changed."""
        if self._folder is None or not seen.asking():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(json.dumps(asdict(seen)).encode(), self._path(self._folder, seen.address))

    @staticmethod
    def _path(folder: Path, address: str) -> Path:
        return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.json"
