"""Do words that stand in the same places come to mean the same, and is the way there the way down?"""

import numpy as np
import pytest

from classify.descent import Schedule
from classify.grams import Vocabulary, make_vocabulary
from classify.masked_words import GuessingPlan, guess_slopes, learn_words
from classify.net import Floats, softmax
from classify.trunk import TrunkPlan, forward, start_trunk

SAYINGS = tuple(
    f"{word} {thing} {end}"
    for words, end in (("clear sharp", "help children"), ("weak poor", "let children down"))
    for word in words.split()
    for thing in ("plans", "visits", "records")
)
SMALL = TrunkPlan(width=8, size=12, layers=2)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return make_vocabulary(sorted(set(" ".join(SAYINGS).split())), np.zeros(0, np.int64))


def alike(vectors: Floats, vocabulary: Vocabulary, one: str, other: str) -> float:
    """The cosine of the angle between what sets two words apart from the mean of all."""
    real = vectors[3:] - vectors[3:].mean(axis=0)
    a, b = (real[vocabulary.ids[word] - 3] for word in (one, other))
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_the_same_places_come_to_mean_the_same(vocabulary: Vocabulary) -> None:
    tokens = vocabulary.tokens([saying.split() for saying in SAYINGS] * 4)
    plan = GuessingPlan(schedule=Schedule(epochs=200, batch=16, rate=0.01, shrink=0.0))
    vectors = learn_words(tokens, vocabulary.size, SMALL, plan, seed=1)[0]
    assert alike(vectors, vocabulary, "clear", "sharp") > alike(vectors, vocabulary, "clear", "poor") + 0.2
    assert alike(vectors, vocabulary, "weak", "poor") > alike(vectors, vocabulary, "weak", "sharp") + 0.2


def test_the_same_sentences_teach_the_same(vocabulary: Vocabulary) -> None:
    tokens = vocabulary.tokens([saying.split() for saying in SAYINGS])
    plan = GuessingPlan(schedule=Schedule(epochs=2, batch=4))
    first, again = (learn_words(tokens, vocabulary.size, SMALL, plan, seed=1) for _ in range(2))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_slopes_are_those_of_the_guess(vocabulary: Vocabulary) -> None:
    tokens = vocabulary.tokens([saying.split() for saying in SAYINGS])
    rng = np.random.default_rng(4)
    arrays = [
        *start_trunk(rng, vocabulary.size, SMALL),
        rng.standard_normal((SMALL.size, SMALL.width)) / 3,
        np.zeros(SMALL.width),
        np.zeros(vocabulary.size),
    ]
    arrays = [array.astype(np.float64) for array in arrays]
    plan = GuessingPlan(hidden=1.0, shown=1.0)  # every word is to be guessed, and all are there to be seen
    slopes = guess_slopes(arrays, tokens, np.random.default_rng(1), plan)

    def loss() -> float:
        *trunk, out, out_bias, word_bias = arrays
        guess = forward(trunk, tokens).total @ out + out_bias
        real = tokens.ids >= 3
        said = softmax((guess @ arrays[0].T + word_bias)[real])
        return -float(np.log(said[np.arange(real.sum()), tokens.ids[real]]).mean())

    for array, slope in zip(arrays, slopes, strict=True):
        assert isinstance(slope, np.ndarray)
        place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = array[place]
        sides = []
        for step in (1e-3, -1e-3):
            array[place] = before + step
            sides.append(loss())
        array[place] = before
        assert (sides[0] - sides[1]) / 2e-3 == pytest.approx(slope[place], rel=0.05, abs=1e-4)
