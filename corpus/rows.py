"""How does an analysis become rows of the store, and how do rows become a document again?

Each row holds the columns of its table in the order of `schema.sql`, each value as the store gives it back.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from corpus.errors import StoreError
from corpus.model import (
    Analysis,
    Box,
    Certificate,
    Document,
    Extraction,
    Judgement,
    Paragraph,
    ParagraphCoding,
    Reading,
    Section,
)

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """What made an analysis; a change of one of them says what has to be done again."""

    pipeline: str
    codebook: str
    model: str


def paragraph_id(document_id: str, position: int) -> str:
    """The key of a paragraph: the same for the same file, for ever."""
    return f"{document_id}-{position:04d}"


def to_rows(analysis: Analysis, versions: Versions, now: str) -> dict[str, list[Row]]:
    """Rows by table, parents before children; `now` is the time of ingest in ISO form."""
    document = analysis.document
    themes, sentences = coding_rows(document.id, analysis.codings, analysis.extraction.prevalence)
    return {
        "document": [_document_row(document, versions, now)],
        "certificate": [_certificate_row(document.id, document.certificate)],
        "reading": [(document.id, r.field, r.status, r.evidence, r.page) for r in document.readings],
        "judgement": [(document.id, j.area, j.grade, j.label, j.page) for j in document.judgements],
        "section": [_section_row(document.id, section) for section in document.sections],
        "paragraph": _paragraph_rows(analysis),
        "coding": themes,
        "sentence": sentences,
        **_extraction_rows(document.id, analysis.extraction),
    }


def coding_rows(
    document_id: str, codings: Iterable[ParagraphCoding], prevalence: Mapping[tuple[int, int], str]
) -> tuple[list[Row], list[Row]]:
    """Rows of `coding` and of `sentence`; prevalence is keyed by paragraph position and sentence start."""
    themes: list[Row] = []
    sentences: list[Row] = []
    for coding in codings:
        key = paragraph_id(document_id, coding.paragraph)
        themes += [(key, c.theme, c.rank, c.valence, c.probability) for c in coding.codings]
        for n, s in enumerate(coding.sentences, 1):
            word = prevalence.get((coding.paragraph, s.start))
            place = (f"{key}-{n}", key, n, s.start, s.end)
            sentences.append((*place, s.valence, s.theme, s.probability, word))
    return themes, sentences


def _document_row(d: Document, versions: Versions, now: str) -> Row:
    return (
        *(d.id, d.sha256, d.source, d.media_type, d.pages, d.title, d.authority, d.la_code),
        *(d.framework, d.kind, _iso(d.inspected_from), _iso(d.inspected_to), _iso(d.published)),
        *(d.lead_inspector, versions.pipeline, now, d.layout, d.licence, versions.codebook, versions.model),
    )


def _certificate_row(document_id: str, c: Certificate) -> Row:
    coverage = c.placed / c.characters if c.characters else 0.0
    lists = (_json(values) for values in (c.gaps, c.repeats, c.unplaced, c.remarks, c.missing))
    return (document_id, c.path, c.characters, c.placed, coverage, *lists)


def _section_row(document_id: str, s: Section) -> Row:
    return (document_id, s.id, s.parent_id, s.heading, s.area, s.role, s.position, s.grade, s.page)


def _paragraph_rows(analysis: Analysis) -> list[Row]:
    coded = {coding.paragraph: coding for coding in analysis.codings}
    return [
        _paragraph_row(analysis.document.id, paragraph, coded.get(paragraph.position))
        for paragraph in analysis.document.paragraphs
    ]


def _paragraph_row(document_id: str, p: Paragraph, coding: ParagraphCoding | None) -> Row:
    said = (coding.valence, coding.probability, int(coding.needs_review)) if coding else (None, None, 0)
    return (
        *(paragraph_id(document_id, p.position), document_id, p.position, p.number, p.section_id, p.role),
        *(p.text, p.page_from, p.page_to, *said),
        *(p.level, p.parent, _json(p.tags), _boxes(p.boxes)),
    )


def _extraction_rows(document_id: str, extraction: Extraction) -> dict[str, list[Row]]:
    def key(position: int) -> str:
        return paragraph_id(document_id, position)

    return {
        "entity": [(e.id, e.label, e.name) for e in extraction.entities],
        "mention": [
            (key(m.paragraph), m.start, m.end, m.label, m.text, m.entity_id) for m in extraction.mentions
        ],
        "figure": [
            (
                *(key(f.paragraph), f.start, f.end, f.kind, _real(f.value), _real(f.value2), f.unit),
                *(f.approx, f.subject, f.comparator, f.period, f.direction, f.period_from, f.period_to),
            )
            for f in extraction.figures
        ],
        "indicator": [
            (
                *(document_id, i.indicator, _real(i.value), i.unit, i.as_of, _real(i.previous_value)),
                *(i.previous_as_of, _real(i.england), key(i.paragraph), i.doubt),
            )
            for i in extraction.indicators
        ],
    }


def load_document(connection: sqlite3.Connection, document_id: str) -> Document:
    """The document as it was read, without what the later stages say of it.

    Raises:
        StoreError: the store holds no such document.
    """
    row = connection.execute(
        "SELECT id, sha256, source, media_type, pages, title, authority, la_code, framework, kind, layout,"
        " inspected_from, inspected_to, published, lead_inspector, licence FROM document WHERE id = ?",
        (document_id,),
    ).fetchone()
    if row is None:
        raise StoreError(f"The store holds no document '{document_id}'.")
    values: list[Any] = [
        *row[:11],
        *(date.fromisoformat(day) if day else None for day in row[11:14]),
        *row[14:],
        _sections(connection, document_id),
        _paragraphs(connection, document_id),
        tuple(
            Judgement(*judgement)
            for judgement in connection.execute(
                "SELECT area, grade, label, page FROM judgement WHERE document_id = ?", (document_id,)
            )
        ),
        tuple(
            Reading(*reading)
            for reading in connection.execute(
                "SELECT field, status, evidence, page FROM reading WHERE document_id = ?", (document_id,)
            )
        ),
        _certificate(connection, document_id),
    ]
    return Document(*values)


def _sections(connection: sqlite3.Connection, document_id: str) -> tuple[Section, ...]:
    rows = connection.execute(
        "SELECT id, parent_id, heading, area, role, position, grade, page FROM section"
        " WHERE document_id = ? ORDER BY id",
        (document_id,),
    )
    return tuple(Section(*row) for row in rows)


def _paragraphs(connection: sqlite3.Connection, document_id: str) -> tuple[Paragraph, ...]:
    rows = connection.execute(
        "SELECT position, number, section_id, role, text, page_from, page_to, level, parent, tags, boxes"
        " FROM paragraph WHERE document_id = ? ORDER BY position",
        (document_id,),
    )
    return tuple(_paragraph(*row) for row in rows)


def _paragraph(*row: Any) -> Paragraph:
    values = (*row[:9], tuple(json.loads(row[9])), tuple(Box(*box) for box in json.loads(row[10])))
    return Paragraph(*values)


def _certificate(connection: sqlite3.Connection, document_id: str) -> Certificate:
    row = connection.execute(
        "SELECT path, characters, placed, gaps, repeats, unplaced, remarks, missing FROM certificate"
        " WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    return Certificate(*row[:3], *(tuple(json.loads(values)) for values in row[3:]))


def _boxes(boxes: Sequence[Box]) -> str:
    return _json([(b.page, *(round(v, 1) for v in (b.x0, b.top, b.x1, b.bottom))) for b in boxes])


def _real(value: float | None) -> float | None:
    """A number as the store gives it back: 3.0 and not 3."""
    return None if value is None else float(value)


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
