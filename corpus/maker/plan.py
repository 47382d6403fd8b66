"""Which inspections took place, where and when, and with what grades?"""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Final

_START: Final = (
    "Ald",
    "Bram",
    "Cold",
    "Dray",
    "Elver",
    "Fenn",
    "Grims",
    "Holl",
    "Ivel",
    "Jarr",
    "Kest",
    "Lynd",
    "Mar",
    "Nether",
    "Ormes",
    "Pell",
    "Quarn",
    "Rush",
    "Stan",
    "Thrup",
    "Ulver",
    "Wend",
    "Yar",
)
_END: Final = (
    "brigg",
    "combe",
    "dene",
    "fold",
    "garth",
    "hithe",
    "leigh",
    "march",
    "mere",
    "minster",
    "nesse",
    "riding",
    "shott",
    "stead",
    "thwaite",
    "wick",
)
_GRADES: Final = ("outstanding", "good", "requires_improvement", "inadequate")
_CHANCES: Final = (1, 5, 5, 2)
_SIF_AREAS: Final = (
    "help_and_protection",
    "children_in_care",
    "adoption",
    "care_leavers",
    "leadership",
    "lscb",
)
_SPANS: Final = {
    "sif-1a": (date(2013, 11, 18), date(2013, 12, 2), 21),
    "sif-1b": (date(2014, 1, 13), date(2014, 6, 2), 21),
    "sif-2": (date(2014, 9, 8), date(2015, 3, 2), 22),
    "sif-3": (date(2015, 6, 1), date(2017, 6, 5), 23),
    "sif-re": (date(2017, 3, 6), date(2018, 4, 9), 23),
    "ilacs-a": (date(2018, 5, 7), date(2021, 6, 7), 11),
    "ilacs-b4": (date(2021, 10, 4), date(2022, 11, 21), 11),
    "ilacs-b5": (date(2023, 2, 6), date(2024, 12, 2), 11),
    "ilacs-b5-nf": (date(2025, 2, 3), date(2026, 3, 9), 11),
    "ilacs-r": (date(2026, 4, 27), date(2026, 7, 6), 11),
    "area-send": (date(2023, 3, 13), date(2025, 2, 10), 4),
}


@dataclass(frozen=True, slots=True)
class Place:
    """An invented authority."""

    la_code: str
    name: str
    type: str
    region: str
    population: int

    @property
    def council(self) -> str:
        """The name as a report's first page prints it."""
        if self.type == "London Borough":
            return f"London Borough of {self.name}"
        suffix = {"County": "County Council", "Metropolitan District": "Metropolitan Borough Council"}
        return f"{self.name} {suffix.get(self.type, 'Council')}"


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: its layout, days and grades by area."""

    place: Place
    layout: str
    start: date
    end: date
    published: date
    grades: Mapping[str, str]

    @property
    def stem(self) -> str:
        """The name of its files, without suffix."""
        name = self.place.name.lower().replace(" ", "-")
        return f"{self.place.la_code.lower()}-{name}-{self.layout}-{self.published:%Y-%m}"


@cache
def places() -> tuple[Place, ...]:
    """Return the invented authorities of the data file."""
    text = files("corpus.maker").joinpath("authorities.csv").read_text("utf-8")
    return tuple(
        Place(row["la_code"], row["name"], row["type"], row["region"], int(row["population_0_25"]))
        for row in csv.DictReader(text.splitlines())
    )


def sample_plan() -> tuple[tuple[Inspection, ...], ...]:
    """Return the inspections of the bundled corpus: one run of them, in order of time, for each authority."""
    table = tomllib.loads(files("corpus.maker").joinpath("plan.toml").read_text("utf-8"))
    by_code = {place.la_code: place for place in places()}
    runs: dict[str, list[Inspection]] = {code: [] for code in by_code}
    for row in table["inspection"]:
        start, end, published = row["start"], row["end"], row["published"]
        runs[row["la_code"]].append(
            Inspection(by_code[row["la_code"]], row["layout"], start, end, published, row["grades"])
        )
    return tuple(tuple(run) for run in runs.values())


def endless_plan(seed: str) -> Iterator[tuple[Inspection, ...]]:
    """Yield invented authorities without end, each with its run of inspections."""
    dice = Random(f"{seed}/plan")  # noqa: S311 -- invented reports, not secrets
    count = 0
    while True:
        count += 1
        place = _invent(count, dice)
        before = dice.choice(("sif-1a", "sif-1b", "sif-2", "sif-3"))
        middle = dice.choice(("sif-re", "ilacs-a", "ilacs-a", "ilacs-b4"))
        after = dice.choice(("ilacs-b5", "ilacs-b5-nf", "ilacs-r", "area-send"))
        yield tuple(_inspection(place, layout, dice) for layout in (before, middle, after))


def _invent(count: int, dice: Random) -> Place:
    """Make up an authority; the number keeps codes apart, names may meet again under another code."""
    name = dice.choice(_START) + dice.choice(_END)
    kind = dice.choice(("Unitary Authority", "County", "Metropolitan District", "London Borough"))
    region = (
        "London" if kind == "London Borough" else dice.choice(("North West", "South East", "East Midlands"))
    )
    return Place(f"T{count:05d}", name, kind, region, dice.randint(38_000, 260_000))


def _inspection(place: Place, layout: str, dice: Random) -> Inspection:
    """Draw the days and grades of one inspection."""
    first, last, days = _SPANS[layout]
    start = first + timedelta(weeks=dice.randint(0, (last - first).days // 7))
    start -= timedelta(days=start.weekday())
    grades = {area: dice.choices(_GRADES, _CHANCES)[0] for area in _SIF_AREAS}
    grades["overall"] = max(grades.values(), key=_GRADES.index)
    if layout == "area-send":
        grades = {"send_outcome": dice.choice(("typically_positive", "inconsistent", "systemic_failings"))}
    end = start + timedelta(days=days)
    return Inspection(place, layout, start, end, end + timedelta(days=dice.randint(38, 60)), grades)
