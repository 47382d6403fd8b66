"""How does an empty file become a store, and a store of an older version one of today?

`schema.sql` is the store of today. Whoever changes it raises `SCHEMA_VERSION` and writes down in
`migrations/<version>.sql` what that does to a store of the version before; a test compares the two.
"""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from corpus.authorities import register
from corpus.check import refuse_damaged

SCHEMA_VERSION: Final = 5


def version_of(connection: sqlite3.Connection) -> int | None:
    """The version of an open store; None for an empty file, 0 for a database that is none of ours."""
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        return None if pages <= 1 else 0  # a list of tables that says nothing of the rest is damaged
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def create(connection: sqlite3.Connection) -> None:
    """Tables and register in one transaction: a store that somebody stops in the making is an empty file."""
    schema = files("corpus").joinpath("schema.sql").read_text("utf-8")
    connection.executescript(f"BEGIN IMMEDIATE; {schema}")
    connection.executemany(
        "INSERT INTO authority VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (a.la_code, a.gss_code, a.urn, a.name, a.type, a.region, a.population_0_25, a.current)
            for a in register()
        ],
    )
    connection.executemany(
        "INSERT INTO neighbour VALUES (?, ?, ?)",
        [(a.la_code, rank, code) for a in register() for rank, code in enumerate(a.neighbours, 1)],
    )
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def migrate(connection: sqlite3.Connection) -> None:
    """Take an older store through every step up to today, in one transaction: all of them or none.

    Raises:
        StoreError: the store is damaged.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        before = version_of(connection) or 0  # somebody else may have been first
        for version in range(before + 1, SCHEMA_VERSION + 1):
            for statement in _statements(version):
                connection.execute(statement)
        refuse_damaged(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(version: int) -> Iterator[str]:
    """The statements of one step; a trigger has semicolons inside."""
    text = files("corpus").joinpath("migrations", f"{version}.sql").read_text("utf-8")
    statement = ""
    for line in text.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
