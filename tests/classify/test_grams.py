"""Are words and groups of words found whatever stands around them?"""

import numpy as np

from classify.grams import FIRST_WORD, NEGATIONS, Vocabulary, flatten, group_keys, make_vocabulary, word_ids

WORDS = ("are", "good", "not", "plans", "very")


def knowing(*sentences: list[str]) -> Vocabulary:
    """A vocabulary of the words above and of every group of words in these sentences."""
    ids = word_ids(WORDS)
    negations = np.array([ids[w] for w in NEGATIONS if w in ids])
    keys, _ = group_keys(*flatten(sentences, ids), negations)
    return make_vocabulary(WORDS, np.unique(keys))


def test_an_empty_sentence_has_no_features() -> None:
    bags = knowing(["plans", "are", "good"]).bags([[], ["good"], []])
    assert np.diff(bags.starts).tolist()[0] == 0
    assert np.diff(bags.starts).tolist()[2] == 0
    assert FIRST_WORD + WORDS.index("good") in bags.indices.tolist()


def test_unknown_words_have_no_features() -> None:
    bags = knowing(["plans", "are", "good"]).bags([["zebra", "xylophone"]])
    assert len(bags.indices) == 0


def test_a_negation_reaches_over_the_next_words() -> None:
    vocabulary = knowing(["plans", "are", "not", "very", "good"])
    near, far = vocabulary.bags([["not", "very", "good"]]), vocabulary.bags([["not", "good", "very"]])
    assert set(near.indices.tolist()) - set(far.indices.tolist())


def test_sentences_do_not_run_into_each_other() -> None:
    vocabulary = knowing(["plans", "are", "good"])
    apart = vocabulary.bags([["plans"], ["are", "good"]])
    alone = vocabulary.bags([["are", "good"]])
    assert apart.indices[apart.starts[1] :].tolist() == alone.indices.tolist()
