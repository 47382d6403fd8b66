"""How does the head of a net learn, and what slope does it hand back to the vectors of the sentences?

Labels are soft: probabilities, of a reader or of a teacher.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from classify.descent import Chosen
from classify.net import EXTRA, Batch, Floats, Ints, Place, paragraph_means, pooled, softmax, surroundings


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


@dataclass(frozen=True, slots=True)
class HeadPlan:
    """How to train a head: sizes, how much is left out at random, and what counts."""

    hidden: int = 96
    whole: int = 32
    drop_hidden: float = 0.25
    verdicts: float = 1.0  # how much a paragraph's own labels count beside a sentence's


def start_head(rng: np.random.Generator, width: int, outputs: int, plan: HeadPlan) -> list[Floats]:
    """Return the arrays of a head before training, for vectors of sentences of this width."""
    seen = 4 * width + EXTRA
    return [
        at_random(rng, seen, plan.hidden, (2 / seen) ** 0.5),
        np.zeros(plan.hidden, np.float32),
        at_random(rng, plan.hidden, outputs, (1 / plan.hidden) ** 0.5),
        np.zeros(outputs, np.float32),
        at_random(rng, 2 * plan.hidden, plan.whole, (1 / plan.hidden) ** 0.5),
        np.zeros(plan.whole, np.float32),
        at_random(rng, plan.whole, outputs, (1 / plan.whole) ** 0.5),
        np.zeros(outputs, np.float32),
    ]


def at_random(rng: np.random.Generator, rows: int, columns: int, size: float) -> Floats:
    """Return small numbers to start from."""
    return (rng.standard_normal((rows, columns)) * size).astype(np.float32)


def head_slopes(
    arrays: Sequence[Floats],
    vectors: tuple[Floats, Floats | float],
    lessons: Lessons,
    chosen: Chosen,
    chance: tuple[np.random.Generator, HeadPlan],
) -> tuple[Floats, Floats, list[Floats]]:
    """Return the slopes of the loss for the vectors, for what words say directly, and for the head's arrays.

    `vectors` holds the vectors of the chosen sentences, and what their words say directly.
    """
    rng, plan = chance
    hidden, hidden_bias, out, out_bias = arrays[:4]
    near, direct = vectors
    paragraph = _renumber(lessons.batch.place.paragraph[chosen.sentences])
    seen = surroundings(near, Place(paragraph, lessons.batch.place.extra[chosen.sentences]))
    keep = (rng.random(len(hidden_bias)) >= plan.drop_hidden) / (1 - plan.drop_hidden)
    layer = np.maximum(seen @ hidden + hidden_bias, 0.0)
    kept = (layer * keep).astype(np.float32)
    error = _error(kept @ out + out_bias + direct, lessons, chosen.sentences)
    from_whole, whole_slopes = _whole_back(arrays[4:], (kept, paragraph), lessons, chosen, plan)
    back = ((error @ out.T + from_whole) * keep * (layer > 0)).astype(np.float32)
    slope = _surroundings_back(back @ hidden.T, paragraph, near.shape[1])
    return slope, error, [seen.T @ back, back.sum(axis=0), kept.T @ error, error.sum(axis=0), *whole_slopes]


def _whole_back(
    arrays: Sequence[Floats],
    layer: tuple[Floats, Ints],
    lessons: Lessons,
    chosen: Chosen,
    plan: HeadPlan,
) -> tuple[Floats, list[Floats]]:
    """Return the slope that the verdicts on whole paragraphs give the layer, and that of their own arrays."""
    whole, whole_bias, verdict, verdict_bias = arrays
    kept, paragraph = layer
    seen = pooled(kept, paragraph)
    found = np.maximum(seen @ whole + whole_bias, 0.0)
    error = _whole_error(found @ verdict + verdict_bias, lessons, chosen.paragraphs)
    error *= plan.verdicts / len(chosen.sentences)
    back = ((error @ verdict.T) * (found > 0)).astype(np.float32)
    mean, largest = np.split(back @ whole.T, 2, axis=1)
    counts = np.bincount(paragraph)[:, None].astype(np.float32)
    leading = kept == seen[:, kept.shape[1] :][paragraph]
    slope = (mean / counts)[paragraph] + largest[paragraph] * leading
    return slope, [seen.T @ back, back.sum(axis=0), found.T @ error, error.sum(axis=0)]


def _whole_error(score: Floats, lessons: Lessons, paragraphs: Ints) -> Floats:
    """Return the slope of the loss for the scores of whole paragraphs: one valence, any number of themes."""
    split = lessons.valence.shape[1]
    wanted = lessons.whole[paragraphs]
    valence = (softmax(score[:, :split]) - wanted[:, :split]) * lessons.whole_valence_weight[paragraphs][
        :, None
    ]
    themes = (expit(score[:, split:]) - wanted[:, split:]) / 2
    themes *= lessons.whole_theme_weight[paragraphs][:, None]
    return np.concatenate([valence, themes], axis=1).astype(np.float32)


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
