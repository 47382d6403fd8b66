"""Which Acts, sections and regulations does a text cite?"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from corpus.model import Entity
from extract.mentions import Candidate, named, slug
from extract.whole import reading

_WORD: Final = r"[A-Z][a-z’']+(?:-[A-Za-z]+)?"
# Bounded, since a hostile text may be one long row of words with capitals.
_TITLE: Final = (
    rf"{_WORD}(?:,? (?:(?:and|of|for|to|in|by|or|with|etc\.?) ){{0,2}}"
    rf"(?:{_WORD}|\([A-Z][\w ,]{{1,60}}\))){{0,9}}?"
)
_ACT: Final = re.compile(
    rf"\b(?P<name>{_TITLE} (?:Act|act(?=,? (?:18|19|20)\d\d)))\b(?:,? (?:of )?(?P<year>(?:18|19|20)\d\d))?"
)
_ACT_WORD: Final = re.compile(r"ct\b(?<= [Aa]ct)")  # opens with letters, which the engine skips to
_SECTION: Final = re.compile(  # an opening set of letters lets the engine skip to where one stands
    r"[Ss](?<![\w’'].)(?:ections? ?|\.?)"
    r"(?P<first>\d{1,3}[A-Z]?(?:\((?:\d+|[a-z])\))*)(?![:\d.,]?\d|:|[a-z])"
    r"(?P<more>(?:(?:, | and | or |/)\d{1,3}[A-Z]?\b(?!%| (?:children|young|per|care|of the \d)))*)"
    rf"(?: of the (?P<act>{_TITLE} [Aa]ct)(?:,? (?P<year>(?:18|19|20)\d\d))?)?"
)
_REGULATION: Final = re.compile(r"[Rr](?<!\w[Rr])egulation (?P<first>\d{1,3}[A-Z]?)\b")
_NUMBER: Final = re.compile(r"\d{1,3}[A-Z]?")
_ABBREVIATED: Final = re.compile(r"[Ss]\.? ?\d")
_LEAST_ALONE: Final = 7  # "section 1" or "2" alone is a part of the report


def find_legislation(text: str) -> Iterator[Candidate]:
    """Yield every Act, section and regulation cited; of "sections 17 and 47" each number."""
    for start, end in _lines_with_acts(text):
        for match in _ACT.finditer(text, start, end):
            yield from _act(match)
    for match in _SECTION.finditer(text):
        yield from _sections(match)
    for match in _REGULATION.finditer(text):
        yield Candidate(match.start(), match.end(), named("legislation", f"Regulation {match['first']}"))


def _lines_with_acts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each line that holds the word with which the name of an Act ends."""
    end = 0
    for match in _ACT_WORD.finditer(text):
        if match.start() >= end:
            start, after = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            end = after if after >= 0 else len(text)
            yield start, end


def _act(match: re.Match[str]) -> Iterator[Candidate]:
    """Yield the Act without words before its name that only begin the sentence."""
    name, start = match["name"], match.start()
    while (first := name.split(" ", 1)[0]) in _not_first():
        name = name[len(first) + 1 :]
        start += len(first) + 1
    if " " in name:
        yield Candidate(start, match.end(), _act_entity(name, match["year"]))


def _act_entity(name: str, year: str | None) -> Entity:
    title = f"{name[:-3]}Act"
    return named("legislation", f"{title} {year}" if year else title)


def _sections(match: re.Match[str]) -> Iterator[Candidate]:
    """Yield a candidate for the first section with its Act, and one for each number after it."""
    act = _act_entity(match["act"], match["year"]).name if match["act"] else None
    first = match["first"].split("(")[0]
    known = _acts_by_section()
    if act is None and (int(re.sub(r"\D", "", first)) < _LEAST_ALONE or _stray(match, first)):
        return
    numbers = list(_NUMBER.finditer(match.string, *match.span("more")))
    end = match.end() if not numbers else match.end("first")
    yield Candidate(match.start(), end, _section_entity(first, act or known.get(first)))
    for number in numbers:
        yield Candidate(number.start(), number.end(), _section_entity(number[0], act or known.get(number[0])))


def _stray(match: re.Match[str], first: str) -> bool:
    """Tell whether "s 8" is more likely a plural or a label than a section."""
    return _ABBREVIATED.match(match[0]) is not None and first not in _acts_by_section()


def _section_entity(number: str, act: str | None) -> Entity:
    """Return the section of the Act meant, or the section alone where no Act is known."""
    tail = f"section-{number.lower()}"
    if act is None:
        return Entity(f"legislation:{tail}", "legislation", f"Section {number}")
    return Entity(f"legislation:{slug(act)}-{tail}", "legislation", f"Section {number} of the {act}")


@cache
@reading("legislation.toml")
def _acts_by_section() -> Mapping[str, str]:
    return {str(number): act for act, numbers in _data()["sections"].items() for number in numbers}


@cache
@reading("legislation.toml")
def _not_first() -> frozenset[str]:
    return frozenset(_data()["acts"]["not_first"])


@cache
def _data() -> Mapping[str, Mapping[str, list[str]]]:
    room = files("extract").joinpath("gazetteers")
    return tomllib.loads(room.joinpath("legislation.toml").read_text("utf-8"))
