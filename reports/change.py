"""What became of each earlier weakness and improvement point, as far as the later report says?

Each earlier point is set beside the passages of the later report that are most like it in theme and
words; what those find decides: strength means resolved, weakness persisting. Later weaknesses that answer
to an earlier strength are reversed, those that answer to nothing are new. Where nothing is like it enough:
no later mention.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from reports.matching import Side, Unit, make_sides
from reports.records import Change, ChangeCount, Changed, Passage, Progress
from reports.sources import Finding

_FEWEST_WORDS: Final = 5
_ENOUGH: Final = 0.33  # likeness from which a passage speaks to a point
_CLOSE: Final = 0.85  # of the best likeness: what a further passage needs to have a say
_MOST: Final = 4
_SHOWN: Final = 10


def find_progress(
    earlier: Sequence[Finding], later: Sequence[Finding], names: Mapping[str, str]
) -> Progress | None:
    """What changed from one full inspection to the next; None where one of them has nothing to match."""
    before, after = make_sides(earlier, later, names)
    if not before.units or not after.units:
        return None
    points = [_fate(before, place, after) for place in _points(before)]
    answered = {c.later.paragraph_id for c in points if c.later and c.change == "persisting"}
    fresh = [place for place in _points(after) if after.units[place].passage.paragraph_id not in answered]
    arising = [found for place in fresh if (found := _origin(after, place, before)) is not None]
    everything = tuple(sorted([*points, *arising], key=_order))
    return Progress(
        earlier=earlier[0].source,
        later=later[0].source,
        counts=_count(points, ("resolved", "persisting", "no_later_mention")),
        arising=_count(arising, ("reversed", "new")),
        points=everything,
        shown=_shown(everything),
    )


def _points(side: Side) -> list[int]:
    """The weaknesses to follow: improvement points, and each paragraph’s first weak sentence on a theme."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for place, unit in enumerate(side.units):
        key = (unit.passage.paragraph_id, unit.theme)
        says_enough = len(unit.passage.text.split()) >= _FEWEST_WORDS
        if unit.finds == "weakness" and says_enough and key not in seen:
            seen.add(key)
            kept.append(place)
    return kept


def _speaking(side: Side, place: int, others: Side) -> tuple[float, list[tuple[float, Unit]]]:
    """The likeness of the nearest unit, and those units that speak to this one, most like first."""
    likeness = others.likeness(side.units[place], side.meaning[place])
    scored = [pair for pair in zip(likeness, others.units, strict=True) if pair[1].finds != "neutral"]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.position, pair[1].passage.start))
    nearest = scored[0][0] if scored else 0.0
    needed = max(_ENOUGH, _CLOSE * nearest)
    return nearest, [pair for pair in scored[:_MOST] if pair[0] >= needed]


def _fate(before: Side, place: int, after: Side) -> Changed:
    """What became of an earlier weakness."""
    unit = before.units[place]
    nearest, speaking = _speaking(before, place, after)
    if not speaking:
        return _changed("no_later_mention", 1 - nearest, unit, unit.passage, None)
    weight: dict[str, float] = {"strength": 0.0, "weakness": 0.0, "mixed": 0.0}
    for likeness, other in speaking:
        weight[other.finds] += likeness
    against = weight["weakness"] + weight["mixed"]
    change: Change = "resolved" if weight["strength"] > against else "persisting"
    deciding = {"strength"} if change == "resolved" else {"weakness", "mixed"}
    likeness, best = next(pair for pair in speaking if pair[1].finds in deciding)
    sure = max(weight["strength"], against) / sum(weight.values())
    return _changed(change, sure * min(1.0, 0.4 + likeness), unit, unit.passage, best.passage)


def _origin(after: Side, place: int, before: Side) -> Changed | None:
    """Whether a later weakness is new or reverses a strength; None where it was one before."""
    unit = after.units[place]
    nearest, speaking = _speaking(after, place, before)
    if not speaking:
        return _changed("new", 1 - nearest, unit, None, unit.passage)
    likeness, best = speaking[0]
    if best.finds != "strength":
        return None
    return _changed("reversed", min(1.0, 0.3 + likeness), unit, best.passage, unit.passage)


def _changed(
    change: Change, confidence: float, unit: Unit, earlier: Passage | None, later: Passage | None
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
