"""Where in a sentence does a quantity stand?"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extract.alternatives import either
from extract.figures_counts import OTHERS, PLAIN, YEAR
from extract.figures_numbers import NUMBER, NUMBER_WORDS, read_number
from extract.figures_place import Place, Quantity, Reader, readers_of
from extract.figures_rules import Exclusion, load_rules
from extract.figures_shapes import PARTS, UNMISTAKABLE

__all__ = ["Quantity", "find_places", "find_quantities"]

_BEFORE: Final = 60  # characters before a number in which the words that decide about it stand

# Where a number can begin. Each pattern opens with a set of characters, which the engine skips to quickly.
_DIGIT: Final = re.compile(r"[\d£](?<![\w£.,].)")
_LOWER: Final = re.compile(
    rf"[\s(‘“/–—-](?:an?\s(?:dozen|hundred|thousand|million|year|month|week|day|hour|{PARTS})"
    rf"|{either(('half', *NUMBER_WORDS))})\b"
)
# A capital within a sentence opens a name ("the One Adoption partnership"), not a count.
_IN_NAME: Final = re.compile(r"(?:[a-z,]\s|\((?=\w+\s[A-Z]))")
_OPENS_LOWER: Final = re.compile(r"[a-z]+")  # an item of a list
_OPENING: Final = frozenset({"A", "Half", *(word.capitalize() for word in NUMBER_WORDS)})
_CAPITAL: Final = re.compile(either(_OPENING, not_behind=r"\w") + r"(?![a-z])")
_NUMBER: Final = re.compile(rf"(?i){NUMBER}")
_TEMPORAL: Final = re.compile(
    r"(?i)\b(?:in|since|during|by|of|for|from|to|until|and|at|between|before|after|summer|autumn|spring|winter|early|late|mid|mid-|the|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|act|regulations|together)\s?$"
)
# Nouns and verbs after which "about", "around" or "over" is a preposition.
_PREPOSITION: Final = re.compile(
    r"(?i)\b(?:concerns?|information|decisions?|worr(?:y|ies|ied)|spoke|speak|talk(?:ed)?|told|views?|feedback|questions?|"
    r"control|support|wrapped|work|challenge|authority|discussions?|responsibility|oversight)\s$"
)


def find_quantities(text: str, start: int, end: int, places: Sequence[int]) -> Iterator[Quantity]:
    """Yield the quantities of the sentence `text[start:end]` in order, none overlapping another.

    `places` are those of the paragraph at which numbers begin, as `find_places` has them.
    """
    within = places[bisect_left(places, start) : bisect_left(places, end)]
    if not within:
        return
    small = text[start:end].casefold()
    unmistakable, others = readers_of(UNMISTAKABLE, small), readers_of(OTHERS, small)
    done = start
    for position in within:
        if position < done:
            continue
        here = Place(text, position, end, text[max(start, position - _BEFORE) : position], start)
        found = _read(here, unmistakable, others)
        if found is None:
            done = _end_of_number(here)
            continue
        found = _approximate(found, text, done, end)
        done = found.end
        yield found


def find_places(text: str) -> list[int]:
    """Return where digits and number words begin in a paragraph, in order; most paragraphs have none."""
    places = [match.start() for match in _DIGIT.finditer(text)]
    places += [match.start() + 1 for match in _LOWER.finditer(text)]
    opening = _OPENS_LOWER.match(text)
    if opening and opening.group().capitalize() in _OPENING:
        places.append(0)
    capitals = (match.start() for match in _CAPITAL.finditer(text))
    places += (at for at in capitals if not _in_name(text, at))
    return sorted(places)


def _in_name(text: str, at: int) -> bool:
    """Tell whether a capitalised number word stands where only a name has a capital."""
    return at > 0 and (_IN_NAME.match(text, at - 2) or _IN_NAME.match(text, at - 1)) is not None


def _read(here: Place, unmistakable: Iterable[Reader], others: Iterable[Reader]) -> Quantity | None:
    """Return the quantity that begins here, if it is one."""
    if _is_year(here):
        return None
    for read in unmistakable:
        if (found := read(here)) is not None:
            return found
    if _is_excluded(here):
        return None
    for read in others:
        if (found := read(here)) is not None:
            return found
    return None


def _end_of_number(here: Place) -> int:
    """Return where to go on after a number that is no figure."""
    match = here.match(YEAR) or here.match(PLAIN)
    return match.end() if match else here.at + 1


def _is_year(here: Place) -> bool:
    """Tell whether the number is a year or a range of years, not a count such as "2013 children"."""
    match = here.match(YEAR)
    if match is None:
        return False
    counted = load_rules().counted.match(here.text, match.end(), here.end)
    plural = counted is not None and counted.group().endswith(("s", "children", "people"))
    return not plural or _TEMPORAL.search(here.before) is not None or match.end() - here.at > 4


def _is_excluded(here: Place) -> bool:
    """Tell whether the number is a date, section, age or another number that is no figure."""
    match = here.match(PLAIN) or here.match(_NUMBER)
    if match is None:
        return True
    rules = _exclusions(read_number(match.group()), in_words=not match.group()[0].isdigit())
    return any(_excludes(rule, here, match.end()) for rule in rules)


@lru_cache(maxsize=512)
def _exclusions(value: float, *, in_words: bool) -> tuple[Exclusion, ...]:
    """Return the rules that may exclude a number of this size."""
    return tuple(
        rule
        for rule in load_rules().exclusions
        if rule.at_least <= value <= rule.at_most
        and value not in rule.exclude_values
        and (in_words or not rule.only_words)
    )


def _excludes(rule: Exclusion, here: Place, number_end: int) -> bool:
    """Tell whether the words beside a number of the size of a rule say that it is no figure."""
    behind = rule.after.match(here.text, number_end, here.end) if rule.after else None
    if rule.after and behind is None:
        return False
    if rule.before and rule.before.search(here.before) is None:
        return False
    after = behind.end() if behind else number_end
    if rule.unless_counted and load_rules().counted.match(here.text, after, here.end):
        return False
    return not (rule.unless_clause and rule.unless_clause.search(here.text, here.start, here.end))


def _approximate(found: Quantity, text: str, done: int, end: int) -> Quantity:
    """Widen the quantity over an approximator before or after it."""
    for cue in load_rules().approx:
        if cue.right and (after := cue.right.match(text, found.end, end)):
            return replace(found, end=after.end(), approx=cue.value)
    before = load_rules().approx_before.search(text, max(done, found.start - _BEFORE), found.start)
    if before is None or not _may_approximate(text, before, found):
        return found
    for cue in load_rules().approx:
        if cue.left and cue.left.match(text, before.start(), found.start):
            return replace(found, start=before.start(), approx=cue.value)
    return found


def _may_approximate(text: str, before: re.Match[str], found: Quantity) -> bool:
    """Tell an approximator from a preposition: "about 40", but not "concerns about four children"."""
    word = before.group().strip().casefold()
    if word in {"about", "around", "over", "above", "below", "under"}:
        return _PREPOSITION.search(text, max(0, before.start() - 30), before.start()) is None
    return word != "within" or found.kind == "duration"
