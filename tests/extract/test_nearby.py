"""Where do rules look that cannot do without certain words?"""

import pytest

from extract.nearby import signs_of

TEAMS, GROUPS, NUMBERED, NEVER = 0, 1, 2, 3
SIGNS = signs_of([(" team", " service"), (" group", "sub-group"), ("plus team",), ()])


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("The moon team meets.", {TEAMS}),
        ("The 18-plus team meets.", {TEAMS, NUMBERED}),  # one word stands within another
        ("A sub-group of the service meets.", {TEAMS, GROUPS}),
        ("The teamwork of groups is good: it is a steam engine.", {TEAMS, GROUPS}),
        ("Nobody meets.", set()),
    ],
)
def test_a_rule_is_tried_where_a_word_of_it_stands(text: str, rules: set[int]) -> None:
    assert SIGNS.rules_in(text, 0, len(text)) == rules
    assert {rule for rule, found in enumerate(SIGNS.stretches(text)) if found} == rules


def test_a_word_outside_the_stretch_is_not_seen() -> None:
    assert SIGNS.rules_in("The moon team meets.", 0, 10) == frozenset()


def test_a_stretch_holds_the_words_before_a_sign_and_grows_where_the_next_is_near() -> None:
    text = "x" * 100 + " team" + "y" * 50 + " service" + "z" * 300 + " team"
    assert SIGNS.stretches(text)[TEAMS] == [(20, 175), (383, 480)]
