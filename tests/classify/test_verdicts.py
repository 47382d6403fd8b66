"""Does what is said of a paragraph follow from its sentences and the verdict on the whole?"""

import numpy as np
import pytest

from classify.paragraph import MIXED, STRENGTH, WEAKNESS
from classify.verdicts import choose_themes, theme_sides, with_verdict

SURE_STRENGTH = [0.9, 0.02, 0.08, 0.0]
SURE_WEAKNESS = [0.02, 0.9, 0.08, 0.0]
NEARLY_MIXED = [0.6, 0.0, 0.4, 0.0]


@pytest.mark.parametrize(
    ("whole", "themes", "sides"),
    [
        (STRENGTH, [SURE_STRENGTH, SURE_WEAKNESS], [STRENGTH, STRENGTH]),
        (WEAKNESS, [SURE_STRENGTH], [WEAKNESS]),
        (MIXED, [SURE_STRENGTH], [MIXED]),
        (MIXED, [SURE_STRENGTH, SURE_WEAKNESS], [STRENGTH, WEAKNESS]),
        (MIXED, [SURE_STRENGTH, NEARLY_MIXED], [STRENGTH, MIXED]),
    ],
)
def test_themes_take_sides_that_fit_the_paragraph(
    whole: int, themes: list[list[float]], sides: list[int]
) -> None:
    assert theme_sides(whole, np.array(themes)) == sides


@pytest.mark.parametrize(
    ("probability", "chosen"),
    [
        ([0.1, 0.2, 0.05, 0.0], [1]),  # never none
        ([0.9, 0.8, 0.7, 0.6], [0, 1, 2]),  # never more than three
        ([0.3, 0.9, 0.6, 0.1], [1, 2]),
        ([0.5, 0.5, 0.1, 0.1], [0, 1]),  # equals keep their order
    ],
)
def test_one_to_three_themes_the_likeliest_first(probability: list[float], chosen: list[int]) -> None:
    assert choose_themes(np.array(probability), 0.5) == chosen


def test_a_sure_verdict_on_the_whole_settles_what_the_sentences_leave_open() -> None:
    nearly_even, sure_mixed = np.array([[0.5, 0.05, 0.45, 0.0]]), np.array([[0.1, 0.05, 0.85, 0.0]])
    assert with_verdict(nearly_even, sure_mixed).argmax() == MIXED


def test_a_doubtful_verdict_does_not_overrule_sure_sentences() -> None:
    nearly_even = np.array([[0.45, 0.05, 0.5, 0.0]])
    drawn = with_verdict(np.array([SURE_STRENGTH]), nearly_even)
    assert drawn.argmax() == STRENGTH
    assert drawn.sum() == pytest.approx(1)
