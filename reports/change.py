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
from reports.quotations import leaning
from reports.records import Change, ChangeCount, Changed, Passage, Progress
from reports.sources import Finding

_FEWEST_WORDS: Final = 5
_CLEAR: Final = 0.48  # from which a passage on the same theme speaks to a point
_VERY_CLEAR: Final = 0.6  # from which a passage on any theme does
_CLOSE: Final = 0.85  # of the best likeness: what a further passage needs to have a say
_AROUND: Final = 8
_PLAIN: Final = 0.15  # what turns clearness into confidence
_SILENT: Final = 1.15  # what turns the lack of it into confidence that nothing speaks to a point
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
    """The weaknesses to follow: improvement points, and the plainest weak sentence of each weak paragraph."""
    best: dict[str, tuple[tuple[int, float], int]] = {}
    for place, unit in enumerate(side.units):
        if not unit.point or len(unit.passage.text.split()) < _FEWEST_WORDS:
            continue
        key, worth = unit.passage.paragraph_id, (leaning(unit.passage.text), -unit.probability)
        if key not in best or worth < best[key][0]:
            best[key] = (worth, place)
    return sorted(place for _, place in best.values())


def _speaking(side: Side, place: int, others: Side) -> tuple[float, list[Unit]]:
    """How clearly the nearest unit speaks to this one, and the units that do, most like first.

    Being like counts twice: in itself, and by how far it stands out from the next nearest units; a report in
    which everything is a little alike speaks to nothing in particular.
    """
    unit = side.units[place]
    likeness = others.likeness(unit, side.meaning[place])
    scored = [pair for pair in zip(likeness, others.units, strict=True) if pair[1].finds != "neutral"]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.position, pair[1].passage.start))
    if not scored:
        return 0.0, []
    around = scored[:_AROUND]
    nearest = scored[0][0]
    clear = 2 * nearest - sum(like for like, _ in around) / len(around)
    same = [other for like, other in scored[:_MOST] if like >= _CLOSE * nearest]
    if clear < _VERY_CLEAR:
        same = [other for other in same if other.theme == unit.theme]
    return clear, same if clear >= _CLEAR else []


def _fate(before: Side, place: int, after: Side) -> Changed:
    """What became of an earlier weakness."""
    unit = before.units[place]
    clear, speaking = _speaking(before, place, after)
    if not speaking:
        return _changed("no_later_mention", _SILENT - clear, unit, unit.passage, None)
    strong = [other for other in speaking if other.finds == "strength"]
    weak = [other for other in speaking if other.finds != "strength"]
    resolved = len(strong) > len(weak) or (len(strong) == len(weak) and speaking[0].finds == "strength")
    change: Change = "resolved" if resolved else "persisting"
    deciding = strong if resolved else weak
    sure = len(deciding) / len(speaking)
    return _changed(change, sure * (clear + _PLAIN), unit, unit.passage, deciding[0].passage)


def _origin(after: Side, place: int, before: Side) -> Changed | None:
    """Whether a later weakness is new or reverses a strength; None where it was one before."""
    unit = after.units[place]
    clear, speaking = _speaking(after, place, before)
    if not speaking:
        return _changed("new", _SILENT - clear, unit, None, unit.passage)
    if speaking[0].finds != "strength":
        return None
    return _changed("reversed", clear + _PLAIN, unit, speaking[0].passage, unit.passage)


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
