"""How is each value of a view printed?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from reports.fates import Changed
from reports.method import licence_notice
from reports.page_parts import indicator_parts, judgement_parts, theme_parts
from reports.records import (
    GradeCount,
    IndicatorCell,
    Judgements,
    Passage,
    Share,
    Source,
    Tally,
)
from reports.wording import (
    date_range,
    long_date,
    name_of,
    number,
    percent,
    plural,
    printed_day,
    wording,
)


def inspected(source: Source) -> str:
    """The days of the inspection, or the day of publication where none was read."""
    if source.inspected_from:
        return date_range(source.inspected_from, source.inspected_to)
    return f"published {long_date(source.published)}" if source.published else "date not read"


def kind(source: Source) -> str:
    """What sort of inspection it was."""
    return name_of(wording().kind, f"{source.framework}.{source.kind}").replace(".", " ")


def citation(passage: Passage) -> str:
    """Authority, date, paragraph number and page: what lets anybody find the words again."""
    source = passage.source
    day = long_date(source.date)
    date = f"published {day}" if source.inspected_from is None and source.published else day
    return f"{source.authority}, {date}, {_place(passage)}, {_page(passage)}"


def _place(passage: Passage) -> str:
    if passage.number is not None:
        return f"paragraph {passage.number}"
    return "what needs to improve" if passage.role == "improvement" else "unnumbered paragraph"


def _page(passage: Passage) -> str:
    if passage.page_from is None:
        return "no page (text file)"
    if passage.page_to is None or passage.page_to == passage.page_from:
        return f"page {passage.page_from}"
    return f"pages {passage.page_from} to {passage.page_to}"


def source_line(source: Source) -> str:
    """A report as an entry in a list of sources."""
    published = f", published {long_date(source.published)}" if source.published else ""
    place = f"{source.file}, document {source.document_id}"
    return f"Ofsted, {source.authority}: {kind(source)}, {inspected(source)}{published} ({place})."


def by_licence(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Each licence notice with the reports to which it applies."""
    grouped: dict[str, list[str]] = {}
    for source in sources:
        label = f"{source.authority}, {long_date(source.date)}"
        grouped.setdefault(licence_notice(source), []).append(label)
    if len(grouped) == 1:
        return [(notice, "every report listed here") for notice in grouped]
    return [(notice, "; ".join(labels)) for notice, labels in grouped.items()]


def tally(counts: Tally) -> str:
    """What the paragraphs on a theme find; what none of them finds is left out."""
    said = (
        (counts.strength, plural(counts.strength, "strength")),
        (counts.mixed, f"{counts.mixed} mixed"),
        (counts.weakness, plural(counts.weakness, "weakness", "weaknesses")),
    )
    return ", ".join(words for count, words in said if count) or "No finding"


def share(value: Share) -> str:
    """A share with numerator, denominator and interval, or why there is none."""
    if value.whole == 0:
        return "no finding"
    counts = f"{value.part} of {value.whole}"
    if value.low is None:
        return f"{counts} (too few for a share)"
    return f"{counts} ({percent(value.part, value.whole)}; interval {value.low}% to {value.high}%)"


def tally_share(cell: tuple[Tally, Share]) -> str:
    """Counts with the share of strengths, in one cell."""
    counts, value = cell
    if counts.judged == 0 or value.low is None:
        return tally(counts)
    return (
        f"{tally(counts)}; share {percent(value.part, value.whole)} of {value.whole}"
        f" ({value.low}% to {value.high}%)"
    )


def grade_counts(row: GradeCount) -> str:
    """How many reports give each grade, with the number of graded reports."""
    names = {**wording().grade, **wording().state}
    return "; ".join(f"{name_of(names, key)}: {count}" for key, count in row.counts)


def indicator(cell: IndicatorCell | None) -> str:
    """An indicator's value with its date and where it stands, or that there is none."""
    if cell is None:
        return "Not printed"
    parts = [number(cell.value)]
    if cell.as_of:
        parts.append(f"as of {printed_day(cell.as_of)}")
    if cell.england is not None:
        parts.append(f"England {number(cell.england)}")
    if cell.passage is not None:
        parts.append(_page(cell.passage))
    return ", ".join(parts)


def sureness(point: Changed) -> str:
    """How sure the program is of a label; where it gives none, what the other report's passage finds."""
    value = point.confidence
    word = "high" if value >= 0.75 else "medium" if value >= 0.5 else "low"
    other = point.earlier if point.change == "unclear_new" else point.later
    if not point.unsure or other is None:
        return f"confidence {word}, {value:.2f}"
    found = {"mixed": "both strength and weakness", "neutral": "neither"}.get(other.finds, other.finds)
    return f"the {'earlier' if other is point.earlier else 'later'} passage finds {found}"


def by_source(judgements: Judgements) -> list[tuple[Source, tuple[str, ...]]]:
    """Each inspection with its judgements in words, without the areas its framework does not give."""
    words = {**wording().grade, **wording().state}
    lines = []
    for place, source in enumerate(judgements.sources):
        cells = [row.cells[place] for row in judgements.rows if row.cells[place].state != "not_given"]
        said = tuple(f"{name_of(wording().area, c.area)}: {name_of(words, c.key)}" for c in cells)
        lines.append((source, said or ("No graded judgement",)))
    return lines


def _named(table: Mapping[str, str]) -> Callable[[str], str]:
    return lambda key: name_of(table, key)


def filters() -> dict[str, Callable[..., Any]]:
    """Everything that a template may apply to a value, by name."""
    words = wording()
    return {
        "area": _named(words.area),
        "grade": _named(words.grade),
        "state": _named(words.state),
        "change": _named(words.change),
        "plural": plural,
        "day": long_date,
        "inspected": inspected,
        "kind": kind,
        "citation": citation,
        "source": source_line,
        "by_licence": by_licence,
        "tally": tally,
        "share": share,
        "tally_share": tally_share,
        "grade_counts": grade_counts,
        "indicator": indicator,
        "sureness": sureness,
        "parts": judgement_parts,
        "by_source": by_source,
        "theme_parts": theme_parts,
        "indicator_parts": indicator_parts,
    }
