"""Is a store still whole, also where SQLite's own check finds nothing?

Nothing is mended: a store is made again from its reports.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus.ledger import read_entries
from corpus.seals import COMMON, seal_of, seal_of_table

_MOST: Final = 100  # lines of SQLite's own report


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written; `source` names the report, where it is one report's."""

    what: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a check found: how many documents were compared with their seals, and all damage."""

    documents: int
    unsealed: int  # written by a version that set no seals: nothing is known of them
    damage: tuple[Damage, ...]


def examine(connection: sqlite3.Connection) -> Condition:
    """Look at everything that can be looked at; what cannot be read any more is damage too."""
    damage: list[Damage] = []
    sealed = unsealed = 0
    try:
        damage += _structure(connection)
        for document_id, source, seal in connection.execute(
            "SELECT d.id, d.source, s.sha256 FROM document d LEFT JOIN seal s ON s.document_id = d.id"
            " ORDER BY d.source"
        ).fetchall():
            unsealed += seal is None
            sealed += seal is not None
            if seal is not None and (found := _difference(connection, document_id, seal)):
                damage.append(Damage(found, source))
        damage += _links(connection)
        damage += _common(connection)
        damage += _ledger(connection)
    except sqlite3.Error as error:
        damage.append(Damage(f"it cannot be read on: {error}"))
    return Condition(sealed, unsealed, tuple(damage))


def _structure(connection: sqlite3.Connection) -> Iterator[Damage]:
    """What SQLite itself finds."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield Damage(str(line))


def _difference(connection: sqlite3.Connection, document_id: str, seal: str) -> str | None:
    try:
        same = seal_of(connection, document_id) == seal
    except (sqlite3.Error, TypeError) as error:
        return f"its rows cannot be read: {error}"
    return None if same else "its rows are not those that were written"


def _links(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Rows that belong to nothing, and documents that were stored once and are gone."""
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Damage(f"a row of {table} belongs to no {parent}")
    for (source,) in connection.execute(
        "SELECT DISTINCT source FROM outcome WHERE status IN ('ok', 'partial')"
        " AND sha256 NOT IN (SELECT sha256 FROM document) ORDER BY source"
    ):
        yield Damage("it was stored, and is gone", source)
    (strangers,) = connection.execute(
        "SELECT count(*) FROM mention WHERE entity_id NOT IN (SELECT id FROM entity)"
    ).fetchone()
    if strangers:
        yield Damage(f"{strangers:,} mentions name an entity that is not there")
    (unfound,) = connection.execute(
        "SELECT count(*) FROM paragraph WHERE rowid NOT IN (SELECT id FROM paragraph_fts_docsize)"
    ).fetchone()
    if unfound:
        yield Damage(f"the search index misses {unfound:,} paragraphs")


def _common(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Tables that were sealed when the last run ended; one that was killed leaves them without."""
    seals = dict(connection.execute("SELECT key, value FROM meta WHERE key LIKE 'seal:%'"))
    for table in COMMON:
        seal = seals.get(f"seal:{table}")
        if seal is not None and seal_of_table(connection, table) != seal:
            yield Damage(f"the table {table} is not as the last run left it")


def _ledger(connection: sqlite3.Connection) -> Iterator[Damage]:
    """What people corrected cannot be made again; an entry's key is the hash of what it says."""
    keys = connection.execute("SELECT entry FROM correction ORDER BY made_at, id").fetchall()
    try:
        entries = read_entries(connection)
    except (ValueError, TypeError) as error:
        yield Damage(f"the ledger of corrections cannot be read: {error}")
        return
    for (key,), entry in zip(keys, entries, strict=True):
        if key is not None and key != entry.key:
            yield Damage(f"a correction by {entry.coder} of {entry.made_at} is not as it was written")
