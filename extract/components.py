"""How do our steps stand in a spaCy pipeline?

A doc is a whole report; a blank line divides its paragraphs. The components set `doc._.mentions`, which the
last of those that find names also shows as `doc.spans["mentions"]` (each span's label and `kb_id_`),
`doc._.figures` and `doc._.prevalence` (by the first character of the sentence); offsets are those of the
doc's text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from corpus.model import Figure
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


def make_doc(nlp: Language, text: str) -> Doc:
    """Return the text in tokens, for the pipeline to work on."""
    doc = nlp.make_doc(text)
    doc.user_data[_TEXT] = text
    return doc


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
        self._nlp = nlp
        self._matcher = Matcher(nlp, load_gazetteer())

    def __call__(self, doc: Doc) -> Doc:
        """Set the doc's mentions; it doubts capitals that begin a sentence where sentences are marked."""
        text = text_of(doc)
        found = [*self._matcher.find(doc), *find_legislation(text), *find_people(text), *find_named(text)]
        doc._.mentions = _whole_words(doc, settle(found))
        if "ofsight_acronyms" not in self._nlp.pipe_names:  # which sets them itself: spans cost time
            _set_spans(doc)
        return doc


@Language.component("ofsight_acronyms")
def resolve_acronyms(doc: Doc) -> Doc:
    """Read acronyms as the report defines them."""
    doc._.mentions = _whole_words(doc, resolve(text_of(doc), doc._.mentions))
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
    spans = (
        doc.char_span(each.start, each.end, label=each.entity.label, kb_id=each.entity.id)
        for each in doc._.mentions
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


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield each paragraph of a doc's text with the offset of its first character."""
    at = 0
    for paragraph in text.split(BETWEEN):
        yield at, paragraph
        at += len(paragraph) + len(BETWEEN)


def _whole_words(doc: Doc, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, each grown to the edges of spaCy's tokens, without those that then overlap."""
    starts, lengths = doc.to_array([_IDX, _LENGTH]).T.tolist()
    grown: list[Candidate] = []
    free = 0  # the first token behind the mentions so far
    for candidate in candidates:
        first, end = bisect_right(starts, candidate.start) - 1, bisect_left(starts, candidate.end)
        if first < free:
            continue
        grown.append(Candidate(starts[first], starts[end - 1] + lengths[end - 1], candidate.entity))
        free = end
    return tuple(grown)
