"""How do our steps stand in a spaCy pipeline?

A doc is a whole report; a blank line divides its paragraphs. The components set `doc._.mentions`, which the
last of those that find names also shows as `doc.spans["mentions"]` (each span's label and `kb_id_`),
`doc._.figures` and `doc._.prevalence` (by the first character of the sentence); offsets are those of the
doc's text. They call the same functions as `Extractor`, which reads a report without spaCy.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from corpus.model import Figure
from corpus.sentences import split_sentences
from extract.acronyms import resolve
from extract.entities import find_entities, paragraphs, sentence_starts
from extract.figures import find_figures
from extract.mentions import Candidate, Span, whole_words
from extract.prevalence import sentence_prevalence

if TYPE_CHECKING:
    from collections.abc import Callable

    from thinc.types import Ints2d

PIPELINE: Final = ("ofsight_sentences", "ofsight_entities", "ofsight_acronyms", "ofsight_figures")
_TEXT: Final = "ofsight_text"
_IDX: Final = "IDX"
_LENGTH: Final = "LENGTH"
_SENT_START: Final = "SENT_START"
_LONGEST: Final = 20_000_000  # characters; ingest bounds what reaches us

for _name, _default in (("mentions", ()), ("figures", ()), ("prevalence", {}), ("headings", {})):
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
    starts = sentence_starts(paragraphs(text_of(doc)))
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
        self._nlp = nlp

    def __call__(self, doc: Doc) -> Doc:
        """Set the doc's mentions; it doubts capitals that begin a sentence where sentences are marked."""
        offsets, marks = doc.to_array([_IDX, _SENT_START]).T
        begins = frozenset(offsets[marks == 1].tolist())
        doc._.mentions = whole_words(find_entities(text_of(doc), begins), _edges(doc))
        if "ofsight_acronyms" not in self._nlp.pipe_names:  # which sets them itself: spans cost time
            _set_spans(doc)
        return doc


@Language.component("ofsight_acronyms")
def resolve_acronyms(doc: Doc) -> Doc:
    """Read acronyms as the report defines them."""
    doc._.mentions = whole_words(resolve(text_of(doc), doc._.mentions), _edges(doc))
    _set_spans(doc)
    return doc


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


def _set_spans(doc: Doc) -> None:
    """Show the doc's mentions as spaCy shows such things: a group of spans, each with its label and id."""
    mentions: tuple[Candidate, ...] = doc._.mentions
    spans = (
        doc.char_span(each.start, each.end, label=each.entity.label, kb_id=each.entity.id)
        for each in mentions
    )
    doc.spans["mentions"] = SpanGroup(
        doc, name="mentions", spans=[span for span in spans if span is not None]
    )


def text_of(doc: Doc) -> str:
    """Return the doc's text, which spaCy would put together from its tokens each time it is asked."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    text: str = doc.user_data[_TEXT]
    return text


def _edges(doc: Doc) -> "Callable[[int, int], Span]":
    """Return what grows a span to the edges of the doc's tokens."""
    starts, lengths = doc.to_array([_IDX, _LENGTH]).T.tolist()

    def grown(start: int, end: int) -> Span:
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        return starts[first], starts[last] + lengths[last]

    return grown
