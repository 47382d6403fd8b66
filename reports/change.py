"""What became of each earlier weakness and improvement point, as far as the later report says?

Each earlier point is set beside the passages of the later report that are most like it in theme and
words; what those find decides: strength means resolved, weakness persisting. Later weaknesses that answer
to an earlier strength are reversed, those that answer to nothing are new. Where nothing is like it enough:
no later mention. Where the evidence does not decide, the label is that it is not clear, with both passages.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reports.matching import Side, Unit, make_sides
from reports.quotations import leaning
from reports.records import Change, ChangeCount, Changed, Passage, Progress
from reports.sources import Finding

_FEWEST_WORDS: Final = 5
_CLEAR: Final = 0.485  # from which a passage speaks to a point (set on pairs read by hand)
_OTHER_THEME: Final = 0.05  # what a passage on another theme has to make up
_CLOSE: Final = 0.85  # of the best likeness: what a further passage needs to have a say
_BACKGROUND: Final = slice(8, 24)  # the ranks that show how alike everything is
_EVEN: Final = 0.6  # confidence where clearness is just at the limit
_SURE: Final = 0.75  # confidence from which a label is given
_SLOPE: Final = 1.2  # by how much confidence grows with the distance from it
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
        counts=_count(points, ("resolved", "persisting", "no_later_mention", "unclear")),
        arising=_count(arising, ("reversed", "new", "unclear")),
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


def _speaking(side: Side, place: int, others: Side) -> tuple[float, Passage | None, list[Unit]]:
    """How clearly the nearest passage speaks to this one, that passage, and the units that do speak.

    Being like counts once in itself and half by how far it stands out: a report in which everything is a
    little alike speaks to nothing in particular.
    """
    unit = side.units[place]
    likeness = others.likeness(unit, side.meaning[place])
    scored = [
        (like - (0.0 if other.theme == unit.theme else _OTHER_THEME), other)
        for like, other in zip(likeness, others.units, strict=True)
        if other.finds != "neutral"
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].passage.position, pair[1].passage.start))
    if not scored:
        return 0.0, None, []
    nearest = scored[0][0]
    background = [like for like, _ in scored[_BACKGROUND]] or [0.0]
    clear = 1.5 * nearest - 0.5 * sum(background) / len(background)
    speaking = [other for like, other in scored[:_MOST] if like >= _CLOSE * nearest]
    return clear, scored[0][1].passage, speaking if clear >= _CLEAR else []


def _fate(before: Side, place: int, after: Side) -> Changed:
    """What became of an earlier weakness."""
    unit = before.units[place]
    clear, nearest, speaking = _speaking(before, place, after)
    if not speaking:
        silent = _changed("no_later_mention", _confidence(_CLEAR - clear), unit, unit.passage, None)
        return replace(silent, later=nearest) if silent.change == "unclear" else silent
    strong = [other for other in speaking if other.finds == "strength"]
    weak = [other for other in speaking if other.finds != "strength"]
    resolved = len(strong) > len(weak) or (len(strong) == len(weak) and speaking[0].finds == "strength")
    change: Change = "resolved" if resolved else "persisting"
    deciding = strong if resolved else weak
    sure = len(deciding) / len(speaking)
    return _changed(change, sure * _confidence(clear - _CLEAR), unit, unit.passage, deciding[0].passage)


def _origin(after: Side, place: int, before: Side) -> Changed | None:
    """Whether a later weakness is new or reverses a strength; None where it was one before."""
    unit = after.units[place]
    clear, nearest, speaking = _speaking(after, place, before)
    if not speaking:
        fresh = _changed("new", _confidence(_CLEAR - clear), unit, None, unit.passage)
        return replace(fresh, earlier=nearest) if fresh.change == "unclear" else fresh
    if speaking[0].finds != "strength":
        return None
    return _changed("reversed", _confidence(clear - _CLEAR), unit, speaking[0].passage, unit.passage)


def _confidence(distance: float) -> float:
    """How sure a label is, by how far clearness lies from the limit."""
    return _EVEN + _SLOPE * distance


def _changed(
    change: Change, confidence: float, unit: Unit, earlier: Passage | None, later: Passage | None
) -> Changed:
    sure = round(min(max(confidence, 0.05), 0.95), 2)
    said: Change = change if sure >= _SURE else "unclear"
    return Changed(said, sure, unit.theme, unit.theme_name, earlier, later)


def _order(changed: Changed) -> tuple[int, int, int, int]:
    passage = changed.earlier or changed.later
    improvement = passage is not None and passage.role == "improvement"
    position, start = (passage.position, passage.start) if passage else (0, 0)
    return (int(changed.earlier is None), int(not improvement), position, start)


def _count(points: Sequence[Changed], kinds: Sequence[Change]) -> tuple[ChangeCount, ...]:
    counted = Counter(point.change for point in points)
    return tuple(ChangeCount(kind, counted[kind], len(points)) for kind in kinds)


def _shown(points: Sequence[Changed]) -> tuple[Changed, ...]:
    """As many as a short document holds: improvement points first, then the surest; those not clear last."""

    def urgency(point: Changed) -> tuple[bool, bool, bool, float]:
        passage = point.earlier or point.later
        asked = passage is not None and passage.role == "improvement"
        return (point.change == "unclear", not asked, point.change == "no_later_mention", -point.confidence)

    return tuple(sorted(points, key=lambda point: (*urgency(point), _order(point)))[:_SHOWN])
