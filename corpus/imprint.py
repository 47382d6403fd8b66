"""Is the file of a store, byte for byte, the one that its last writer left?

A writer who comes to a clean end hashes the file and writes the hash into it. The page on which it stands and
the few bytes of the header that count changes are left out. A file without its imprint need not be damaged,
as another program may have written: it has to be looked at row by row.
"""

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, Final

_AT_ONCE: Final = 1 << 20
# SQLite's count of changes, twice, and the version of the library that made the last one.
_COUNTS: Final = (slice(24, 28), slice(92, 100))


def has_imprint(path: Path) -> bool:
    """Whether the file is what its imprint says."""
    with suppress(sqlite3.Error, OSError, UnicodeDecodeError):
        if _at_rest(path):
            imprint, *place = _read(path)
            return imprint == _hash(path, *place)
    return False


def leave_imprint(path: Path) -> None:
    """Note what the file is; nothing, where somebody is at work on it, or nothing can be written.

    To be called when this process has no connection to the store: closing a file gives up all locks on it.
    """
    if not _at_rest(path):
        return
    with suppress(sqlite3.Error, OSError):  # without it the next run looks at every row
        sha256 = _hash(path, *_read(path)[1:])
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = MEMORY")  # a kill leaves no journal behind
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("DELETE FROM imprint")
            connection.execute("INSERT INTO imprint VALUES (?)", (sha256,))
            connection.execute("COMMIT")


def _at_rest(path: Path) -> bool:
    """Whether all that the store holds stands in the one file, and nobody is writing to it."""
    return not any(Path(f"{path}-{kind}").exists() for kind in ("wal", "journal"))


def _read(path: Path) -> tuple[str | None, int, int]:
    """The imprint, the size of a page, and the page on which the imprint stands."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        imprint, page_size, page = connection.execute(
            "SELECT (SELECT sha256 FROM imprint), page_size, rootpage"
            " FROM pragma_page_size, sqlite_schema WHERE name = 'imprint'"
        ).fetchone()
    return imprint, int(page_size), int(page)


def _hash(path: Path, page_size: int, page: int) -> str:
    """The hash of all pages but that one."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        head = bytearray(file.read(page_size))
        for counts in _COUNTS:
            head[counts] = bytes(len(head[counts]))
        digest.update(head)
        _add(digest, file, (page - 2) * page_size)
        file.seek(page * page_size)
        _add(digest, file, path.stat().st_size)
    return digest.hexdigest()


def _add(digest: "hashlib._Hash", file: BinaryIO, size: int) -> None:
    """Hash so many bytes, or all that are left."""
    while some := file.read(max(0, min(size, _AT_ONCE))):
        digest.update(some)
        size -= len(some)
