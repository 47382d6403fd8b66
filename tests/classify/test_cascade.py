"""Is the careful net heard only where the quick one is in doubt?"""

import numpy as np

from classify import cascade, convolution, net
from classify.cascade import Nets, in_doubt, scores
from classify.convolution import Convolution
from classify.grams import FIRST_WORD, make_vocabulary
from classify.net import EXTRA, Floats, Head, Net, lay_out
from corpus.model import VALENCES

THEMES = 2
OUTPUTS = len(VALENCES) + THEMES
VOCABULARY = make_vocabulary(("cold", "warm"), np.zeros(0, np.int64))


def head(width: int, seed: int) -> Head:
    """A head that gives each paragraph a clear theme."""
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> Floats:
        return rng.standard_normal(shape).astype(np.float32)

    verdict_bias = np.array([0, 0, 0, 0, 9, -9], np.float32)
    seen = 4 * width + EXTRA
    return Head(
        *(some(seen, 4), some(4), some(4, OUTPUTS), some(OUTPUTS)),
        *(np.abs(some(8, 3)), some(3), some(3, OUTPUTS) * 0, verdict_bias),
    )


def nets(certainty: float) -> Nets:
    """A quick net that is so sure of a strength in every paragraph, and a careful one."""
    quick = head(2, 1)
    quick.verdict_bias[0] = certainty
    rng = np.random.default_rng(3)
    rows = FIRST_WORD + 2
    of_words = rng.standard_normal((rows, 2)), np.zeros((rows, OUTPUTS))
    groups = Net(np.concatenate(of_words, axis=1).astype(np.float32), quick)
    words = rng.standard_normal((rows, 6)).astype(np.float32)
    order = Convolution(words, (), (np.zeros(2, np.float32),), head(4, 2))
    return Nets(groups, order)


BATCH = lay_out(VOCABULARY, [["warm"], ["cold", "warm"], ["cold"]], [2, 1], [None, "leadership"])


def test_of_a_clear_paragraph_the_quick_net_alone_is_heard() -> None:
    both = nets(certainty=9.0)
    said, _ = scores(both, BATCH)
    quick, _ = net.scores(both.groups, BATCH)
    assert np.allclose(said[:, :4], cascade._logs(quick[:, :4]), atol=1e-5)


def test_of_a_doubtful_paragraph_the_mean_counts() -> None:
    both = nets(certainty=0.0)
    said, _ = scores(both, BATCH)
    quick, _ = net.scores(both.groups, BATCH)
    careful, _ = convolution.scores(both.order, BATCH.tokens, BATCH.place)
    mean = (cascade._logs(quick[:, :4]) + cascade._logs(careful[:, :4])) / 2
    assert np.allclose(said[:, :4], mean, atol=1e-5)


def test_doubt_is_a_valence_that_is_not_clear_or_a_theme_that_may_be() -> None:
    sure, unsure = np.log([0.99, 0.004, 0.003, 0.003]), np.log([0.9, 0.1, 1e-6, 1e-6])
    rows = np.array([[*sure, 4, -4], [*unsure, 4, -4], [*sure, 1, -4]], np.float32)
    assert in_doubt(rows).tolist() == [False, True, True]
