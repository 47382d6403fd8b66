"""What does the store say of a document and of each of its paragraphs?"""

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any, Final

from corpus.authorities import register
from corpus.errors import StoreError
from corpus.store import Store

_DOCUMENT: Final = """
    SELECT id, title, authority, la_code, framework, kind, inspected_from, inspected_to, published,
        lead_inspector, pages, source, licence
    FROM document
"""
_PARAGRAPH: Final = """
    SELECT p.id, d.id, coalesce(a.name, d.authority), d.la_code, d.inspected_to, d.framework, p.position,
        p.number, s.heading, p.role, p.page_from, p.page_to, p.text, p.valence, p.valence_probability,
        p.needs_review, c.coder
    FROM paragraph p JOIN document d ON d.id = p.document_id
    LEFT JOIN section s ON s.document_id = d.id AND s.id = p.section_id
    LEFT JOIN authority a ON a.la_code = d.la_code
    LEFT JOIN corrected c ON c.paragraph_id = p.id
"""
_THEMES: Final = "SELECT theme, rank, valence, probability FROM coding WHERE paragraph_id = ? ORDER BY rank"
_ENTITIES: Final = """
    SELECT m.start, m."end", m.label, e.name FROM mention m LEFT JOIN entity e ON e.id = m.entity_id
    WHERE m.paragraph_id = ? ORDER BY m.start
"""
_FIGURES: Final = 'SELECT start, "end", kind, subject FROM figure WHERE paragraph_id = ? ORDER BY start'
_ID: Final = re.compile(r"[0-9a-f]{6,16}")


@dataclass(frozen=True, slots=True)
class Overview:
    """A stored document in short; `judgements` are (area, grade)."""

    id: str
    title: str | None
    authority: str | None
    la_code: str | None
    framework: str
    kind: str
    inspected_from: str | None
    inspected_to: str | None
    published: str | None
    lead_inspector: str | None
    pages: int | None
    source: str
    licence: str | None
    judgements: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of a paragraph; rank 1 is the primary one."""

    theme: str
    rank: int
    valence: str
    probability: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a paragraph and what it is: an entity or a figure."""

    start: int
    end: int
    text: str
    label: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored paragraph with all that is said of it."""

    id: str
    document_id: str
    authority: str | None
    la_code: str | None
    inspected_to: str | None
    framework: str
    position: int
    number: int | None
    heading: str | None
    role: str
    page_from: int | None
    page_to: int | None
    text: str
    valence: str | None
    probability: float | None
    needs_review: bool
    themes: tuple[Theme, ...]
    entities: tuple[Span, ...]
    figures: tuple[Span, ...]
    corrected_by: str | None  # the coders whose word the coding is; None where it is the program's


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document's certificate says, with the status of each field that was read."""

    path: str
    characters: int
    placed: int
    coverage: float
    gaps: tuple[int, ...]
    repeats: tuple[int, ...]
    unplaced: tuple[str, ...]
    remarks: tuple[str, ...]
    missing: tuple[str, ...]
    readings: tuple[tuple[str, str, str | None], ...]  # field, status, evidence


def find_documents(store: Store, asked: str) -> tuple[Overview, ...]:
    """The documents meant by an id (or its beginning) or by an authority, the oldest first.

    Raises:
        UnknownAuthorityError: it is neither.
        StoreError: the authority is known, but the store holds no report of it.
    """
    connection = store.connection
    if _ID.fullmatch(asked):
        matching = connection.execute(
            f"{_DOCUMENT} WHERE id >= ? AND id < ?", (asked, asked + "g")
        ).fetchall()
        if matching:
            return tuple(_overview(connection, row) for row in matching)
    la_code = register().find(asked).la_code
    rows = connection.execute(f"{_DOCUMENT} WHERE la_code = ? ORDER BY inspected_to, id", (la_code,))
    found = tuple(_overview(connection, row) for row in rows.fetchall())
    if not found:
        name = register().find(asked).name
        raise StoreError(
            f"The store holds no report of {name}. Read some: ofsight run REPORTS --store {store.path};"
            f" to see whose reports it holds: ofsight authorities --held --store {store.path}"
        )
    return found


def certificate(connection: sqlite3.Connection, document_id: str) -> Stated:
    """How completely a stored document was read."""
    row = connection.execute(
        "SELECT path, characters, placed, coverage, gaps, repeats, unplaced, remarks, missing"
        " FROM certificate WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    lists = (tuple(json.loads(values)) for values in row[4:])
    readings = connection.execute(
        "SELECT field, status, evidence FROM reading WHERE document_id = ? ORDER BY field", (document_id,)
    )
    return Stated(*(*row[:4], *lists, tuple(readings)))


@dataclass(frozen=True, slots=True)
class Completeness:
    """How completely one document was read, in a line: what a whole store's certificates come to."""

    document_id: str
    authority: str | None
    inspected_to: str | None
    path: str
    coverage: float
    not_read: tuple[str, ...]  # fields that should be there and were not understood
    remarks: tuple[str, ...]
    missing: tuple[str, ...]


def completeness(connection: sqlite3.Connection) -> tuple[Completeness, ...]:
    """The certificates of all documents, by authority and date."""
    rows = connection.execute(
        "SELECT d.id, d.authority, d.inspected_to, c.path, c.coverage,"
        " (SELECT json_group_array(field) FROM reading WHERE document_id = d.id AND status = 'not_read'),"
        " c.remarks, c.missing FROM certificate c JOIN document d ON d.id = c.document_id"
        " ORDER BY d.authority, d.inspected_to, d.id"
    )
    return tuple(Completeness(*row[:5], *(tuple(json.loads(values)) for values in row[5:])) for row in rows)


def passages(
    connection: sqlite3.Connection, document_id: str, number: int | None = None
) -> tuple[Passage, ...]:
    """The paragraphs of a document in reading order, or those with this printed number."""
    condition = "p.document_id = ? AND (? IS NULL OR p.number = ?) ORDER BY p.position"
    rows = connection.execute(f"{_PARAGRAPH} WHERE {condition}", (document_id, number, number))
    return tuple(_passage(connection, row) for row in rows.fetchall())


def by_id(connection: sqlite3.Connection, key: str) -> Passage:
    """The paragraph with this key."""
    return _passage(connection, connection.execute(f"{_PARAGRAPH} WHERE p.id = ?", (key,)).fetchone())


def _overview(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Overview:
    judgements = connection.execute("SELECT area, grade FROM judgement WHERE document_id = ?", (row[0],))
    return Overview(*(*row, tuple(judgements)))


def _passage(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Passage:
    key, text = (row[0],), row[12]
    themes = connection.execute(_THEMES, key)
    entities = connection.execute(_ENTITIES, key)
    figures = connection.execute(_FIGURES, key)
    said = (
        bool(row[15]),
        tuple(Theme(*theme) for theme in themes),
        tuple(Span(start, end, text[start:end], *what) for start, end, *what in entities),
        tuple(Span(start, end, text[start:end], *what) for start, end, *what in figures),
        row[16],
    )
    return Passage(*(*row[:15], *said))
