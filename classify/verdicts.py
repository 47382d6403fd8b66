"""What is settled on, once the probabilities of a whole paragraph are there?"""

from typing import Final

import numpy as np

from classify.net import Floats
from classify.paragraph import MIXED, STRENGTH, WEAKNESS

_VERDICT_SHARE: Final = 0.35  # of the verdict on the whole beside what the sentences add up to


def with_verdict(added_up: Floats, verdict: Floats) -> Floats:
    """Return the probabilities that sentences add up to, drawn towards the verdict on the whole."""
    result: Floats = (1 - _VERDICT_SHARE) * added_up + _VERDICT_SHARE * verdict
    return result


def choose_themes(probability: Floats, threshold: float) -> list[int]:
    """Return the themes of one paragraph, primary first: at least one, at most three."""
    order = np.argsort(-probability, kind="stable")[:3]
    return [int(t) for place, t in enumerate(order) if place == 0 or probability[t] >= threshold]


def theme_sides(whole: int, by_theme: Floats) -> list[int]:
    """Return the valence of each theme of a paragraph, given the paragraph's own and their probabilities.

    The themes share the paragraph's valence, save in a mixed paragraph of several themes: there each has its
    own, and together they must show both sides.
    """
    if whole != MIXED or len(by_theme) == 1:
        return [whole] * len(by_theme)
    sides: list[int] = by_theme.argmax(axis=1).tolist()
    if MIXED not in sides and not {STRENGTH, WEAKNESS} <= set(sides):
        sides[int(by_theme[:, MIXED].argmax())] = MIXED
    return sides
