"""Are the rows of a document still those that were written, and do two stores hold the same?

A seal is the SHA-256 of all rows of one document. SQLite's own check sees a torn page, not a changed word.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

# Everything a document brings with it, parents before children: its key, its order, and what the content
# hash leaves out because it tells of the run, not of the report.
CONTENT: Final = (
    ("document", "id", ("source", "pipeline_version", "ingested_at", "codebook_hash", "model_hash")),
    ("certificate", "document_id", ()),
    ("reading", "document_id, field", ()),
    ("judgement", "document_id, area", ()),
    ("section", "document_id, id", ()),
    ("paragraph", "id", ()),
    ("coding", "paragraph_id, rank", ()),
    ("sentence", "id", ()),
    ("mention", 'paragraph_id, start, "end", entity_id', ()),
    ("figure", 'paragraph_id, start, "end"', ()),
    ("indicator", "document_id, indicator, paragraph_id", ()),
)
_KEY: Final = {"document": "id"}
_OF_A_PARAGRAPH: Final = ("coding", "sentence", "mention", "figure")
# The ids of a document's paragraphs lie between these two.
_BETWEEN: Final = "paragraph_id > ?1 || '-' AND paragraph_id < ?1 || '.'"
_ORDER: Final = "ORDER BY 1, 2, 3, 4"  # SQLite promises no order of its own
# Tables that belong to no single document, with their order; sealed when a run ends.
COMMON: Final = {
    "entity": "id",
    "authority": "la_code",
    "neighbour": "la_code, rank",
    "theme": "id",
    "run": "id",
    "outcome": "rowid",
    "corrected": "paragraph_id",
    "paragraph_fts": "id",
}
_AT_ONCE: Final = 1_000  # rows of a table that may be large


def content_hash(connection: sqlite3.Connection) -> str:
    """One hash over all rows about documents, in order of document; clocks and versions left out."""
    digest = hashlib.sha256()
    for table, order, left_out in CONTENT:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in names if name not in left_out)
        for row in connection.execute(f"SELECT {kept} FROM {table} ORDER BY {order}"):  # noqa: S608
            digest.update(json.dumps(row).encode())
        digest.update(table.encode())
    for row in connection.execute(
        "SELECT * FROM entity WHERE id IN (SELECT entity_id FROM mention) ORDER BY id"
    ):
        digest.update(json.dumps(row).encode())
    return digest.hexdigest()


def seal_of(connection: sqlite3.Connection, document_id: str) -> str:
    """The hash of all rows of one document as they stand now.

    Raises:
        sqlite3.Error: the rows cannot be read any more.
        TypeError: a value is no text or number any more.
    """
    digest = hashlib.sha256()
    for table, _, _ in CONTENT:
        where = _BETWEEN if table in _OF_A_PARAGRAPH else f"{_KEY.get(table, 'document_id')} = ?1"
        query = f"SELECT * FROM {table} WHERE {where} {_ORDER}"  # noqa: S608
        digest.update(table.encode() + _text(connection.execute(query, (document_id,))))
    return digest.hexdigest()


def seal_of_rows(rows: Mapping[str, Sequence[Sequence[object]]]) -> str:
    """The seal that a document has when these rows, as `to_rows` makes them, are all that is said of it."""
    digest = hashlib.sha256()
    for table, _, _ in CONTENT:
        digest.update(table.encode() + _text(_in_order(rows[table])))
    return digest.hexdigest()


def seal_of_table(connection: sqlite3.Connection, table: str) -> str:
    """The hash of all rows of a table that belongs to no single document."""
    if table == "paragraph_fts":  # what SQLite's own check does not look into
        return _seal_of_index(connection)
    digest = hashlib.sha256(b"[")
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY {COMMON[table]}")  # noqa: S608
    comma = b""
    while some := rows.fetchmany(_AT_ONCE):
        digest.update(comma + _text(some)[1:-1])
        comma = b","
    digest.update(b"]")
    return digest.hexdigest()


def _seal_of_index(connection: sqlite3.Connection) -> str:
    """The hash of the full-text index as it lies in the store."""
    digest = hashlib.sha256()
    for key, block in connection.execute("SELECT id, block FROM paragraph_fts_data ORDER BY id"):
        digest.update(b"%d %d " % (key, len(block)) + block)
    return digest.hexdigest()


def _in_order(rows: Sequence[Sequence[object]]) -> list[Sequence[object]]:
    """Rows in the order of their first four columns, as SQLite has it: what is absent comes first."""
    try:
        return sorted(rows, key=itemgetter(0, 1, 2, 3))
    except TypeError:
        return sorted(rows, key=lambda row: [(value is not None, value) for value in row[:4]])


def _text(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as they go into a hash, the same for every version of Python."""
    whole = [row if row[-1] is not None else _bare(row) for row in rows]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _bare(row: Sequence[object]) -> Sequence[object]:
    """A row without the absent values at its end: a column that comes later breaks no seal."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]
