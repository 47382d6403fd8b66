"""What does a report name, count and measure: entities, figures, indicators, prevalence?"""

from bisect import bisect_right
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from corpus.model import Document, Entity, Extraction, Figure, Mention, Paragraph

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.mentions import Candidate

_TOLD: Final = frozenset({"finding", "summary", "improvement"})  # roles whose numbers are figures
_WORDS_KEPT: Final = 60_000  # in spaCy's vocabulary; about 20 MB

__all__ = ["Extractor", "load", "nlp"]


def load() -> "Extractor":
    """Return an extractor that is ready to analyse documents."""
    return Extractor(nlp())


@cache
def nlp() -> "Language":
    """Return the spaCy pipeline; it takes a report, or any text, whose paragraphs a blank line divides."""
    from extract.components import build_pipeline

    return build_pipeline()


class Extractor:
    """Finds what documents name, count and measure; one extractor serves any number of documents."""

    def __init__(self, pipeline: "Language") -> None:
        self._pipeline = pipeline

    def analyse(self, document: Document) -> Extraction:
        """Return everything found in the document, with offsets in its paragraphs."""
        from extract.components import BETWEEN, make_doc
        from extract.indicators import find_indicators

        texts = [paragraph.text.replace("\n", " ") for paragraph in document.paragraphs]
        told = {paragraph.position for paragraph in document.paragraphs if paragraph.role in _TOLD}
        starts = [0]
        for text in texts:
            starts.append(starts[-1] + len(text) + len(BETWEEN))
        headings = dict(zip(starts, _headings(document), strict=False))
        with self._zone():
            text = BETWEEN.join(texts)
            doc = make_doc(self._pipeline, text)
            doc._.headings = {at: heading for at, heading in headings.items() if heading}
            doc = self._pipeline(doc)
            places = _Places(document.paragraphs, starts)
            return Extraction(
                entities=_entities(doc._.mentions),
                mentions=tuple(places.mention(found, text) for found in doc._.mentions),
                figures=tuple(
                    figure for figure in map(places.figure, doc._.figures) if figure.paragraph in told
                ),
                indicators=find_indicators(document),
                prevalence={places.place(at): word for at, word in doc._.prevalence.items()},
            )

    def _zone(self) -> AbstractContextManager[object]:
        """Keep the words that reports share, which makes reading them cheap; let later ones go again."""
        full = len(self._pipeline.vocab) > _WORDS_KEPT
        return self._pipeline.memory_zone() if full else nullcontext()


class _Places:
    """Turns offsets in the doc into offsets in paragraphs."""

    def __init__(self, paragraphs: tuple[Paragraph, ...], starts: list[int]) -> None:
        self._paragraphs = paragraphs
        self._starts = starts

    def place(self, at: int) -> tuple[int, int]:
        """Return the paragraph's position and the offset in it."""
        index = bisect_right(self._starts, at) - 1
        return self._paragraphs[index].position, at - self._starts[index]

    def mention(self, found: "Candidate", text: str) -> Mention:
        """Return what was found in the doc's text as a record of its own."""
        position, start = self.place(found.start)
        entity, words = found.entity, text[found.start : found.end]
        return Mention(position, start, start + len(words), entity.label, words, entity.id)

    def figure(self, figure: Figure) -> Figure:
        """Return the figure with its paragraph and its offsets there."""
        position, start = self.place(figure.start)
        return replace(figure, paragraph=position, start=start, end=start + figure.end - figure.start)


def _entities(mentions: Iterable["Candidate"]) -> tuple[Entity, ...]:
    """Return each entity once, as it is first named."""
    found: dict[str, Entity] = {}
    for mention in mentions:
        found.setdefault(mention.entity.id, mention.entity)
    return tuple(found[id_] for id_ in sorted(found))


def _headings(document: Document) -> list[str | None]:
    """Return for each paragraph the item it hangs under, or else the heading of its section."""
    texts = {paragraph.position: paragraph.text for paragraph in document.paragraphs}
    headings = {section.id: section.heading for section in document.sections}
    return [
        texts.get(paragraph.parent)
        if paragraph.parent is not None
        else headings.get(paragraph.section_id or 0)
        for paragraph in document.paragraphs
    ]
