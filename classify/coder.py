"""What does each paragraph of a report find, and about what theme?

The valence of findings and summaries comes from the trained model; that of recommendations and improvement
points from where they stand. Themes come from the model, or from the cues of a codebook that the model does
not know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from classify.artefact import Model, load_model
from classify.cascade import scores
from classify.cues import CueThemes
from classify.net import Floats, lay_out, pooled, softmax
from classify.paragraph import (
    Sentences,
    odds,
    pad,
    sigmoid,
    theme_features,
    theme_valence_features,
    valence_features,
    with_habits,
)
from classify.verdicts import choose_themes, theme_sides, with_verdict
from classify.words import stems, words
from corpus.codebook import Codebook, load_codebook
from corpus.model import VALENCES, Coding, Document, Paragraph, ParagraphCoding, SentenceCoding
from corpus.sentences import split_sentences

JUDGED: Final = ("finding", "summary", "improvement")
IMPROVEMENT: Final = "improvement"
_WEAKNESS: Final = VALENCES.index("weakness")
_NOTHING: Final = 1.0  # how sure we are that furniture of the page judges nothing


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with the sentences to be coded, the stems of their words, and where it stands."""

    paragraph: Paragraph
    spans: tuple[tuple[int, int], ...]
    words: tuple[list[str], ...]
    area: str | None


@dataclass(frozen=True, slots=True)
class Opinions:
    """All probabilities for some passages: of sentences one after another, and of paragraphs."""

    sentences: Sentences
    valence: Floats
    theme: Floats
    theme_valence: Floats


class Coder:
    """Codes documents with one codebook and one model; the same text always gets the same codings."""

    def __init__(self, codebook: Codebook, model: Model) -> None:
        self.codebook = codebook
        self.model = model
        self._themes = codebook.theme_ids
        known = model.themes == self._themes
        self._cues = None if known else CueThemes(codebook)

    def code(self, document: Document) -> tuple[ParagraphCoding, ...]:
        """Return what is said of every paragraph, in reading order."""
        areas = {section.id: section.area for section in document.sections}
        passages = [
            read_passage(paragraph, areas.get(paragraph.section_id or 0))
            for paragraph in document.paragraphs
            if paragraph.role in JUDGED
        ]
        judged = [passage for passage in passages if passage.spans]
        found = {coding.paragraph: coding for coding in self.code_passages(judged)}
        return tuple(found.get(p.position) or _nothing(p) for p in document.paragraphs)

    def code_passages(self, passages: Sequence[Passage]) -> list[ParagraphCoding]:
        """Return what is said of each of these passages; each must hold a sentence."""
        if not passages:
            return []
        return list(self._decide(passages, self.weigh(passages)))

    def weigh(self, passages: Sequence[Passage]) -> Opinions:
        """Return the probabilities behind the codings of these passages."""
        model = self.model
        spoken = [sentence for passage in passages for sentence in passage.words]
        lengths = [len(passage.words) for passage in passages]
        batch = lay_out(model.vocabulary, spoken, lengths, [passage.area for passage in passages])
        paragraph = batch.place.paragraph
        score, verdict = scores(model.nets, batch)
        valence = softmax(score[:, : len(VALENCES)])
        theme = softmax(score[:, len(VALENCES) :])
        if self._cues:
            theme = self._cues.sentences(_plain_words(passages), paragraph)
            largest = pooled(theme, paragraph)[:, len(self._themes) :]
            verdict = np.concatenate([verdict[:, : len(VALENCES)], odds(largest)], axis=1)
        improvement = np.array([p.paragraph.role == IMPROVEMENT for p in passages])
        valence[improvement[paragraph]] = np.eye(len(VALENCES), dtype=np.float32)[_WEAKNESS]
        sentences = pad(lengths, spoken, valence, theme, verdict)
        added_up = softmax(model.valence.scores(valence_features(sentences)))
        whole = with_verdict(added_up, softmax(sentences.whole_valence))
        whole[improvement] = np.eye(len(VALENCES), dtype=np.float32)[_WEAKNESS]
        features = theme_valence_features(sentences, whole)
        flat = features.reshape(-1, features.shape[2])
        by_theme = softmax(model.theme_valence.scores(flat)).reshape(*features.shape[:2], len(VALENCES))
        features = with_habits(theme_features(sentences), len(model.themes), known=self._cues is None)
        themes = with_verdict(sigmoid(model.theme.scores(features)[..., 0]), sigmoid(sentences.whole_theme))
        return Opinions(sentences, whole, themes, by_theme)

    def _decide(self, passages: Sequence[Passage], opinions: Opinions) -> Iterator[ParagraphCoding]:
        """Turn the probabilities of the passages into their codings."""
        valence, sure = _best(opinions.valence)
        doubtful = (opinions.valence.max(axis=1) < self.model.review_below).tolist()
        there = opinions.sentences.there
        themes = opinions.sentences.theme[there].argmax(axis=1).tolist()
        spoken = zip(*_best(opinions.sentences.valence[there]), themes, strict=True)
        for row, passage in enumerate(passages):
            yield ParagraphCoding(
                paragraph=passage.paragraph.position,
                valence=VALENCES[valence[row]],
                probability=sure[row],
                needs_review=doubtful[row],
                codings=tuple(self._codings(valence[row], opinions, row)),
                sentences=tuple(
                    SentenceCoding(start, end, VALENCES[side], self._themes[theme], probability)
                    for (start, end), (side, probability, theme) in zip(passage.spans, spoken, strict=False)
                ),
            )

    def _codings(self, valence: int, opinions: Opinions, row: int) -> Iterator[Coding]:
        """Yield the themes of one passage, each with its side."""
        probability = opinions.theme[row]
        themes = choose_themes(probability, self.model.theme_threshold)
        sides = theme_sides(valence, opinions.theme_valence[row, themes])
        for rank, (theme, side) in enumerate(zip(themes, sides, strict=True), 1):
            yield Coding(self._themes[theme], rank, VALENCES[side], _rounded(probability[theme]))


def load_coder(codebook: Codebook | None = None, model: Path | None = None) -> Coder:
    """Return a coder for a codebook (ours, if none is given) with a trained model (the one that comes along).

    Raises:
        ModelError: the model is missing or damaged.
    """
    return Coder(codebook or load_codebook(), load_model(model) if model else _own_model())


def read_passage(paragraph: Paragraph, area: str | None) -> Passage:
    """Return a paragraph's sentences and their words."""
    spans = split_sentences(paragraph.text)
    return Passage(paragraph, spans, tuple(stems(paragraph.text[a:b]) for a, b in spans), area)


def _plain_words(passages: Sequence[Passage]) -> list[list[str]]:
    """Return the words of every sentence as they stand."""
    return [words(passage.paragraph.text[a:b]) for passage in passages for a, b in passage.spans]


@cache
def _own_model() -> Model:
    """Load the model that comes along, once."""
    return load_model(Path(str(files("models") / "coder.npz")))


def _nothing(paragraph: Paragraph) -> ParagraphCoding:
    """Return the coding of a paragraph that judges nothing by where it stands."""
    spans = split_sentences(paragraph.text)
    sentences = tuple(SentenceCoding(*span, "neutral", None, _NOTHING) for span in spans)
    return ParagraphCoding(paragraph.position, "neutral", _NOTHING, False, (), sentences)


def _best(probability: Floats) -> tuple[list[int], list[float]]:
    """Return the most probable choice of each row, and how probable it is."""
    return probability.argmax(axis=1).tolist(), list(map(_rounded, probability.max(axis=1).tolist()))


def _rounded(probability: float) -> float:
    """Round so that the last digits of another machine's arithmetic do not show."""
    return round(float(probability), 4)
