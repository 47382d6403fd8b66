"""How is the file of a store opened, whatever stands in its place?"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, Literal

from corpus.errors import StoreError
from corpus.migrate import SCHEMA_VERSION, create, migrate, version_of

Mode = Literal["read", "write"]
# How SQLite says that it could not write down who reads.
_NO_NOTES: Final = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY_CANTINIT)

_MAKE_ANEW: Final = (
    "If it is a store it is damaged, and was left as it is. Make a new one from the reports:"
    " ofsight run REPORTS --store NEW.db"
)
_CACHE_KIB: Final = 16_384
_LOG_PAGES: Final = 4_000  # of 4 KiB


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection to a store of today's version; `write` makes one where there is none.

    Raises:
        StoreError: there is no such store, it is no store of ours, damaged, or of a newer version.
    """
    if mode == "read" and not path.is_file():
        raise StoreError(f"There is no store at '{path}'. Make one with: ofsight run REPORTS --store {path}")
    try:
        connection = _connect(path, mode, still=mode == "read" and is_still(path))
        if mode == "read" and (version_of(connection) or SCHEMA_VERSION) < SCHEMA_VERSION:
            connection = _renewed(connection, path)
        _prepare(connection, path, mode)
    except sqlite3.OperationalError as error:
        raise StoreError(f"The store '{path}' cannot be opened: {_why(error, path, mode)}.") from error
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where SQLite quotes what is no text
        raise StoreError(f"The store '{path}' cannot be opened: {error}. {_MAKE_ANEW}") from error
    return connection


def _why(error: sqlite3.OperationalError, path: Path, mode: Mode) -> str:
    if mode == "write" and path.is_file() and not os.access(path.parent, os.W_OK):
        return "it is read-only here"
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return "somebody else is at work on it; try again when they are done"
    return str(error)


def is_new(path: Path) -> bool:
    """Whether nothing was ever stored in the file: whoever made it was stopped at once."""
    try:
        with closing(_connect(path, "read")) as connection:
            return version_of(connection) is None
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def is_still(path: Path) -> bool:
    """Whether the store lies where nothing can be written, so that SQLite cannot even note who reads it.

    It does so only of a store that is not at rest: a reader or a kill kept the log from being folded in.

    Raises:
        StoreError: what it holds stands in part in a log that cannot be read there.
        sqlite3.Error: it cannot be read for other reasons.
    """
    with closing(_connect(path, "read")) as connection:
        try:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
                _roll_back(path)
                return False
            log = path.with_name(f"{path.name}-wal")
            if error.sqlite_errorcode not in _NO_NOTES or not path.is_file():
                raise
            if log.exists() and log.stat().st_size:
                raise StoreError(
                    f"The store '{path}' is in the middle of a run and lies where nothing can be written."
                    f" Copy it together with '{log.name}' to another folder, and name the copy."
                ) from error
            return True
    return False


def _roll_back(path: Path) -> None:
    """Let SQLite undo what somebody was writing when he was killed; a reader may not."""
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()


def _renewed(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """An older store brought up to date where it stands; where nothing can be written, a copy in memory."""
    try:
        _write_new_version(path)
    except sqlite3.OperationalError:
        copy = sqlite3.connect(":memory:", isolation_level=None)
        with closing(connection):
            connection.backup(copy)
        return copy  # and migrated as any other store is
    return connection


def _write_new_version(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        migrate(connection)


def _connect(path: Path, mode: Mode, *, still: bool = False) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if mode == 'read' else 'rwc'}{'&immutable=1' * still}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, mode: Mode) -> None:
    """Make the tables of a new store, or check that an old one is ours and of a version we know."""
    version = version_of(connection)
    if version == 0 or (version is None and mode == "read"):
        raise StoreError(f"'{path}' is not a store of ofsight. Name another file with --store.")
    if version is not None and version > SCHEMA_VERSION:
        raise StoreError(f"'{path}' was written by a newer version of ofsight. Please update ofsight.")
    if version is not None and version < SCHEMA_VERSION:
        migrate(connection)
    if mode == "write":
        _log_ahead(connection)  # not before: it is written into the file, which may be damaged or not ours
    if version is None:
        create(connection)


def _log_ahead(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    # A document touches pages all over a large store: keep them at hand, and fold the log in less often.
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
