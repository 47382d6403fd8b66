"""Is a store still whole, also where SQLite's own check finds nothing?

Nothing is mended: a store is made again from its reports.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from corpus.errors import StoreError
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
        damage += _log(connection)
        damage += _plan(connection)
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
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where SQLite quotes what is no text
        damage.append(Damage(f"it cannot be read on: {error}"))
    return Condition(sealed, unsealed, tuple(damage))


def refuse_damaged(connection: sqlite3.Connection) -> None:
    """See that nothing is written into a store that is damaged.

    Raises:
        StoreError: it is; the message names the first fault and what to do.
    """
    damage = examine(connection).damage
    if not damage:
        return
    file = _file(connection)
    about = f"{damage[0].source}: {damage[0].what}" if damage[0].source else damage[0].what
    more = f", and {len(damage) - 1:,} more faults" if damage[1:] else ""
    raise StoreError(
        f"The store '{file}' is damaged ({about}{more}). Nothing was written. See all with: ofsight check"
        f" --store {file}. Then make a new store from the reports: ofsight run REPORTS --store NEW.db"
    )


def _file(connection: sqlite3.Connection) -> Path:
    """Where the store lies; a name of a file need not be text."""
    query = "SELECT CAST(file AS BLOB) FROM pragma_database_list WHERE name = 'main'"
    return Path(os.fsdecode(connection.execute(query).fetchone()[0]))


def _log(connection: sqlite3.Connection) -> Iterator[Damage]:
    """What SQLite passes over without a word."""
    from corpus.log import is_log_damaged  # numpy, which opening a store does without

    if is_log_damaged(_file(connection)):
        yield Damage("the log beside it (-wal) is damaged, and what the last run wrote last is lost")


def _plan(connection: sqlite3.Connection) -> Iterator[Damage]:
    """Whether tables, indexes and triggers are those of every store; others may stand beside."""
    with closing(sqlite3.connect(":memory:")) as planned:
        planned.executescript(files("corpus").joinpath("schema.sql").read_text("utf-8"))
        for kind, name in planned.execute("SELECT type, name FROM sqlite_schema WHERE sql IS NOT NULL"):
            wanted, found = _columns(planned, kind, name), _columns(connection, kind, name)
            if found[: len(wanted)] != wanted:  # later versions add columns
                yield Damage(f"the {kind} {name} is not as it was made")


def _columns(connection: sqlite3.Connection, kind: str, name: str) -> list[tuple[object, ...]]:
    """A table's columns and what they refer to; the words of an index or a trigger."""
    if kind != "table" or name == "paragraph_fts":
        return connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchall()
    links = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    return [*links, *connection.execute(f"PRAGMA table_info({name})").fetchall()]


def _structure(connection: sqlite3.Connection) -> Iterator[Damage]:
    """What SQLite itself finds."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield Damage(str(line))


def _difference(connection: sqlite3.Connection, document_id: str, seal: str) -> str | None:
    try:
        same = seal_of(connection, document_id) == seal
    except (sqlite3.Error, TypeError, UnicodeDecodeError) as error:
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
        if seal is not None and not _is_as_sealed(connection, table, seal):
            yield Damage(f"the table {table} is not as the last run left it")


def _is_as_sealed(connection: sqlite3.Connection, table: str, seal: str) -> bool:
    try:
        return seal_of_table(connection, table) == seal
    except (sqlite3.Error, TypeError, UnicodeDecodeError):
        return False


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
