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

_BACKGROUND: Final = slice(8, 24)  # the ranks that show how alike everything is
_NEAREST: Final = 6  # passages that have a say in what the report finds
_SHARPNESS: Final = 15.0  # by how much the nearer of them count for more


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be seen of a point in the passages of another report."""

    best: float  # likeness of the nearest passage
    background: float  # likeness of those further down
    words: float  # most words in common with any passage
    named: float  # rarest thing that a passage on the same theme names as well
    theme: float  # how much the report says on the theme, as a logarithm
    gap: float  # by how much the nearest strength is nearer than the nearest weakness
    leaning: float  # share of strength among the nearest passages
    weak: float  # share of weakness in what the report says on the theme
    asked: float  # likeness of the nearest improvement point


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely the report is to find strength, to find weakness, or to be silent on the point."""

    strength: float
    weakness: float
    silent: float


def see(near: Sequence[Near]) -> Signs:
    """The signs of a point among the passages of another report; `near` are those that find something."""
    ranked = sorted((one.like for one in near), reverse=True)
    same = [one for one in near if one.same_theme]
    weak = sum(not one.strong for one in same)
    background = ranked[_BACKGROUND] or [0.0]
    return Signs(
        best=ranked[0],
        background=sum(background) / len(background),
        words=max(one.words for one in near),
        named=max((one.named for one in same), default=0.0),
        theme=math.log1p(len(same)),
        gap=_nearest(one for one in near if one.strong) - _nearest(one for one in near if not one.strong),
        leaning=_leaning(near, ranked[0]),
        weak=(weak + 0.5) / (len(same) + 1),
        asked=_nearest(one for one in near if one.unit.passage.role == "improvement"),
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
