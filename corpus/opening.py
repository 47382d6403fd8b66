"""How is the file of a store opened, whatever stands in its place?"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from corpus.errors import StoreError
from corpus.migrate import SCHEMA_VERSION, create, migrate, version_of

Mode = Literal["read", "write"]


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection to a store of today's version; `write` makes one where there is none.

    Raises:
        StoreError: there is no such store, it is no store of ours, damaged, or of a newer version.
    """
    if mode == "read" and not path.is_file():
        raise StoreError(f"There is no store at '{path}'. Make one with: ofsight run REPORTS --store {path}")
    try:
        connection = _connect(path, mode)
        if mode == "read" and (version_of(connection) or SCHEMA_VERSION) < SCHEMA_VERSION:
            connection = _renewed(connection, path)
        _prepare(connection, path, mode)
    except sqlite3.Error as error:
        raise StoreError(f"The store '{path}' cannot be opened: {error}.") from error
    return connection


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


def _connect(path: Path, mode: Mode) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={'ro' if mode == 'read' else 'rwc'}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=30)
    connection.execute("PRAGMA foreign_keys = ON")
    if mode == "write":
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, mode: Mode) -> None:
    """Make the tables of a new store, or check that an old one is ours and of a version we know."""
    version = version_of(connection)
    if version is None and mode == "write":
        create(connection)
    elif not version:
        raise StoreError(f"'{path}' is not a store of ofsight. Name another file with --store.")
    elif version > SCHEMA_VERSION:
        raise StoreError(f"'{path}' was written by a newer version of ofsight. Please update ofsight.")
    elif version < SCHEMA_VERSION:
        migrate(connection)
