"""A sentence may say how many of those it speaks of a finding holds for: a step of an ordered scale."""

import pytest

from extract.prevalence import load_scale, scale_words, sentence_prevalence


def test_the_scale_goes_from_all_to_none() -> None:
    assert scale_words() == (
        "all", "almost all", "most", "the majority", "many", "some", "a small number", "few", "no",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("word", "example"),
    [(level.word, example) for level in load_scale().levels for example in level.examples],
)
def test_each_level_is_found_in_its_examples(word: str, example: str) -> None:
    assert sentence_prevalence(example.replace("[", "").replace("]", "")) == word


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The vast majority of visits are on time.", "almost all"),
        ("Social workers see almost all children alone.", "almost all"),
        ("Social workers keep in touch with all but two care leavers.", "almost all"),
        ("A few children wait too long.", "a small number"),
        ("Very few plans are clear.", "few"),
        ("Most have a plan.", "most"),
        ("Not all care leavers have a plan.", "some"),
        ("The most vulnerable children are helped.", None),
        ("There is no doubt about it.", None),
        ("In the last few years this has improved.", None),
        ("Children are no longer placed there.", None),
        ("Leaders work well together.", None),
    ],
)
def test_idioms_and_superlatives_are_no_prevalence(sentence: str, word: str | None) -> None:
    assert sentence_prevalence(sentence) == word
