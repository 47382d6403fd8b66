"""What do the data files say is a figure, and what is none?"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from extract.alternatives import by_letter
from extract.whole import reading

_FILE: Final = Path(__file__).with_name("figures.toml")
# Words that end a noun phrase: no counted noun is looked for beyond one of them.
_STOP: Final = (
    r"(?:of|in|and|to|the|an?|were|was|are|is|have|has|had|with|by|for|who|which|that|from|at|on|or|but|as|than|"
    r"did|do|does|no|not|all|be|been|being|said|told|can|could|will|would|per|if|when|where|while|their|its)"
)
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "not_a_figure": frozenset(
        {
            "name",
            "before",
            "after",
            "at_most",
            "at_least",
            "only_words",
            "exclude_values",
            "unless_clause",
            "unless_counted",
            "examples",
        }
    ),
    "approx": frozenset({"value", "before", "after", "examples"}),
    "comparator": frozenset({"value", "left", "right", "needs", "unless", "examples"}),
    "direction": frozenset({"value", "left", "right", "examples"}),
}


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A shape of number that is no figure, by the text before and after it and by its size."""

    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    at_least: float
    at_most: float
    only_words: bool
    exclude_values: tuple[float, ...]
    unless_clause: re.Pattern[str] | None
    unless_counted: bool  # not where something counted stands behind what `after` matches
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words left and right of a number that give it one value of an attribute; all must hold."""

    value: str
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    needs: re.Pattern[str] | None  # must stand left of the number
    unless: re.Pattern[str] | None  # must not stand left of the number
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of `figures.toml`, checked and compiled."""

    exclusions: tuple[Exclusion, ...]
    counted: re.Pattern[str]  # people, cases and services, after a number
    counted_by_one: re.Pattern[str]  # people and cases only, after "one"
    elided: re.Pattern[str]  # after a number word that stands for the counted
    grouped: re.Pattern[str]  # before one that says how many a group has
    named: re.Pattern[str]  # before one that names what is known
    moved: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]  # before, after, anywhere before
    alone: tuple[re.Pattern[str], re.Pattern[str]]  # before and after a number word that stands alone
    listed: re.Pattern[str]  # before one that stands alone in a list
    approx: tuple[Cue, ...]
    approx_before: re.Pattern[str]
    comparing: re.Pattern[str]  # words without one of which nothing is compared
    comparators: tuple[Cue, ...]
    directions: tuple[Cue, ...]
    terms: re.Pattern[str]  # what reports measure, in more than one word
    subject: Mapping[str, tuple[str, ...]]  # word lists that bound a noun phrase

    def stands_for_counted(self, text: str, at: int, end: int) -> bool:
        """Tell whether a number word that ends here stands for the counted: "seven were placed"."""
        match = self.elided.match(text, at, end)
        if match is None or match["of_the"] is None:
            return match is not None
        return self.counted.match(text, match.end(), end) is not None


@cache
@reading(_FILE.name)
def load_rules() -> Rules:
    """Return the rules for figures; raise `DataFileError` with every fault of a file that does not hold."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    faults = list(_faults(data))
    if faults:
        raise DataFileError("figures.toml: " + "; ".join(faults))
    nouns = data["counted"]
    counted = _noun_phrase(nouns["between"], nouns["people"] + nouns["cases"] + nouns["services"])
    approx = tuple(_approx(entry) for entry in data["approx"])
    every_before = sorted((w for e in data["approx"] for w in e.get("before", ())), key=len, reverse=True)
    terms = sorted(data["subject"]["terms"], key=len, reverse=True)
    return Rules(
        exclusions=tuple(map(_exclusion, data["not_a_figure"])),
        counted=re.compile(counted),
        counted_by_one=re.compile(_noun_phrase("", nouns["people"] + nouns["cases"])),
        elided=re.compile(r"\s" + nouns["elided"]),
        grouped=re.compile("(?i)" + nouns["grouped"]),
        named=re.compile("(?i)" + nouns["named"]),
        moved=(
            re.compile("(?i)" + nouns["moved_before"]),
            re.compile("(?i)" + nouns["moved_after"]),
            re.compile("(?i)" + nouns["moved_clause"]),
        ),
        alone=(
            re.compile("(?i)" + nouns["alone_before"]),
            re.compile("(?i)" + nouns["alone_after"]),
        ),
        listed=re.compile("(?i)" + nouns["listed_before"]),
        approx=approx,
        approx_before=re.compile(rf"\b{by_letter(every_before, any_case=True)}(?i:\s(?:an?\s)?)$"),
        comparing=re.compile(rf"\b{by_letter(data['comparing']['words'], any_case=True)}"),
        comparators=tuple(_cue(entry) for entry in data["comparator"]),
        directions=tuple(_cue(entry) for entry in data["direction"]),
        terms=re.compile(rf"\b{by_letter(terms, any_case=True)}\b"),
        subject={name: tuple(words) for name, words in data["subject"].items() if name != "terms"},
    )


def _faults(data: Mapping[str, Any]) -> list[str]:
    """Return each unknown key, missing example and pattern that does not compile, with its place."""
    faults: list[str] = []
    for table, keys in _KEYS.items():
        for index, entry in enumerate(data.get(table, ()), start=1):
            place = f"{table} {index}"
            faults += [f"{place}: unknown key '{key}'" for key in entry.keys() - keys]
            if not entry.get("examples"):
                faults.append(f"{place}: no example")
    unknown = data.keys() - _KEYS.keys() - {"counted", "comparing", "subject"}
    return faults + [f"unknown table '{name}'" for name in sorted(unknown)]


def _noun_phrase(between: str, nouns: list[str]) -> str:
    """Return a pattern for at most four describing words and one of the nouns, after a number."""
    joined = by_letter(sorted(nouns, key=len, reverse=True), any_case=True)
    describing = rf"(?!(?!in-|on-|all-){_STOP}\b)[A-Za-z‘][\w’'/-]*,?\s"
    several = r"(?:[a-z-]{2,30},\s[a-z-]{2,30}\sand\s)?"  # "two information, advice and guidance workers"
    return rf"{between}(?:\s|-){several}(?:{describing}){{0,4}}?{joined}(?![\w-])"


def _exclusion(entry: Mapping[str, Any]) -> Exclusion:
    """Compile one shape of number that is no figure."""
    return Exclusion(
        name=entry["name"],
        before=re.compile(f"(?:{entry['before']})$") if "before" in entry else None,
        after=re.compile(entry["after"]) if "after" in entry else None,
        at_least=entry.get("at_least", float("-inf")),
        at_most=entry.get("at_most", float("inf")),
        only_words=entry.get("only_words", False),
        exclude_values=tuple(entry.get("exclude_values", ())),
        unless_clause=re.compile(entry["unless_clause"]) if "unless_clause" in entry else None,
        unless_counted=entry.get("unless_counted", False),
        examples=tuple(entry["examples"]),
    )


def _approx(entry: Mapping[str, Any]) -> Cue:
    """Compile the words before and after a number that say how near it is."""
    before, after = entry.get("before"), entry.get("after")
    return Cue(
        value=entry["value"],
        left=re.compile(rf"(?i)(?:{'|'.join(sorted(before, key=len, reverse=True))})\s") if before else None,
        right=re.compile(rf"(?i)\s(?:{'|'.join(after)})\b") if after else None,
        needs=None,
        unless=None,
        examples=tuple(entry["examples"]),
    )


def _cue(entry: Mapping[str, Any]) -> Cue:
    """Compile words left or right of a number; `left` must reach up to it, `right` begin where it ends."""
    return Cue(
        value=entry["value"],
        left=re.compile(f"(?:{entry['left']})$") if "left" in entry else None,
        right=re.compile(entry["right"]) if "right" in entry else None,
        needs=re.compile(entry["needs"]) if "needs" in entry else None,
        unless=re.compile(entry["unless"]) if "unless" in entry else None,
        examples=tuple(entry["examples"]),
    )
