"""What has not been told yet? What the store and the archive hold now, less what the last digest knew.

The mark of what was told is kept in the store itself, and set only when the digest is written: a watch that
is killed tells again rather than not at all.
"""

import json
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Final

from corpus.store import Store
from ofsight.fetch.archive import Archive
from ofsight.fetch.manifest import Entry
from reports.digest import Aside, Digest, News, build_digest, latest_news
from reports.wording import long_date

_MARK: Final = "watch:told"
_KEPT: Final = ("ok", "partial", "unchanged", "duplicate")
_FEED: Final = 50
_ARRIVED: Final = """
    SELECT d.id, min(r.started)
    FROM document d JOIN outcome o ON o.sha256 = d.sha256 JOIN run r ON r.id = o.run_id
    WHERE o.status IN ('ok', 'partial') GROUP BY d.id ORDER BY 2 DESC, 1 LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Told:
    """How far the last digest went: the last run, and the reports then gone or not to be had."""

    run: int
    gone: frozenset[str]
    missing: frozenset[str]


def told_so_far(connection: sqlite3.Connection) -> Told | None:
    """The mark, or None where nothing was ever told."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_MARK,)).fetchone()
    if row is None:
        return None
    said = json.loads(row[0])
    return Told(int(said["run"]), frozenset(said["gone"]), frozenset(said["missing"]))


def told_now(connection: sqlite3.Connection, archive: Archive) -> Told:
    """The mark of somebody who knows all that there is now."""
    last = connection.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0]
    return Told(last, frozenset(e.id for e in archive if e.gone_since), frozenset(_missing(archive)))


def set_mark(store: Store, told: Told) -> None:
    """Note how far the digest went."""
    said = {name: sorted(value) if name != "run" else value for name, value in asdict(told).items()}
    with store.transaction():
        store.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_MARK, json.dumps(said)))


def digest_since(connection: sqlite3.Connection, archive: Archive, told: Told) -> Digest:
    """What is new since the mark."""
    gone = {entry.id: entry for entry in archive if entry.gone_since}
    return build_digest(
        connection,
        _new_documents(connection, told.run),
        addresses(archive),
        unread=(*_unread(connection, archive, told.run), *_not_to_be_had(archive, told.missing)),
        gone=[
            Aside(_name(entry), f"since {long_date(datetime.fromisoformat(str(entry.gone_since)))}")
            for key, entry in gone.items()
            if key not in told.gone
        ],
    )


def arrivals(connection: sqlite3.Connection, archive: Archive) -> list[tuple[News, str]]:
    """The reports that came last into the store, each with the moment."""
    arrived = dict(connection.execute(_ARRIVED, (_FEED,)).fetchall())
    news = latest_news(connection, list(arrived), addresses(archive))
    return [(one, arrived[one.source.document_id]) for one in news]


def addresses(archive: Archive) -> Mapping[str, str]:
    """Where each document was published, by its id in the store."""
    return {entry.sha256[:16]: entry.address for entry in archive if entry.sha256}


def licences(connection: sqlite3.Connection) -> Mapping[str, str]:
    """The licence that each report prints, by the hash of its file."""
    return dict(
        connection.execute("SELECT sha256, licence FROM document WHERE licence IS NOT NULL").fetchall()
    )


def _new_documents(connection: sqlite3.Connection, run: int) -> frozenset[str]:
    known = {sha256 for sha256, _ in _outcomes(connection, "run_id <= ?", run, _KEPT)}
    return frozenset(
        key for key, sha256 in connection.execute("SELECT id, sha256 FROM document") if sha256 not in known
    )


def _unread(connection: sqlite3.Connection, archive: Archive, run: int) -> list[Aside]:
    """Files of the archive that runs since then were the first to reject."""
    before = set(_outcomes(connection, "run_id <= ?", run, ("rejected",)))
    since = dict.fromkeys(_outcomes(connection, "run_id > ?", run, ("rejected",)))
    folder = PurePath(os.path.abspath(archive.folder))  # noqa: PTH100 (as inputs are named)
    files = {str(folder / entry.file): entry for entry in archive if entry.file}
    found = []
    for sha256, source in since:
        entry = files.get(source)
        if entry and (sha256, source) not in before:
            found.append(Aside(_name(entry), _why(connection, source), entry.address))
    return found


def _why(connection: sqlite3.Connection, source: str) -> str:
    row = connection.execute(
        "SELECT reason, detail FROM outcome WHERE source = ? ORDER BY rowid DESC LIMIT 1", (source,)
    ).fetchone()
    return ": ".join(str(part).replace("_", " ") for part in row if part)


def _outcomes(
    connection: sqlite3.Connection, where: str, run: int, statuses: tuple[str, ...]
) -> list[tuple[str | None, str]]:
    places = ", ".join("?" * len(statuses))
    return connection.execute(
        f"SELECT DISTINCT sha256, source FROM outcome WHERE {where} AND status IN ({places})",  # noqa: S608
        (run, *statuses),
    ).fetchall()


def _missing(archive: Archive) -> list[str]:
    return [entry.id for entry in archive if entry.file is None]


def _not_to_be_had(archive: Archive, known: frozenset[str]) -> list[Aside]:
    why = "the publisher lists it, and says that the report is not there"
    return [
        Aside(_name(entry), why, entry.address)
        for entry in archive
        if entry.file is None and entry.id not in known
    ]


def _name(entry: Entry) -> str:
    return f"{entry.authority}: {entry.label}, {long_date(date.fromisoformat(entry.published))}"
