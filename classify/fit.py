"""How does the sentence model learn from coded sentences and from a teacher's opinions?

Plain gradient descent (Adam) on soft labels, in numpy. The same data and seed give the same arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from classify.net import EXTRA, Batch, Floats, Ints, Net, paragraph_means, pooled, softmax, surroundings

_BETA1: Final = 0.9
_BETA2: Final = 0.999
_TINY: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: sizes, speed and how much is left out at random."""

    width: int = 24
    hidden: int = 96
    whole: int = 32
    epochs: int = 5
    rate: float = 0.004
    decay: float = 1e-5
    drop_words: float = 0.3
    drop_hidden: float = 0.25
    batch: int = 128  # paragraphs
    verdicts: float = 1.0  # how much a paragraph's own labels count beside a sentence's
    nets: int = 3  # trained side by side and merged
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Lessons:
    """Sentences and paragraphs with what is to be said of them; a row's weight 0 leaves it out.

    Rows of `valence` and `theme` are probabilities; a row of `whole` holds those of the paragraph's valence,
    then 1 for each of its themes.
    """

    batch: Batch
    valence: Floats
    theme: Floats
    valence_weight: Floats
    theme_weight: Floats
    whole: Floats
    whole_valence_weight: Floats
    whole_theme_weight: Floats


def fit_net(lessons: Lessons, features: int, plan: Plan) -> Net:
    """Train a sentence model on these lessons."""
    rng = np.random.default_rng(plan.seed)
    outputs = lessons.valence.shape[1] + lessons.theme.shape[1]
    arrays = _start(rng, features, outputs, plan)
    first = [np.zeros_like(a) for a in arrays]
    second = [np.zeros_like(a) for a in arrays]
    bags = lessons.batch.bags
    matrix = csr_matrix(
        (np.ones(len(bags.indices), np.float32), bags.indices, bags.starts), shape=(len(bags), features)
    )
    ends = np.searchsorted(lessons.batch.paragraph, np.arange(int(lessons.batch.paragraph[-1]) + 2))
    number = len(ends) - 1
    steps = plan.epochs * -(-number // plan.batch)
    step = 0
    for _ in range(plan.epochs):
        order = rng.permutation(number)
        for chosen in np.array_split(order, -(-number // plan.batch)):
            rows = np.concatenate([np.arange(ends[p], ends[p + 1]) for p in chosen])
            gradients = _gradients(arrays, matrix[rows], lessons, (rows, chosen), (rng, plan))
            step += 1
            rate = plan.rate * min(1.0, step / (0.05 * steps)) * (1 - step / steps)
            _adam(arrays, gradients, (first, second), step, rate)
            for table in arrays[:2]:
                table *= 1 - plan.decay * rate / plan.rate * 10
    return Net(*arrays)


def _start(rng: np.random.Generator, features: int, outputs: int, plan: Plan) -> list[Floats]:
    """Return the arrays before training."""
    seen = 4 * plan.width + EXTRA

    def random(rows: int, columns: int, size: float) -> Floats:
        return (rng.standard_normal((rows, columns)) * size).astype(np.float32)

    return [
        random(features, plan.width, 0.1),
        np.zeros((features, outputs), np.float32),
        random(seen, plan.hidden, (2 / seen) ** 0.5),
        np.zeros(plan.hidden, np.float32),
        random(plan.hidden, outputs, (1 / plan.hidden) ** 0.5),
        np.zeros(outputs, np.float32),
        random(2 * plan.hidden, plan.whole, (1 / plan.hidden) ** 0.5),
        np.zeros(plan.whole, np.float32),
        random(plan.whole, outputs, (1 / plan.whole) ** 0.5),
        np.zeros(outputs, np.float32),
    ]


def _gradients(
    arrays: Sequence[Floats],
    matrix: csr_matrix,
    lessons: Lessons,
    which: tuple[Ints, Ints],
    chance: tuple[np.random.Generator, Plan],
) -> list[tuple[Ints, Floats] | Floats]:
    """Return the slope of the loss for each array; for the two tables only the rows that were touched.

    `which` holds the sentences and the paragraphs of the batch.
    """
    rng, plan = chance
    rows = which[0]
    vectors, direct, hidden, hidden_bias, out, out_bias = arrays[:6]
    matrix = _drop(matrix, rng, plan.drop_words)
    paragraph = _renumber(lessons.batch.paragraph[rows])
    touched = np.unique(matrix.indices)
    small = matrix[:, touched]
    near, spoken = small @ vectors[touched], small @ direct[touched]
    seen = surroundings(near, paragraph, lessons.batch.extra[rows])
    keep = (rng.random(len(hidden_bias)) >= plan.drop_hidden) / (1 - plan.drop_hidden)
    layer = np.maximum(seen @ hidden + hidden_bias, 0.0)
    kept = (layer * keep).astype(np.float32)
    score = kept @ out + out_bias + spoken
    error = _error(score, lessons, rows)
    from_whole, whole_gradients = _whole_back(arrays[6:], (kept, paragraph), lessons, which, plan)
    back = ((error @ out.T + from_whole) * keep * (layer > 0)).astype(np.float32)
    near_back = _surroundings_back(back @ hidden.T, paragraph, vectors.shape[1])
    turned = small.T.tocsr()
    return [
        (touched, turned @ near_back),
        (touched, turned @ error),
        seen.T @ back,
        back.sum(axis=0),
        kept.T @ error,
        error.sum(axis=0),
        *whole_gradients,
    ]


def _whole_back(
    arrays: Sequence[Floats],
    layer: tuple[Floats, Ints],
    lessons: Lessons,
    which: tuple[Ints, Ints],
    plan: Plan,
) -> tuple[Floats, list[Floats]]:
    """Return the slope that the verdicts on whole paragraphs give the layer, and that of their own arrays."""
    whole, whole_bias, verdict, verdict_bias = arrays
    kept, paragraph = layer
    seen = pooled(kept, paragraph)
    found = np.maximum(seen @ whole + whole_bias, 0.0)
    error = _whole_error(found @ verdict + verdict_bias, lessons, which[1]) * (plan.verdicts / len(which[0]))
    back = ((error @ verdict.T) * (found > 0)).astype(np.float32)
    mean, largest = np.split(back @ whole.T, 2, axis=1)
    counts = np.bincount(paragraph)[:, None].astype(np.float32)
    chosen = kept == seen[:, kept.shape[1] :][paragraph]
    slope = (mean / counts)[paragraph] + largest[paragraph] * chosen
    return slope, [seen.T @ back, back.sum(axis=0), found.T @ error, error.sum(axis=0)]


def _whole_error(score: Floats, lessons: Lessons, paragraphs: Ints) -> Floats:
    """Return the slope of the loss for the scores of whole paragraphs: one valence, any number of themes."""
    split = lessons.valence.shape[1]
    wanted = lessons.whole[paragraphs]
    valence = (softmax(score[:, :split]) - wanted[:, :split]) * lessons.whole_valence_weight[paragraphs][
        :, None
    ]
    themes = (1 / (1 + np.exp(-score[:, split:])) - wanted[:, split:]) / 2
    themes *= lessons.whole_theme_weight[paragraphs][:, None]
    return np.concatenate([valence, themes], axis=1).astype(np.float32)


def _drop(matrix: csr_matrix, rng: np.random.Generator, share: float) -> csr_matrix:
    """Return the bags with some features left out, scaled by the root of how many are left."""
    keep = rng.random(len(matrix.data)) >= share
    counts = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr]
    sizes = np.diff(counts)
    data = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return csr_matrix((data, matrix.indices[keep], counts), shape=matrix.shape)


def _renumber(paragraph: Ints) -> Ints:
    """Number the paragraphs of a batch from 0 in the order in which they stand."""
    return np.concatenate([[0], np.cumsum(paragraph[1:] != paragraph[:-1])]).astype(np.int64)


def _error(score: Floats, lessons: Lessons, rows: Ints) -> Floats:
    """Return the slope of the loss for the scores."""
    split = lessons.valence.shape[1]
    valence = softmax(score[:, :split]) - lessons.valence[rows]
    theme = softmax(score[:, split:]) - lessons.theme[rows]
    weights = lessons.valence_weight[rows][:, None], lessons.theme_weight[rows][:, None]
    both = np.concatenate([valence * weights[0], theme * weights[1]], axis=1) / len(rows)
    return both.astype(np.float32)


def _surroundings_back(slope: Floats, paragraph: Ints, width: int) -> Floats:
    """Return the slope for the sentences' own vectors."""
    own, before, after, mean = (slope[:, i * width : (i + 1) * width] for i in range(4))
    same = (paragraph[1:] == paragraph[:-1])[:, None]
    result = own.copy()
    result[:-1] += before[1:] * same
    result[1:] += after[:-1] * same
    return result + paragraph_means(mean, paragraph)[paragraph]


def _adam(
    arrays: Sequence[Floats],
    gradients: Sequence[tuple[Ints, Floats] | Floats],
    moments: tuple[list[Floats], list[Floats]],
    step: int,
    rate: float,
) -> None:
    """Move every array one step; of the tables only the rows that were touched."""
    correction = (1 - _BETA2**step) ** 0.5 / (1 - _BETA1**step)
    for array, gradient, first, second in zip(arrays, gradients, *moments, strict=True):
        rows: npt.NDArray[np.int64] | slice = slice(None)
        slope: Floats
        if isinstance(gradient, tuple):
            rows, slope = gradient
        else:
            slope = gradient
        first[rows] = _BETA1 * first[rows] + (1 - _BETA1) * slope
        second[rows] = _BETA2 * second[rows] + (1 - _BETA2) * slope**2
        array[rows] -= rate * correction * first[rows] / (np.sqrt(second[rows]) + _TINY)
