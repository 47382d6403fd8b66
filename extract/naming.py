"""Which names that no list can hold does a text print: NHS bodies, boards of a place, teams?"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from corpus.errors import DataFileError
from extract.mentions import Candidate, named

CAPITALISED: Final = r"\b[A-Z][\w@]*(?:[’'-]\w+)*[’']?"
_LINK: Final = r"(?: (?:and|of|for|in|to|the|with|upon|on|by|&))*"
_RUN: Final = re.compile(rf"{CAPITALISED}(?:,?{_LINK} {CAPITALISED})+")
_LINKS: Final = frozenset({"and", "of", "for", "in", "to", "the", "with", "upon", "on", "by", "&"})
_KEYS: Final = {"name", "label", "pattern", "examples", "counter"}


@dataclass(frozen=True, slots=True)
class NamingRule:
    """Names of one shape, with sentences that hold one and sentences that do not."""

    name: str
    label: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heads:
    """What the last word of a name says of the thing named."""

    labels: Mapping[str, str]
    capitalised: re.Pattern[str]
    not_first: frozenset[str]

    def label(self, name: str) -> str | None:
        """Return the label that the name's last word gives, or None where it tells nothing."""
        words = name.lower().replace("’", "'").split()
        if not words:
            return None
        last = words[-1].strip("'")
        return self.labels.get(last) or (self.labels.get(last[:-1]) if last.endswith("s") else None)


def find_named(text: str) -> Iterator[Candidate]:
    """Yield every name that a naming rule or a capitalised head finds in the text."""
    heads = load_heads()
    for start, end in capitalised_runs(text):
        for rule in load_rules():
            for match in rule.pattern.finditer(text, start, end):
                yield from _candidate(match, rule.label, heads, open_class=False)
        for match in heads.capitalised.finditer(text, start, end):
            label = heads.label(match["name"])
            if label is not None:
                yield from _candidate(match, label, heads, open_class=True)


def capitalised_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield each stretch of two or more words with a capital, small words between them included."""
    for match in _RUN.finditer(text):
        yield match.span()


def _candidate(match: re.Match[str], label: str, heads: Heads, *, open_class: bool) -> Iterator[Candidate]:
    """Yield the match without words before it that only have a capital ("The", "Since"), if one is left."""
    name, start = match["name"], match.start("name")
    while (first := name.split(" ", 1)[0].rstrip(",")) in heads.not_first or first in _LINKS:
        if " " not in name:
            return
        start += len(name) - len(name.split(" ", 1)[1])
        name = name.split(" ", 1)[1]
    if " " in name:
        yield Candidate(start, start + len(name), named(label, name), open_class)


@cache
def load_rules() -> tuple[NamingRule, ...]:
    """Return the naming rules, checked whole.

    Raises:
        DataFileError: names each fault.
    """
    data = tomllib.loads(_read("naming.toml"))
    faults = [fault for number, row in enumerate(data["rule"], 1) for fault in _faults(number, row)]
    if faults:
        raise DataFileError("naming.toml: " + "; ".join(faults))
    return tuple(
        NamingRule(
            row["name"],
            row["label"],
            re.compile(row["pattern"].replace("{cap}", CAPITALISED)),
            tuple((sentence, found) for sentence, found in row["examples"]),
            tuple(row["counter"]),
        )
        for row in data["rule"]
    )


def _faults(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one rule."""
    if set(row) != _KEYS:
        yield f"rule {number}: needs exactly {', '.join(sorted(_KEYS))}"
    elif "(?P<name>" not in row["pattern"]:
        yield f"rule {number}: the pattern has no group 'name'"


@cache
def load_heads() -> Heads:
    """Return what the last words of names tell."""
    data = tomllib.loads(_read("heads.toml"))
    words = "|".join(word.capitalize() for word in data["capitalised"]["heads"])
    return Heads(
        {word: label for label, words in data["heads"].items() for word in words},
        re.compile(rf"(?P<name>(?:{CAPITALISED}{_LINK} ){{1,6}}(?:{words}))\b"),
        frozenset(data["capitalised"]["not_first"]),
    )


def _read(name: str) -> str:
    return files("extract").joinpath("gazetteers").joinpath(name).read_text("utf-8")
