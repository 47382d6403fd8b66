"""What does each sentence say by the order of its words?

A dilated convolutional network over words (Kim 2014, Yu and Koltun 2016): every word has a vector; in each
layer it takes in what stands before and after it, nearby in the first layer and farther in each next one. A
sentence is the largest and the mean of what its words then hold, and a head as in `net` decides. Groups of
words that `grams` does not know, since few reports use them, are understood from the words in them.
"""

from dataclasses import dataclass

import numpy as np

from classify.grams import Tokens
from classify.net import Floats, Head, Ints, Place, decide


@dataclass(frozen=True, slots=True)
class Convolution:
    """The trained arrays: `words` has one row per word, `biases` one for each layer.

    In each layer a word gives something to the word after it, to itself, and to the word before it, side by
    side: in the first layer its row of `words`, in later ones what the kernel makes of what it holds.
    """

    words: Floats
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    head: Head


def scores(net: Convolution, tokens: Tokens, place: Place) -> tuple[Floats, Floats]:
    """Return the scores of the valences, then of the themes: for each sentence, and for each paragraph."""
    around = room(tokens)
    held = _layer(net.words.take(tokens.ids, axis=0), net.biases[0], around, 0)
    total = held.copy()
    for number, (kernel, bias) in enumerate(zip(net.kernels, net.biases[1:], strict=True), 1):
        held = _layer(held @ kernel, bias, around, number)
        total += held
    return decide(net.head, summarise(total, tokens.starts), place)


def _layer(given: Floats, bias: Floats, around: tuple[Ints, Ints], number: int) -> Floats:
    """Return what each word holds after a layer."""
    held = take_in(given, around, reach(number))
    held += bias
    result: Floats = np.maximum(held, 0.0, out=held)
    return result


def reach(layer: int) -> int:
    """Return how many words away a layer takes in: 1, 2, 4."""
    return 1 << layer


def room(tokens: Tokens) -> tuple[Ints, Ints]:
    """Return how many words of its sentence stand before each word, and how many after it."""
    starts = tokens.starts
    place = np.arange(len(tokens.ids))
    return place - starts[tokens.sentence], starts[tokens.sentence + 1] - 1 - place


def take_in(given: Floats, around: tuple[Ints, Ints], away: int) -> Floats:
    """Return what each word takes from the word before it, itself, and the one after, within its sentence.

    `given` is written over.
    """
    width = given.shape[1] // 3
    before, after = around
    given[after < away, :width] = 0.0
    given[before < away, 2 * width :] = 0.0
    taken: Floats = given[:, width : 2 * width].copy()
    taken[away:] += given[:-away, :width]
    taken[:-away] += given[away:, 2 * width :]
    return taken


def summarise(held: Floats, starts: Ints) -> Floats:
    """Return for each sentence the largest and the mean of what its words hold."""
    counts = np.diff(starts)[:, None].astype(np.float32)
    largest = np.maximum.reduceat(held, starts[:-1], axis=0)
    result: Floats = np.concatenate([largest, np.add.reduceat(held, starts[:-1], axis=0) / counts], axis=1)
    return result
