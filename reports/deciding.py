"""How likely is it that a report speaks of a point, and that it then finds strength?

Two logistic models over a few signs of how like the point the passages of the report are. Their weights stand
in `change.toml`, learnt from pairs read by hand; `benchmarks/change.py` learns them again and measures them
on authorities that they have not seen.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from reports.matching import Near

_NEAREST: Final = 6  # passages that have a say in what the report finds
_SHARPNESS: Final = 15.0  # by how much the nearer of them count for more


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen of a point in the passages of another report."""

    best: float  # likeness of the nearest passage
    covered: float  # most of the point's words that any one passage has
    unnamed: float  # how much of the point is a thing that the report never names
    gap: float  # by how much the nearest strength is nearer than the nearest weakness
    leaning: float  # share of strength among the nearest passages
    weak: float  # share of weakness in all that the report finds


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely the report is to find strength, to find weakness, or to be silent on the point."""

    strength: float
    weakness: float
    silent: float


def see(near: Sequence[Near], unnamed: float) -> Signs:
    """The signs of a point among the passages of another report; `near` are those that find something."""
    best = _nearest(near)
    return Signs(
        best=best,
        covered=max(one.covered for one in near),
        unnamed=unnamed,
        gap=_nearest(one for one in near if one.strong) - _nearest(one for one in near if not one.strong),
        leaning=_leaning(near, best),
        weak=sum(not one.strong for one in near) / len(near),
    )


def _nearest(near: Iterable[Near]) -> float:
    return max((one.like for one in near), default=0.0)


def _leaning(near: Sequence[Near], best: float) -> float:
    """How much the nearest passages find strength, each counted by how near it is."""
    nearest = sorted(near, key=lambda one: -one.like)[:_NEAREST]
    weights = [math.exp((one.like - best) * _SHARPNESS) for one in nearest]
    strong = sum(weight for weight, one in zip(weights, nearest, strict=True) if one.strong)
    return strong / sum(weights)


def weigh(signs: Signs) -> Odds:
    """The odds that the signs give."""
    values = asdict(signs)
    speaks = _chance(values, weights()["speaks"])
    strong = _chance(values, weights()["strength"])
    return Odds(speaks * strong, speaks * (1 - strong), 1 - speaks)


def _chance(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    score = sum(weight * values.get(name, 1.0) for name, weight in weights.items())
    return 1 / (1 + math.exp(-score))


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """The weights of the signs, and how likely a label has to be before it is given."""
    held: Mapping[str, Mapping[str, float]] = tomllib.loads(
        (files("reports") / "change.toml").read_text(encoding="utf-8")
    )
    return held
