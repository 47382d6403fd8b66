"""How much does a passage of one report speak of the same thing as a passage of another?

Likeness is the mean of two cosines: of words and named entities (TF-IDF over both reports), and of meaning
(see `likeness.py`), with a little added for a shared theme and for the rarest thing that both name on it. A
sentence that leans on the one before is read with it.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.likeness import load_likeness
from reports.quotations import leans
from reports.records import Passage
from reports.selection import Vector, cosine, entity_term, vectors
from reports.sources import Finding, Said

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_OWN: Final = 0.7  # of the words; the rest is the paragraph around them
_THEME: Final = 0.06
_OTHER_THEME: Final = 0.05  # what a passage on another theme has to make up
_NAMED: Final = 0.16
_BOARD: Final = "lscb"
_SURE: Final = 0.6  # how probable a sentence has to be a weakness


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or an improvement point that can be matched."""

    passage: Passage
    finds: str
    point: bool  # whether it is a weakness to follow
    probability: float
    theme: str | None
    theme_name: str | None
    own: Vector
    around: Vector
    named: frozenset[str]


@dataclass(frozen=True, slots=True)
class Side:
    """The units of one report, with a row of meaning for each."""

    units: tuple[Unit, ...]
    meaning: "NDArray[numpy.float32]"
    rarity: Mapping[str, float]  # of the entities of both reports: 1 for one named once, 0 for everywhere
    names: frozenset[str]  # the entities that this report names

    def near(self, unit: Unit, meaning: "NDArray[numpy.float32]") -> list["Near"]:
        """How like the unit each unit of this side is that finds something, from 0 to about 1."""
        close = self.meaning @ meaning
        return [
            self._near(unit, other, max(0.0, float(nearness)))
            for nearness, other in zip(close, self.units, strict=True)
            if other.finds != "neutral"
        ]

    def _near(self, unit: Unit, other: Unit, nearness: float) -> "Near":
        words = _OWN * cosine(unit.own, other.own) + (1 - _OWN) * cosine(unit.own, other.around)
        named = max((self.rarity[entity] for entity in unit.named & other.named), default=0.0)
        same = unit.theme is not None and unit.theme == other.theme
        theme = _THEME + _NAMED * named if same else -_OTHER_THEME
        covered = sum(weight * weight for term, weight in unit.own.items() if term in other.own)
        return Near(other, 0.5 * nearness + 0.5 * words + theme, covered)

    def unnamed(self, unit: Unit) -> float:
        """How much of what the unit says is one thing by name that this report never names, from 0 to 1."""
        return max((unit.own[entity_term(name)] for name in unit.named - self.names), default=0.0)


@dataclass(frozen=True, slots=True)
class Near:
    """A unit beside the one that it was compared with."""

    unit: Unit
    like: float
    covered: (
        float  # how much of what the one compared says is in these words too, rare words counting for more
    )

    @property
    def strong(self) -> bool:
        """Whether it finds strength alone."""
        return self.unit.finds == "strength"


def _rarity(units: Sequence[Unit]) -> dict[str, float]:
    counts = Counter(entity for unit in units for entity in unit.named)
    return {entity: 1 - math.log1p(count) / math.log1p(len(units) + 1) for entity, count in counts.items()}


def make_sides(
    earlier: Sequence[Finding], later: Sequence[Finding], names: Mapping[str, str]
) -> tuple[Side, Side]:
    """Both reports in units that can be matched; how rare a word is counts over both."""
    earlier, later = _judged_by(earlier, later), _judged_by(later, earlier)
    rows = [(finding, said) for finding in (*earlier, *later) for said in _passages(finding)]
    passages = [(finding, finding.passage(said)) for finding, said in rows]
    texts = [_with_context(*pair) for pair in passages]
    own = vectors(texts, [_named(*pair) for pair in passages])
    around = vectors([f.text for f, _ in rows], [[entity for _, entity in f.names] for f, _ in rows])
    meaning = load_likeness().vectors(texts)
    units = tuple(
        _unit(finding, said, names, (mine, whole))
        for (finding, said), mine, whole in zip(rows, own, around, strict=True)
    )
    split = sum(finding.source == earlier[0].source for finding, _ in rows) if earlier else 0
    rarity = _rarity(units)
    return _side(units[:split], meaning[:split], rarity), _side(units[split:], meaning[split:], rarity)


def _side(units: tuple[Unit, ...], meaning: "NDArray[numpy.float32]", rarity: Mapping[str, float]) -> Side:
    return Side(units, meaning, rarity, frozenset().union(*(unit.named for unit in units)))


def _judged_by(findings: Sequence[Finding], other: Sequence[Finding]) -> list[Finding]:
    """The findings on which the other report could speak: safeguarding boards were judged until 2017 only."""
    judged = any(finding.area == _BOARD for finding in other)
    return [finding for finding in findings if judged or finding.area != _BOARD]


def _passages(finding: Finding) -> list[Said | None]:
    """The sentences of a finding, or None for the whole of an improvement point."""
    if finding.role == "improvement" or not finding.sentences:
        return [None]
    return list(finding.sentences)


def _with_context(finding: Finding, passage: Passage) -> str:
    """The words of a passage, with the sentence before where they lean on it."""
    before = [said for said in finding.sentences if said.end <= passage.start]
    if before and leans(passage.text):
        return finding.text[before[-1].start : passage.end]
    return passage.text


def _named(finding: Finding, passage: Passage) -> list[str]:
    """The entities that a passage names."""
    return [entity for start, entity in finding.names if passage.start <= start < passage.end]


def _unit(
    finding: Finding, said: Said | None, names: Mapping[str, str], placed: tuple[Vector, Vector]
) -> Unit:
    passage = finding.passage(said)
    asked = finding.role == "improvement"
    finds = passage.finds
    theme = next(iter((*passage.themes, *(theme for theme, _ in finding.codings))), None)
    weak = {coded for coded, valence in finding.codings if valence in {"weakness", "mixed"}}
    sure = said.probability if said else 1.0
    return Unit(
        passage=passage,
        finds=finds,
        point=asked or (finds == "weakness" and theme in weak and sure >= _SURE),
        probability=sure,
        theme=theme,
        theme_name=names.get(theme or ""),
        own=placed[0],
        around=placed[1],
        named=frozenset(_named(finding, passage)),
    )
