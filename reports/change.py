"""What became of each earlier weakness and improvement point, as far as the later report says?

Each earlier point is set beside the passages of the later report that are most like it in theme and
words; what those find decides: strength means resolved, weakness persisting. Later weaknesses that answer
to an earlier strength are reversed, those that answer to nothing are new. Where nothing is like it enough:
no later mention.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reports.records import Change, ChangeCount, Changed, Passage, Progress
from reports.selection import Vector, cosine, vectors
from reports.sources import Finding

_ENOUGH: Final = 0.16  # likeness from which a passage speaks to a point
_THEME: Final = 0.10  # what a shared theme adds to likeness
_CLOSE: Final = 0.75  # of the best likeness: what a further passage needs to have a say
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or a point that can be matched, with its own and its paragraph's vector."""

    passage: Passage
    finds: str
    theme: str | None
    theme_name: str | None
    own: Vector
    around: Vector


def find_progress(
    earlier: Sequence[Finding], later: Sequence[Finding], names: Mapping[str, str]
) -> Progress | None:
    """What changed from one full inspection to the next; None where one of them has nothing to match."""
    before, after = _units(earlier, later, names)
    if not before or not after:
        return None
    points = [_fate(unit, after) for unit in _points(before)]
    answered = {c.later.paragraph_id for c in points if c.later and c.change == "persisting"}
    fresh = [unit for unit in _points(after) if unit.passage.paragraph_id not in answered]
    arising = [found for unit in fresh if (found := _origin(unit, before)) is not None]
    everything = tuple(sorted([*points, *arising], key=_order))
    return Progress(
        earlier=earlier[0].source,
        later=later[0].source,
        counts=_count(points, ("resolved", "persisting", "no_later_mention")),
        arising=_count(arising, ("reversed", "new")),
        points=everything,
        shown=_shown(everything),
    )


def _units(
    earlier: Sequence[Finding], later: Sequence[Finding], names: Mapping[str, str]
) -> tuple[list[_Unit], list[_Unit]]:
    """Both reports in matchable units; how rare a word is counts over both."""
    rows = [(finding, passage) for finding in (*earlier, *later) for passage in _passages(finding)]
    own = vectors([passage.text for _, passage in rows], [_named(*row) for row in rows])
    around = vectors([f.text for f, _ in rows], [[entity for _, entity in f.names] for f, _ in rows])
    units = [
        _unit(finding, passage, names, (mine, whole))
        for (finding, passage), mine, whole in zip(rows, own, around, strict=True)
    ]
    split = sum(finding.source == earlier[0].source for finding, _ in rows) if earlier else 0
    return units[:split], units[split:]


def _named(finding: Finding, passage: Passage) -> list[str]:
    """The entities that a passage names."""
    return [entity for start, entity in finding.names if passage.start <= start < passage.end]


def _passages(finding: Finding) -> list[Passage]:
    if finding.role == "improvement" or not finding.sentences:
        return [finding.passage()]
    return [finding.passage(said) for said in finding.sentences]


def _unit(
    finding: Finding, passage: Passage, names: Mapping[str, str], placed: tuple[Vector, Vector]
) -> _Unit:
    finds = "weakness" if finding.role == "improvement" else passage.valence or "neutral"
    theme = next(iter((*passage.themes, *(theme for theme, _ in finding.codings))), None)
    return _Unit(passage, finds, theme, names.get(theme or ""), *placed)


def _points(units: Iterable[_Unit]) -> list[_Unit]:
    """The weaknesses to follow: improvement points, and each paragraph’s first weak sentence on a theme."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for unit in units:
        key = (unit.passage.paragraph_id, unit.theme)
        if unit.finds == "weakness" and key not in seen:
            seen.add(key)
            kept.append(unit)
    return kept


def _like(unit: _Unit, other: _Unit) -> float:
    words = 0.65 * cosine(unit.own, other.own) + 0.35 * cosine(unit.own, other.around)
    return words + (_THEME if unit.theme is not None and unit.theme == other.theme else 0.0)


def _speaking(unit: _Unit, others: Sequence[_Unit]) -> list[tuple[float, _Unit]]:
    """The units that speak to this one, most like first."""
    scored = [(_like(unit, other), other) for other in others if other.finds != "neutral"]
    scored = [pair for pair in scored if pair[0] >= _ENOUGH + _THEME]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.position, pair[1].passage.start))
    return [pair for pair in scored if pair[0] >= _CLOSE * scored[0][0]][:5]


def _fate(unit: _Unit, after: Sequence[_Unit]) -> Changed:
    """What became of an earlier weakness."""
    speaking = _speaking(unit, after)
    if not speaking:
        nearest = max((_like(unit, other) for other in after), default=0.0)
        return _changed("no_later_mention", 1 - nearest, unit, unit.passage, None)
    weight: dict[str, float] = {"strength": 0.0, "weakness": 0.0, "mixed": 0.0}
    for likeness, other in speaking:
        weight[other.finds] += likeness
    against = weight["weakness"] + weight["mixed"]
    change: Change = "resolved" if weight["strength"] > against else "persisting"
    deciding = {"strength"} if change == "resolved" else {"weakness", "mixed"}
    likeness, best = next(pair for pair in speaking if pair[1].finds in deciding)
    sure = max(weight["strength"], against) / sum(weight.values())
    return _changed(change, sure * min(1.0, 0.5 + likeness), unit, unit.passage, best.passage)


def _origin(unit: _Unit, before: Sequence[_Unit]) -> Changed | None:
    """Whether a later weakness is new or reverses a strength; None where it was one before."""
    speaking = _speaking(unit, before)
    if not speaking:
        nearest = max((_like(unit, other) for other in before), default=0.0)
        return _changed("new", 1 - nearest, unit, None, unit.passage)
    likeness, best = speaking[0]
    if best.finds != "strength":
        return None
    return _changed("reversed", 0.5 + likeness / 2, unit, best.passage, unit.passage)


def _changed(
    change: Change, confidence: float, unit: _Unit, earlier: Passage | None, later: Passage | None
) -> Changed:
    sure = round(min(max(confidence, 0.05), 0.95), 2)
    return Changed(change, sure, unit.theme, unit.theme_name, earlier, later)


def _order(changed: Changed) -> tuple[int, int, int, int]:
    passage = changed.earlier or changed.later
    improvement = passage is not None and passage.role == "improvement"
    position, start = (passage.position, passage.start) if passage else (0, 0)
    return (int(changed.earlier is None), int(not improvement), position, start)


def _count(points: Sequence[Changed], kinds: Sequence[Change]) -> tuple[ChangeCount, ...]:
    counted = Counter(point.change for point in points)
    return tuple(ChangeCount(kind, counted[kind], len(points)) for kind in kinds)


def _shown(points: Sequence[Changed]) -> tuple[Changed, ...]:
    """Every improvement point first, then the surest of each kind, up to what a short document holds."""
    asked = [p for p in points if p.earlier is not None and p.earlier.role == "improvement"]
    rest = sorted(
        (p for p in points if p not in asked and p.change != "no_later_mention"), key=_least_sure_last
    )
    chosen = [*asked, *rest][: max(_SHOWN, len(asked))]
    return tuple(point for point in points if point in chosen)


def _least_sure_last(changed: Changed) -> tuple[float, tuple[int, int, int, int]]:
    return (-changed.confidence, _order(changed))
