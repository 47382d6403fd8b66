"""What does each inspection find, and how does that follow from the inspection before?"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Final, Literal

Finding = Literal["strength", "weakness"]

_FILES: Final = (
    "help_and_protection",
    "children_in_care",
    "adoption",
    "care_leavers",
    "leadership",
    "lscb",
)
_WEAK_SHARE: Final = {"outstanding": 0.04, "good": 0.16, "requires_improvement": 0.52, "inadequate": 0.78}
_PERSISTENCE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that inspectors look at, with what they may say of it."""

    id: str
    theme: str
    second: str | None
    area: str
    name: str
    ensure: str
    since: int
    strength: tuple[str, ...]
    weakness: tuple[str, ...]

    def sentences(self, finding: Finding) -> tuple[str, ...]:
        """Return the sentences for one finding."""
        return self.strength if finding == "strength" else self.weakness


@cache
def topics() -> tuple[Topic, ...]:
    """Return every topic in the order of the data files."""
    found: list[Topic] = []
    for name in _FILES:
        table = tomllib.loads(files("corpus.maker").joinpath("findings", f"{name}.toml").read_text("utf-8"))
        found.extend(_topic(row, table["area"]) for row in table["topic"])
    return tuple(found)


def _topic(row: Mapping[str, Any], area: str) -> Topic:
    """Read one topic; the file's area holds unless it names its own."""
    return Topic(
        id=row["id"],
        theme=row["theme"],
        second=row.get("second"),
        area=row.get("area", area),
        name=row["name"],
        ensure=row["ensure"],
        since=row.get("since", 0),
        strength=tuple(row["strength"]),
        weakness=tuple(row["weakness"]),
    )


@cache
def frames() -> Mapping[str, Any]:
    """Return the wording that stands around the findings."""
    return tomllib.loads(files("corpus.maker").joinpath("frames.toml").read_text("utf-8"))


def tell(
    grades: Mapping[str, str], previous: Mapping[str, Finding], year: int, dice: Random
) -> Mapping[str, Finding]:
    """Say for each topic whether this inspection finds it strong or weak.

    The share of weaknesses follows the grade of the area; what the last inspection found tends to last.
    """
    found: dict[str, Finding] = {}
    for topic in topics():
        grade = grades.get(topic.area)
        if grade is None or topic.since > year:
            continue
        weak = dice.random() < _WEAK_SHARE[grade]
        before = previous.get(topic.id)
        if before is not None and dice.random() < _PERSISTENCE:
            weak = before == "weakness" and grade != "outstanding"
        found[topic.id] = "weakness" if weak else "strength"
    return found


def of_area(story: Mapping[str, Finding], areas: Sequence[str]) -> tuple[Topic, ...]:
    """Return the topics of some areas that this inspection looked at, in order."""
    return tuple(topic for topic in topics() if topic.area in areas and topic.id in story)
