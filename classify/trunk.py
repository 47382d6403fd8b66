"""How do the layers over words in their order learn: what do they see, and what slope goes back?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from classify.convolution import reach, room, take_in
from classify.descent import Slope
from classify.fit_head import at_random
from classify.grams import Tokens
from classify.net import Floats, Ints


@dataclass(frozen=True, slots=True)
class TrunkPlan:
    """The sizes of the layers over words."""

    width: int = 64  # of a word
    size: int = 96  # of what a word holds in each layer
    layers: int = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What went into each layer and came out of it, and the sum of what came out."""

    held: list[Floats]
    total: Floats


def start_trunk(rng: np.random.Generator, words: int, plan: TrunkPlan) -> list[Floats]:
    """Return arrays to start from: the vectors of so many words, each layer's kernel, each layer's bias."""
    widths = [plan.width, *[plan.size] * plan.layers]
    pairs = list(pairwise(widths))
    return [
        at_random(rng, words, plan.width, 0.1),
        *(at_random(rng, before, 3 * after, (2 / (3 * before)) ** 0.5) for before, after in pairs),
        *(np.zeros(after, np.float32) for _, after in pairs),
    ]


def some_of(tokens: Tokens, starts: Ints, sentences: Ints) -> Tokens:
    """Return the words of some of the sentences."""
    sizes = starts[sentences + 1] - starts[sentences]
    begins = np.cumsum(sizes) - sizes
    places = np.arange(sizes.sum()) + np.repeat(starts[sentences] - begins, sizes)
    return Tokens(tokens.ids[places], np.repeat(np.arange(len(sentences)), sizes), len(sentences))


def forward(arrays: Sequence[Floats], tokens: Tokens) -> Seen:
    """Return what the words hold after each layer, their own vectors first."""
    layers = len(arrays) // 2
    around = room(tokens)
    held = [arrays[0][tokens.ids]]
    for number, (kernel, bias) in enumerate(zip(arrays[1 : 1 + layers], arrays[1 + layers :], strict=True)):
        held.append(np.maximum(take_in(held[-1] @ kernel, around, reach(number)) + bias, 0.0))
    return Seen(held, np.sum(held[1:], axis=0))


def backward(kernels: Sequence[Floats], slope: Floats, seen: Seen, tokens: Tokens) -> list[Slope]:
    """Return the slopes of the words' vectors, the kernels and the biases, from that of the layers' sum."""
    of_kernels: list[Floats] = []
    of_biases: list[Floats] = []
    from_above: Floats = np.zeros_like(slope)
    around = room(tokens)
    for number in reversed(range(len(kernels))):
        back = (from_above + slope) * (seen.held[number + 1] > 0)
        given = _give_back(back, around, reach(number))
        of_kernels.insert(0, seen.held[number].T @ given)
        of_biases.insert(0, back.sum(axis=0))
        from_above = given @ kernels[number].T
    touched, which = np.unique(tokens.ids, return_inverse=True)
    ones = np.ones(len(which), np.float32)
    sums = csr_matrix((ones, (which, np.arange(len(which)))), shape=(len(touched), len(which)))
    return [(touched, sums @ from_above), *of_kernels, *of_biases]


def _give_back(slope: Floats, around: tuple[Ints, Ints], away: int) -> Floats:
    """Return the slope for what each word gave, from that for what each word took in."""
    width = slope.shape[1]
    before, after = around
    given = np.zeros((len(slope), 3 * width), np.float32)
    given[:, width : 2 * width] = slope
    given[:-away, :width] = slope[away:]
    given[away:, 2 * width :] = slope[:-away]
    given[after < away, :width] = 0.0
    given[before < away, 2 * width :] = 0.0
    return given
