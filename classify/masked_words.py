"""What do words mean, learned from reports that nobody coded?

Some words of each sentence are hidden, and the layers over words guess them from those around (Devlin and
others 2019). What they learn by that is where they start to learn from codings: words and turns that few
codings hold then stand near others that mean the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from classify.descent import Chosen, Schedule, Slope, descend
from classify.fit_head import at_random
from classify.grams import FIRST_WORD, UNKNOWN, Tokens
from classify.net import Floats, softmax
from classify.trunk import TrunkPlan, backward, forward, some_of, start_trunk


@dataclass(frozen=True, slots=True)
class GuessingPlan:
    """How to learn from hidden words: how many are hidden, and how long and fast to learn."""

    hidden: float = 0.18
    shown: float = 0.1  # of those to be guessed, the share that stands there all the same
    schedule: Schedule = field(default_factory=lambda: Schedule(epochs=8, batch=192, rate=0.003, shrink=0.0))


def learn_words(tokens: Tokens, words: int, trunk: TrunkPlan, plan: GuessingPlan, seed: int) -> list[Floats]:
    """Return the arrays of layers over words that learned to guess hidden words of these sentences.

    `words` counts the ids of words.
    """
    rng = np.random.default_rng(seed)
    arrays = [
        *start_trunk(rng, words, trunk),
        at_random(rng, trunk.size, trunk.width, trunk.size**-0.5),
        np.zeros(trunk.width, np.float32),
        np.zeros(words, np.float32),
    ]
    starts = tokens.starts

    def slopes(chosen: Chosen) -> list[Slope]:
        return guess_slopes(arrays, some_of(tokens, starts, chosen.sentences), rng, plan)

    descend(arrays, slopes, np.arange(tokens.number), plan.schedule, rng)
    return arrays[:-3]


def guess_slopes(
    arrays: Sequence[Floats], tokens: Tokens, rng: np.random.Generator, plan: GuessingPlan
) -> list[Slope]:
    """Return the slopes of the loss when some words of these sentences are hidden and guessed."""
    *trunk, out, out_bias, word_bias = arrays
    vectors, layers = trunk[0], len(trunk) // 2
    asked = (rng.random(len(tokens.ids)) < plan.hidden) & (tokens.ids >= FIRST_WORD)
    covered = asked & (rng.random(len(tokens.ids)) >= plan.shown)
    given = Tokens(np.where(covered, UNKNOWN, tokens.ids), tokens.sentence, tokens.number)
    seen = forward(trunk, given)
    held = seen.total[asked]
    guess = held @ out + out_bias
    error = softmax(guess @ vectors.T + word_bias)
    error[np.arange(len(error)), tokens.ids[asked]] -= 1.0
    error /= max(len(error), 1)
    back = error @ vectors
    slope = np.zeros_like(seen.total)
    slope[asked] = back @ out.T
    (touched, rows), *of_layers = backward(trunk[1 : 1 + layers], slope, seen, given)
    of_words = error.T @ guess
    of_words[touched] += rows
    return [of_words, *of_layers, held.T @ back, back.sum(axis=0), error.sum(axis=0)]
