"""Which names that no list can hold does a text print: NHS bodies, boards of a place, teams?"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from corpus.errors import DataFileError
from extract.alternatives import either
from extract.mentions import SMALL, Candidate, Span, named
from extract.nearby import Signs, signs_of
from extract.whole import reading

CAPITALISED: Final = r"\b[A-Z][\w@]*(?:[’'-]\w+){0,4}[’']?"
# The same where a pattern begins: one that opens with a letter lets the engine skip to where one stands.
_OPENING: Final = CAPITALISED.replace(r"\b[A-Z]", r"[A-Z](?<!\w[A-Z])")
_LINK: Final = r"(?: (?:and|of|for|in|to|the|with|upon|on|by|&)){0,3}"
_INSIDE: Final = r"(?: (?:and|of|for|in|to|with|upon|on|&)){0,3}"
_RUN: Final = re.compile(rf"{_OPENING}(?:,?{_LINK} {CAPITALISED}){{1,40}}")
_OFFICE: Final = re.compile(
    r"(?:[\w-]{1,40} ){0,2}(?:chair|director|head|leader|member|secretary|manager)s? (?:of|for) "
)
_AND: Final = re.compile(r",? and |, ")
_BEFORE_LINK: Final = re.compile(r"(.{1,200}?) (?:for|of|from) ")
_BEGINS: Final = r"(?<![^.!?] )(?<![^\n ])"  # where a sentence or a paragraph begins
_KEYS: Final = {"name", "label", "near", "pattern", "examples", "counter"}
_WHERE: Final = ("capitals", "anywhere", "alone")


@dataclass(frozen=True, slots=True)
class NamingRule:
    """Names of one shape, with sentences that hold one and sentences that do not.

    `where` says where to look: among words with capitals, anywhere, or anywhere but only for what no other
    rule knows a part of ("alone"). Only what stands `near` given words is looked at: capitals that hold one
    of them, or the words before.
    """

    name: str
    label: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]
    counter: tuple[str, ...]
    near: tuple[str, ...]
    where: str = "capitals"


@dataclass(frozen=True, slots=True)
class Heads:
    """What the last word of a name says of the thing named."""

    labels: Mapping[str, str]
    capitalised: re.Pattern[str]
    capitalised_near: tuple[str, ...]
    joined: re.Pattern[str]
    not_first: frozenset[str]
    not_names: frozenset[str]
    built: re.Pattern[str]
    built_near: tuple[str, ...]
    not_built: frozenset[str]
    topics: frozenset[str]

    def label(self, name: str) -> str | None:
        """Return the label that the name's last word gives, or None where it tells nothing."""
        plain = name.lower().replace("’", "'")
        if _OFFICE.match(plain):
            return "role"
        label = self._last_word(plain)
        if label in (None, "group"):
            before = _BEFORE_LINK.match(plain)
            label = (before and self._last_word(before[1])) or label
        return label

    def singular(self, name: str) -> str:
        """Return the name with its last word in the singular, where that is one of the heads."""
        last = name.lower().rsplit(" ", 1)[-1]
        return (
            name[:-1] if last.endswith("s") and last not in self.labels and last[:-1] in self.labels else name
        )

    def _last_word(self, name: str) -> str | None:
        last = name.rsplit(" ", 1)[-1].strip("'")
        return self.labels.get(last) or (self.labels.get(last[:-1]) if last.endswith("s") else None)


def find_named(text: str, runs: Iterable[Span]) -> Iterator[Candidate]:
    """Yield every name that a naming rule or a capitalised head finds; `runs` are where capitals stand."""
    heads, looks = load_heads(), _looks()
    for start, end in runs:
        tried = looks.among_capitals.rules_in(text, start, end)
        for number, rule in enumerate(looks.capitals):
            if number in tried:
                for match in rule.pattern.finditer(text, start, end):
                    yield from _candidate(match, rule.label, heads, open_class=False)
        if len(looks.capitals) in tried:
            yield from _capitalised(text, start, end, heads)
    *by_rules, by_heads = looks.anywhere.stretches(text)
    yield from _built(text, by_heads, heads)
    for rule, stretches in zip(looks.others, by_rules, strict=True):
        yield from _plain(text, stretches, rule)


def _capitalised(text: str, start: int, end: int, heads: Heads) -> Iterator[Candidate]:
    """Yield names with capitals up to a head: "Harrow Road Response Team"."""
    for match in heads.capitalised.finditer(text, start, end):
        label = heads.label(match["name"])
        if label is not None:
            yield from _candidate(match, label, heads, open_class=True)


def _plain(text: str, stretches: Iterable[Span], rule: NamingRule) -> Iterator[Candidate]:
    """Yield what a rule finds that looks outside words with capitals too."""
    for match in (match for stretch in stretches for match in rule.pattern.finditer(text, *stretch)):
        entity = named(rule.label, match["name"].strip("‘’“”'"))
        alone = rule.where == "alone"
        built = not alone and _is_one(match["name"])
        yield Candidate(*match.span("name"), entity, open_class=True, alone=alone, built=built)


def _built(text: str, stretches: Iterable[Span], heads: Heads) -> Iterator[Candidate]:
    """Yield names that are built of the sector's words: "domestic abuse team"; its plural is the same."""
    for match in (match for stretch in stretches for match in heads.built.finditer(text, *stretch)):
        name = match["name"].replace("’", "'")
        label = heads.label(name)
        if label is not None and heads.not_built.isdisjoint((name.lower(), _AND.split(name.lower())[-1])):
            yield Candidate(*match.span(), named(label, name), open_class=True, built=_is_one(name))


def _is_one(name: str) -> bool:
    """Tell whether the name is of one thing: "the duty and adoption teams" are two."""
    return "," not in name and " and " not in name


def capitalised_runs(text: str) -> list[Span]:
    """Return each stretch of two or more words with a capital, small words between them included."""
    return [match.span() for match in _RUN.finditer(text)]


def _candidate(match: re.Match[str], label: str, heads: Heads, *, open_class: bool) -> Iterator[Candidate]:
    """Yield the match without words before it that only have a capital ("The", "Since"), if one is left."""
    name = match["name"]
    for joined in heads.joined.finditer(name):  # "Westmere Council and Harrow Moor Trust"
        name = match["name"][joined.end() :]
    while (first := name.split(" ", 1)[0].rstrip(",")) in heads.not_first or first in SMALL:
        name = name.partition(" ")[2]
    if " " in name and name.replace("’", "'") not in heads.not_names:
        yield Candidate(
            match.end("name") - len(name), match.end("name"), named(label, heads.singular(name)), open_class
        )


@dataclass(frozen=True, slots=True)
class _Looks:
    """The rules by where they look, and the words near which each does; those of heads are the last."""

    capitals: tuple[NamingRule, ...]
    among_capitals: Signs
    others: tuple[NamingRule, ...]
    anywhere: Signs


@cache
def _looks() -> _Looks:
    """Return the rules, made ready to look."""
    heads = load_heads()
    capitals = tuple(rule for rule in load_rules() if rule.where == "capitals")
    others = tuple(rule for rule in load_rules() if rule.where != "capitals")
    return _Looks(
        capitals,
        signs_of([*(rule.near for rule in capitals), heads.capitalised_near]),
        others,
        signs_of([*(rule.near for rule in others), heads.built_near]),
    )


@cache
@reading("naming.toml")
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
            tuple(row["near"]),
            row.get("where", "capitals"),
        )
        for row in data["rule"]
    )


def _faults(number: int, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one rule."""
    if set(row) - {"where"} != _KEYS:
        yield f"rule {number}: needs exactly {', '.join(sorted(_KEYS))}, and may have 'where'"
    elif row.get("where", "capitals") not in _WHERE:
        yield f"rule {number}: 'where' is one of {', '.join(_WHERE)}"
    elif "(?P<name>" not in row["pattern"]:
        yield f"rule {number}: the pattern has no group 'name'"


@cache
@reading("heads.toml")
def load_heads() -> Heads:
    """Return what the last words of names tell."""
    data = tomllib.loads(_read("heads.toml"))
    capitalised = tuple(word.capitalize() for word in data["capitalised"]["heads"])
    words = either(capitalised)
    return Heads(
        {word: label for label, words in data["heads"].items() for word in words},
        re.compile(rf"(?P<name>(?:{CAPITALISED}{_INSIDE} ){{0,5}}{CAPITALISED} {words})\b"),
        capitalised,
        re.compile(rf"\b(?:(?:{words}|Police|Cafcass|[A-Z]{{3,}}s?),? and (?:the )?|CEO |Council (?=NHS ))"),
        frozenset(data["capitalised"]["not_first"]),
        frozenset(data["capitalised"]["not_names"]),
        _built_of(data["built"]),
        tuple(f" {head}" for head in ("service", *data["built"]["heads"])),
        frozenset(data["built"]["not_names"]),
        frozenset(data["acronyms"]["topics"]),
    )


def _built_of(data: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Return the pattern of a lower-case name: some of the sector's words, then a head.

    Of "service" only the singular is a name; "support services" are services of all kinds.
    """
    words, heads = (either(data[key], any_apostrophe=True) for key in ("words", "heads"))
    capitals = either((word.capitalize() for word in data["words"]), any_apostrophe=True)
    several = rf"(?:{words}|{_BEGINS}{capitals})(?:(?:,? and |, | ){words}){{0,4}}"
    return re.compile(
        rf"(?<![\w-])(?P<name>{several} (?:service|{heads}(?=s?\b)))(?:(?<!service)s)?(?![\w-])"
    )


def _read(name: str) -> str:
    return files("extract").joinpath("gazetteers").joinpath(name).read_text("utf-8")
