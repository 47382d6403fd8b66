"""Which paragraphs fit the words and conditions that somebody gives?"""

import difflib
import re
import sqlite3
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.authorities import register
from corpus.model import VALENCES
from ofsight.queries import Passage, by_id

_DAY: Final = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_TERM: Final = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Filter:
    """Which paragraphs are wanted; None is no condition. Days may be given as 2024, 2024-05 or 2024-05-20."""

    theme: str | None = None
    valence: str | None = None
    authorities: tuple[str, ...] = ()  # any of them
    framework: str | None = None
    since: str | None = None
    until: str | None = None


def search(
    connection: sqlite3.Connection, words: str, wanted: Filter, limit: int
) -> tuple[int, tuple[Passage, ...]]:
    """How many paragraphs hold all the words (in any form), and the best of them.

    A phrase stands in double quotation marks; a word may end in * for any ending.

    Raises:
        ValueError: no word to search for, an unknown theme, valence or framework, or no date.
        UnknownAuthorityError: an unknown authority.
    """
    where, values = conditions(connection, wanted)
    source = (
        "FROM paragraph_fts f JOIN paragraph p ON p.rowid = f.rowid JOIN document d ON d.id = p.document_id"
        f" WHERE f.text MATCH ? AND {where}"
    )
    query = _as_fts(words)
    total = connection.execute(f"SELECT count(*) {source}", (query, *values)).fetchone()[0]
    keys = connection.execute(
        f"SELECT p.id {source} ORDER BY bm25(paragraph_fts), p.id LIMIT ?",
        (query, *values, limit),
    ).fetchall()
    return total, tuple(by_id(connection, key) for (key,) in keys)


def conditions(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, list[str]]:
    """SQL over `paragraph p` and `document d`, with the values for its places.

    Raises:
        ValueError: an unknown theme, valence or framework, or no date.
        UnknownAuthorityError: an unknown authority.
    """
    parts = [*_coded(connection, wanted), *_of_document(connection, wanted)]
    return " AND ".join(part for part, _ in parts) or "1", [value for _, values in parts for value in values]


def _coded(connection: sqlite3.Connection, wanted: Filter) -> list[tuple[str, list[str]]]:
    if wanted.valence:
        check("valence", wanted.valence, VALENCES)
    if not wanted.theme:
        return [("p.valence = ?", [wanted.valence])] if wanted.valence else []
    check("theme", wanted.theme, _ids(connection, "SELECT id FROM theme ORDER BY position"))
    of_valence = " AND valence = ?" if wanted.valence else ""
    condition = f"EXISTS (SELECT 1 FROM coding WHERE paragraph_id = p.id AND theme = ?{of_valence})"  # noqa: S608
    return [(condition, [wanted.theme, *([wanted.valence] if wanted.valence else [])])]


def _of_document(connection: sqlite3.Connection, wanted: Filter) -> list[tuple[str, list[str]]]:
    parts: list[tuple[str, list[str]]] = []
    if wanted.authorities:
        codes = [register().find(name).la_code for name in wanted.authorities]
        parts.append((f"d.la_code IN ({', '.join('?' * len(codes))})", codes))
    if wanted.framework:
        check("framework", wanted.framework, _ids(connection, "SELECT DISTINCT framework FROM document"))
        parts.append(("d.framework = ?", [wanted.framework]))
    for bound, sign in ((wanted.since, ">="), (wanted.until, "<=")):
        if bound:
            first_day(bound)
            day = "coalesce(d.inspected_to, d.published)"
            parts.append((f"substr({day}, 1, length(?)) {sign} ?", [bound, bound]))
    return parts


def first_day(asked: str) -> date:
    """The first day of a year, month or day.

    Raises:
        ValueError: it is none of these: taken as text it would silently find nothing, or everything.
    """
    whole = f"{asked}-01-01"[:10] if _DAY.fullmatch(asked) else ""
    try:
        return date.fromisoformat(whole)
    except ValueError:
        raise ValueError(f"'{asked}' is no date; write it as 2024, 2024-05 or 2024-05-20.") from None


def last_day(asked: str) -> date:
    """The last day of a year, month or day.

    Raises:
        ValueError: it is none of these.
    """
    first = first_day(asked)
    match asked.count("-"):
        case 0:
            return date(first.year, 12, 31)
        case 1:
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        case _:
            return first


def check(kind: str, asked: str, known: Sequence[str]) -> None:
    """Refuse what the store does not know, and name the nearest.

    Raises:
        ValueError: `asked` is not one of the known ones.
    """
    if asked not in known:
        near = difflib.get_close_matches(asked, known, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(known) or 'none'}."
        raise ValueError(f"There is no {kind} '{asked}'.{hint}")


def _ids(connection: sqlite3.Connection, sql: str) -> list[str]:
    return [row[0] for row in connection.execute(sql)]


def _as_fts(words: str) -> str:
    """Each word and phrase as a string of the full-text language, so that nothing in it is an operator."""
    terms = [phrase or word for phrase, word in _TERM.findall(words)]
    terms = [term for term in terms if any(char.isalnum() for char in term)]
    if not terms:
        raise ValueError("Give a word to search for.")
    return " ".join(f'"{term.rstrip("*").replace(chr(34), "")}"{"*" * term.endswith("*")}' for term in terms)
