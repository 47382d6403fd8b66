"""Are words and groups of words found whatever stands around them?"""

import numpy as np

from classify.grams import (
    FIRST_WORD,
    Bags,
    Vocabulary,
    flatten,
    group_keys,
    make_vocabulary,
    signs,
    word_ids,
)

WORDS = (",", "although", "are", "good", "new", "not", "plans", "very")


def knowing(*sentences: list[str]) -> Vocabulary:
    """A vocabulary of the words above and of every group of words in these sentences."""
    ids = word_ids(WORDS)
    keys, _ = group_keys(*flatten(sentences, ids), signs(ids))
    return make_vocabulary(WORDS, np.unique(keys))


def bags(vocabulary: Vocabulary, *sentences: list[str]) -> Bags:
    return vocabulary.bags(vocabulary.tokens(sentences))


def test_an_empty_sentence_has_no_features() -> None:
    found = bags(knowing(["plans", "are", "good"]), [], ["good"], [])
    assert np.diff(found.starts).tolist()[0] == 0
    assert np.diff(found.starts).tolist()[2] == 0
    assert FIRST_WORD + WORDS.index("good") in found.indices.tolist()


def test_unknown_words_have_no_features() -> None:
    assert len(bags(knowing(["plans", "are", "good"]), ["zebra", "xylophone"]).indices) == 0


def test_a_negation_reaches_over_the_next_words() -> None:
    vocabulary = knowing(["plans", "are", "not", "very", "good"])
    near, far = bags(vocabulary, ["not", "very", "good"]), bags(vocabulary, ["not", "good", "very"])
    assert set(near.indices.tolist()) - set(far.indices.tolist())


def test_sentences_do_not_run_into_each_other() -> None:
    vocabulary = knowing(["plans", "are", "good"])
    apart = bags(vocabulary, ["plans"], ["are", "good"])
    alone = bags(vocabulary, ["are", "good"])
    assert apart.indices[apart.starts[1] :].tolist() == alone.indices.tolist()


def test_a_concession_differs_from_what_is_asserted() -> None:
    conceded = ["although", "new", ",", "plans", "are", "good"]
    turned = ["although", "good", ",", "plans", "are", "new"]
    trailing = ["plans", "are", "good", ",", "although", "new"]
    vocabulary = knowing(conceded, turned, trailing)
    seen = [set(bags(vocabulary, sentence).indices.tolist()) for sentence in (conceded, turned, trailing)]
    assert all(seen[a] - seen[b] for a in range(3) for b in range(3) if a != b)


def test_marks_between_clauses_do_not_part_words_that_follow_each_other() -> None:
    vocabulary = knowing(["plans", "are", "good"])
    with_mark = set(bags(vocabulary, ["plans", ",", "are", "good"]).indices.tolist())
    assert with_mark >= set(bags(vocabulary, ["plans", "are", "good"]).indices.tolist())


def test_a_word_of_contrast_reaches_forty_words_so_that_no_sentence_is_too_long() -> None:
    ids = word_ids(WORDS)
    keys, _ = group_keys(*flatten([["although"] * 2000], ids), signs(ids))
    few, _ = group_keys(*flatten([["although"] * 1000], ids), signs(ids))
    assert len(keys) < 2.1 * len(few)
