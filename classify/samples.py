"""What are the trainer and the examiner given: which sentences, with which labels, from which authority?"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from classify.coder import IMPROVEMENT, Passage
from classify.net import Floats
from classify.words import stems
from corpus.annotations import Annotation, letters_hash, load_annotations, resolve
from corpus.codebook import Codebook
from corpus.errors import DataFileError
from corpus.model import VALENCES, Document, Paragraph
from corpus.sentences import split_sentences

_LEVELS: Final = 255.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A passage with what is to be learned of its sentences, as rows of probabilities.

    `valence` and `themes` of the whole paragraph are known where a person coded it, not where a teacher did.
    """

    passage: Passage
    authority: str
    framework: str
    year: int | None
    sentence_valence: Floats
    sentence_theme: Floats
    valence: int | None = None
    themes: tuple[tuple[int, int], ...] = ()
    document: str = ""

    @property
    def improvement(self) -> bool:
        """Whether its valence follows from where it stands."""
        return self.passage.paragraph.role == IMPROVEMENT


@dataclass(frozen=True, slots=True)
class Silver:
    """A teacher's opinions on uncoded paragraphs; it never saw a coding of the `unseen` authorities."""

    samples: tuple[Sample, ...]
    unseen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said of a paragraph as a whole; `text_sha256` is the whole hash of the text they read."""

    document: str
    position: int
    text_sha256: str
    valence: str
    themes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of all sentences of one report, coded or not: how words are used can be learned from them."""

    document: str
    authority: str
    year: int | None
    sentences: tuple[list[str], ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """All that there is to learn from in some documents."""

    coded: tuple[Sample, ...]
    teachers: tuple[Silver, ...]
    readings: tuple[Reading, ...] = ()


def load_labels(documents: Sequence[Document], codebook: Codebook) -> Labels:
    """Return the codings and teachers' opinions that come along, found again in these documents.

    Of a paragraph that two people read, the first reading counts.
    """
    folder = Path(str(files("corpus") / "annotations"))
    first: dict[tuple[str, int | None, int | None], Annotation] = {}
    for annotation in load_annotations(sorted(folder.glob("readers-*.jsonl"))):
        first.setdefault((annotation.document, annotation.number, annotation.position), annotation)
    coded = gather(documents, tuple(first.values()), codebook)
    known = {(sample.document, sample.passage.paragraph.position) for sample in coded}
    teachers = (load_silver(path, documents, codebook) for path in sorted(folder.glob("teacher-*.npz")))
    return Labels(coded, tuple(_without(teacher, known) for teacher in teachers), read_all(documents))


def read_all(documents: Iterable[Document]) -> tuple[Reading, ...]:
    """Return the words of these documents."""
    return tuple(
        Reading(document.id, _authority(document), _year(document), tuple(_sentences(document)))
        for document in documents
    )


def _sentences(document: Document) -> Iterator[list[str]]:
    for paragraph in document.paragraphs:
        for start, end in split_sentences(paragraph.text):
            yield stems(paragraph.text[start:end])


def _without(teacher: Silver, known: set[tuple[str, int]]) -> Silver:
    """Return a teacher's opinions on paragraphs that nobody coded."""
    others = (s for s in teacher.samples if (s.document, s.passage.paragraph.position) not in known)
    return Silver(tuple(others), teacher.unseen)


def gather_corrections(
    documents: Iterable[Document], corrections: Sequence[Correction], codebook: Codebook
) -> tuple[Sample, ...]:
    """Return corrected paragraphs whose text is still what was read; their sentences teach nothing."""
    themes = {theme: number for number, theme in enumerate(codebook.theme_ids)}
    wanted = {(c.document, c.position): c for c in corrections}
    samples = []
    for document in documents:
        for paragraph in document.paragraphs:
            correction = wanted.get((document.id, paragraph.position))
            text = paragraph.text.encode()
            if correction is None or hashlib.sha256(text).hexdigest() != correction.text_sha256:
                continue
            spans = split_sentences(paragraph.text)
            nothing = (np.zeros((len(spans), len(VALENCES))), np.zeros((len(spans), len(themes))))
            codings = tuple((themes[t], VALENCES.index(v)) for t, v in correction.themes if t in themes)
            whole = (VALENCES.index(correction.valence), codings)
            samples.append(_sample(document, paragraph, spans, labels=nothing, whole=whole))
    return tuple(sample for sample in samples if sample.passage.spans)


def gather(
    documents: Iterable[Document], annotations: Sequence[Annotation], codebook: Codebook
) -> tuple[Sample, ...]:
    """Return the coded paragraphs of these documents."""
    themes = {theme: number for number, theme in enumerate(codebook.theme_ids)}
    by_document: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        by_document.setdefault(annotation.document, []).append(annotation)
    samples = []
    for document in documents:
        for found in resolve(by_document.get(document.id, ()), document):
            spans = tuple((s.start, s.end) for s in found.sentences)
            valence = np.array([_one_hot(VALENCES.index(s.valence), len(VALENCES)) for s in found.sentences])
            theme = np.array([_one_hot(themes.get(s.theme or "", -1), len(themes)) for s in found.sentences])
            codings = ((themes.get(t, -1), VALENCES.index(v)) for t, v in found.annotation.themes)
            samples.append(
                _sample(
                    document,
                    found.paragraph,
                    spans,
                    labels=(valence, theme),
                    whole=(VALENCES.index(found.annotation.valence), tuple(c for c in codings if c[0] >= 0)),
                )
            )
    return tuple(samples)


def load_silver(path: Path, documents: Iterable[Document], codebook: Codebook) -> Silver:
    """Return a teacher's opinions, found again in these documents.

    Raises:
        DataFileError: they were made for another list of themes.
    """
    with np.load(path, allow_pickle=False) as arrays:
        if tuple(arrays["themes"].tolist()) != codebook.theme_ids:
            raise DataFileError(f"{path.name}: made for another list of themes")
        names, place, letters, starts = (arrays[k] for k in ("documents", "place", "letters", "starts"))
        opinions = arrays["opinions"].astype(np.float32) / _LEVELS
        unseen = frozenset(arrays["unseen"].tolist())
    rows = {(str(names[d]), int(n)): row for row, (d, n) in enumerate(place)}
    samples = []
    for document in documents:
        for paragraph in document.paragraphs:
            row = rows.get((document.id, paragraph.number or -1))
            if row is None:
                continue
            spans = split_sentences(paragraph.text)
            said = opinions[starts[row] : starts[row + 1]]
            if len(spans) != len(said) or letters_hash(paragraph.text)[:8] != letters[row]:
                continue
            said = said / np.maximum(said.sum(axis=1, keepdims=True) / 2, 1e-6)
            split = len(VALENCES)
            samples.append(_sample(document, paragraph, spans, labels=(said[:, :split], said[:, split:])))
    return Silver(tuple(samples), unseen)


def _sample(
    document: Document,
    paragraph: Paragraph,
    spans: tuple[tuple[int, int], ...],
    *,
    labels: tuple[Floats, Floats],
    whole: tuple[int | None, tuple[tuple[int, int], ...]] = (None, ()),
) -> Sample:
    """Put a sample together."""
    section = next((s for s in document.sections if s.id == paragraph.section_id), None)
    spoken = tuple(stems(paragraph.text[a:b]) for a, b in spans)
    return Sample(
        passage=Passage(paragraph, spans, spoken, section.area if section else None),
        authority=_authority(document),
        framework=document.framework,
        year=_year(document),
        sentence_valence=labels[0].astype(np.float32),
        sentence_theme=labels[1].astype(np.float32),
        valence=whole[0],
        themes=whole[1],
        document=document.id,
    )


def _authority(document: Document) -> str:
    return document.la_code or document.authority or document.id


def _year(document: Document) -> int | None:
    date = document.published or document.inspected_to
    return date.year if date else None


def _one_hot(number: int, size: int) -> Floats:
    """Return a row with a single 1, or none where the number is negative."""
    row = np.zeros(size, np.float32)
    if number >= 0:
        row[number] = 1
    return row
