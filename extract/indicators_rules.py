"""Which measures do area profiles print, and in which words?"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from corpus.errors import DataFileError
from extract.figures_numbers import DIGITS, WORDS, read_number
from extract.times import DAY, MONTH
from extract.whole import reading

_FILE: Final = Path(__file__).with_name("indicators.toml")
DateFrom = Literal["own", "list", "year"]

SUPPRESSED: Final = (
    r"(?:a\s(?:very\s)?(?:small|low)\snumber(?:\sof\s(?:children|young\speople))?\s\(\d+\)|(?:five|four|5|4|ten|10)\sor\s(?:fewer|less)|(?:fewer|less)\sthan\s(?:five|six|ten|5|6|10)|"
    r"(?:an?\s)?suppressed(?:\s(?:number|figure|total|value))?(?:\sof)?|"
    r"a\s(?:very\s)?(?:small|low)\snumber(?:\sof)?)"
)
# A footnote marker can stick to the thousands ("42,6163"): three digits are the last of a group.
NUMBER: Final = (
    rf"(?:{SUPPRESSED}|(?<![\w.,])\d{{1,3}}(?:,\d{{3}})+(?=\d\b)"
    rf"|(?<![\w.,]){DIGITS}(?![\d%]|\s?%|\sper\scent)|\b(?:{WORDS}|none|no|nil|zero)\b)"
)
PERCENT: Final = rf"(?:{DIGITS}\s?(?:%+|per\s?cent))"
DATE: Final = re.compile(
    rf"{DAY}|{MONTH}\s(?:19|20)\d\d|(?<![\d,.£])(?:19|20)\d\d(?:\s?[-–/]\s?\d{{2,4}})?(?![\d%]|,\d|\s?children|\s?young)"
)
_MACROS: Final[Mapping[str, str]] = {
    "{start}": (
        r"^(?:(?:of (?:this number|these|those|whom|the \d+[^,]*|this)(?: \w+)?(?: {children})?,? )"
        r"|(?:and|also|additionally|in addition),? |a total of |currently,? |approximately "
        r"|there (?:are|were|is|was|(?:have|has|had) been) (?:currently )?)*"
    ),
    "{value}": f"(?P<value>{NUMBER})",
    "{value_b}": f"(?P<value_b>{NUMBER})",
    "{value_c}": f"(?P<value_c>{NUMBER})",
    "{share}": f"(?P<share>{PERCENT})",
    "{share_b}": f"(?P<share_b>{PERCENT})",
    "{england}": f"(?P<england>{PERCENT})",
    "{england_b}": f"(?P<england_b>{PERCENT})",
    "{rate}": f"(?P<rate>{DIGITS})",
    "{rate_b}": f"(?P<rate_b>{DIGITS})",
    "{suppressed}": f"(?P<share_b>{SUPPRESSED})",
    "{all}": (
        r"all(?: (?:of|the|these|them|those|whom|looked after|in care|currently|\(?(?:or )?100 ?%\)?"
        r"|{any}|{children})){0,8}"
    ),
    "{any}": NUMBER,
    "{inverted}": r"(?:,? (?P<inverted>of (?:whom|which)[^,;]{0,70}),)?",
    "{children}": (
        r"(?:of the )?(?:of |more )?(?:looked after )?"
        r"(?:child(?:ren)?(?:(?: and|,| or|/) ?young (?:people|person))?|young (?:people|person)|babies)"
        r"(?: looked after(?= (?:live|are placed|were placed)))?"
    ),
    "{live}": (
        r"(?:lived?|lives|living|placed"
        r"|(?:are|is|were|was|being)(?: (?:living|placed|accommodated|cared for|looked after))?)"
    ),
    "{outside}": r"(?:outside|out of|out with|outwith)",
}
_KEYS: Final = frozenset(
    {
        "name",
        "unit",
        "date",
        "after",
        "topic",
        "pattern",
        "part_of",
        "outside",
        "returned",
        "rate",
        "example",
        "gives",
    }
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One standard measure: its name, the words that print it, and where its date comes from."""

    name: str
    unit: str | None
    date: DateFrom
    pattern: re.Pattern[str]
    after: str | None  # the measure that must have been found before
    topic: str | None
    part_of: str | None
    outside: str | None  # the share outside the area that may follow in the same line
    returned: tuple[str, ...]  # the share and count of children who came back that may follow
    rate: bool  # per 10,000 children: no count of them
    example: str
    gives: float


@dataclass(frozen=True, slots=True)
class Measures:
    """All of `indicators.toml`, checked and compiled."""

    measures: tuple[Measure, ...]
    topics: tuple[tuple[str, re.Pattern[str]], ...]


@cache
@reading(_FILE.name)
def load_measures() -> Measures:
    """Return the measures; raise `DataFileError` with every fault where the file does not hold together."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    faults = list(_faults(data))
    if faults:
        raise DataFileError("indicators.toml: " + "; ".join(faults))
    topics = tuple((entry["name"], re.compile(entry["pattern"])) for entry in data["topic"])
    return Measures(tuple(_measure(entry) for entry in data["indicator"]), topics)


def read_value(printed: str) -> float | None:
    """Return the value of printed words: "none" is 0, a suppressed number None."""
    words = re.sub(r"(?i)\s?(?:%+|per\s?cent)$", "", printed.strip())
    if re.fullmatch(SUPPRESSED, words, re.IGNORECASE):
        stated = re.search(r"\((\d+)\)", words)
        return float(stated[1]) if stated else None
    return 0.0 if words.casefold() in {"no", "none", "nil", "zero"} else float(read_number(words))


def _faults(data: Mapping[str, Any]) -> list[str]:
    """Return each unknown or missing key, repeated name and reference to nothing, with its place."""
    names = [entry.get("name") for entry in data["indicator"]]
    topics = {entry["name"] for entry in data["topic"]}
    faults = [f"indicator '{name}' stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for index, entry in enumerate(data["indicator"], start=1):
        place = f"indicator {index}"
        faults += [f"{place}: unknown key '{key}'" for key in sorted(entry.keys() - _KEYS)]
        faults += [
            f"{place}: no {key}"
            for key in ("name", "date", "pattern", "example", "gives")
            if key not in entry
        ]
        faults += [
            f"{place}: '{entry[key]}' is no indicator"
            for key in ("after", "part_of")
            if entry.get(key, names[0]) not in names
        ]
        if entry.get("topic") not in {None, *topics}:
            faults.append(f"{place}: '{entry['topic']}' is no topic")
    return faults


def _measure(entry: Mapping[str, Any]) -> Measure:
    """Compile one measure."""
    pattern = entry["pattern"]
    for macro, expression in _MACROS.items():
        pattern = pattern.replace(macro, expression)
    return Measure(
        name=entry["name"],
        unit=entry.get("unit"),
        date=entry["date"],
        pattern=re.compile(pattern),
        after=entry.get("after"),
        topic=entry.get("topic"),
        part_of=entry.get("part_of"),
        outside=entry.get("outside"),
        returned=tuple(entry.get("returned", ())),
        rate=entry.get("rate", False),
        example=entry["example"],
        gives=entry["gives"],
    )
