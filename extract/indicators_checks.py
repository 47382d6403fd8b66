"""Which rows of an area profile contradict themselves, one another or the inspection?"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from corpus.model import Document, Indicator
from extract.indicators_rules import load_measures

_SHARE_TOLERANCE: Final = 3.0  # points between a printed share and the one that its counts give
_RATE_TOLERANCE: Final = 0.2  # populations are rounded estimates of another year
_RETURNED_WHOLE: Final = "ceased_looked_after_12m"


def mark_doubts(rows: tuple[Indicator, ...], document: Document) -> tuple[Indicator, ...]:
    """Return the rows, each with the first reason to doubt it, if there is one."""
    by_name = {row.indicator: row for row in rows}
    return tuple(replace(row, doubt=_doubt(row, by_name, document)) for row in rows)


def _doubt(row: Indicator, rows: Mapping[str, Indicator], document: Document) -> str | None:
    """Return why a row cannot be right as printed, else None."""
    return (
        _impossible(row)
        or _against_whole(row, rows)
        or _against_others(row, rows)
        or _out_of_time(row, document)
    )


def _impossible(row: Indicator) -> str | None:
    """Tell a share outside 0 to 100 or a count that is no whole number."""
    rates = {measure.name for measure in load_measures().measures if measure.rate}
    for value in (row.value, row.previous_value, row.england):
        if value is None:
            continue
        if row.unit == "%" and not 0 <= value <= 100:
            return "a share outside 0 to 100"
        if row.unit is None and row.indicator not in rates and value != int(value):
            return "a count that is no whole number"
    return None


def _against_whole(row: Indicator, rows: Mapping[str, Indicator]) -> str | None:
    """Tell a part that is larger than its whole."""
    wholes = {measure.name: measure.part_of for measure in load_measures().measures}
    wholes["returned_to_care_12m"] = _RETURNED_WHOLE
    name = wholes.get(row.indicator)
    whole = rows.get(name) if name else None
    if whole and whole.value is not None and row.value is not None and row.value > whole.value:
        return f"more than {name}"
    return None


def _against_others(row: Indicator, rows: Mapping[str, Indicator]) -> str | None:
    """Tell a share or rate that the printed counts do not give."""

    def value(name: str) -> float | None:
        return rows[name].value if name in rows else None

    if row.value is None:
        return None
    if row.indicator == "looked_after_outside_area_share":
        part, whole = value("looked_after_outside_area"), value("looked_after")
        if part is not None and whole and abs(100 * part / whole - row.value) > _SHARE_TOLERANCE:
            return "does not follow from looked_after_outside_area"
    if row.indicator == "looked_after_rate":
        part, whole = value("looked_after"), value("child_population")
        if part and whole and abs(10_000 * part / whole / row.value - 1) > _RATE_TOLERANCE:
            return "does not follow from looked_after and child_population"
    return None


def _out_of_time(row: Indicator, document: Document) -> str | None:
    """Tell a date after the inspection, or an earlier date that is not earlier."""
    end = document.inspected_to or document.published
    if row.as_of and end and row.as_of > end.isoformat():
        return "dated after the inspection"
    if row.as_of and row.previous_as_of and row.previous_as_of >= row.as_of:
        return "previous date is not earlier"
    return None
