"""What can become of a weakness from one inspection to the next, and how is that written down?"""

from dataclasses import dataclass
from typing import Literal

from reports.records import Passage, Source

Change = Literal["resolved", "persisting", "reversed", "new", "no_later_mention", "unclear", "unclear_new"]


@dataclass(frozen=True, slots=True)
class Changed:
    """An earlier weakness or improvement point beside what the later report says of it."""

    change: Change
    confidence: float
    theme: str | None
    theme_name: str | None
    earlier: Passage | None
    later: Passage | None

    @property
    def unsure(self) -> bool:
        """Whether the evidence does not decide."""
        return self.change in ("unclear", "unclear_new")


@dataclass(frozen=True, slots=True)
class ChangeCount:
    """How many points of the earlier report have each fate.

    `strong` counts those whose passage in the other report finds strength.
    """

    change: Change
    count: int
    total: int
    strong: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What changed between two inspections of one authority."""

    earlier: Source
    later: Source
    counts: tuple[ChangeCount, ...]  # fates of the earlier report's points
    arising: tuple[ChangeCount, ...]  # of the later report's weaknesses: which are new or reversed
    points: tuple[Changed, ...]  # all of them, improvement points first
    shown: tuple[Changed, ...]  # those that a short document prints
