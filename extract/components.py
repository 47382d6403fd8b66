"""How do our steps stand in a spaCy pipeline?

A doc is a whole report; a blank line divides its paragraphs. The components set
`doc.spans["mentions"]` (each span's label and `kb_id_`), `doc._.entities` (by id), `doc._.figures` and
`doc._.prevalence` (by the first character of the sentence); offsets are those of the doc's text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from corpus.model import Entity, Figure
from corpus.sentences import split_sentences
from extract.acronyms import resolve
from extract.figures import find_figures
from extract.gazetteer import load_gazetteer
from extract.legislation import find_legislation
from extract.matcher import Matcher
from extract.mentions import Candidate, settle
from extract.naming import find_named
from extract.people import find_people
from extract.prevalence import sentence_prevalence

if TYPE_CHECKING:
    from thinc.types import Ints2d

PIPELINE: Final = ("ofsight_sentences", "ofsight_entities", "ofsight_acronyms", "ofsight_figures")
BETWEEN: Final = "\n\n"  # divides the paragraphs of a doc
_TEXT: Final = "ofsight_text"
_IDX: Final = "IDX"
_SENT_START: Final = "SENT_START"
_LONGEST: Final = 20_000_000  # characters; ingest bounds what reaches us

for _name, _default in (("entities", {}), ("figures", ()), ("prevalence", {}), ("headings", {})):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)


def build_pipeline() -> Language:
    """Return the pipeline with all our components."""
    nlp = spacy.blank("en")
    nlp.max_length = _LONGEST
    for name in PIPELINE:
        nlp.add_pipe(name)
    return nlp


@Language.component("ofsight_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Mark where each sentence begins, as `corpus.sentences` has it."""
    starts = [
        start + at for at, paragraph in paragraphs(text_of(doc)) for start, _ in split_sentences(paragraph)
    ]
    offsets = doc.to_array([_IDX]).ravel()
    marks = np.full(len(doc), -1, dtype="int64")
    first = np.searchsorted(offsets, np.array(starts, dtype=offsets.dtype))
    marks[first[first < len(doc)]] = 1
    doc.from_array([_SENT_START], cast("Ints2d", marks.astype("uint64").reshape(-1, 1)))
    return doc


@Language.factory("ofsight_entities")
class EntityFinder:
    """Finds every name: those of the gazetteer, those with the shape of a name, Acts and people."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self._matcher = Matcher(nlp, load_gazetteer())

    def __call__(self, doc: Doc) -> Doc:
        """Set the doc's mentions; its sentences must be marked."""
        text = text_of(doc)
        found = [*self._matcher.find(doc), *find_legislation(text), *find_people(text), *find_named(text)]
        return _set_mentions(doc, settle(found))


@Language.component("ofsight_acronyms")
def resolve_acronyms(doc: Doc) -> Doc:
    """Read acronyms as the report defines them."""
    entities: dict[str, Entity] = doc._.entities
    mentions = [
        Candidate(span.start_char, span.end_char, entities[span.kb_id_]) for span in doc.spans["mentions"]
    ]
    return _set_mentions(doc, resolve(text_of(doc), mentions))


@Language.component("ofsight_figures")
def mark_figures(doc: Doc) -> Doc:
    """Find the stated quantities, and the prevalence word of each sentence."""
    headings: dict[int, str] = doc._.headings
    figures: list[Figure] = []
    prevalence: dict[int, str] = {}
    for at, paragraph in paragraphs(text_of(doc)):
        sentences = split_sentences(paragraph)
        found = find_figures(paragraph, heading=headings.get(at), sentences=sentences)
        figures += (replace(figure, start=figure.start + at, end=figure.end + at) for figure in found)
        for start, end in sentences:
            word = sentence_prevalence(paragraph[start:end])
            if word is not None:
                prevalence[at + start] = word
    doc._.figures, doc._.prevalence = tuple(figures), prevalence
    return doc


def text_of(doc: Doc) -> str:
    """Return the doc's text, which spaCy would put together from its tokens each time it is asked."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    text: str = doc.user_data[_TEXT]
    return text


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of a doc's text with the offset of its first character."""
    at = 0
    for paragraph in text.split(BETWEEN):
        yield at, paragraph
        at += len(paragraph) + len(BETWEEN)


def _set_mentions(doc: Doc, candidates: Iterable[Candidate]) -> Doc:
    """Put the mentions on the doc; a span that ends inside one of spaCy's tokens grows to its edge."""
    spans: list[Span] = []
    entities: dict[str, Entity] = {}
    for candidate in candidates:
        entity = candidate.entity
        span = doc.char_span(
            candidate.start, candidate.end, label=entity.label, kb_id=entity.id, alignment_mode="expand"
        )
        if span is not None and not (spans and span.start < spans[-1].end):
            spans.append(span)
            entities.setdefault(entity.id, entity)
    doc.spans["mentions"] = SpanGroup(doc, name="mentions", spans=spans)
    doc._.entities = entities
    return doc
