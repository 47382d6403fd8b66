"""What does a coder see of one paragraph: its words, where it stands, and what others said of it?"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.corrected import Program, program_said
from corpus.errors import OfsightError
from corpus.ledger import Entry
from corpus.model import Valence
from corpus.sentences import split_sentences
from corpus.store import Store
from ofsight.queries import Passage, by_id
from ofsight.review.queue import standing_now

_SHOWN_WEIGHT: Final = 0.3  # log-odds: a word that moved the valence by less is not marked


@dataclass(frozen=True, slots=True)
class Said:
    """What another coder said of the paragraph."""

    who: str
    valence: Valence
    themes: tuple[tuple[str, Valence], ...]
    note: str | None = None
    resolves: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `side` is "for" or "against" where its words moved the program's valence."""

    text: str
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, in pieces, with the program's valence and theme of it."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    valence: str | None
    theme: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph before a coder. What is not to be seen yet (blind coding) is not in here."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    program: Program | None
    own: Entry | None
    others: tuple[Said, ...]
    by_place: bool  # the program took the valence from where the paragraph stands
    before: str | None  # the words of its neighbours in the report
    after: str | None
    has_picture: bool


def show_paragraph(
    store: Store, key: str, coder: str, *, blind: bool, resolving: bool, why: bool
) -> Shown | None:
    """The paragraph as this coder may see it now; None where the store holds no such paragraph.

    `why` marks the words that moved the program, which takes a moment.

    Other coders' words are shown only once the coder has answered, or to resolve a difference.
    """
    connection = store.connection
    if not connection.execute("SELECT 1 FROM paragraph WHERE id = ?", (key,)).fetchone():
        return None
    passage = by_id(connection, key)
    here = standing_now(connection, passage.document_id)
    said = here.get((passage.document_id, passage.position), ())
    own = next((entry for entry in said if entry.coder == coder and not entry.resolves), None)
    open_book = not blind or own is not None
    program = program_said(connection, key) if open_book else None
    marks, by_place = _moved(store, passage) if why and open_book else ((), False)
    others = [entry for entry in said if entry != own] if own or resolving else []
    return Shown(
        passage=passage,
        sentences=_sentences(connection, passage, marks, open_book=open_book),
        program=program,
        own=own,
        others=tuple(Said(e.coder, e.valence, e.themes, e.note, resolves=e.resolves) for e in others),
        by_place=by_place,
        before=_neighbour(connection, passage, -1),
        after=_neighbour(connection, passage, 1),
        has_picture=_picture(connection, passage) is not None,
    )


def picture_of(store: Store, key: str) -> tuple[Path, int] | None:
    """The file and page on which a paragraph begins, where there is a PDF to draw."""
    found = store.connection.execute("SELECT 1 FROM paragraph WHERE id = ?", (key,)).fetchone()
    return _picture(store.connection, by_id(store.connection, key)) if found else None


def _picture(connection: sqlite3.Connection, passage: Passage) -> tuple[Path, int] | None:
    source, media = connection.execute(
        "SELECT source, media_type FROM document WHERE id = ?", (passage.document_id,)
    ).fetchone()
    there = media == "application/pdf" and passage.page_from is not None and Path(source).is_file()
    return (Path(source), passage.page_from) if there and passage.page_from else None


def _neighbour(connection: sqlite3.Connection, passage: Passage, step: int) -> str | None:
    row = connection.execute(
        "SELECT text FROM paragraph WHERE document_id = ? AND position = ?",
        (passage.document_id, passage.position + step),
    ).fetchone()
    return row[0] if row else None


def _moved(store: Store, passage: Passage) -> tuple[tuple[tuple[int, int, str], ...], bool]:
    """The words that moved the program's valence, and whether it followed from the place instead."""
    from ofsight.reasons import explain

    try:
        reasons = explain(store, passage.document_id, passage)
    except OfsightError:  # coded with another codebook than ours: there is nothing to explain it with
        return (), False
    words = [word for word in reasons.valence.words if abs(word.weight) >= _SHOWN_WEIGHT]
    sides = tuple((word.start, word.end, "for" if word.weight > 0 else "against") for word in words)
    return tuple(sorted(sides)), reasons.by_place


def _sentences(
    connection: sqlite3.Connection,
    passage: Passage,
    marks: Sequence[tuple[int, int, str]],
    *,
    open_book: bool,
) -> tuple[Sentence, ...]:
    coded = {
        (start, end): (valence, theme)
        for start, end, valence, theme in connection.execute(
            'SELECT start, "end", valence, theme FROM sentence WHERE paragraph_id = ?', (passage.id,)
        )
    }
    return tuple(
        Sentence(
            start,
            end,
            tuple(_pieces(passage.text, start, end, marks)),
            *(coded.get((start, end), (None, None)) if open_book else (None, None)),
        )
        for start, end in split_sentences(passage.text)
    )


def _pieces(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> Iterable[Piece]:
    at = start
    for first, last, side in marks:
        if start <= first and last <= end:
            if first > at:
                yield Piece(text[at:first])
            yield Piece(text[first:last], side)
            at = last
    if at < end:
        yield Piece(text[at:end])
