"""Which lines begin the numbered paragraphs 1 to N?

A line-start "N." counts only as the successor of the one before, from the "1." that gives the longest chain; so
years, decimals and table rows fall out. The column in which numbers stand confirms it, and decides the printed
faults: a number skipped, printed twice, or without its full stop.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.lines import Line

_NUMBERED: Final = re.compile(r"(\d{1,3})\.(?!\d)\s*")
_BARE: Final = re.compile(r"(\d{1,3})\s+(?=[A-Z‘“\"'])")
_COLUMN: Final = 4.0  # points
_SKIP: Final = 2  # how many numbers in a row may be missing from print
_ANOTHER: Final = 5  # a second sequence (a second bound document) is at least this long


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where numbered paragraphs begin: line index to number and length of what is printed before the words."""

    starts: dict[int, tuple[int, int]]
    gaps: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    number: int
    width: int
    bare: bool
    x0: float | None


def find_numbering(lines: Sequence[Line]) -> Numbering:
    """Find the sequence of numbered paragraphs, and what is wrong with it in print."""
    candidates = _candidates(lines)
    chain = _longest([candidate for candidate in candidates if not candidate.bare])
    columns = _columns(chain)
    placed = [candidate for candidate in candidates if _in_columns(candidate, columns)]
    steady = _longest([candidate for candidate in placed if not candidate.bare])
    if chain and not _covers(steady, chain):
        placed = sorted({*placed, *chain}, key=lambda candidate: candidate.index)
        steady = chain
    if not steady or lines[steady[-1].index].page == 1:
        return Numbering({})  # the rows of the judgement table on the first page are no paragraphs
    full, gaps, repeats = _with_faults(placed, steady[0])
    rest = [candidate for candidate in placed if not candidate.bare and candidate.index > full[-1].index]
    another = _longest(rest)
    if len(another) >= _ANOTHER:
        full += another
    return Numbering({c.index: (c.number, c.width) for c in full}, tuple(gaps), tuple(repeats))


def _covers(steady: Sequence[_Candidate], chain: Sequence[_Candidate]) -> bool:
    """Whether the chain within the columns reaches as far as the one found without regard to them."""
    return bool(steady) and steady[-1].number >= chain[-1].number


def _candidates(lines: Sequence[Line]) -> list[_Candidate]:
    """Every line that might begin a numbered paragraph."""
    found = []
    for index, line in enumerate(lines):
        if not line.text[:1].isdigit():
            continue
        match = _NUMBERED.match(line.text) or _BARE.match(line.text)
        if match:
            bare = match.re is _BARE
            found.append(_Candidate(index, int(match.group(1)), match.end(), bare, line.x0))
    return found


def _longest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest chain 1, 2, 3, ... in reading order; of equals the last, as table rows may come before."""
    best: list[_Candidate] = []
    for start, first in enumerate(candidates):
        if first.number != 1:
            continue
        chain = [first]
        for candidate in candidates[start + 1 :]:
            if candidate.number == chain[-1].number + 1:
                chain.append(candidate)
        if len(chain) >= len(best):
            best = chain
    return best


def _columns(chain: Sequence[_Candidate]) -> list[float] | None:
    """Where on the page numbers stand; None where the text knows no geometry."""
    places = Counter(round(candidate.x0) for candidate in chain if candidate.x0 is not None)
    if not places:
        return None
    needed = 1 if len(chain) < 4 else 2
    return [place for place, count in places.items() if count >= needed]


def _in_columns(candidate: _Candidate, columns: list[float] | None) -> bool:
    """Whether a candidate stands in one of the columns of numbers."""
    if columns is None or candidate.x0 is None:
        return True
    return any(abs(candidate.x0 - column) <= _COLUMN for column in columns)


def _with_faults(
    candidates: Sequence[_Candidate], first: _Candidate
) -> tuple[list[_Candidate], list[int], list[int]]:
    """Follow the chain again, accepting a skipped, a repeated and a bare number where nothing better follows."""
    ahead = [candidate for candidate in candidates if candidate.index >= first.index]
    chain: list[_Candidate] = []
    gaps: list[int] = []
    repeats: list[int] = []
    for place, candidate in enumerate(ahead):
        last = chain[-1].number if chain else 0
        later = {other.number for other in ahead[place + 1 : place + 12] if not other.bare}
        step = candidate.number - last
        if step == 1:
            if not candidate.bare or last + 1 not in later:
                chain.append(candidate)
        elif candidate.bare or not chain:
            continue
        elif step == 0 and last + 1 in later:
            chain.append(candidate)
            repeats.append(last)
        elif 1 < step <= _SKIP + 1 and last + 1 not in later and candidate.number + 1 in later:
            gaps.extend(range(last + 1, candidate.number))
            chain.append(candidate)
    return chain, gaps, repeats
