"""What is exchanged: reports with their paragraphs, what each coder said of them, and what comes back?"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from corpus.ledger import Entry, Mark
from corpus.model import VALENCES, Valence
from corpus.rows import paragraph_id
from ofsight.review.queue import standing_now

PROGRAM: Final = "ofsight"  # who the program is among the coders
_LABEL: Final = ": "  # between theme and valence, as in "front_door: weakness"


@dataclass(frozen=True, slots=True)
class Coded:
    """One coder's words on a paragraph: the program's where `coder` is `PROGRAM`."""

    coder: str
    valence: Valence
    themes: tuple[tuple[str, Valence], ...]
    marks: tuple[Mark, ...]
    made_at: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph that leaves, with what was said of it; `heading` stands right above it."""

    document: str
    position: int
    number: int | None
    page: int | None
    role: str
    heading: str | None
    text: str
    coded: tuple[Coded, ...]

    @property
    def key(self) -> str:
        """Its key in the store."""
        return paragraph_id(self.document, self.position)


@dataclass(frozen=True, slots=True)
class Report:
    """A report that leaves; `name` says which it is and ends in its id."""

    document: str
    name: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came back: entries for the ledger, and remarks on what could not be taken over, in plain words."""

    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme of the store's codebook."""

    id: str
    name: str
    holds: str


def read_themes(connection: sqlite3.Connection) -> tuple[Theme, ...]:
    """The themes of the store, in the order of its codebook."""
    rows = connection.execute("SELECT id, name, holds FROM theme ORDER BY position")
    return tuple(Theme(*row) for row in rows)


def label(theme: str, valence: str) -> str:
    """Theme and valence as one label."""
    return f"{theme}{_LABEL}{valence}"


def read_label(text: str, themes: Iterable[Theme]) -> tuple[str, Valence] | None:
    """Theme and valence of a label; a theme may be given by id or name."""
    name, _, valence = text.rpartition(_LABEL.strip())
    wanted, side = name.strip().casefold(), valence.strip().casefold()
    theme = next((t.id for t in themes if wanted in (t.id, t.name.casefold())), None)
    found = next((v for v in VALENCES if v == side), None)
    return (theme, found) if theme and found else None


def read_reports(
    connection: sqlite3.Connection, la_codes: Sequence[str], *, withheld: bool
) -> tuple[tuple[Report, ...], int]:
    """The reports of some authorities (all, if none is named), and how many were left out.

    `withheld` leaves out reports that are not under the Open Government Licence: here words are all there is.
    """
    said = standing_now(connection)
    reports, left_out = [], 0
    for document, authority, day, framework, licence, code in connection.execute(
        "SELECT d.id, coalesce(a.name, d.authority), coalesce(d.inspected_to, d.published), d.framework,"
        " d.licence, d.la_code FROM document d LEFT JOIN authority a USING (la_code) ORDER BY 2, 3, 1"
    ).fetchall():
        if la_codes and code not in la_codes:
            continue
        if withheld and licence != "ogl":
            left_out += 1
            continue
        name = ", ".join(filter(None, (authority, framework.upper().replace("_", " "), day, document)))
        reports.append(Report(document, name, tuple(_units(connection, document, said))))
    return tuple(reports), left_out


def _units(
    connection: sqlite3.Connection, document: str, said: Mapping[tuple[str, int], Sequence[Entry]]
) -> Iterator[Unit]:
    program = _program(connection, document)
    above: str | None = None
    for key, position, number, page, role, heading, text in connection.execute(
        "SELECT p.id, p.position, p.number, p.page_from, p.role, s.heading, p.text"
        " FROM paragraph p LEFT JOIN section s ON s.document_id = p.document_id AND s.id = p.section_id"
        " WHERE p.document_id = ? AND p.role <> 'boilerplate' ORDER BY p.position",
        (document,),
    ).fetchall():
        coded = [program[key]] if key in program else []
        coded += [_coded(entry) for entry in said.get((document, position), ())]
        coded = [replace(one, marks=_parts(one.marks, text)) for one in coded]
        shown = heading if heading != above else None
        yield Unit(document, position, number, page, role, shown, text, tuple(coded))
        above = heading


def _parts(marks: Sequence[Mark], text: str) -> tuple[Mark, ...]:
    """The marks on a part of the paragraph: one on all of it (the only sentence) says nothing of its own."""
    return tuple(mark for mark in marks if text[: mark.start].strip() or text[mark.end :].strip())


def _program(connection: sqlite3.Connection, document: str) -> dict[str, Coded]:
    """What the program said of each paragraph that has a theme, also where a person has spoken since."""
    themes = _by_paragraph(connection, "SELECT paragraph_id, theme, valence FROM coding", document, "rank")
    marks = _by_paragraph(
        connection, 'SELECT paragraph_id, start, "end", theme, valence FROM sentence', document, "position"
    )
    whole = dict(
        connection.execute("SELECT id, valence FROM paragraph WHERE id BETWEEN ? AND ?", _range(document))
    )
    for key, valence, codings in connection.execute(
        "SELECT paragraph_id, valence, codings FROM corrected WHERE paragraph_id BETWEEN ? AND ?",
        _range(document),
    ):
        whole[key] = valence
        themes[key] = [(theme, side) for theme, _, side, _ in json.loads(codings)]
    return {
        key: Coded(
            PROGRAM,
            whole[key],
            tuple((theme, side) for theme, side in own),
            tuple(Mark(*mark) for mark in marks.get(key, ()) if None not in mark),
        )
        for key, own in themes.items()
        if own and whole[key]
    }


def _coded(entry: Entry) -> Coded:
    return Coded(entry.coder, entry.valence, entry.themes, entry.marks, entry.made_at, entry.note)


def _by_paragraph(
    connection: sqlite3.Connection, select: str, document: str, order: str
) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    query = f"{select} WHERE paragraph_id BETWEEN ? AND ? ORDER BY paragraph_id, {order}"
    for key, *values in connection.execute(query, _range(document)):
        found.setdefault(key, []).append(tuple(values))
    return found


def _range(document: str) -> tuple[str, str]:
    """Between which keys the paragraphs of a document lie."""
    return f"{document}-", f"{document}."
