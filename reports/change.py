"""What became of each earlier weakness and improvement point, as far as the later report says?

Each earlier point is set beside the passages of the later report that are most like it in theme and words;
what those find decides: strength means resolved, weakness persisting. Later weaknesses that answer to an
earlier strength are reversed, those that answer to nothing are new. Where nothing is like it enough: no later
mention. Where the evidence does not decide, the label is that it is not clear, with both passages. A point is
followed only where its words can be understood without the sentence before.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reports.deciding import Odds, see, weigh, weights
from reports.fates import Change, ChangeCount, Changed, Progress
from reports.matching import Near, Side, Unit, make_sides
from reports.quotations import dangles, leaning, with_turn
from reports.records import Passage
from reports.sources import Finding

_FEWEST_WORDS: Final = 5
_SUREST: Final = 0.95  # no reading of words alone is surer
_SHOWN: Final = 5
_ABOUT: Final = 3  # sentences that tell what a paragraph is about
_FATES: Final[tuple[Change, ...]] = ("resolved", "persisting", "no_later_mention", "unclear")
_ORIGINS: Final[tuple[Change, ...]] = ("reversed", "new", "unclear_new")


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
    answers = {finding.paragraph_id: finding for finding in (*earlier, *later)}
    points, arising = ([_with_turn(one, answers) for one in some] for some in (points, arising))
    everything = tuple(sorted([*points, *arising], key=_order))
    return Progress(
        earlier=earlier[0].source,
        later=later[0].source,
        counts=_count([(p.change, p.later) for p in points], _FATES),
        arising=_count([(p.change, p.earlier) for p in arising], _ORIGINS),
        points=everything,
        shown=_shown(everything),
    )


def _points(side: Side) -> list[int]:
    """The weaknesses to follow: improvement points, and the plainest weak sentence of each weak paragraph."""
    best: dict[str, tuple[tuple[int, float], int]] = {}
    for place, unit in enumerate(side.units):
        if not unit.point or not _stands_alone(unit.passage.text):
            continue
        key, worth = unit.passage.paragraph_id, (leaning(unit.passage.text), -unit.probability)
        if key not in best or worth < best[key][0]:
            best[key] = (worth, place)
    return sorted(place for _, place in best.values())


def _stands_alone(text: str) -> bool:
    """Whether a reader knows what the words are about without those around them."""
    return len(text.split()) >= _FEWEST_WORDS and not dangles(text) and not text.endswith(":")


def _fate(before: Side, place: int, after: Side) -> Changed:
    """What became of an earlier weakness."""
    unit = before.units[place]
    near = after.near(unit, before.meaning[place])
    odds = _odds(near, after.unnamed(unit))
    said: dict[Change, float] = {
        "resolved": odds.strength,
        "persisting": odds.weakness,
        "no_later_mention": odds.silent,
    }
    change = max(said, key=lambda one: said[one])
    nearest = _nearest(near, strong={"resolved": True, "persisting": False}.get(change))
    known: Change = change if said[change] >= weights()["sure"][change] else "unclear"
    return _changed(known, said[change], unit, unit.passage, nearest)


def _origin(after: Side, place: int, before: Side) -> Changed | None:
    """Whether a later weakness is new or reverses a strength; None where it was one before."""
    unit = after.units[place]
    near = before.near(unit, after.meaning[place])
    odds = _odds(near, before.unnamed(unit))
    if odds.weakness >= max(odds.strength, odds.silent):
        return None
    change: Change = "reversed" if odds.strength > odds.silent else "new"
    nearest = _nearest(near, strong=True if change == "reversed" else None)
    sure = max(odds.strength, odds.silent)
    known: Change = change if sure >= weights()["sure"][change] else "unclear_new"
    return _changed(known, sure, unit, nearest, unit.passage)


def _odds(near: Sequence[Near], unnamed: float) -> Odds:
    return weigh(see(near, unnamed)) if near else Odds(0.0, 0.0, 1.0)


def _nearest(near: Sequence[Near], *, strong: bool | None) -> Passage | None:
    """The nearest passage that finds strength, or that does not, or of all.

    A sentence may share words with a point by chance: it counts for more in a paragraph that is about it too.
    """
    about = _paragraphs(near)
    fitting = [one for one in near if strong is None or one.strong == strong]
    nearest = min(
        fitting,
        key=lambda one: (
            -one.like - about[one.unit.passage.paragraph_id],
            one.unit.passage.position,
            one.unit.passage.start,
        ),
        default=None,
    )
    return nearest.unit.passage if nearest else None


def _paragraphs(near: Sequence[Near]) -> Mapping[str, float]:
    """How like the point each paragraph is: the mean of its nearest sentences; a missing one is unlike it."""
    held: dict[str, list[float]] = {}
    for one in near:
        held.setdefault(one.unit.passage.paragraph_id, []).append(one.like)
    return {key: sum(sorted(likes)[-_ABOUT:]) / _ABOUT for key, likes in held.items()}


def _changed(
    change: Change, sure: float, unit: Unit, earlier: Passage | None, later: Passage | None
) -> Changed:
    """The label with both passages, or without the other one where it is silent."""
    shown = {
        "no_later_mention": (earlier, None),
        "new": (None, later),
    }.get(change, (earlier, later))
    return Changed(change, round(min(sure, _SUREST), 2), unit.theme, unit.theme_name, *shown)


def _with_turn(changed: Changed, answers: Mapping[str, Finding]) -> Changed:
    """The same with the passage that answers to the point quoted as far as it takes itself back."""
    if changed.earlier is None or changed.later is None:
        return changed
    if changed.change in _ORIGINS:
        return replace(changed, earlier=with_turn(answers[changed.earlier.paragraph_id], changed.earlier))
    return replace(changed, later=with_turn(answers[changed.later.paragraph_id], changed.later))


def _order(changed: Changed) -> tuple[int, int, int, int]:
    passage = _subject(changed)
    improvement = passage is not None and passage.role == "improvement"
    position, start = (passage.position, passage.start) if passage else (0, 0)
    return (int(changed.change in _ORIGINS), int(not improvement), position, start)


def _subject(changed: Changed) -> Passage | None:
    """The point itself: a later weakness where the question is whether it is new, else an earlier one."""
    return changed.later if changed.change in _ORIGINS else changed.earlier


def _count(
    fates: Sequence[tuple[Change, Passage | None]], kinds: Sequence[Change]
) -> tuple[ChangeCount, ...]:
    counted = Counter(change for change, _ in fates)
    strong = Counter(change for change, other in fates if other and other.finds == "strength")
    return tuple(ChangeCount(kind, counted[kind], len(fates), strong[kind]) for kind in kinds)


def _shown(points: Sequence[Changed]) -> tuple[Changed, ...]:
    """As many as a short document holds: improvement points first, then the surest; those not clear last."""

    def urgency(point: Changed) -> tuple[bool, bool, bool, float]:
        passage = _subject(point)
        asked = passage is not None and passage.role == "improvement"
        return (point.unsure, not asked, point.change == "no_later_mention", -point.confidence)

    return tuple(sorted(points, key=lambda point: (*urgency(point), _order(point)))[:_SHOWN])
