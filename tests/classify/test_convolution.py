"""Does the net over words in their order hear the order, and keep to the sentence it reads?"""

from typing import Any

import numpy as np
import pytest

from classify import fit_convolution
from classify.convolution import Convolution, room, scores, take_in
from classify.descent import Chosen, Schedule
from classify.fit_convolution import ConvolutionPlan
from classify.fit_head import HeadPlan, Lessons
from classify.grams import Vocabulary, make_vocabulary
from classify.net import Batch, Floats, lay_out, softmax
from classify.trunk import TrunkPlan, start_trunk

WORDS = ("carers", "children", "help", "leaders", "know", "the", "well")
HELPED = [
    ("leaders help the children well", 0),
    ("children help the leaders well", 1),
    ("carers help the children", 0),
    ("children help the carers", 1),
    ("the leaders know the children", 0),
    ("the children know the leaders", 1),
]
QUICK = ConvolutionPlan(
    TrunkPlan(width=8, size=8), drop=0.0, head=HeadPlan(8, 8, 0.0, 1.0), schedule=Schedule(60, 4, 0.02)
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return make_vocabulary(WORDS, np.zeros(0, np.int64))


def laid(vocabulary: Vocabulary, *paragraphs: str) -> Batch:
    """Paragraphs of one sentence for each line."""
    texts = [paragraph.split("\n") for paragraph in paragraphs]
    spoken = [sentence.split() for text in texts for sentence in text]
    return lay_out(vocabulary, spoken, [len(text) for text in texts], [None] * len(texts))


def lessons_of(batch: Batch, valence: list[int], theme: list[int]) -> Lessons:
    """Lessons of paragraphs of one sentence, each with a valence of four and a theme of two."""
    number = len(valence)
    sides, themes = np.eye(4, dtype=np.float32)[valence], np.eye(2, dtype=np.float32)[theme]
    ones = np.ones(number, np.float32)
    return Lessons(batch, sides, themes, ones, ones, np.concatenate([sides, themes], axis=1), ones, ones)


def fit(lessons: Lessons, vocabulary: Vocabulary, seed: int) -> Convolution:
    """A net trained from small random numbers."""
    start = start_trunk(np.random.default_rng((seed, 0)), vocabulary.size, QUICK.trunk)
    return fit_convolution.fit_convolution(lessons, start, QUICK, seed)


def test_it_hears_who_helps_whom(vocabulary: Vocabulary) -> None:
    batch = laid(vocabulary, *(text for text, _ in HELPED))
    lessons = lessons_of(batch, [side for _, side in HELPED], [0] * len(HELPED))
    net = fit(lessons, vocabulary, seed=1)
    sentences, paragraphs = scores(net, batch.tokens, batch.place)
    assert sentences[:, :4].argmax(axis=1).tolist() == [side for _, side in HELPED]
    assert paragraphs[:, :4].argmax(axis=1).tolist() == [side for _, side in HELPED]


def test_a_paragraph_is_read_alike_alone_and_among_others(vocabulary: Vocabulary) -> None:
    texts = ["the leaders know", "children help\nthe carers know the children well", "well"]
    batch = laid(vocabulary, *texts)
    lessons = lessons_of(laid(vocabulary, "children help", "well"), [0, 1], [0, 1])
    net = fit(lessons, vocabulary, seed=1)
    together, _ = scores(net, batch.tokens, batch.place)
    alone = [scores(net, one.tokens, one.place)[0] for one in (laid(vocabulary, text) for text in texts)]
    assert np.allclose(together, np.concatenate(alone), atol=1e-5)


def test_words_take_in_what_stands_beside_them_in_their_sentence(vocabulary: Vocabulary) -> None:
    tokens = laid(vocabulary, "help\nwell").tokens  # with its two bounds each sentence has three words
    given = np.array([[1, 10, 100]] * 6, np.float32)  # to the word after, to itself, to the word before
    near = take_in(given.copy(), room(tokens), 1)
    far = take_in(given.copy(), room(tokens), 2)
    assert near[:, 0].tolist() == [110, 111, 11, 110, 111, 11]
    assert far[:, 0].tolist() == [110, 10, 11, 110, 10, 11]


def test_slopes_are_those_of_the_loss(vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = laid(vocabulary, *(text for text, _ in HELPED))
    lessons = lessons_of(batch, [side for _, side in HELPED], [0, 1, 0, 1, 1, 0])
    caught: list[Any] = []
    monkeypatch.setattr(
        fit_convolution, "descend", lambda arrays, slopes, *_: caught.append((arrays, slopes))
    )
    fit(lessons, vocabulary, seed=3)
    arrays, slopes = caught[0]
    arrays[:] = [array.astype(np.float64) for array in arrays]
    everything = np.arange(len(HELPED))
    found = slopes(Chosen(everything, everything))
    for array, given in zip(arrays, found, strict=True):
        slope = np.zeros_like(array)
        if isinstance(given, tuple):
            slope[given[0]] = given[1]
        else:
            slope[...] = given
        place = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = array[place]
        sides = []
        for step in (1e-3, -1e-3):
            array[place] = before + step
            net = fit_convolution.put_together(arrays, QUICK.trunk.layers)
            sides.append(loss(scores(net, batch.tokens, batch.place), lessons))
        array[place] = before
        assert (sides[0] - sides[1]) / 2e-3 == pytest.approx(slope[place], rel=0.05, abs=1e-3)


def loss(said: tuple[Floats, Floats], lessons: Lessons) -> float:
    """What training makes small, for paragraphs of one sentence."""
    sentences, paragraphs = (part.astype(np.float64) for part in said)
    total = -(np.log(softmax(sentences[:, :4])) * lessons.valence).sum()
    total -= (np.log(softmax(sentences[:, 4:])) * lessons.theme).sum()
    total -= (np.log(softmax(paragraphs[:, :4])) * lessons.whole[:, :4]).sum()
    sign = 2 * lessons.whole[:, 4:] - 1
    return float(total + np.log1p(np.exp(-sign * paragraphs[:, 4:])).sum() / 2) / len(sentences)
