"""Which people does a text name?"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from extract.alternatives import either
from extract.gazetteer import read_column
from extract.mentions import Candidate, Span, named

_SURNAME: Final = r"(?:Ma?c|O[’'])?[A-Z][a-zéèëïöü]+(?:-[A-Z][a-z]+)?"
_NAME: Final = rf"[A-Z][a-zéëïö]+(?:-[A-Z][a-z]+)?(?: [A-Z]\.?)?(?: {_SURNAME}){{1,2}}"
_TITLES: Final = (
    *("Mr", "Mrs", "Ms", "Miss", "Dr", "Professor", "Prof"),
    *("Sir", "Dame", "Lord", "Baroness", "Councillor", "Cllr"),
)
_TITLED: Final = re.compile(either(_TITLES, not_behind=r"\w") + rf"\.? (?P<name>{_NAME}|{_SURNAME})\b")
# What stands before or after a name on the cover and in the list of the inspection team.
_LABELS: Final = (
    *("Inspector", "inspector", "Inspectors", "inspectors", "Lead", "lead", "Manager", "manager"),
    *("HMI", "Inspection team"),
)
_LABELLED: Final = re.compile(rf"{either(_LABELS)}:? (?P<name>{_NAME})\b")
_SIGNED: Final = re.compile(
    rf"\b(?P<name>{_NAME}),? "
    r"(?=(?:Senior )?(?:HMI|SHMI|H(?:is|er) Majesty[’']s Inspector|Ofsted [Ii]nspector))"
)


def find_people(text: str, runs: Iterable[Span]) -> Iterator[Candidate]:
    """Yield every person named: by a title, by an inspector's label, or by a common first name.

    `runs` are the stretches of words with capitals.
    """
    for match in _TITLED.finditer(text):
        yield _person(match.start("name"), match["name"])
    for match in _LABELLED.finditer(text):
        yield from _if_name(match.start("name"), match["name"], known=True)
    for start, end in runs:
        for match in _SIGNED.finditer(text, start, end):
            yield from _if_name(match.start("name"), match["name"], known=True)
        for match in _known_names().finditer(text, start, end):
            yield from _if_name(match.start(), match[0], known=False)


def _if_name(start: int, name: str, *, known: bool) -> Iterator[Candidate]:
    """Yield the person without words of the lines around the name ("Commission", "HMI", "Deputy")."""
    words = name.split(" ")
    while words and words[0] in not_names():
        start += len(words.pop(0)) + 1
    stop = next((at for at, word in enumerate(words) if word in not_names()), len(words))
    if stop == 3 and words[2] in _first_names():
        stop = 2  # the next person of a list
    if stop >= 2 and (known or words[0] not in _ambiguous()):
        yield _person(start, " ".join(words[:stop]))


def _person(start: int, name: str) -> Candidate:
    return Candidate(start, start + len(name), named("person", name))


@cache
def _known_names() -> re.Pattern[str]:
    return re.compile(rf"\b{either(_first_names())}(?:-[A-Z][a-z]+)?(?: [A-Z]\.?)?(?: {_SURNAME}){{1,2}}\b")


@cache
def _first_names() -> frozenset[str]:
    return frozenset(_column("first_names.csv"))


@cache
def not_names() -> frozenset[str]:
    """Return words with a capital that end a name in a list, or show that it is a place or a body."""
    return frozenset(_column("not_surnames.csv"))


@cache
def _ambiguous() -> frozenset[str]:
    """Return first names that are also words which begin sentences ("Will", "May")."""
    return frozenset(_column("words_or_names.csv"))


def _column(name: str) -> tuple[str, ...]:
    return read_column(files("extract").joinpath("gazetteers").joinpath(name))
