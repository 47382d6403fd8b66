"""What does a finished comparison or briefing hold, before anything is rendered?"""

from dataclasses import dataclass

from reports.fates import Progress
from reports.records import (
    Apart,
    Bar,
    Cell,
    GradeCount,
    IndicatorRow,
    Judgements,
    Passage,
    Source,
    StatedFigure,
    Tally,
    ThemeQuotations,
    ThemeRow,
)


@dataclass(frozen=True, slots=True)
class Group:
    """The authorities compared against; `without` names those left out, each with the reason."""

    kind: str
    name: str
    sources: tuple[Source, ...]
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Authorities side by side, each by its latest full inspection."""

    title: str
    made: str  # what the store holds: cut-off, not the clock
    command: str  # what makes this again
    members: tuple[Source, ...]
    without: tuple[str, ...]
    group: Group | None
    group_grades: tuple[GradeCount, ...]
    group_frameworks: tuple[str, ...]  # how many reports follow which framework, where several do
    judgements: Judgements
    columns: tuple[str, ...]
    themes: tuple[ThemeRow, ...]
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    apart: tuple[Apart, ...]
    quotations: tuple[ThemeQuotations, ...]
    indicators: tuple[IndicatorRow, ...]
    figures: tuple[StatedFigure, ...]
    method: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A statistical neighbour with the judgements of its latest full inspection."""

    rank: int
    name: str
    source: Source | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Exemplar:
    """An authority whose report finds strength where this one finds weakness."""

    theme: str
    theme_name: str
    name: str
    relation: str  # why this authority is near: neighbour, region, England
    tally: Tally
    passage: Passage


@dataclass(frozen=True, slots=True)
class Briefing:
    """One authority: its inspections, what the latest full one finds, what changed, who to learn from."""

    title: str
    made: str
    command: str
    authority: str
    la_code: str
    gss_code: str | None
    urn: str | None
    region: str | None
    source: Source | None
    judgements: Judgements
    themes: tuple[ThemeRow, ...]
    bars: tuple[tuple[str, tuple[Bar, ...]], ...]
    strongest: tuple[ThemeRow, ...]  # where strengths outweigh weaknesses most
    weakest: tuple[ThemeRow, ...]  # where weaknesses outweigh strengths most
    strengths: tuple[ThemeQuotations, ...]  # themes with most strength first
    weaknesses: tuple[ThemeQuotations, ...]  # themes with most weakness first
    improvements: tuple[Passage, ...]
    figures: tuple[StatedFigure, ...]
    progress: Progress | None
    neighbour_areas: tuple[str, ...]
    neighbours: tuple[Neighbour, ...]
    exemplars: tuple[Exemplar, ...]
    method: tuple[str, ...]
    sources: tuple[Source, ...]


View = Comparison | Briefing
