"""What do inspectors recommend, and do the categories lead that led in the literature?

A category is a list of words in `recommendations.toml`, and a recommendation counts in each whose words it
holds: it is a count of wording, not the careful reading of the study that it is set beside.
"""

import re
import sqlite3
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.errors import DataFileError
from reports.records import Share, Source
from reports.sources import load_sources
from reports.tally import share

STUDY_TO: Final = date(2016, 12, 31)  # the study read reports up to this year
_KEYS: Final = {"id", "name", "led", "words", "examples", "counter"}


@dataclass(frozen=True, slots=True)
class Category:
    """What recommendations may be about; `led` says that it is among the four that led in the study."""

    id: str
    name: str
    led: bool
    words: re.Pattern[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a category is recommended, among recommendations and among reports that make any."""

    category: Category
    recommendations: Share
    reports: Share
    rank: int  # 1 is the most frequent among recommendations


@dataclass(frozen=True, slots=True)
class Recommended:
    """All categories, most frequent first, and how many recommendations hold the words of none."""

    counted: tuple[Counted, ...]
    unsorted: Share

    @property
    def agreeing(self) -> int:
        """How many of those that led in the study lead here too, as many as there are of them."""
        led = sum(one.category.led for one in self.counted)
        return sum(one.category.led for one in self.counted[:led])


def count_recommendations(connection: sqlite3.Connection, until: date | None = None) -> Recommended:
    """Count the recommendations of all inspections, or of those that began by a day."""
    chosen = [source.document_id for source in load_sources(connection) if _is_by(source, until)]
    texts = [
        (document, text)
        for document in chosen
        for (text,) in connection.execute(
            "SELECT text FROM paragraph WHERE document_id = ? AND role = 'improvement'", (document,)
        )
    ]
    held = {one.id: [document for document, text in texts if one.words.search(text)] for one in categories()}
    known = sorted(categories(), key=lambda one: -len(held[one.id]))
    reports = len({document for document, _ in texts})
    none = sum(not any(one.words.search(text) for one in known) for _, text in texts)
    counted = tuple(
        Counted(one, share(len(held[one.id]), len(texts)), share(len(set(held[one.id])), reports), rank)
        for rank, one in enumerate(known, 1)
    )
    return Recommended(counted, share(none, len(texts)))


@cache
def categories() -> tuple[Category, ...]:
    """The categories that come along.

    Raises:
        DataFileError: a category has a key too many or too few, or words that are no pattern.
    """
    data = tomllib.loads((files("reports") / "recommendations.toml").read_text(encoding="utf-8"))
    return tuple(_category(place, row) for place, row in enumerate(data["category"], 1))


def _category(place: int, row: dict[str, object]) -> Category:
    if row.keys() != _KEYS:
        raise DataFileError(f"recommendations.toml, category {place}: its keys are not {sorted(_KEYS)}.")
    try:
        words = re.compile("|".join(_strings(row["words"])), re.IGNORECASE)
    except re.error as error:
        raise DataFileError(f"recommendations.toml, category {place}: words: {error}.") from error
    examples, counter = _strings(row["examples"]), _strings(row["counter"])
    return Category(str(row["id"]), str(row["name"]), bool(row["led"]), words, examples, counter)


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Sequence) else ()


def _is_by(source: Source, until: date | None) -> bool:
    return until is None or (source.date is not None and source.date <= until)
