"""What did people say of paragraphs, and whose word counts?

A ledger: entries are only ever added. The latest entry of a coder counts; an entry that undoes another takes
it back. Where coders differ, an entry that resolves decides, and until there is one nobody's word counts. An
entry finds its paragraph again by document, position and hash of the text: a changed text is not spoken of.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from corpus.model import Valence

Place = tuple[str, int]  # document and position

_COLUMNS: Final = (
    "document_id, position, text_sha256, coder, made_at, valence, codings, spans, remark,"
    " blind, resolves, undoes"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the paragraph that a coder gave a theme with a valence; half-open, in code points."""

    start: int
    end: int
    theme: str
    valence: Valence


@dataclass(frozen=True, slots=True)
class Entry:
    """What one coder said of one paragraph; `text_sha256` is the whole hash of the text they read.

    `blind`: said before the program's coding was seen. `resolves`: settles what other coders differ on.
    `undoes` is the key of an entry that this one takes back; the rest then repeats that entry.
    """

    document: str
    position: int
    text_sha256: str
    coder: str
    made_at: str  # ISO, UTC
    valence: Valence
    themes: tuple[tuple[str, Valence], ...]  # the primary one first
    marks: tuple[Mark, ...] = ()
    note: str | None = None
    blind: bool = False
    resolves: bool = False
    undoes: str | None = None

    @property
    def key(self) -> str:
        """The same for the same entry on every machine, so that ledgers can be put together."""
        marks = [_row(mark) for mark in self.marks]
        said = (self.document, self.position, self.text_sha256, self.coder, self.made_at, self.valence)
        rest = (self.themes, marks, self.note, self.blind, self.resolves, self.undoes)
        return hashlib.sha256(json.dumps((said, rest)).encode()).hexdigest()[:16]

    @property
    def place(self) -> Place:
        """The paragraph it speaks of."""
        return self.document, self.position

    def says_as(self, other: "Entry") -> bool:
        """Whether both say the same of the paragraph as a whole, in whatever order of themes."""
        return self.valence == other.valence and set(self.themes) == set(other.themes)


def whole_hash(text: str) -> str:
    """The hash by which an entry knows the text it speaks of."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_entries(connection: sqlite3.Connection, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Add what the ledger does not hold yet, and return it; call inside a transaction."""
    _name_old(connection)
    new = []
    for entry in entries:
        themes, marks = ([list(values) for values in part] for part in (entry.themes, map(_row, entry.marks)))
        cursor = connection.execute(
            f"INSERT INTO correction ({_COLUMNS}, entry) VALUES ({', '.join('?' * 13)})"  # noqa: S608
            " ON CONFLICT (entry) DO NOTHING",
            (
                *(entry.document, entry.position, entry.text_sha256, entry.coder, entry.made_at),
                *(entry.valence, json.dumps(themes), json.dumps(marks), entry.note),
                *(entry.blind, entry.resolves, entry.undoes, entry.key),
            ),
        )
        if cursor.rowcount:
            new.append(entry)
    return tuple(new)


def _name_old(connection: sqlite3.Connection) -> None:
    """Give entries of a store that knew no keys their key."""
    old = connection.execute(f"SELECT id, {_COLUMNS} FROM correction WHERE entry IS NULL").fetchall()  # noqa: S608
    connection.executemany(
        "UPDATE correction SET entry = ? WHERE id = ?", [(_entry(*row).key, number) for number, *row in old]
    )


def read_entries(connection: sqlite3.Connection, document_id: str | None = None) -> tuple[Entry, ...]:
    """The ledger, or what it says of one document, in the order in which it was said."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE ? IS NULL OR document_id = ? ORDER BY made_at, id",  # noqa: S608
        (document_id, document_id),
    )
    return tuple(_entry(*row) for row in rows)


def standing(entries: Sequence[Entry]) -> dict[Place, tuple[Entry, ...]]:
    """By paragraph, the latest entry of each coder that was not taken back, then the latest resolving one."""
    undone = {entry.undoes for entry in entries if entry.undoes}
    latest: dict[Place, dict[str | None, Entry]] = {}
    for entry in entries:
        if not entry.undoes and entry.key not in undone:
            latest.setdefault(entry.place, {})[None if entry.resolves else entry.coder] = entry
    return {
        place: tuple(sorted(said.values(), key=lambda entry: (entry.resolves, entry.coder)))
        for place, said in latest.items()
    }


def settled(said: Sequence[Entry]) -> Entry | None:
    """The entry that counts for a paragraph; None where coders differ and nobody has resolved it."""
    if said[-1].resolves or all(said[0].says_as(other) for other in said[1:]):
        return said[-1]
    return None


def last_of(connection: sqlite3.Connection, coder: str) -> Entry | None:
    """The latest entry of a coder that was not taken back: what an undo takes back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM correction WHERE coder = ? AND undoes IS NULL"  # noqa: S608
        " AND entry NOT IN (SELECT undoes FROM correction WHERE undoes IS NOT NULL)"
        " ORDER BY made_at DESC, id DESC LIMIT 1",
        (coder,),
    ).fetchone()
    return _entry(*row) if row else None


def by_place(said: Mapping[Place, Sequence[Entry]], coder: str) -> dict[Place, Entry]:
    """Each paragraph that this coder has coded, with what they say of it now; resolving entries left out."""
    return {
        place: entry
        for place, entries in said.items()
        for entry in entries
        if entry.coder == coder and not entry.resolves
    }


def _row(mark: Mark) -> tuple[object, ...]:
    return mark.start, mark.end, mark.theme, mark.valence


def _entry(*row: Any) -> Entry:
    values: list[Any] = [
        *row[:6],
        tuple((theme, valence) for theme, valence in json.loads(row[6])),
        tuple(Mark(*mark) for mark in json.loads(row[7])),
        row[8],
        bool(row[9]),
        bool(row[10]),
        row[11],
    ]
    return Entry(*values)
