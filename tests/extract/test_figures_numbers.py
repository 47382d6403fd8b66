"""Numbers as reports print them, in digits and words."""

import re

import pytest

from extract.figures_numbers import NUMBER, read_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,165", 1165),
        ("25.43", 25.43),
        ("1.2 million", 1_200_000),
        ("nine", 9),
        ("twenty", 20),
        ("Forty-three", 43),
        ("ninety three", 93),
        ("a dozen", 12),
        ("two and a half", 2.5),
        ("a hundred", 100),
    ],
)
def test_a_printed_number_has_its_value(words: str, value: float) -> None:
    assert re.fullmatch(NUMBER, words, re.IGNORECASE)
    assert read_number(words) == value


@pytest.mark.parametrize("words", ["", "some", "first"])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"number|could not"):
        read_number(words)
