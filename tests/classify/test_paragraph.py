"""Do the valences of a paragraph's themes agree with the paragraph's own?"""

import numpy as np
import pytest

from classify.paragraph import MIXED, STRENGTH, WEAKNESS, choose_themes, theme_sides

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
