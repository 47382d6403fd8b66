"""Which reports answer for an authority, and what do their paragraphs say?

Like is compared with like: the latest full inspection of each authority. Letters after visits, reviews of
safeguarding boards and Area SEND inspections stand in the timeline but never in a comparison.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from corpus.model import Role, Valence
from reports.records import Passage, Source

Window = tuple[date | None, date | None]

FULL_FRAMEWORKS: Final = frozenset({"pre_sif", "sif", "ilacs"})
FULL_KINDS: Final = frozenset({"inspection", "reinspection", "short", "standard"})

_SOURCES: Final = """
    SELECT d.id, d.la_code, a.gss_code, a.urn, coalesce(a.name, d.authority, d.title, d.source), d.title,
           d.framework, d.kind, d.inspected_from, d.inspected_to, d.published, d.licence, d.source
    FROM document d LEFT JOIN authority a USING (la_code)
    ORDER BY coalesce(d.inspected_from, d.published, ''), d.media_type <> 'application/pdf', d.id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a paragraph with what it finds."""

    start: int
    end: int
    valence: Valence | None
    theme: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A paragraph with its codings (theme and valence, primary first) and its sentences."""

    source: Source
    paragraph_id: str
    position: int
    number: int | None
    page_from: int | None
    page_to: int | None
    role: Role
    text: str
    valence: Valence | None
    codings: tuple[tuple[str, Valence], ...]
    sentences: tuple[Said, ...]
    names: tuple[tuple[int, str], ...] = ()  # where it names which entity: services, plans, groups, roles
    area: str | None = None  # of the section in which it stands

    def passage(self, said: Said | None = None) -> Passage:
        """The paragraph, or one sentence of it, as words to quote."""
        start, end = (said.start, said.end) if said else (0, len(self.text))
        themes = (said.theme,) if said and said.theme else tuple(theme for theme, _ in self.codings)
        return Passage(
            source=self.source,
            paragraph_id=self.paragraph_id,
            number=self.number,
            position=self.position,
            page_from=self.page_from,
            page_to=self.page_to,
            start=start,
            end=end,
            text=self.text[start:end],
            role=self.role,
            valence=said.valence if said else self.valence,
            themes=themes,
        )


def load_sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every inspection in the store, oldest first; one source each where PDF and text were both read."""
    seen: set[tuple[object, ...]] = set()
    kept: list[Source] = []
    for source in load_every_source(connection):
        key = (source.la_code, source.framework, source.date)
        if source.la_code is not None and source.date is not None:
            if key in seen:
                continue
            seen.add(key)
        kept.append(source)
    return tuple(kept)


def load_every_source(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every report in the store, oldest first, PDF before text."""
    return tuple(_source(row) for row in connection.execute(_SOURCES))


def _source(row: Sequence[str | None]) -> Source:
    first, last, published = (date.fromisoformat(text) if text else None for text in row[8:11])
    return Source(
        document_id=str(row[0]),
        la_code=row[1],
        gss_code=row[2],
        urn=row[3],
        authority=str(row[4]),
        title=row[5],
        framework=str(row[6]),
        kind=str(row[7]),
        inspected_from=first,
        inspected_to=last,
        published=published,
        licence=row[11],
        file=PurePosixPath(str(row[12])).name,
    )


def is_full(source: Source) -> bool:
    """Whether this is a full inspection of children's services, fit to be compared."""
    return source.framework in FULL_FRAMEWORKS and source.kind in FULL_KINDS


def of_authority(sources: Iterable[Source], la_code: str) -> tuple[Source, ...]:
    """The inspections of one authority, oldest first."""
    return tuple(source for source in sources if source.la_code == la_code)


def latest_full(sources: Iterable[Source], la_code: str, window: Window | None = None) -> Source | None:
    """The latest full inspection of an authority, within the window where one is stated."""
    since, until = window or (None, None)
    fitting = [
        source
        for source in of_authority(sources, la_code)
        if is_full(source)
        and (since is None or (source.ended is not None and source.ended >= since))
        and (until is None or (source.ended is not None and source.ended <= until))
    ]
    return max(fitting, key=lambda source: (source.date or date.min, source.document_id), default=None)


def load_findings(
    connection: sqlite3.Connection, source: Source, roles: Sequence[Role] = ("finding",)
) -> tuple[Finding, ...]:
    """The paragraphs of a report in the given roles, in reading order, with what they find."""
    codings = _codings(connection, source.document_id)
    names = _names(connection, source.document_id)
    sentences = _sentences(connection, source.document_id)
    rows = connection.execute(
        "SELECT p.id, p.position, p.number, p.page_from, p.page_to, p.role, p.text, p.valence, s.area"
        " FROM paragraph p LEFT JOIN section s ON s.document_id = p.document_id AND s.id = p.section_id"
        " WHERE p.document_id = ? AND p.role IN (SELECT value FROM json_each(?)) ORDER BY p.position",
        (source.document_id, json.dumps(roles)),
    )
    return tuple(
        Finding(
            source=source,
            paragraph_id=key,
            position=position,
            number=number,
            page_from=first,
            page_to=last,
            role=role,
            text=text,
            valence=valence,
            codings=codings.get(key, ()),
            sentences=sentences.get(key, ()),
            names=names.get(key, ()),
            area=area,
        )
        for key, position, number, first, last, role, text, valence, area in rows
    )


def _codings(connection: sqlite3.Connection, document_id: str) -> dict[str, tuple[tuple[str, Valence], ...]]:
    found: dict[str, tuple[tuple[str, Valence], ...]] = {}
    for key, theme, valence in connection.execute(
        "SELECT c.paragraph_id, c.theme, c.valence FROM paragraph p JOIN coding c ON c.paragraph_id = p.id"
        " WHERE p.document_id = ? ORDER BY c.paragraph_id, c.rank",
        (document_id,),
    ):
        found[key] = (*found.get(key, ()), (theme, valence))
    return found


def _sentences(connection: sqlite3.Connection, document_id: str) -> dict[str, tuple[Said, ...]]:
    found: dict[str, list[Said]] = {}
    for key, *row in connection.execute(
        'SELECT s.paragraph_id, s.start, s."end", s.valence, s.theme, coalesce(s.probability, 0)'
        " FROM paragraph p JOIN sentence s ON s.paragraph_id = p.id"
        " WHERE p.document_id = ? ORDER BY s.paragraph_id, s.position",
        (document_id,),
    ):
        found.setdefault(key, []).append(Said(*row))
    return {key: tuple(said) for key, said in found.items()}


def _names(connection: sqlite3.Connection, document_id: str) -> dict[str, tuple[tuple[int, str], ...]]:
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for key, start, entity in connection.execute(
        "SELECT m.paragraph_id, m.start, m.entity_id FROM paragraph p JOIN mention m ON m.paragraph_id = p.id"
        " WHERE p.document_id = ? AND m.label NOT IN ('local_authority', 'person', 'place')"
        " ORDER BY m.paragraph_id, m.start, m.entity_id",
        (document_id,),
    ):
        found[key] = (*found.get(key, ()), (start, entity))
    return found


def theme_names(connection: sqlite3.Connection) -> dict[str, str]:
    """The themes of the store's codebook in canonical order; those only met in codings come last."""
    named = dict(connection.execute("SELECT id, name FROM theme ORDER BY position").fetchall())
    met = connection.execute("SELECT DISTINCT theme FROM coding ORDER BY theme")
    return named | {theme: theme.replace("_", " ").capitalize() for (theme,) in met if theme not in named}


def cut_off(sources: Sequence[Source]) -> str:
    """What the store holds, in one line: the sentence that dates everything we write."""
    from reports.wording import long_date, plural

    days = [day for source in sources for day in (source.published or source.date,) if day]
    if not days:
        return f"{plural(len(sources), 'report')}, none of them dated"
    return f"{plural(len(sources), 'report')}, the latest of {long_date(max(days))}"
