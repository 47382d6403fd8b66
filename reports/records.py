"""Of what pieces is a finished view made?

Every value here is a quotation, a count, a figure or a grade that can be found again in the store. Templates
loop over these records and print them; they never count. `reports/views.py` puts the pieces together.
"""

from dataclasses import dataclass
from datetime import date

from corpus.model import Valence


@dataclass(frozen=True, slots=True)
class Source:
    """An inspection report, as we cite it."""

    document_id: str
    la_code: str | None
    gss_code: str | None
    urn: str | None
    authority: str  # name in the register; as printed where the register has none
    title: str | None
    framework: str
    kind: str
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    licence: str | None
    file: str  # name of the file, without its folders

    @property
    def ended(self) -> date | None:
        """The day by which `--since` and `--until` choose: the last on site, else the day of publication."""
        return self.inspected_to or self.published

    @property
    def date(self) -> date | None:
        """The day by which we cite it: the first day on site, else the day of publication."""
        return self.inspected_from or self.published


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report with the place where they stand; `start` and `end` slice the paragraph's text."""

    source: Source
    paragraph_id: str
    number: int | None
    position: int
    page_from: int | None
    page_to: int | None
    start: int
    end: int
    text: str
    role: str
    valence: Valence | None
    themes: tuple[str, ...]

    @property
    def finds(self) -> Valence:
        """What it finds; a point for improvement finds weakness."""
        return "weakness" if self.role == "improvement" else self.valence or "neutral"


@dataclass(frozen=True, slots=True)
class Cell:
    """The judgement of one area in one report: a grade, or the state that says why there is none."""

    area: str
    grade: str | None
    state: str | None
    page: int | None

    @property
    def key(self) -> str:
        """The grade, or the state in its place."""
        return self.grade or self.state or "not_read"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement area across several reports, in the order of the reports."""

    area: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Judgements:
    """Judgements side by side; `frameworks` names each report's, `notes` where comparison breaks."""

    sources: tuple[Source, ...]
    rows: tuple[JudgementRow, ...]
    frameworks: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many paragraphs speak of a theme, and how; addable."""

    strength: int = 0
    weakness: int = 0
    mixed: int = 0
    neutral: int = 0

    @property
    def judged(self) -> int:
        """Paragraphs that find something: the denominator of every share."""
        return self.strength + self.weakness + self.mixed

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.strength + other.strength,
            self.weakness + other.weakness,
            self.mixed + other.mixed,
            self.neutral + other.neutral,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its counts and a 95% Wilson interval, in whole per cent; None where n is too small."""

    part: int
    whole: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme across the members of a comparison (or the one report of a briefing)."""

    theme: str
    name: str
    tallies: tuple[Tally, ...]
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of one theme in a chart: lengths from 0 to 1 of the longest bar."""

    name: str
    strength: int
    mixed: int
    weakness: int
    scale: int  # the count that the longest side of any bar in the chart shows


@dataclass(frozen=True, slots=True)
class Distinction:
    """A theme or word that sets one member apart from the others: z of the weighted log-odds ratio."""

    term: str
    z: float
    count: int
    total: int
    others: int
    others_total: int


@dataclass(frozen=True, slots=True)
class Apart:
    """What sets one member apart: findings on themes, and words."""

    member: str
    themes: tuple[Distinction, ...]
    words: tuple[Distinction, ...]


@dataclass(frozen=True, slots=True)
class ThemeQuotations:
    """Typical and diverse passages on one theme."""

    theme: str
    name: str
    strengths: tuple[Passage, ...]
    weaknesses: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCell:
    """One value of an indicator, with its date and where it stands."""

    value: float | None
    as_of: str | None
    england: float | None
    passage: Passage | None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of the area profile across reports."""

    indicator: str
    name: str
    cells: tuple[IndicatorCell | None, ...]


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure of the narrative with the sentence that states it."""

    printed: str
    subject: str | None
    comparator: str | None
    direction: str | None
    period: str | None
    passage: Passage


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many reports of a group give each grade for an area."""

    area: str
    counts: tuple[tuple[str, int], ...]
    total: int
