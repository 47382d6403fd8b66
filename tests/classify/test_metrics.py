"""Do the measures give what a person would work out on paper?"""

import numpy as np
import pytest

from classify.metrics import Answer, calibration_error, confusion, f1, kappa, risk_coverage, score


def answer(told: int, said: int, probability: float = 0.9) -> Answer:
    themes = frozenset({(0, told)})
    return Answer("A", told, themes, 0, said, probability, frozenset({(0, said)}), 0)


def test_kappa_by_hand() -> None:
    # 20 + 15 of 50 agree (0.7); by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; so (0.7 - 0.5) / 0.5
    told = np.array([0] * 25 + [1] * 25)
    said = np.array([0] * 20 + [1] * 5 + [0] * 10 + [1] * 15)
    assert kappa(told, said) == pytest.approx(0.4)


def test_always_saying_the_same_is_no_agreement() -> None:
    assert kappa(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0])) == pytest.approx(0.0)


def test_f1_of_sets_by_hand() -> None:
    # 1 in common, 2 told, 1 said
    assert f1([({1, 2}, {1})]) == pytest.approx(2 / 3)


def test_calibration_error_by_hand() -> None:
    # says 0.9 four times and is right three times: off by 0.15
    assert calibration_error(np.array([1, 1, 1, 0], bool), np.full(4, 0.9)) == pytest.approx(0.15)


def test_confusion_counts_told_by_said() -> None:
    table = confusion([answer(0, 0), answer(0, 1), answer(1, 1)])
    assert table[0][:2] == (1, 1)
    assert table[1][:2] == (0, 1)


def test_a_theme_with_the_wrong_valence_is_no_pair() -> None:
    scores = score([answer(0, 0), answer(0, 1)])
    assert scores.theme_micro_f1 == 1.0
    assert scores.pair_micro_f1 == pytest.approx(0.5)


def test_leaving_out_doubtful_paragraphs_raises_agreement() -> None:
    sure = [answer(v, v, 0.95) for v in (0, 1) * 5]
    doubtful = [answer(0, 1, 0.4), answer(1, 0, 0.4)]
    rows = {share: value for share, _, value in risk_coverage([*sure, *doubtful])}
    assert rows[0.8] == 1.0
    assert rows[1.0] < 1.0
