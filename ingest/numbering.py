"""Which lines begin the numbered paragraphs 1 to N?

A line-start "N." counts only as the successor of the one before, from the "1." that gives the longest
chain; so years, decimals and table rows fall out. The column in which numbers stand confirms it, and
decides the printed faults: a number skipped, printed twice, or without its full stop.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.lines import Line

_NUMBERED: Final = re.compile(r"(\d{1,3})\.(?!\d)\s*")
_BARE: Final = re.compile(r"(\d{1,3})\s+(?=[A-Z‘“\"'])")
_COLUMN: Final = 4.0  # points
MOST_SKIPPED: Final = 2  # how many numbers in a row may be missing from print
_FEWEST: Final = 2  # one number alone is no sequence
_MOST: Final = 3000  # candidates looked at; a real report has a few hundred
_LOST: Final = 80  # how many may be lost with the pages of a damaged file
_ANOTHER: Final = 5  # a second sequence (a second bound document) is at least this long


@dataclass(frozen=True, slots=True)
class Numbering:
    """Where numbered paragraphs begin: line index to number and width of what stands before the words."""

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
    if len(another) >= _ANOTHER and another[0].number == 1:
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
            if len(found) == _MOST:
                break
    return found


def _longest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest chain 1, 2, 3, ... in reading order; of equals the last, as table rows may come before.

    Where damage has left no chain that begins with 1, the longest run of successive numbers counts.
    """
    from_one = _longest_from([place for place, each in enumerate(candidates) if each.number == 1], candidates)
    if len(from_one) >= _ANOTHER:
        return from_one
    from_any = _longest_from(range(len(candidates)), candidates)
    if len(from_any) >= _ANOTHER and len(from_any) > len(from_one):
        return from_any
    return from_one if len(from_one) >= _FEWEST else []


def _longest_from(starts: Iterable[int], candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The longest chain of successive numbers among those that begin at the given places."""
    best: list[_Candidate] = []
    for start in starts:
        chain = [candidates[start]]
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
    """Follow the chain again, accepting skipped, repeated and bare numbers where nothing better follows."""
    ahead = [candidate for candidate in candidates if candidate.index >= first.index]
    chain: list[_Candidate] = []
    gaps: list[int] = list(range(1, first.number))
    repeats: list[int] = []
    for place, candidate in enumerate(ahead):
        last = chain[-1].number if chain else first.number - 1
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
        elif _resumes(candidate, last, _beyond(ahead[place + 1 :]), later):
            gaps.extend(range(last + 1, candidate.number))
            chain.append(candidate)
    return chain, gaps, repeats


def _resumes(candidate: _Candidate, last: int, beyond: set[int], later: set[int]) -> bool:
    """Whether the sequence goes on with this candidate after numbers that are nowhere to be found."""
    step = candidate.number - last
    if step < 2 or last + 1 in beyond or candidate.number + 1 not in later:
        return False
    return step <= MOST_SKIPPED + 1 or (step <= _LOST and candidate.number + 2 in later)


def _beyond(candidates: Sequence[_Candidate]) -> set[int]:
    """The numbers that follow anywhere."""
    return {candidate.number for candidate in candidates if not candidate.bare}
