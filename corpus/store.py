"""How is what we know of the reports kept, and how does it come back?

One SQLite file. A document goes in whole, with everything said about it, in one transaction or not at all.
Readers never wait for the writer (write-ahead log). Values derived from a document carry no clock and no
counter, so that the same reports give the same rows whatever the order or number of workers.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from corpus.corrected import apply_corrections, forget_program
from corpus.ledger import Entry, add_entries
from corpus.model import Analysis, Document, ParagraphCoding
from corpus.opening import Mode, connect
from corpus.rows import Versions, coding_rows, load_document, paragraph_id, to_rows
from corpus.seals import COMMON, CONTENT, content_hash, seal_of, seal_of_rows, seal_of_table

OutcomeStatus = Literal["ok", "partial", "unchanged", "duplicate", "rejected"]

_TABLES: Final = (*(table for table, _, _ in CONTENT), "entity")
_ROWS_AT_ONCE: Final = 200
# One entity has one name, whichever document brings it first.
_ON_CONFLICT: Final[Mapping[str, str]] = {
    "entity": "ON CONFLICT DO UPDATE SET name = min(name, excluded.name)",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input of a run."""

    source: str
    sha256: str | None
    status: OutcomeStatus
    reason: str | None = None
    detail: str | None = None
    size: int | None = None
    mtime_ns: int | None = None


class Store:
    """An open store. `connection` is for reading with SQL; writing goes through the methods."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is not committed is lost."""
        self.connection.close()

    def rest(self) -> None:
        """Fold the log into the one file, so that it can be copied, or read where nothing can be written.

        A reader who is looking at this moment keeps the log alive; that does no harm.
        """
        with suppress(sqlite3.OperationalError):
            self.connection.execute("PRAGMA busy_timeout = 0")
            self.connection.execute("PRAGMA journal_mode = MEMORY")  # a kill leaves no journal behind

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what happens inside is written when the block ends without an error."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def start_run(self, arguments: Sequence[str], version: str) -> int:
        """Open a run and return its id; inside `transaction`."""
        self._unseal_tables()
        row = self.connection.execute(
            "INSERT INTO run (started, arguments, version) VALUES (?, ?, ?) RETURNING id",
            (_now(), json.dumps(list(arguments), ensure_ascii=False), version),
        ).fetchone()
        return int(row[0])

    def finish_run(self, run_id: int) -> None:
        """Note that the run came to its end, and what the tables are that all documents share."""
        with self.transaction():
            self.connection.execute("UPDATE run SET finished = ? WHERE id = ?", (_now(), run_id))
            self.connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                [(f"seal:{table}", seal_of_table(self.connection, table)) for table in COMMON],
            )

    def set_themes(self, themes: Sequence[tuple[str, str, str]]) -> None:
        """Put the codebook's themes in, as (id, name, what it holds), in its order; inside `transaction`."""
        self.connection.execute("DELETE FROM theme")
        self._insert("theme", [(*theme, position) for position, theme in enumerate(themes, 1)])

    def save(self, analysis: Analysis, versions: Versions) -> None:
        """Put one document in, replacing what an earlier version said of it; call inside `transaction`."""
        self.save_rows(analysis.document.id, to_rows(analysis, versions, _now()))

    def save_rows(self, document_id: str, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
        """Like `save`, for rows that `to_rows` made in another process; inside `transaction`."""
        self.remove(document_id)
        for table in _TABLES:
            self._insert(table, rows[table])
        corrected = apply_corrections(self.connection, document_id)
        self.seal(document_id, None if corrected else seal_of_rows(rows))

    def save_codings(self, document_id: str, codings: Sequence[ParagraphCoding], versions: Versions) -> None:
        """Replace what the classify stage said of a document that is in the store; inside `transaction`."""
        self._unseal_tables()
        prevalence = self._prevalence(document_id)
        forget_program(self.connection, document_id)
        self._delete_children(document_id, ("coding", "sentence"))
        themes, sentences = coding_rows(document_id, codings, prevalence)
        self._insert("coding", themes)
        self._insert("sentence", sentences)
        self.connection.executemany(
            "UPDATE paragraph SET valence = ?, valence_probability = ?, needs_review = ? WHERE id = ?",
            [
                (c.valence, c.probability, c.needs_review, paragraph_id(document_id, c.paragraph))
                for c in codings
            ],
        )
        self.connection.execute(
            "UPDATE document SET codebook_hash = ?, model_hash = ? WHERE id = ?",
            (versions.codebook, versions.model, document_id),
        )
        apply_corrections(self.connection, document_id)
        self.seal(document_id)

    def correct(self, entries: Iterable[Entry]) -> int:
        """Add what people said to the ledger and let it count; return how many entries were new."""
        with self.transaction():
            new = add_entries(self.connection, entries)
            for document_id in sorted({entry.document for entry in new}):
                if self.connection.execute("SELECT 1 FROM document WHERE id = ?", (document_id,)).fetchone():
                    apply_corrections(self.connection, document_id)
                    self.seal(document_id)
            corrected = seal_of_table(self.connection, "corrected")
            self.connection.execute("UPDATE meta SET value = ? WHERE key = 'seal:corrected'", (corrected,))
        return len(new)

    def load(self, document_id: str) -> Document:
        """The document as it was read, without what the later stages say of it.

        Raises:
            StoreError: the store holds no such document.
        """
        return load_document(self.connection, document_id)

    def move(self, document_id: str, source: str) -> None:
        """Note that the document's file has another place now."""
        self.connection.execute("UPDATE document SET source = ? WHERE id = ?", (source, document_id))
        self.seal(document_id)

    def seal(self, document_id: str, seal: str | None = None) -> None:
        """Note what the document's rows are: the last step of whoever writes them, inside `transaction`.

        `seal` where it is known from the rows; to read them all again takes a third of the time of writing.
        """
        self.connection.execute(
            "INSERT INTO seal VALUES (?, ?) ON CONFLICT DO UPDATE SET sha256 = excluded.sha256",
            (document_id, seal or seal_of(self.connection, document_id)),
        )

    def remove(self, document_id: str) -> None:
        """Take a document out with all that was said of it; corrections stay."""
        self._unseal_tables()
        self.connection.execute("DELETE FROM document WHERE id = ?", (document_id,))

    def record(self, run_id: int, outcome: Outcome) -> None:
        """Write down what became of one input."""
        self.connection.execute(
            "INSERT INTO outcome (source, sha256, status, reason, detail, size, mtime_ns, run_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*astuple(outcome), run_id),
        )

    def _unseal_tables(self) -> None:
        """What all documents share is about to change; it is sealed again when a run ends."""
        self.connection.execute("DELETE FROM meta WHERE key LIKE 'seal:%'")

    def _insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Many rows to a statement: the full-text index is written out after each statement."""
        conflict = _ON_CONFLICT.get(table, "")
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            places = ", ".join([f"({', '.join('?' * len(some[0]))})"] * len(some))
            self.connection.execute(
                f"INSERT INTO {table} VALUES {places} {conflict}",  # noqa: S608
                [value for row in some for value in row],
            )

    def _prevalence(self, document_id: str) -> dict[tuple[int, int], str]:
        """Prevalence by paragraph position and sentence start: it comes from the text, not from a coding."""
        rows = self.connection.execute(
            "SELECT p.position, s.start, s.prevalence FROM sentence s"
            " JOIN paragraph p ON p.id = s.paragraph_id WHERE p.document_id = ? AND s.prevalence IS NOT NULL",
            (document_id,),
        )
        return {(position, start): prevalence for position, start, prevalence in rows}

    def _delete_children(self, document_id: str, tables: Sequence[str]) -> None:
        for table in tables:
            self.connection.execute(
                f"DELETE FROM {table} WHERE paragraph_id IN"  # noqa: S608
                " (SELECT id FROM paragraph WHERE document_id = ?)",
                (document_id,),
            )

    def content_hash(self) -> str:
        """One hash over all rows about documents, in order of document; clocks and versions left out."""
        return content_hash(self.connection)


def open_store(path: Path | str, mode: Mode = "read") -> Store:
    """Open a store; `write` makes it where there is none. One of an older version is brought up to date.

    Raises:
        StoreError: there is no such store, it is no store of ours, damaged, or of a newer version.
    """
    path = Path(path)
    return Store(connect(path, mode), path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
