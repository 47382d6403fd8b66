"""Which licence does each fetched report print?

A report comes from the web, so it is read in a worker process that may be killed.
"""

from pathlib import Path
from typing import Any, Final

from ofsight.fetch.archive import Archive
from ofsight.fetch.fetching import Event, Tell
from ofsight.limits import Limits
from ofsight.lock import hold
from ofsight.pool import Failure, Pool

UNKNOWN: Final = "unknown"  # read, and no notice found that we know
_BATCH: Final = 20  # reports between two writings of the list


def note_licences(folder: Path, tell: Tell) -> Archive:
    """Fill in the licence of every report of the archive that was not looked at yet; give the archive."""
    with hold(folder / "manifest.csv", "archive"):
        archive = Archive(folder)
        new = {
            folder / entry.file: entry
            for entry in archive
            if entry.file and entry.licence is None and (folder / entry.file).is_file()
        }
        found: dict[str, str] = {}
        with Pool(_read_licence, 1, Limits()) as pool:
            for place, (path, answer) in enumerate(pool.run(new)):
                tell(Event("licence", path.name, done=place, total=len(new)))
                said = None if isinstance(answer, Failure) else answer["licence"]
                found[new[path].sha256 or ""] = said or UNKNOWN
                if len(found) % _BATCH == 0:
                    archive.note_licences(found)
        archive.note_licences(found)
    return archive


def _read_licence(path: Path) -> dict[str, Any]:
    import ingest

    return {"licence": ingest.read(path).licence}
