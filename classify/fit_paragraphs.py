"""How is it learned what a paragraph's sentences come to together?

The paragraph models must learn from sentence probabilities as bad as those of unseen reports, so they are
shown what sentence models said that did not know the authority.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from classify.coder import Passage
from classify.linear import Linear, fit_linear
from classify.net import Floats, Ints, softmax
from classify.paragraph import (
    Sentences,
    pad,
    sigmoid,
    theme_features,
    theme_valence_features,
    valence_features,
    with_habits,
)
from classify.samples import Sample
from classify.verdicts import choose_themes, with_verdict
from corpus.model import VALENCES

REVIEWED_SHARE: Final = 0.10  # of the findings are marked for review
_THRESHOLDS: Final = tuple(np.round(np.arange(0.25, 0.61, 0.05), 2).tolist())

Said = tuple[Floats, Floats]  # scores of a paragraph's sentences (rows), and of the whole


@dataclass(frozen=True, slots=True)
class Learned:
    """The paragraph models with their thresholds."""

    valence: Linear
    theme: Linear
    theme_valence: Linear
    theme_threshold: float
    review_below: float


def laid_out(passages: Sequence[Passage], said: Sequence[Said]) -> Sentences:
    """Return sentences with their probabilities, padded by paragraph."""
    score = np.concatenate([sentences for sentences, _ in said])
    whole = np.stack([verdict for _, verdict in said])
    spoken = [words for passage in passages for words in passage.words]
    split = len(VALENCES)
    lengths = [len(passage.words) for passage in passages]
    return pad(lengths, spoken, softmax(score[:, :split]), softmax(score[:, split:]), whole)


def fit_paragraphs(coded: Sequence[Sample], said: Sequence[Said], fold: Ints, themes: int) -> Learned:
    """Train the paragraph models on what the sentence models said of reports that they had not seen.

    `fold` is the part that a sample's authority falls into.
    """
    sentences = laid_out([sample.passage for sample in coded], said)
    judged = np.array([not sample.improvement for sample in coded])
    valence = np.array([sample.valence for sample in coded])
    features = valence_features(sentences)
    whole = _cross_predict(features, valence, fold, judged)
    whole = with_verdict(whole, softmax(sentences.whole_valence))
    model = fit_linear(features[judged], valence[judged], len(VALENCES))
    wanted = np.zeros((len(coded), themes), np.int64)
    for row, sample in enumerate(coded):
        wanted[row, [theme for theme, _ in sample.themes]] = 1
    by_theme = with_habits(theme_features(sentences), themes)
    width = by_theme.shape[2]
    held_out = _cross_themes(by_theme, wanted, fold)
    held_out = with_verdict(held_out, sigmoid(sentences.whole_theme))
    sides = theme_valence_features(sentences, whole)
    rows, columns, side = _theme_rows(coded)
    return Learned(
        valence=model,
        theme=fit_linear(by_theme.reshape(-1, width), wanted.reshape(-1), 1),
        theme_valence=fit_linear(sides[rows, columns], side, len(VALENCES)),
        theme_threshold=_best_threshold(held_out, wanted),
        review_below=float(np.quantile(whole[judged].max(axis=1), REVIEWED_SHARE)),
    )


def _theme_rows(coded: Sequence[Sample]) -> tuple[Any, Any, Any]:
    """Return row, theme and valence of every coding of a finding."""
    triples = [(r, t, v) for r, s in enumerate(coded) if not s.improvement for t, v in s.themes]
    rows, columns, side = (np.array(part) for part in zip(*triples, strict=True))
    return rows, columns, side


def _cross_predict(features: Floats, labels: Floats, fold: Floats, judged: Floats) -> Floats:
    """Return probabilities for each row from a model that was fitted without its part."""
    result = np.zeros((len(features), len(VALENCES)), np.float32)
    for left_out in np.unique(fold):
        use, ask = judged & (fold != left_out), fold == left_out
        model = fit_linear(features[use], labels[use], len(VALENCES))
        result[ask] = softmax(model.scores(features[ask]))
    return result


def _cross_themes(features: Floats, wanted: Floats, fold: Floats) -> Floats:
    """Return the probability of each theme from a model that was fitted without the row's part."""
    result = np.zeros(wanted.shape, np.float32)
    width = features.shape[2]
    for left_out in np.unique(fold):
        use, ask = fold != left_out, fold == left_out
        model = fit_linear(features[use].reshape(-1, width), wanted[use].reshape(-1), 1)
        result[ask] = sigmoid(model.scores(features[ask])[..., 0])
    return result


def _best_threshold(probability: Floats, wanted: Floats) -> float:
    """Return the threshold for further themes that agrees best with the readers (micro-F1)."""

    def agreement(threshold: float) -> float:
        chosen = np.zeros_like(wanted)
        for row, values in enumerate(probability):
            chosen[row, choose_themes(values, threshold)] = 1
        return float(2 * (chosen & wanted).sum() / (chosen.sum() + wanted.sum()))

    best: float = max(_THRESHOLDS, key=agreement)
    return best
