"""How much does a passage of one report speak of the same thing as a passage of another?

Likeness is the mean of two cosines: of words and named entities (TF-IDF over both reports), and of meaning
(see `likeness.py`), with a little added for a shared theme. A sentence that leans on the one before is read
with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.likeness import load_likeness
from reports.quotations import leans
from reports.records import Passage
from reports.selection import Vector, cosine, vectors
from reports.sources import Finding

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_OWN: Final = 0.7  # of the words; the rest is the paragraph around them
_THEME: Final = 0.06


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or an improvement point that can be matched."""

    passage: Passage
    finds: str
    theme: str | None
    theme_name: str | None
    own: Vector
    around: Vector


@dataclass(frozen=True, slots=True)
class Side:
    """The units of one report, with a row of meaning for each."""

    units: tuple[Unit, ...]
    meaning: "NDArray[numpy.float32]"

    def likeness(self, unit: Unit, meaning: "NDArray[numpy.float32]") -> list[float]:
        """How like the unit each unit of this side is, from 0 to about 1."""
        close = self.meaning @ meaning
        return [
            0.5 * max(0.0, float(nearness)) + 0.5 * _words(unit, other) + _shared_theme(unit, other)
            for nearness, other in zip(close, self.units, strict=True)
        ]


def _words(unit: Unit, other: Unit) -> float:
    return _OWN * cosine(unit.own, other.own) + (1 - _OWN) * cosine(unit.own, other.around)


def _shared_theme(unit: Unit, other: Unit) -> float:
    return _THEME if unit.theme is not None and unit.theme == other.theme else 0.0


def make_sides(
    earlier: Sequence[Finding], later: Sequence[Finding], names: Mapping[str, str]
) -> tuple[Side, Side]:
    """Both reports in units that can be matched; how rare a word is counts over both."""
    rows = [(finding, passage) for finding in (*earlier, *later) for passage in _passages(finding)]
    texts = [_with_context(*row) for row in rows]
    own = vectors(texts, [_named(*row) for row in rows])
    around = vectors([f.text for f, _ in rows], [[entity for _, entity in f.names] for f, _ in rows])
    meaning = load_likeness().vectors(texts)
    units = tuple(
        _unit(finding, passage, names, (mine, whole))
        for (finding, passage), mine, whole in zip(rows, own, around, strict=True)
    )
    split = sum(finding.source == earlier[0].source for finding, _ in rows) if earlier else 0
    return Side(units[:split], meaning[:split]), Side(units[split:], meaning[split:])


def _passages(finding: Finding) -> list[Passage]:
    if finding.role == "improvement" or not finding.sentences:
        return [finding.passage()]
    return [finding.passage(said) for said in finding.sentences]


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
    finding: Finding, passage: Passage, names: Mapping[str, str], placed: tuple[Vector, Vector]
) -> Unit:
    finds = "weakness" if finding.role == "improvement" else passage.valence or "neutral"
    theme = next(iter((*passage.themes, *(theme for theme, _ in finding.codings))), None)
    return Unit(passage, finds, theme, names.get(theme or ""), *placed)
