"""How does the net over words in their order learn from coded sentences and from a teacher's opinions?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from classify.convolution import Convolution, reach, room, summarise, take_in
from classify.descent import Chosen, Schedule, Slope, descend
from classify.fit_head import HeadPlan, Lessons, at_random, head_slopes, start_head
from classify.grams import Tokens
from classify.net import Floats, Head, Ints


@dataclass(frozen=True, slots=True)
class ConvolutionPlan:
    """How to train: sizes, speed and how much is left out at random."""

    width: int = 64  # of a word
    size: int = 96  # of what a word holds in each layer
    layers: int = 3
    drop: float = 0.2
    head: HeadPlan = field(default_factory=lambda: HeadPlan(drop_hidden=0.0, verdicts=4.0))
    schedule: Schedule = field(default_factory=lambda: Schedule(epochs=8, batch=32))


def fit_convolution(lessons: Lessons, words: int, plan: ConvolutionPlan, seed: int) -> Convolution:
    """Train a net over words in their order on these lessons; `words` counts the ids of words."""
    rng = np.random.default_rng(seed)
    outputs = lessons.valence.shape[1] + lessons.theme.shape[1]
    widths = [plan.width, *[plan.size] * plan.layers]
    pairs = list(pairwise(widths))
    arrays = [
        at_random(rng, words, plan.width, 0.1),
        *(at_random(rng, before, 3 * after, (2 / (3 * before)) ** 0.5) for before, after in pairs),
        *(np.zeros(after, np.float32) for _, after in pairs),
        *start_head(rng, 2 * plan.size, outputs, plan.head),
    ]
    layers = plan.layers
    starts = lessons.batch.tokens.starts

    def slopes(chosen: Chosen) -> list[Slope]:
        tokens = _some(lessons.batch.tokens, starts, chosen.sentences)
        seen = _forward(arrays[: 1 + 2 * layers], tokens)
        said = summarise(seen.total, tokens.starts)
        keep = ((rng.random(said.shape, np.float32) >= plan.drop) / (1 - plan.drop)).astype(np.float32)
        near, _, of_head = head_slopes(
            arrays[1 + 2 * layers :], (said * keep, 0.0), lessons, chosen, (rng, plan.head)
        )
        slope = _summary_back(near * keep, said, seen.total, tokens)
        return [*_back(arrays[1 : 1 + layers], slope, seen, tokens), *of_head]

    descend(arrays, slopes, lessons.batch.place.paragraph, plan.schedule, rng)
    return put_together(arrays, layers)


def put_together(arrays: Sequence[Floats], layers: int) -> Convolution:
    """Return the net of these arrays: vectors of words, kernel and then bias of each layer, and the head."""
    vectors, first, *kernels = arrays[: 1 + layers]
    biases = arrays[1 + layers : 1 + 2 * layers]
    return Convolution(vectors @ first, tuple(kernels), tuple(biases), Head(*arrays[1 + 2 * layers :]))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What went into each layer and came out of it, and the sum of what came out."""

    held: list[Floats]
    total: Floats


def _some(tokens: Tokens, starts: Ints, sentences: Ints) -> Tokens:
    """Return the words of some of the sentences."""
    sizes = starts[sentences + 1] - starts[sentences]
    begins = np.cumsum(sizes) - sizes
    places = np.arange(sizes.sum()) + np.repeat(starts[sentences] - begins, sizes)
    return Tokens(tokens.ids[places], np.repeat(np.arange(len(sentences)), sizes), len(sentences))


def _forward(arrays: Sequence[Floats], tokens: Tokens) -> _Seen:
    """Return what the words hold after each layer, their own vectors first."""
    layers = len(arrays) // 2
    around = room(tokens)
    held = [arrays[0][tokens.ids]]
    for number, (kernel, bias) in enumerate(zip(arrays[1 : 1 + layers], arrays[1 + layers :], strict=True)):
        held.append(np.maximum(take_in(held[-1] @ kernel, around, reach(number)) + bias, 0.0))
    return _Seen(held, np.sum(held[1:], axis=0))


def _back(kernels: Sequence[Floats], slope: Floats, seen: _Seen, tokens: Tokens) -> list[Slope]:
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


def _summary_back(slope: Floats, said: Floats, held: Floats, tokens: Tokens) -> Floats:
    """Return the slope for what words hold, from that for the largest and the mean in their sentence."""
    largest, mean = np.split(slope, 2, axis=1)
    counts = np.diff(tokens.starts)[:, None].astype(np.float32)
    leading = held == said[tokens.sentence, : held.shape[1]]
    result: Floats = (mean / counts)[tokens.sentence] + largest[tokens.sentence] * leading
    return result
