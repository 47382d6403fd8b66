"""What valence and theme does each sentence have, in the light of the sentences around it?

Every known word or group of words has a short vector; a sentence is their sum. Its head sees it,
its neighbours, its paragraph and the judgement area; beside it each word speaks directly for its decision.
A second layer of the head sees the mean and the largest of what the first found in a paragraph's sentences,
and gives a verdict on the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classify.grams import Bags, Tokens, Vocabulary

Floats = npt.NDArray[Any]  # float32, but numpy's stubs widen it at every step
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

AREAS: Final = (
    "help_and_protection",
    "children_in_care",
    "children_in_care_and_care_leavers",
    "care_leavers",
    "adoption",
    "leadership",
    "lscb",
)
EXTRA: Final = len(AREAS) + 4
_AT_ONCE: Final = 3000  # features


@dataclass(frozen=True, slots=True)
class Head:
    """The trained arrays that turn the vectors of sentences into scores."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats
    whole: Floats
    whole_bias: Floats
    verdict: Floats
    verdict_bias: Floats


@dataclass(frozen=True, slots=True)
class Net:
    """The trained arrays: `rows` has one row per feature, its vector and then what it says directly."""

    rows: Floats
    head: Head

    @property
    def width(self) -> int:
        """How long a sentence's vector is."""
        return int(self.rows.shape[1] - self.head.out.shape[1])


@dataclass(frozen=True, slots=True)
class Place:
    """Where sentences stand: `paragraph` numbers each one's paragraph from 0, `extra` says more of it."""

    paragraph: Ints
    extra: Floats

    def __len__(self) -> int:
        return len(self.paragraph)

    def of(self, chosen: Flags) -> "Place":
        """Return where the sentences of some paragraphs stand."""
        rows = chosen[self.paragraph]
        return Place((np.cumsum(chosen) - 1)[self.paragraph[rows]], self.extra[rows])


@dataclass(frozen=True, slots=True)
class Batch:
    """Some paragraphs' sentences one after another: their words, groups of words, and where they stand."""

    tokens: Tokens
    bags: Bags
    place: Place


def lay_out(
    vocabulary: Vocabulary,
    sentences: Sequence[Sequence[str]],
    lengths: Sequence[int],
    areas: Sequence[str | None],
) -> Batch:
    """Return the words of sentences, given how many of them each paragraph has and where it stands."""
    tokens = vocabulary.tokens(sentences)
    return Batch(tokens, vocabulary.bags(tokens), describe(lengths, areas))


def describe(lengths: Sequence[int], areas: Sequence[str | None]) -> Place:
    """Return where each sentence stands: paragraph, area, first, last, alone, length."""
    sizes = np.array(lengths, np.int64)
    paragraph = np.repeat(np.arange(len(sizes)), sizes)
    extra = np.zeros((len(paragraph), EXTRA), np.float32)
    known = {area: column for column, area in enumerate(AREAS)}
    columns = np.array([known.get(area or "", -1) for area in areas], np.int64)[paragraph]
    rows = np.flatnonzero(columns >= 0)
    extra[rows, columns[rows]] = 1.0
    ends = np.cumsum(sizes)
    starts = ends - sizes
    filled = sizes > 0
    extra[starts[filled], len(AREAS)] = 1.0
    extra[ends[filled] - 1, len(AREAS) + 1] = 1.0
    extra[:, len(AREAS) + 2] = (sizes == 1)[paragraph]
    extra[:, len(AREAS) + 3] = np.log1p(sizes)[paragraph] / 2
    return Place(paragraph, extra)


def sum_rows(table: Floats, bags: Bags) -> Floats:
    """Return for each sentence the sum of its features' rows, over the root of their number."""
    counts = np.diff(bags.starts)
    result = np.zeros((len(bags), table.shape[1]), np.float32)
    for first, last in _stretches(bags.starts):
        begin, end = bags.starts[first], bags.starts[last]
        filled = first + np.flatnonzero(counts[first:last])
        rows = table.take(bags.indices[begin:end], axis=0)
        result[filled] = np.add.reduceat(rows, bags.starts[filled] - begin, axis=0)
    scale = (1 / np.sqrt(np.maximum(counts, 1))).astype(np.float32)
    summed: Floats = result * scale[:, None]
    return summed


def _stretches(starts: Ints) -> Iterator[tuple[int, int]]:
    """Yield ranges of sentences that hold features, few enough to stay in the cache of the processor."""
    first, count = 0, len(starts) - 1
    while first < count:
        last = int(np.searchsorted(starts, starts[first] + _AT_ONCE, side="right")) - 1
        last = max(first + 1, last)
        if starts[last] > starts[first]:
            yield first, last
        first = last


def surroundings(vectors: Floats, place: Place) -> Floats:
    """Return each sentence's vector beside those of its neighbours, of its paragraph, and its place."""
    paragraph = place.paragraph
    before, after = np.zeros_like(vectors), np.zeros_like(vectors)
    same = (paragraph[1:] == paragraph[:-1])[:, None]
    before[1:] = vectors[:-1] * same
    after[:-1] = vectors[1:] * same
    mean = paragraph_means(vectors, paragraph)[paragraph]
    return np.concatenate([vectors, before, after, mean, place.extra], axis=1)


def paragraph_means(values: Floats, paragraph: Ints) -> Floats:
    """Return the mean of the rows of each paragraph."""
    number = int(paragraph[-1]) + 1 if len(paragraph) else 0
    starts = np.searchsorted(paragraph, np.arange(number + 1))
    counts = np.diff(starts)
    means = np.zeros((number, values.shape[1]), np.float32)
    filled = np.flatnonzero(counts)
    if len(filled):
        means[filled] = np.add.reduceat(values, starts[:-1][filled], axis=0)
    result: Floats = means / np.maximum(counts, 1)[:, None].astype(np.float32)
    return result


def scores(net: Net, batch: Batch) -> tuple[Floats, Floats]:
    """Return the scores of the valences, then of the themes: for each sentence, and for each paragraph."""
    vectors, directly = np.split(sum_rows(net.rows, batch.bags), [net.width], axis=1)
    sentences, paragraphs = decide(net.head, vectors, batch.place)
    return sentences + directly, paragraphs


def decide(head: Head, vectors: Floats, place: Place) -> tuple[Floats, Floats]:
    """Return what a head makes of the vectors of sentences: scores of each, and of each paragraph."""
    if not len(place):
        nothing = np.zeros((0, head.out.shape[1]), np.float32)
        return nothing, nothing
    seen = surroundings(vectors, place)
    layer = np.maximum(seen @ head.hidden + head.hidden_bias, 0.0)
    sentences: Floats = layer @ head.out + head.out_bias
    found = np.maximum(pooled(layer, place.paragraph) @ head.whole + head.whole_bias, 0.0)
    paragraphs: Floats = found @ head.verdict + head.verdict_bias
    return sentences, paragraphs


def pooled(layer: Floats, paragraph: Ints) -> Floats:
    """Return the mean and the largest value of each column among a paragraph's sentences."""
    starts = np.searchsorted(paragraph, np.arange(int(paragraph[-1]) + 1))
    largest = np.maximum.reduceat(layer, starts, axis=0)
    result: Floats = np.concatenate([paragraph_means(layer, paragraph), largest], axis=1)
    return result


def softmax(values: Floats) -> Floats:
    """Return probabilities that sum to one in each row."""
    powers = np.exp(values - values.max(axis=1, keepdims=True)).astype(np.float32)
    result: Floats = powers / powers.sum(axis=1, keepdims=True)
    return result


def merge_nets(nets: Sequence[Net]) -> Net:
    """Return one net that says the mean of what several nets say: their layers stand side by side."""
    width = nets[0].width
    vectors = [net.rows[:, :width] for net in nets]
    directly = np.mean([net.rows[:, width:] for net in nets], axis=0)
    return Net(np.concatenate([*vectors, directly], axis=1), _merge_heads([net.head for net in nets], width))


def _merge_heads(heads: Sequence[Head], width: int) -> Head:
    number, first = len(heads), heads[0]
    hidden = len(first.hidden_bias)
    both = np.zeros((4 * width * number + EXTRA, hidden * number), np.float32)
    for place, head in enumerate(heads):
        columns = slice(place * hidden, (place + 1) * hidden)
        for part in range(4):  # the sentence, the one before, the one after, the paragraph
            rows = slice((part * number + place) * width, (part * number + place + 1) * width)
            both[rows, columns] = head.hidden[part * width : (part + 1) * width]
        both[4 * width * number :, columns] = head.hidden[4 * width :]
    joint = np.zeros((2 * hidden * number, first.whole.shape[1] * number), np.float32)
    for place, head in enumerate(heads):
        columns = slice(place * first.whole.shape[1], (place + 1) * first.whole.shape[1])
        for part in range(2):  # the mean, the largest
            rows = slice((part * number + place) * hidden, (part * number + place + 1) * hidden)
            joint[rows, columns] = head.whole[part * hidden : (part + 1) * hidden]
    return Head(
        hidden=both,
        hidden_bias=np.concatenate([head.hidden_bias for head in heads]),
        out=np.concatenate([head.out for head in heads]) / number,
        out_bias=np.mean([head.out_bias for head in heads], axis=0),
        whole=joint,
        whole_bias=np.concatenate([head.whole_bias for head in heads]),
        verdict=np.concatenate([head.verdict for head in heads]) / number,
        verdict_bias=np.mean([head.verdict_bias for head in heads], axis=0),
    )
