"""Does one pattern for many words find what trying them one by one would?"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.alternatives import by_letter, either


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


@settings(deadline=None)
@given(st.lists(st.text("ab.'", min_size=1, max_size=4), min_size=1), st.text("ab.' ", max_size=20))
def test_it_finds_what_the_words_tried_longest_first_find(words: list[str], text: str) -> None:
    plainly = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    assert re.findall(either(words), text) == re.findall(plainly, text)


@settings(deadline=None)
@given(st.lists(st.text("ab'", min_size=1, max_size=4), min_size=1), st.text("ab' ", max_size=20))
def test_a_look_behind_within_finds_what_one_before_the_group_finds(words: list[str], text: str) -> None:
    assert re.findall(either(words, not_behind=r"\w"), text) == re.findall(rf"(?<!\w){either(words)}", text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the vast majority", "the vast majority"),
        ("vast majority", "vast majority"),
        ("most of them", "most"),
        ("new social workers", "new social workers"),
        ("two or more", "two"),
    ],
)
def test_patterns_by_letter_are_tried_in_their_order(text: str, found: str) -> None:
    patterns = ["(?:the |a )?vast majority", "most", "most of", "(?:new )*social workers?", "two|three"]
    match = re.match(by_letter(patterns), text)
    assert match and match[0] == found


def test_patterns_by_letter_count_capitals_the_same_where_asked() -> None:
    patterns = ["care leavers?", "(?:new )*carers", "(?-i:[A-Z]{2,4}s)"]
    assert re.findall(by_letter(patterns, any_case=True), "Care Leavers, NEW carers, IROs") == [
        "Care Leavers",
        "NEW carers",
        "IROs",
    ]
    assert re.findall(by_letter(patterns), "Care Leavers") == []


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["a", "ab", "a?b", "(?:a|b)c", "(?:ab )?c", "(?:b)*a", "b|ca", "[ab]c", "(?:a?|c)b"]),
        min_size=1,
    ),
    st.text("abcAB ", max_size=20),
    st.booleans(),
)
def test_by_letter_finds_what_the_patterns_tried_in_turn_find(
    patterns: list[str], text: str, any_case: bool
) -> None:
    plainly = re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE if any_case else 0)
    assert re.findall(by_letter(patterns, any_case=any_case), text) == plainly.findall(text)
