"""How do arrays learn, given the slope of the loss at each step?

Adam (Kingma and Ba 2015) with a rate that rises and falls, in numpy. The same data and seed give the same
arrays.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classify.net import Floats, Ints

Slope = Floats | tuple[Ints, Floats]  # of a table, only the rows that were touched

_BETA1: Final = 0.9
_BETA2: Final = 0.999
_TINY: Final = 1e-8
_RISE: Final = 0.05  # the share of the steps in which the rate rises


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often all paragraphs are gone through, how many at a time, how fast, and how much arrays shrink."""

    epochs: int
    batch: int
    rate: float = 0.004
    shrink: float = 0.02


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences and the paragraphs of one step of training."""

    sentences: Ints
    paragraphs: Ints


def descend(
    arrays: list[Floats],
    slopes: Callable[[Chosen], Sequence[Slope]],
    paragraph: Ints,
    schedule: Schedule,
    rng: np.random.Generator,
) -> None:
    """Change the arrays step by step; `paragraph` numbers the paragraph of each sentence from 0."""
    first = [np.zeros_like(a) for a in arrays]
    second = [np.zeros_like(a) for a in arrays]
    ends = np.searchsorted(paragraph, np.arange(int(paragraph[-1]) + 2))
    number = len(ends) - 1
    parts = -(-number // schedule.batch)
    steps, step = schedule.epochs * parts, 0
    for _ in range(schedule.epochs):
        for some in np.array_split(rng.permutation(number), parts):
            sentences = np.concatenate([np.arange(ends[p], ends[p + 1]) for p in some])
            step += 1
            rate = schedule.rate * min(1.0, step / (_RISE * steps)) * (1 - step / steps)
            _adam(arrays, slopes(Chosen(sentences, some)), (first, second), step, rate)
            for array in arrays:
                if array.ndim > 1:  # all but the biases
                    array *= 1 - schedule.shrink * rate


def _adam(
    arrays: Sequence[Floats],
    slopes: Sequence[Slope],
    moments: tuple[list[Floats], list[Floats]],
    step: int,
    rate: float,
) -> None:
    """Move every array one step; of the tables only the rows that were touched."""
    correction = (1 - _BETA2**step) ** 0.5 / (1 - _BETA1**step)
    for array, given, first, second in zip(arrays, slopes, *moments, strict=True):
        rows: npt.NDArray[np.int64] | slice = slice(None)
        slope: Floats
        if isinstance(given, tuple):
            rows, slope = given
        else:
            slope = given
        first[rows] = _BETA1 * first[rows] + (1 - _BETA1) * slope
        second[rows] = _BETA2 * second[rows] + (1 - _BETA2) * slope**2
        array[rows] -= rate * correction * first[rows] / (np.sqrt(second[rows]) + _TINY)
