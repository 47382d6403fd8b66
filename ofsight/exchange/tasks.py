"""What do tasks for labelling tools share: how is a paragraph named, and how is it found again in an answer?

Labelling tools count code points. A task carries the paragraph's key and words, so that an answer finds its
paragraph again and a changed text is noticed.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from corpus.model import VALENCES, Valence
from ofsight.exchange.gather import Heard, Stretch
from ofsight.exchange.records import Report, Theme, Unit, read_label
from reports.wording import long_date

Answer = tuple[Unit, Heard]
Code = tuple[str | None, Valence]  # theme and valence; without a theme, of the paragraph as a whole
Remark = Callable[[str], None]


def as_lines(tasks: Iterable[Mapping[str, Any]]) -> bytes:
    """Tasks as JSONL."""
    return "".join(json.dumps(task, ensure_ascii=False) + "\n" for task in tasks).encode()


def as_list(tasks: Sequence[Mapping[str, Any]]) -> bytes:
    """Tasks as one JSON list."""
    return (json.dumps(tasks, ensure_ascii=False) + "\n").encode()


def coded_units(reports: Sequence[Report]) -> Iterator[tuple[Report, Unit]]:
    """Every paragraph that anybody coded, with its report."""
    return ((report, unit) for report in reports for unit in report.units if unit.coded)


def place_of(report: Report, unit: Unit) -> str:
    """Authority, date, paragraph and page, for the person."""
    name, _, _ = report.name.rpartition(", ")
    head, _, day = name.rpartition(", ")
    name = f"{head}, {long_date(date.fromisoformat(day))}" if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else name
    number = f"paragraph {unit.number}" if unit.number else f"unnumbered passage {unit.position}"
    return f"{name}, {number}" + (f", page {unit.page}" if unit.page else "")


def find_unit(key: Any, text: Any, units: Mapping[str, Unit], remark: Remark) -> Unit | None:
    """The paragraph of a task, if its words are still those that were read."""
    unit = units.get(key) if isinstance(key, str) else None
    if unit is None:
        remark("Tasks about paragraphs that this store does not hold were passed over.")
    elif unit.text != text:
        remark(f"{unit.key}: the words are not those of the store any more; it was passed over.")
        return None
    return unit


def find_stretch(unit: Unit, span: Mapping[str, Any], code: Code, remark: Remark) -> Iterator[Stretch]:
    """The stretch of a span; where it quotes words, they decide in what it counts."""
    start, end = span.get("start"), span.get("end")
    quoted = span.get("text")
    if type(start) is int and type(end) is int:
        for first, last in ((start, end), (_from_utf16(unit.text, start), _from_utf16(unit.text, end))):
            if 0 <= first < last <= len(unit.text) and quoted in (None, unit.text[first:last]):
                yield Stretch(first, last, *code)
                return
    remark(f"{unit.key}: a marked stretch could not be found in the paragraph; it was passed over.")


def read_code(text: str, themes: Sequence[Theme], remark: Remark) -> Code | None:
    """What a label means; None, and a remark, where it is none of this store's codebook."""
    whole = next((valence for valence in VALENCES if valence == text), None)
    if whole:
        return None, whole
    code = read_label(text, themes)
    if code is None:
        remark(f"The label “{text[:80]}” is no theme with a valence of this store; it was passed over.")
    return code


def _from_utf16(text: str, position: int) -> int:
    """The code point at a position that counts units of UTF-16."""
    return len(text.encode("utf-16-le")[: max(2 * position, 0)].decode("utf-16-le", "ignore"))
