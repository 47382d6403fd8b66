"""Which days does a printed date, or a list of ranges of dates, mean?

Every style the reports use: "4 to 8 March 2024", "29 April – 3 May 2019", "3 December 2018 to 14 December
2018", "17/05/2016", several ranges in a row, months cut short. What does not name a real day is not a date.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY: Final = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)?"
    r"(?:,?\s*(?P<year>(?:19|20)\d\d))?(?![\d%])",
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_JOINED: Final = re.compile(r"\s{0,9}(?:\band\b|&|;)\s{0,9}", re.IGNORECASE)
_STATES_TWO: Final = re.compile(r"\d\D.*\d")


@dataclass(slots=True)
class _Day:
    day: int
    month: int | None
    year: int | None


def find_dates(text: str) -> tuple[date, ...]:
    """All the days a text names, in order; a day takes the month and year of the next that has them."""
    return tuple(day for day in _named(text) if day is not None)


def _named(text: str) -> tuple[date | None, ...]:
    """The days a text names; None stands for one with month and year that no calendar has."""
    text = _SLASHED.sub(lambda m: f"{m[1]} {_MONTHS[min(int(m[2]), 12) - 1]} {m[3]}", text)
    days = [
        _Day(int(m["day"]), _month(m["month"]), int(m["year"]) if m["year"] else None)
        for m in _DAY.finditer(text)
    ]
    month = year = None
    found: list[date | None] = []
    after: int | None = None  # the month of the day that follows
    for each in reversed(days):
        month = each.month or month
        if each.year is None and year is not None and each.month and after and each.month > after:
            year -= 1
        year = each.year or year
        if month is not None and year is not None:
            found.append(_date(each.day, month, year))
            after = month
    return tuple(reversed(found))


def find_span(text: str) -> tuple[date, date] | None:
    """First and last day of the ranges that a text names, or None."""
    days = find_dates(text)
    return (min(days), max(days)) if days else None


def find_ranges(text: str) -> tuple[tuple[date, date], ...]:
    """First and last day of each range, in order: an inspection that was paused has two.

    Nothing where a day does not exist or one stands before an earlier one: that is a misprint, and which day
    was meant is not known.
    """
    named = _named(text)
    days = find_dates(text)
    if len(days) < len(named) or list(days) != sorted(days):
        return ()
    parts = _JOINED.split(text)
    paired = len(days) == 2 * len(parts) and all(map(_STATES_TWO.search, parts))
    if paired:
        return tuple(zip(days[::2], days[1::2], strict=True))
    return ((days[0], days[-1]),) if days else ()


def _month(name: str | None) -> int | None:
    """The number of a month from its name, cut short or not."""
    if name is None:
        return None
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))


def _date(day: int, month: int, year: int) -> date | None:
    """The day, where there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
