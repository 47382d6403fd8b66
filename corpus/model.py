"""What is an inspection report once read, and what do we say about it?

Records are frozen; annotations are stand-off: offsets are half-open code-point ranges into
`Paragraph.text`, which is fixed once ingest is done. Slicing the text by a span gives the words back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, get_args

Valence = Literal["strength", "weakness", "mixed", "neutral"]
VALENCES: Final[tuple[Valence, ...]] = get_args(Valence)

Role = Literal["finding", "summary", "improvement", "profile", "note", "boilerplate"]
Framework = Literal["pre_sif", "sif", "lscb_review", "ilacs", "area_send", "other"]
Status = Literal["read", "catalogue", "not_printed", "not_given", "not_read"]
Path = Literal["geometry", "ocr", "text"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page: `page` counts from 1; points from the page's top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; `id` counts from 1 in reading order within the document."""

    id: int
    parent_id: int | None
    heading: str
    area: str | None  # judgement area, as in `Judgement.area`
    role: Role  # the role that paragraphs under it take by default
    position: int
    grade: str | None = None  # where the heading prints one
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in reading order; `position` counts from 1 and is its key within the document."""

    position: int
    number: int | None  # as printed, None where there is none
    section_id: int | None
    role: Role
    text: str
    page_from: int | None
    page_to: int | None
    level: int = 0  # depth of nesting of a list item; 0 for a paragraph of its own
    parent: int | None = None  # position of the paragraph that a sub-item or footnote belongs to
    tags: tuple[str, ...] = ()  # national-framework references: "outcome_3", "enabler_2", "principle_1"
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade as printed for one area: "overall", "help_and_protection", ... (see the design)."""

    area: str
    grade: str
    label: str  # the words it stands beside on the page
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How one field of the document came to its value, or why it has none.

    `field` is a column of the store's `document` table, or "judgement.<area>". `status`:
    read (printed in the report), catalogue (from the list beside the file), not_printed,
    not_given (this framework has no such thing), not_read (should be there, was not understood).
    """

    field: str
    status: Status
    evidence: str | None = None  # the words it was read from
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a document says of its own reading: how complete it is and what was not understood."""

    path: Path  # which reader the paragraphs come from
    characters: int  # non-space characters on the pages
    placed: int  # of these, how many stand in paragraphs, headings, tables or known running matter
    gaps: tuple[int, ...] = ()  # paragraph numbers missing from the printed sequence
    repeats: tuple[int, ...] = ()  # paragraph numbers printed twice
    unplaced: tuple[str, ...] = ()  # words on the page that found no place
    remarks: tuple[str, ...] = ()  # faults of the report or the reading, in plain words
    missing: tuple[str, ...] = ()  # pages or words that are lost: the document is then `partial`


@dataclass(frozen=True, slots=True)
class Document:
    """An inspection report once read."""

    id: str  # first 16 hex digits of sha256
    sha256: str
    source: str
    media_type: str  # "application/pdf" or "text/plain"
    pages: int | None
    title: str | None
    authority: str | None  # as printed
    la_code: str | None
    framework: Framework
    kind: str
    layout: str  # the layout family that read it, such as "sif-3" or "ilacs-b5"
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    lead_inspector: str | None
    licence: str | None  # "ogl" or "non_commercial"
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    judgements: tuple[Judgement, ...]
    readings: tuple[Reading, ...]
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that reports name; the same thing under different names has one id."""

    id: str  # such as "la:370", "agency:camhs", "legislation:children-act-1989"
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of a paragraph that names an entity."""

    paragraph: int  # position
    start: int
    end: int
    label: str
    text: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity about services or children (see the data dictionary for each field)."""

    paragraph: int  # position
    start: int
    end: int
    kind: str
    value: float | None
    value2: float | None = None
    unit: str | None = None
    approx: str | None = None
    subject: str | None = None
    comparator: str | None = None
    period: str | None = None  # as printed
    period_from: str | None = None  # ISO date, where it can be resolved
    period_to: str | None = None
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One standard measure of the area profile (2014-2017 reports)."""

    paragraph: int  # position
    indicator: str
    value: float | None
    unit: str | None
    as_of: str | None = None
    previous_value: float | None = None
    previous_as_of: str | None = None
    england: float | None = None
    doubt: str | None = None  # why a sanity check failed


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the extract stage found in one document."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    # (paragraph position, sentence start) -> prevalence word on the ordered scale
    prevalence: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coding:
    """One theme with its valence on one paragraph; rank 1 is the primary theme."""

    theme: str
    rank: int
    valence: Valence
    probability: float


@dataclass(frozen=True, slots=True)
class SentenceCoding:
    """Valence and theme of one sentence of a paragraph."""

    start: int
    end: int
    valence: Valence
    theme: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class ParagraphCoding:
    """What the classify stage says of one paragraph."""

    paragraph: int  # position
    valence: Valence
    probability: float
    needs_review: bool
    codings: tuple[Coding, ...]
    sentences: tuple[SentenceCoding, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with everything the three stages say about it: what one transaction stores."""

    document: Document
    extraction: Extraction
    codings: tuple[ParagraphCoding, ...]
