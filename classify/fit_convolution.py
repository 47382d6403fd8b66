"""How does the net over words in their order learn from coded sentences and from a teacher's opinions?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from classify.convolution import Convolution, summarise
from classify.descent import Chosen, Schedule, Slope, descend
from classify.fit_head import HeadPlan, Lessons, head_slopes, start_head
from classify.grams import Tokens
from classify.net import Floats, Head
from classify.trunk import TrunkPlan, backward, forward, some_of


@dataclass(frozen=True, slots=True)
class ConvolutionPlan:
    """How to train: sizes, speed and how much is left out at random."""

    trunk: TrunkPlan = field(default_factory=TrunkPlan)
    drop: float = 0.2
    head: HeadPlan = field(default_factory=lambda: HeadPlan(drop_hidden=0.0, verdicts=4.0))
    schedule: Schedule = field(default_factory=lambda: Schedule(epochs=8, batch=32))


def fit_convolution(
    lessons: Lessons, start: Sequence[Floats], plan: ConvolutionPlan, seed: int
) -> Convolution:
    """Train a net over words in their order on these lessons, from the arrays that `start` holds.

    These are as `trunk.start_trunk` gives them at random, or `masked_words.learn_words` from reports.
    """
    rng = np.random.default_rng(seed)
    outputs = lessons.valence.shape[1] + lessons.theme.shape[1]
    size = plan.trunk.size
    arrays = [*(array.copy() for array in start), *start_head(rng, 2 * size, outputs, plan.head)]
    layers = plan.trunk.layers
    starts = lessons.batch.tokens.starts

    def slopes(chosen: Chosen) -> list[Slope]:
        tokens = some_of(lessons.batch.tokens, starts, chosen.sentences)
        seen = forward(arrays[: 1 + 2 * layers], tokens)
        said = summarise(seen.total, tokens.starts)
        keep = ((rng.random(said.shape, np.float32) >= plan.drop) / (1 - plan.drop)).astype(np.float32)
        near, _, of_head = head_slopes(
            arrays[1 + 2 * layers :], (said * keep, 0.0), lessons, chosen, (rng, plan.head)
        )
        slope = _summary_back(near * keep, said, seen.total, tokens)
        return [*backward(arrays[1 : 1 + layers], slope, seen, tokens), *of_head]

    descend(arrays, slopes, lessons.batch.place.paragraph, plan.schedule, rng)
    return put_together(arrays, layers)


def put_together(arrays: Sequence[Floats], layers: int) -> Convolution:
    """Return the net of these arrays: vectors of words, kernel and then bias of each layer, and the head."""
    vectors, first, *kernels = arrays[: 1 + layers]
    biases = arrays[1 + layers : 1 + 2 * layers]
    return Convolution(vectors @ first, tuple(kernels), tuple(biases), Head(*arrays[1 + 2 * layers :]))


def _summary_back(slope: Floats, said: Floats, held: Floats, tokens: Tokens) -> Floats:
    """Return the slope for what words hold, from that for the largest and the mean in their sentence."""
    largest, mean = np.split(slope, 2, axis=1)
    counts = np.diff(tokens.starts)[:, None].astype(np.float32)
    leading = held == said[tokens.sentence, : held.shape[1]]
    result: Floats = (mean / counts)[tokens.sentence] + largest[tokens.sentence] * leading
    return result
