"""What do the nets say together: a quick one of everything, a careful one where the quick one is in doubt?

The net over groups of words (`net`) is quick. Where its verdict on a paragraph is not clear, the net over
words in their order (`convolution`) is heard too, and the mean of what they say counts.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from classify import convolution, net
from classify.convolution import Convolution
from classify.net import Batch, Flags, Floats, Net, softmax
from corpus.model import VALENCES

_CLEAR: Final = 0.97  # probability of a valence
_CLEAR_THEME: Final = 0.1  # of yes or of no to a theme: further from both is in doubt
_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Nets:
    """The net over groups of words, and the net over words in their order."""

    groups: Net
    order: Convolution


def scores(nets: Nets, batch: Batch) -> tuple[Floats, Floats]:
    """Return the scores of the valences, then of the themes: for each sentence, and for each paragraph."""
    sentences, paragraphs = net.scores(nets.groups, batch)
    sentences, paragraphs = _sentence_logs(sentences), _paragraph_logs(paragraphs)
    doubtful = in_doubt(paragraphs)
    if doubtful.any():
        rows = doubtful[batch.place.paragraph]
        by_order = convolution.scores(nets.order, batch.tokens.of(rows), batch.place.of(doubtful))
        sentences[rows] = (sentences[rows] + _sentence_logs(by_order[0])) / 2
        paragraphs[doubtful] = (paragraphs[doubtful] + _paragraph_logs(by_order[1])) / 2
    return sentences, paragraphs


def in_doubt(paragraphs: Floats) -> Flags:
    """Return which of these paragraphs have no clear valence, or a theme that may or may not be theirs."""
    split = len(VALENCES)
    unsure = paragraphs[:, :split].max(axis=1, initial=-np.inf) < np.log(_CLEAR)
    bound = np.log((1 - _CLEAR_THEME) / _CLEAR_THEME)
    doubtful: Flags = unsure | (np.abs(paragraphs[:, split:]) < bound).any(axis=1)
    return doubtful


def _sentence_logs(score: Floats) -> Floats:
    """Return log-probabilities of the valences and of the themes."""
    return np.concatenate([_logs(score[:, : len(VALENCES)]), _logs(score[:, len(VALENCES) :])], axis=1)


def _paragraph_logs(score: Floats) -> Floats:
    """Return log-probabilities of the valences; the scores of the themes are log-odds as they stand."""
    return np.concatenate([_logs(score[:, : len(VALENCES)]), score[:, len(VALENCES) :]], axis=1)


def _logs(score: Floats) -> Floats:
    result: Floats = np.log(softmax(score) + _TINY)
    return result
