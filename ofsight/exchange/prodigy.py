"""How does a paragraph become a task of Prodigy, and what did people accept there?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from corpus.model import VALENCES
from ofsight.exchange.gather import Heard, Stretch
from ofsight.exchange.records import Report, Theme, Unit, label
from ofsight.exchange.tasks import (
    Answer,
    Code,
    Remark,
    coded_units,
    find_stretch,
    find_unit,
    place_of,
    read_code,
)

_WHOLE: Final = "paragraph"  # in a label: what the paragraph finds all in all


def prodigy_tasks(reports: Sequence[Report], themes: Sequence[Theme]) -> list[dict[str, Any]]:
    """One task for each paragraph that the program or a person coded, as the program has it.

    For a view of blocks: `choice` for the paragraph, `spans_manual` for stretches.
    """
    names = {theme.id: theme.name for theme in themes}
    options = [{"id": label(_WHOLE, valence), "text": label(_WHOLE, valence)} for valence in VALENCES]
    options += [
        {"id": label(key, valence), "text": label(name, valence)}
        for key, name in names.items()
        for valence in VALENCES
    ]
    return [
        {
            "text": unit.text,
            "paragraph_id": unit.key,
            "meta": {"place": place_of(report, unit)},
            "options": options,
            "accept": [label(_WHOLE, coded.valence), *(label(*pair) for pair in coded.themes)],
            "spans": [
                {"start": mark.start, "end": mark.end, "label": label(mark.theme, mark.valence)}
                for mark in coded.marks
            ],
        }
        for report, unit in coded_units(reports)
        for coded in unit.coded[:1]
    ]


def read_prodigy(
    tasks: Iterable[Mapping[str, Any]],
    units: Mapping[str, Unit],
    themes: Sequence[Theme],
    coder: str,
    now: str,
    remark: Remark,
) -> Iterator[Answer]:
    """What people accepted in an export of Prodigy (db-out); what was rejected or ignored says nothing."""
    for task in tasks:
        if task.get("answer") != "accept":
            continue
        unit = find_unit(task.get("paragraph_id"), task.get("text"), units, remark)
        if unit is None:
            continue
        stretches = []
        for text in task.get("accept") or ():
            if code := _whole_or_theme(str(text), themes, remark):
                stretches.append(Stretch(0, len(unit.text), *code))
        for span in task.get("spans") or ():
            if code := _whole_or_theme(str(span.get("label")), themes, remark):
                stretches += find_stretch(unit, span, code, remark)
        stamp = task.get("_timestamp")
        made = datetime.fromtimestamp(stamp, UTC).isoformat() if isinstance(stamp, int | float) else now
        who = task.get("_annotator_id") or task.get("_session_id") or coder
        yield unit, Heard(str(who), tuple(stretches), made)


def _whole_or_theme(text: str, themes: Sequence[Theme], remark: Remark) -> Code | None:
    return read_code(text.removeprefix(label(_WHOLE, "")), themes, remark)
