"""Does one pattern for many words find what trying them one by one would?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.alternatives import either


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("early help team", "early help"),
        ("early helper", "early help"),
        ("earl", None),
        ("children's home", "children's"),
    ],
)
def test_the_longest_word_that_stands_there_is_taken(text: str, found: str | None) -> None:
    match = re.match(either(["early", "early help", "children's"]), text)
    assert (match and match[0]) == found


def test_a_straight_apostrophe_stands_for_a_curly_one_where_asked() -> None:
    assert re.fullmatch(either(["children's"], any_apostrophe=True), "children’s")
    assert not re.fullmatch(either(["children's"]), "children’s")


@given(st.lists(st.text("ab.'", min_size=1, max_size=4), min_size=1), st.text("ab.' ", max_size=20))
def test_it_finds_what_the_words_tried_longest_first_find(words: list[str], text: str) -> None:
    plainly = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert re.findall(either(words), text) == re.findall(plainly, text)


@given(st.lists(st.text("ab'", min_size=1, max_size=4), min_size=1), st.text("ab' ", max_size=20))
def test_a_look_behind_within_finds_what_one_before_the_group_finds(words: list[str], text: str) -> None:
    assert re.findall(either(words, not_behind=r"\w"), text) == re.findall(rf"(?<!\w){either(words)}", text)
