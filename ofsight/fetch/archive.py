"""Which reports are in the folder, where did each come from, and which are no longer listed?

A file is named by the publisher's own number, written whole or not at all, and never written over. The list
`manifest.csv` is written again after every file, so that a fetch may be killed at any moment; `ofsight run`
reads publication dates from it.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.errors import FetchError
from ofsight.fetch.manifest import Entry, is_id, read_manifest, write_manifest
from ofsight.fetch.pages import Publication

MANIFEST: Final = "manifest.csv"
_WHOLE: Final = (b"%PDF", b"%%EOF")  # near the start and the end of every PDF that is all there
_NEAR: Final = 1024


class Archive:
    """The folder with its list."""

    def __init__(self, folder: Path) -> None:
        """Read the list, if there is one.

        Raises:
            DataFileError: the list has faults; all of them are named.
        """
        self.folder = folder
        self.path = folder / MANIFEST
        self._entries = read_manifest(self.path)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, key: str) -> Entry | None:
        """The entry with this number."""
        return self._entries.get(key)

    def holds(self, publication: Publication) -> bool:
        """Whether the report's file is in the folder, listed or not."""
        entry = self.get(publication.id)
        known = entry is None or entry.file is not None
        return known and (self.folder / file_name(publication)).is_file()

    def keep(self, publication: Publication, data: bytes, now: str) -> Entry:
        """Write the report and list it.

        Raises:
            FetchError: another file of that name is there.
        """
        name = file_name(publication)
        _write_new(self.folder / name, data)
        return self._list(publication, name, data, now)

    def adopt(self, publication: Publication, now: str) -> Entry | None:
        """List a file that a killed fetch had already written; None where it is listed."""
        if self.get(publication.id) is not None:
            return None
        name = file_name(publication)
        data = (self.folder / name).read_bytes()
        if not is_whole_pdf(data):
            raise FetchError(
                f"'{self.folder / name}' is in the way: it is no PDF of ours. Move it elsewhere."
            )
        return self._list(publication, name, data, now)

    def miss(self, publication: Publication, now: str) -> bool:
        """List a report that is not to be had; True the first time."""
        if self.get(publication.id) is not None:
            return False
        self._set(_entry(publication, now))
        return True

    def note_listed(self, listed: Mapping[str, Collection[str]], now: str) -> tuple[Entry, ...]:
        """Mark what its provider's page no longer lists; return what is newly gone."""
        gone = self.gone(listed)
        back = [e for e in self if e.gone_since is not None and e.id in listed.get(e.urn, ())]
        changed = {entry.id: replace(entry, gone_since=now) for entry in gone}
        changed |= {entry.id: replace(entry, gone_since=None) for entry in back}
        if changed:
            self._entries |= changed
            self._save()
        return tuple(changed[entry.id] for entry in gone)

    def gone(self, listed: Mapping[str, Collection[str]]) -> tuple[Entry, ...]:
        """The entries that the pages just read should list and do not."""
        return tuple(
            entry
            for entry in self
            if entry.gone_since is None and entry.urn in listed and entry.id not in listed[entry.urn]
        )

    def note_licences(self, licences: Mapping[str, str]) -> None:
        """Fill in the licences that were read in the reports, by the hash of the file."""
        read = {entry.id: licences.get(entry.sha256 or "") for entry in self}
        changed = {
            entry.id: replace(entry, licence=read[entry.id])
            for entry in self
            if read[entry.id] not in (None, entry.licence)
        }
        if changed:
            self._entries |= changed
            self._save()

    def tidy(self) -> None:
        """Remove what a killed fetch left half-written."""
        for path in self.folder.glob(".*.part"):
            with suppress(OSError):
                path.unlink()

    def _list(self, publication: Publication, name: str, data: bytes, now: str) -> Entry:
        digest = hashlib.sha256(data).hexdigest()
        entry = replace(_entry(publication, now), file=name, sha256=digest)
        before = self.get(publication.id)
        self._set(replace(entry, first_seen=before.first_seen) if before else entry)
        return self._entries[entry.id]

    def _set(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        self._save()

    def _save(self) -> None:
        write_manifest(self._entries.values(), self.path)


def file_name(publication: Publication) -> str:
    """The name of the report's file: the publisher's number and nothing else that a site may say."""
    if not is_id(publication.id):
        raise FetchError(f"'{publication.id}' is no number of a file.")
    return f"{publication.id}.pdf"


def is_whole_pdf(data: bytes) -> bool:
    """Whether the bytes begin and end as those of a PDF do."""
    start, end = _WHOLE
    return start in data[:_NEAR] and end in data[-_NEAR:]


def _entry(publication: Publication, now: str) -> Entry:
    day = publication.day.isoformat()
    return Entry(
        file=None,
        authority=publication.authority,
        urn=publication.urn,
        published=day,
        id=publication.id,
        kind=publication.kind,
        address=publication.address,
        label=publication.label,
        label_date=day,
        first_seen=now,
    )


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that appears whole or not at all, and only where there is none."""
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise FetchError(f"'{path}' is there already, and is not written over.") from None
        except OSError:  # a file system without links
            if path.exists():
                raise FetchError(f"'{path}' is there already, and is not written over.") from None
            os.rename(temporary, path)  # noqa: PTH104 (`Path.rename` says the same at more length)
    finally:
        temporary.unlink(missing_ok=True)
