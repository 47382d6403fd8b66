"""What does a report name, count and measure: entities, figures, indicators, prevalence?"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from corpus.model import Document, Entity, Extraction, Figure, Indicator, Mention, Paragraph
from corpus.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language

    from extract.mentions import Candidate

_TOLD: Final = frozenset({"finding", "summary", "improvement"})  # roles whose numbers are figures

__all__ = ["Extractor", "load", "nlp"]


def load() -> "Extractor":
    """Return an extractor that is ready to analyse documents."""
    return Extractor()


@cache
def nlp() -> "Language":
    """Return the spaCy pipeline; it takes a report, or any text, whose paragraphs a blank line divides."""
    from extract.components import build_pipeline

    return build_pipeline()


class Extractor:
    """Finds what documents name, count and measure; one extractor serves any number of documents.

    What it finds is what the spaCy pipeline finds, without loading spaCy.
    """

    def analyse(self, document: Document) -> Extraction:
        """Return everything found in the document, with offsets in its paragraphs."""
        texts = [paragraph.text.replace("\n", " ") for paragraph in document.paragraphs]
        mentions = _mentions(texts)
        return Extraction(
            entities=_entities(mentions),
            mentions=tuple(_placed(document.paragraphs, texts, mentions)),
            figures=tuple(_figures(document, texts)),
            indicators=_indicators(document),
            prevalence=dict(_prevalence(document.paragraphs, texts)),
        )


def _indicators(document: Document) -> tuple[Indicator, ...]:
    """Return what an area profile says; only reports of some years have one, and what reads it loads then."""
    if not any(paragraph.role == "profile" for paragraph in document.paragraphs):
        return ()
    from extract.indicators import find_indicators

    return find_indicators(document)


def _mentions(texts: Iterable[str]) -> "tuple[Candidate, ...]":
    """Return every name in the paragraphs, with its offsets in their joined text."""
    from extract.acronyms import resolve
    from extract.entities import BETWEEN, find_entities, paragraphs, sentence_starts
    from extract.mentions import whole_words
    from extract.tokens import grown

    text = BETWEEN.join(texts)
    edges = cache(partial(grown, text))  # asked twice for most names
    found = whole_words(find_entities(text, frozenset(sentence_starts(paragraphs(text)))), edges)
    return whole_words(resolve(text, found), edges)


def _placed(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], mentions: "Iterable[Candidate]"
) -> Iterator[Mention]:
    """Yield the mentions with their offsets in the paragraph that each stands in."""
    from extract.entities import BETWEEN

    ends = list(accumulate(len(text) + len(BETWEEN) for text in texts))
    for found in mentions:
        index = bisect_right(ends, found.start)
        start = found.start - (ends[index - 1] if index else 0)
        end = start + found.end - found.start
        words = texts[index][start:end]
        yield Mention(paragraphs[index].position, start, end, found.entity.label, words, found.entity.id)


def _figures(document: Document, texts: Iterable[str]) -> Iterator[Figure]:
    """Yield the stated quantities of the paragraphs in which inspectors tell."""
    from extract.figures import find_figures

    for paragraph, text, heading in zip(document.paragraphs, texts, _headings(document), strict=True):
        if paragraph.role in _TOLD:
            yield from find_figures(text, paragraph=paragraph.position, heading=heading)


def _prevalence(
    paragraphs: Iterable[Paragraph], texts: Iterable[str]
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the prevalence word of each sentence that has one, by its paragraph and its offset there."""
    from extract.prevalence import sentence_prevalence

    for paragraph, text in zip(paragraphs, texts, strict=True):
        for start, end in split_sentences(text):
            word = sentence_prevalence(text[start:end])
            if word is not None:
                yield (paragraph.position, start), word


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
