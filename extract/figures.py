"""Which quantities does a paragraph state, of what, of when, and whose?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from corpus.model import Figure
from corpus.sentences import split_sentences
from extract.figures_carried import left_over
from extract.figures_clause import opening_subject, topic_of
from extract.figures_context import find_comparators, find_direction
from extract.figures_period import choose_period, inherits, whole_period
from extract.figures_place import Statement
from extract.figures_rules import load_rules
from extract.figures_scan import Quantity, find_places, find_quantities
from extract.figures_subject import find_subject
from extract.times import Period, find_periods

_THIS: Final = re.compile(
    r"(?:(?:According|However|In|At|By|During|For|Although|While)\b[^,.;]{0,40}?,?\s)?"
    r"(?:[Tt]his|[Ii]t|[Tt]hese|[Tt]hat)\s(?:has|have|is|was|are|were|had|(?:\w+ed|rose|fell)\sfrom)\b"
)
_TO: Final = re.compile(r"\sto\s(?:\w+\s)?$")
_NEAR: Final = 300  # characters of the sentence before in which its topic is looked for
_MOST: Final = 60  # figures of a sentence; more are a heap of numbers
_LONGEST: Final = 1_500  # characters of a sentence that is looked at as one


def find_figures(
    text: str,
    *,
    paragraph: int = 0,
    heading: str | None = None,
    sentences: Sequence[tuple[int, int]] | None = None,
) -> list[Figure]:
    """Return the figures of a paragraph in order, none overlapping another.

    `paragraph` is the position that each figure carries; `heading` the item or heading above the paragraph,
    whose date holds for "of this number" items below it; `sentences` the ranges where they are known.
    """
    places = find_places(text)
    if not places:
        return []
    figures: list[Figure] = []
    inherited = _last_period(heading) if heading else None
    told: list[Figure] = []  # the figures of the last sentence that has any
    between = ""  # the sentence before, where it holds no figure
    for start, end in _bounded(text, sentences if sentences is not None else split_sentences(text)):
        quantities = tuple(find_quantities(text, start, end, places))
        if not quantities:
            between = text[start:end]
            continue
        if len(quantities) > _MOST:
            figures += (_figure(quantity, paragraph) for quantity in quantities)
            continue
        subject = _going_on(text, start, between, told, quantities[0].kind)
        periods = find_periods(text, start, end)
        told = _complete(text, (start, end), quantities, periods, inherited, subject, paragraph)
        figures += told
        between = ""
        inherited = _last_own(told, periods) or inherited
    return figures


def _going_on(text: str, start: int, between: str, told: Sequence[Figure], kind: str) -> str | None:
    """Return what the sentences before leave as subject for a number of this kind in the one at `start`."""
    goes_on = _THIS.match(text, start) is not None
    left = left_over(told, kind) if told else None
    if between:
        topic = topic_of(between[-_NEAR:]) if goes_on else None
        return topic or opening_subject(between[:_NEAR]) or left
    return left if goes_on or not told else told[0].subject


@lru_cache(maxsize=64)  # the paragraphs of a section ask for the same heading one after another
def _last_period(heading: str) -> Period | None:
    """Return the last time that a heading names."""
    return next(reversed(find_periods(heading, 0, len(heading))), None)


def _last_own(told: Sequence[Figure], periods: Sequence[Period]) -> Period | None:
    """Return the last time that a sentence names, rather that of an own figure than of one compared with."""
    own = {figure.period for figure in told if figure.comparator is None}
    return next(
        (period for period in reversed(periods) if period.printed in own), periods[-1] if periods else None
    )


def _bounded(text: str, sentences: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the sentences, in pieces where they are too long to be any: each number looks round its own."""
    for start, end in sentences:
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _figure(quantity: Quantity, paragraph: int) -> Figure:
    """Return a figure with all that the number itself says."""
    return Figure(
        paragraph=paragraph,
        start=quantity.start,
        end=quantity.end,
        kind=quantity.kind,
        value=quantity.value,
        value2=quantity.value2,
        unit=quantity.unit,
        approx=quantity.approx,
    )


def _complete(
    text: str,
    span: tuple[int, int],
    quantities: tuple[Quantity, ...],
    periods: tuple[Period, ...],
    inherited: Period | None,
    subject: str | None,
    paragraph: int,
) -> list[Figure]:
    """Return the figures of one sentence with all that the sentence says about them."""
    start, end = span
    comparators = find_comparators(text, start, end, quantities)
    quantities = _share_units(text, quantities, comparators)
    sentence = Statement(text, start, end, quantities, comparators)
    times = _times(sentence, periods, inherited)
    subjects: list[str | None] = [subject]
    figures = []
    for index, (quantity, period) in enumerate(zip(quantities, times, strict=True)):
        subjects.append(find_subject(sentence, index, subjects))
        figures.append(
            replace(
                _figure(quantity, paragraph),
                subject=subjects[-1],
                comparator=comparators[index],
                period=period.printed if period else None,
                period_from=period.first if period else None,
                period_to=period.last if period else None,
                direction=find_direction(text, start, end, quantities, comparators, index),
            )
        )
    return figures


def _times(sentence: Statement, periods: tuple[Period, ...], inherited: Period | None) -> list[Period | None]:
    """Return for each quantity the time it speaks of: beside it, else that of its sentence or of the last."""
    text, span = sentence.text, (sentence.start, sentence.end)
    compared = [comparator is not None for comparator in sentence.comparators]
    times = []
    for index in range(len(compared)):
        spans, at = _measured(sentence.quantities, index)
        times.append(choose_period(text, span, spans, at, periods, compared=compared[index]))
    theirs = {time for time, other in zip(times, compared, strict=True) if other}
    first = sentence.quantities[0].start
    whole = [period for period in periods if period.end <= first or period not in theirs]
    going_on = inherited if not periods and inherits(text, sentence.start) else None
    for index, quantity in enumerate(sentence.quantities):
        if times[index] is None and not compared[index]:
            times[index] = whole_period(text, span, (quantity.start, quantity.end), whole) or going_on
    return times


def _measured(quantities: Sequence[Quantity], index: int) -> tuple[list[tuple[int, int]], int]:
    """Return the spans among which that of `index` stands, without limits: "70% within 15 days in May"."""
    kept = [
        other
        for other, quantity in enumerate(quantities)
        if other == index or quantity.kind != "duration" or quantity.approx != "up_to"
    ]
    return [(quantities[other].start, quantities[other].end) for other in kept], kept.index(index)


def _share_units(
    text: str, quantities: tuple[Quantity, ...], comparators: Sequence[str | None]
) -> tuple[Quantity, ...]:
    """Give a bare number the unit of the one it is compared with: "418 days against a threshold of 426"."""
    shared = list(quantities)
    for index in range(1, len(shared)):
        if comparators[index] and not _moves_on(text, shared, comparators, index):
            shared[index] = _with_unit(text, shared[index], shared[index - 1])
    for index in range(len(shared) - 1, 0, -1):
        rate = comparators[index] is not None and shared[index].kind == "rate"
        if rate or comparators[index - 1] == "previous":
            shared[index - 1] = _with_unit(text, shared[index - 1], shared[index])
    return tuple(shared)


def _moves_on(
    text: str, quantities: Sequence[Quantity], comparators: Sequence[str | None], index: int
) -> bool:
    """Tell whether a bare number is where another bare one comes from: "from 253 to 144"."""
    following = quantities[index + 1 : index + 2]
    if comparators[index] != "previous" or not following or following[0].kind != "count":
        return False
    return _TO.search(text, quantities[index].end, following[0].start) is not None


def _with_unit(text: str, bare: Quantity, other: Quantity) -> Quantity:
    """Return a bare number with the unit of the other, as it is where it counts something itself."""
    if bare.kind != "count" or other.kind not in {"duration", "rate"}:
        return bare
    if load_rules().counted.match(text, bare.end):
        return bare
    return replace(bare, kind=other.kind, unit=other.unit, value2=bare.value2 or _base(other))


def _base(quantity: Quantity) -> float | None:
    """Return the base of a rate."""
    return quantity.value2 if quantity.kind == "rate" else None
