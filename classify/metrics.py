"""How well do codings agree with a reader's, beyond what chance would give?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from corpus.model import VALENCES

_BINS: Final = 10
_DRAWS: Final = 500
COVERAGES: Final = (1.0, 0.95, 0.9, 0.8, 0.7, 0.5)


@dataclass(frozen=True, slots=True)
class Answer:
    """One paragraph's coding by a reader and by us; themes are pairs of theme and valence."""

    authority: str
    valence: int
    themes: frozenset[tuple[int, int]]
    primary: int
    said_valence: int
    said_probability: float
    said_themes: frozenset[tuple[int, int]]
    said_primary: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Agreement over some paragraphs; shares run from 0 to 1."""

    paragraphs: int
    accuracy: float
    kappa: float
    macro_f1: float
    theme_micro_f1: float
    theme_macro_f1: float
    pair_micro_f1: float
    primary_accuracy: float
    calibration_error: float


def score(answers: Sequence[Answer]) -> Scores:
    """Return the agreement over these paragraphs, of which there must be one."""
    told = np.array([a.valence for a in answers])
    said = np.array([a.said_valence for a in answers])
    themes = [({t for t, _ in a.themes}, {t for t, _ in a.said_themes}) for a in answers]
    every = {theme for pair in themes for side in pair for theme in side}
    by_theme = [f1([({t} & a, {t} & b) for a, b in themes]) for t in sorted(every)]
    return Scores(
        paragraphs=len(answers),
        accuracy=float((told == said).mean()),
        kappa=kappa(told, said),
        macro_f1=float(np.mean([class_f1(told, said, v) for v in np.unique(told)])),
        theme_micro_f1=f1(themes),
        theme_macro_f1=float(np.mean(by_theme)),
        pair_micro_f1=f1([(a.themes, a.said_themes) for a in answers]),
        primary_accuracy=float(np.mean([a.primary == a.said_primary for a in answers])),
        calibration_error=calibration_error(told == said, np.array([a.said_probability for a in answers])),
    )


def kappa(told: Any, said: Any) -> float:
    """Cohen's kappa: agreement beyond chance, 1 where both always agree."""
    classes = np.unique(np.concatenate([told, said]))
    chance = sum(float((told == c).mean() * (said == c).mean()) for c in classes)
    agreed = float((told == said).mean())
    return 1.0 if chance == 1.0 else (agreed - chance) / (1 - chance)


def class_f1(told: Any, said: Any, value: int) -> float:
    """The F1 of one class against the others."""
    both = int(((told == value) & (said == value)).sum())
    return 2 * both / max(int((told == value).sum() + (said == value).sum()), 1)


def f1(sets: Sequence[tuple[Any, Any]]) -> float:
    """The micro-averaged F1 of pairs of sets: told and said."""
    both = sum(len(told & said) for told, said in sets)
    return 2 * both / max(sum(len(told) + len(said) for told, said in sets), 1)


def calibration_error(right: Any, probability: Any) -> float:
    """By how much stated probability and share of right answers differ, over ten equal bins."""
    bins = np.minimum((probability * _BINS).astype(int), _BINS - 1)
    gaps = [abs(float(right[bins == b].sum() - probability[bins == b].sum())) for b in range(_BINS)]
    return sum(gaps) / max(len(probability), 1)


def risk_coverage(answers: Sequence[Answer]) -> tuple[tuple[float, int, float], ...]:
    """For some shares of surest paragraphs: the share, how many they are, and their kappa."""
    ordered = sorted(answers, key=lambda a: -a.said_probability)
    rows = []
    for share in COVERAGES:
        kept = ordered[: max(1, round(share * len(ordered)))]
        told = np.array([a.valence for a in kept])
        rows.append((share, len(kept), kappa(told, np.array([a.said_valence for a in kept]))))
    return tuple(rows)


def confusion(answers: Sequence[Answer]) -> tuple[tuple[int, ...], ...]:
    """How often each valence told (rows) was said to be each valence (columns)."""
    table = np.zeros((len(VALENCES), len(VALENCES)), int)
    for answer in answers:
        table[answer.valence, answer.said_valence] += 1
    return tuple(tuple(int(n) for n in row) for row in table)


def interval(answers: Sequence[Answer], measure: Callable[[Scores], float]) -> tuple[float, float]:
    """A 95 % interval by drawing authorities with replacement, always the same draws."""
    by_authority: dict[str, list[Answer]] = {}
    for answer in answers:
        by_authority.setdefault(answer.authority, []).append(answer)
    names = sorted(by_authority)
    rng = np.random.default_rng(1)
    values = [
        measure(score([a for n in rng.integers(len(names), size=len(names)) for a in by_authority[names[n]]]))
        for _ in range(_DRAWS)
    ]
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)
