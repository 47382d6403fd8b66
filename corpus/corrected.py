"""How does what people said come to stand over the program's coding, and how is that taken back?

What counts in the ledger is written where the program's coding stood, so that everybody reads it; the table
`corrected` keeps what the program had said.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.ledger import Entry, read_entries, settled, standing, whole_hash
from corpus.model import Valence

_PROGRAM: Final = "valence, valence_probability, needs_review, codings"
_OF_DOCUMENT: Final = "WHERE paragraph_id IN (SELECT id FROM paragraph WHERE document_id = ?)"
_SURE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Program:
    """What the program said of one paragraph."""

    valence: Valence
    probability: float | None
    needs_review: bool
    themes: tuple[tuple[str, Valence], ...]


def apply_corrections(connection: sqlite3.Connection, document_id: str) -> int:
    """Lay what counts over the program's codings of a document; return how many paragraphs; in a transaction.

    Starts from what the program said, so that an entry that was taken back leaves no trace.
    """
    _restore(connection, document_id)
    entries = read_entries(connection, document_id)
    if not entries:
        return 0
    themes = {key for (key,) in connection.execute("SELECT id FROM theme")}
    applied = 0
    for (_, position), said in standing(entries).items():
        entry = settled(said)
        if entry and {theme for theme, _ in entry.themes} <= themes:
            applied += _lay_over(connection, entry, position, said)
    return applied


def program_said(connection: sqlite3.Connection, key: str) -> Program | None:
    """What the program said of the paragraph with this key, also where a person has spoken since."""
    row = connection.execute(
        f"SELECT {_PROGRAM} FROM corrected WHERE paragraph_id = ?",  # noqa: S608
        (key,),
    ).fetchone()
    if row is None:
        row = connection.execute(
            "SELECT valence, valence_probability, needs_review, '[]' FROM paragraph WHERE id = ?", (key,)
        ).fetchone()
        codings = _codings(connection, key)
    else:
        codings = json.loads(row[3])
    if row is None or row[0] is None:
        return None
    themes = tuple((theme, valence) for theme, _, valence, _ in codings)
    return Program(row[0], row[1], bool(row[2]), themes)


def forget_program(connection: sqlite3.Connection, document_id: str) -> None:
    """Drop what the program said before: its new codings are about to be written; in a transaction."""
    connection.execute(f"DELETE FROM corrected {_OF_DOCUMENT}", (document_id,))  # noqa: S608


def _restore(connection: sqlite3.Connection, document_id: str) -> None:
    """Put the program's codings back."""
    rows = connection.execute(
        f"SELECT paragraph_id, {_PROGRAM} FROM corrected {_OF_DOCUMENT}",  # noqa: S608
        (document_id,),
    ).fetchall()
    for key, valence, probability, doubtful, codings in rows:
        _write(connection, key, (valence, probability, doubtful), json.loads(codings))
    forget_program(connection, document_id)


def _lay_over(connection: sqlite3.Connection, entry: Entry, position: int, said: Sequence[Entry]) -> bool:
    row = connection.execute(
        "SELECT id, text, valence, valence_probability, needs_review FROM paragraph"
        " WHERE document_id = ? AND position = ?",
        (entry.document, position),
    ).fetchone()
    if row is None or whole_hash(row[1]) != entry.text_sha256:
        return False
    key, _, *program = row
    codings = _codings(connection, key)
    coders = entry.coder if entry.resolves else ", ".join(other.coder for other in said)
    connection.execute(
        "INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?)", (key, coders, *program, json.dumps(codings))
    )
    themes = [(theme, rank, valence, _SURE) for rank, (theme, valence) in enumerate(entry.themes, 1)]
    _write(connection, key, (entry.valence, _SURE, False), themes)
    return True


def _codings(connection: sqlite3.Connection, key: str) -> list[tuple[Any, ...]]:
    return connection.execute(
        "SELECT theme, rank, valence, probability FROM coding WHERE paragraph_id = ? ORDER BY rank", (key,)
    ).fetchall()


def _write(
    connection: sqlite3.Connection,
    key: str,
    whole: tuple[str | None, float | None, bool],
    codings: Sequence[Sequence[Any]],
) -> None:
    connection.execute(
        "UPDATE paragraph SET valence = ?, valence_probability = ?, needs_review = ? WHERE id = ?",
        (*whole, key),
    )
    connection.execute("DELETE FROM coding WHERE paragraph_id = ?", (key,))
    connection.executemany(
        "INSERT INTO coding VALUES (?, ?, ?, ?, ?)", [(key, *coding) for coding in codings]
    )
