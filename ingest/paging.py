"""Do the numbers printed on the pages say that pages are missing?

A report numbers its pages one by one to its last; the first, and in some the second, may carry no number. So
a number that is skipped is that of a page that is not there, and any other page without a number has lost
it, and may have lost more. Two documents may be bound in one (February 2015): then numbers begin anew.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.lines import Line

_NUMBER: Final = re.compile(r"(?:^|\s)(\d{1,3})$")
_FEWEST: Final = 3  # numbered pages; with fewer there is no row to miss anything from


def find_lost_pages(running: Sequence[Line]) -> Iterator[str]:
    """What printed numbers say of other pages, in plain words; `running` is what stands at the edges."""
    for printed in _bound(_printed(running)):
        yield from _lost_of(printed)


def _bound(printed: dict[int, int]) -> list[dict[int, int]]:
    """The numbered pages of each bound document: a later one begins with 1, or with 2 behind its cover."""
    documents: list[dict[int, int]] = [{}]
    for page, number in sorted(printed.items()):
        if documents[-1] and (number == 1 or (number == 2 and page - 1 not in printed)):
            documents.append({})
        documents[-1][page] = number
    return documents


def _lost_of(printed: dict[int, int]) -> Iterator[str]:
    """What the numbers of one document's pages say."""
    if len(printed) < _FEWEST:
        return
    first, last = min(printed), max(printed)
    if printed[first] > first:
        yield f"{printed[first] - first} of the pages before page {first}, by its printed number"
    for page in range(first, last + 1):
        if page not in printed:
            yield f"page {page}: its printed number, and what may be lost with it"
            printed[page] = printed[page - 1] + 1
    numbers = set(printed.values())
    if skipped := [number for number in range(min(numbers), max(numbers)) if number not in numbers]:
        named = f"number {skipped[0]}" if len(skipped) == 1 else f"numbers {skipped[0]} to {skipped[-1]}"
        yield f"{len(skipped)} of the pages, printed {named}"
    for one, other in pairwise(range(first, last + 1)):
        if printed[other] <= printed[one]:
            yield f"page {other}: its place; its printed number is {printed[other]}"


def _printed(running: Sequence[Line]) -> dict[int, int]:
    """The number that each page prints; a misprint between two that agree is read as it was meant."""
    found: dict[int, int] = {}
    for line in running:
        if line.page is not None and (number := _NUMBER.search(line.text)):
            found[line.page] = int(number[1])
    for page in found:
        before, behind = found.get(page - 1), found.get(page + 1)
        if before is not None and behind is not None and before + 2 == behind:
            found[page] = before + 1
    return found
