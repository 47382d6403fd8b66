"""Where does each paragraph stand in a text that went through another tool, and what do its positions count?

The standard counts code points. Some tools count the end of a line as one or as two, or a rare letter as two.
The way of counting is taken in which most selections begin and end where a paragraph does.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Where paragraphs stand in a text: begin, end and number of each; `lost` were not found."""

    places: tuple[tuple[int, int, int], ...]
    lost: int
    points: tuple[int, ...] | None  # code point by position, where the tool counts something else

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The stretches of paragraphs in a selection: number of the paragraph, begin and end inside it."""
        start, end = self._point(start), self._point(end)
        first = bisect_right(self.places, (start, -1, -1)) - 1
        for begin, finish, number in self.places[max(first, 0) :]:
            if begin >= end:
                return
            inside = max(start, begin) - begin, min(end, finish) - begin
            if inside[0] < inside[1]:
                yield number, *inside

    def aligned(self, spans: Sequence[tuple[int, int]]) -> int:
        """How many ends of selections are ends of paragraphs."""
        begins = {begin for begin, _, _ in self.places}
        ends = {end for _, end, _ in self.places}
        return sum((self._point(a) in begins) + (self._point(b) in ends) for a, b in spans)

    def _point(self, position: int) -> int:
        if self.points is None:
            return position
        return self.points[min(position, len(self.points) - 1)]


def best_reading(
    text: str,
    paragraphs: Sequence[str],
    spans: Sequence[tuple[int, int]],
    ours: tuple[str, Sequence[int]] | None = None,
) -> Reading:
    """The reading of a source's text under which its selections fit its paragraphs best.

    `ours` is the text as it left, and where its paragraphs began: if that comes back, nothing is sought.
    """
    places = _as_they_were(text, paragraphs, *ours) if ours else None
    if places is None:
        places = _found_again(text, paragraphs)
    lost = len(paragraphs) - len(places)
    countings: list[tuple[int, ...] | None] = [None]
    if any(ord(char) > 0xFFFF for char in text):
        countings.append(_points(text, lambda char: 1 + (ord(char) > 0xFFFF)))
    if "\r\n" in text:
        countings.append(_points(text, lambda char: int(char != "\r")))
    elif "\n" in text:
        countings.append(_points(text, lambda char: 1 + (char == "\n")))
    readings = [Reading(places, lost, points) for points in countings]
    return max(readings, key=lambda reading: reading.aligned(spans))  # on equal terms: code points


def _as_they_were(
    text: str, paragraphs: Sequence[str], laid: str, starts: Sequence[int]
) -> tuple[tuple[int, int, int], ...] | None:
    """Where paragraphs stand in the text that we wrote, with its ends of lines or others; else None."""
    if text == laid:
        breaks = 0
    elif text == laid.replace("\n", "\r\n"):
        breaks = 1
    else:
        return None
    rows = []
    for number, (words, start) in enumerate(zip(paragraphs, starts, strict=True)):
        begin, end = (at + breaks * laid.count("\n", 0, at) for at in (start, start + len(words)))
        rows.append((begin, end, number))
    return tuple(rows)


def _found_again(text: str, paragraphs: Sequence[str]) -> tuple[tuple[int, int, int], ...]:
    """Find each paragraph by its words: first those that stand there once, then the others between them."""
    found = _anchors(text, paragraphs)
    places = []
    at = 0
    for number, words in enumerate(paragraphs):
        begin = found.get(number)
        if begin is None:
            end = min((place for other, place in found.items() if other > number), default=len(text))
            begin = text.find(words, at, end) if words else -1
        if begin >= 0:
            places.append((begin, begin + len(words), number))
            at = begin + len(words)
    return tuple(places)


def _anchors(text: str, paragraphs: Sequence[str]) -> dict[int, int]:
    """Where paragraphs stand whose words stand in the text only once; the longest row of them in order."""
    once = [
        (number, begin)
        for number, words in enumerate(paragraphs)
        if words and (begin := text.find(words)) >= 0 and text.find(words, begin + 1) < 0
    ]
    rows: list[tuple[int, list[tuple[int, int]]]] = []  # by length: the row that ends the earliest
    for number, begin in once:
        at = bisect_right([end for end, _ in rows], begin)
        row = [*(rows[at - 1][1] if at else []), (number, begin)]
        end = begin + len(paragraphs[number])
        if at == len(rows) or end < rows[at][0]:
            rows[at : at + 1] = [(end, row)]
    return dict(rows[-1][1]) if rows else {}


def _points(text: str, width: Callable[[str], int]) -> tuple[int, ...]:
    """For every position as the tool counts it, the code point it stands for."""
    points = [place for place, char in enumerate(text) for _ in range(width(char))]
    return (*points, len(text))
