"""How do we write a date, a grade, a share and the name of a thing?"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

_KNOWN: Final = frozenset(
    {
        "area",
        "area_words",
        "grade",
        "state",
        "valence",
        "change",
        "kind",
        "licence",
        "licence_mark",
        "scheme",
        "indicator",
        "words",
    }
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The judgement areas that a framework gives, from its first day on."""

    framework: str
    since: date
    name: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of `wording.toml`; every mapping keeps the order in which things are shown."""

    area: Mapping[str, str]
    area_words: Mapping[str, str]
    grade: Mapping[str, str]
    state: Mapping[str, str]
    valence: Mapping[str, str]
    change: Mapping[str, str]
    kind: Mapping[str, str]
    licence: Mapping[str, str]
    licence_mark: Mapping[str, str]
    indicator: Mapping[str, str]
    schemes: tuple[Scheme, ...]
    common: frozenset[str]
    function_words: frozenset[str]


@cache
def wording() -> Wording:
    """The words we use, read once.

    Raises:
        DataFileError: the file has a table that nothing reads.
    """
    from corpus.errors import DataFileError

    data = tomllib.loads((files("reports") / "wording.toml").read_text(encoding="utf-8"))
    if data.keys() != _KNOWN:
        raise DataFileError(f"wording.toml: unknown or missing tables: {sorted(data.keys() ^ _KNOWN)}")
    schemes = tuple(
        Scheme(entry["framework"], entry["from"], entry["name"], tuple(entry["areas"]))
        for entry in data.pop("scheme")
    )
    words = {name: frozenset(text.split()) for name, text in data.pop("words").items()}
    return Wording(schemes=schemes, common=words["common"], function_words=words["function"], **data)


def name_of(table: Mapping[str, str], key: str | None) -> str:
    """The name of a key, or the key itself in plain words where the table has none."""
    return table.get(key or "") or (key or "unknown").replace("_", " ").capitalize()


def scheme_of(framework: str, inspected: date | None) -> Scheme | None:
    """The scheme under which an inspection that began on this day was judged, or None."""
    fitting = [scheme for scheme in wording().schemes if scheme.framework == framework]
    begun = [scheme for scheme in fitting if inspected is None or scheme.since <= inspected]
    if inspected is None:
        return fitting[0] if len(fitting) == 1 else None
    return begun[-1] if begun else None


def long_date(day: date | None) -> str:
    """A date as 4 September 2023."""
    return f"{day.day} {day:%B %Y}" if day else "date not known"


def date_range(first: date | None, last: date | None) -> str:
    """Two dates as one range: 4 to 15 September 2023."""
    if first is None or last is None or first == last:
        return long_date(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {long_date(last)}"
    return f"{long_date(first)} to {long_date(last)}"


def printed_day(iso: str) -> str:
    """A day, month or year in ISO form as a person writes it: 7 November 2017, November 2017, 2017."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return long_date(date(parts[0], parts[1], parts[2]))
    return f"{date(parts[0], parts[1], 1):%B %Y}" if len(parts) == 2 else iso


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; 0% and 100% only when it is exactly that."""
    if whole == 0:
        return "no share"
    rounded = round(100 * part / whole)
    if 0 < part < whole:
        rounded = min(max(rounded, 1), 99)
    return f"{rounded}%"


def number(value: float | None) -> str:
    """A value as a person writes it: 1,250 or 25.4; "not stated" for None."""
    if value is None:
        return "not stated"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 paragraph, 3 paragraphs."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
