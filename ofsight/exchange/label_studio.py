"""How does a paragraph become a task of Label Studio, and what did people answer there?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from corpus.model import VALENCES
from ofsight.exchange.gather import Heard, Stretch, is_moment
from ofsight.exchange.records import Coded, Report, Theme, Unit, label
from ofsight.exchange.tasks import Answer, Remark, coded_units, find_stretch, find_unit, place_of, read_code
from reports.clean import printable


def label_studio_tasks(reports: Sequence[Report], themes: Sequence[Theme]) -> list[dict[str, Any]]:
    """One task for each paragraph that anybody coded; the program and each coder are predictions."""
    names = {theme.id: theme.name for theme in themes}
    return [
        {
            "data": {"text": unit.text, "place": place_of(report, unit), "paragraph_id": unit.key},
            "predictions": [
                {"model_version": coded.coder, "result": list(_results(unit, coded, names))}
                for coded in unit.coded
            ],
        }
        for report, unit in coded_units(reports)
    ]


def label_studio_config(themes: Sequence[Theme]) -> str:
    """The labelling interface that these tasks need."""
    labels = [label(theme.name, valence) for theme in themes for valence in VALENCES]
    choices = "\n".join(f"    <Choice value={quoteattr(printable(one))}/>" for one in labels)
    marks = "\n".join(f"    <Label value={quoteattr(printable(one))}/>" for one in labels)
    whole = "\n".join(f'    <Choice value="{valence}"/>' for valence in VALENCES)
    return f"""<View>
  <Header value="$place"/>
  <Filter name="search" toName="marks" minlength="0" placeholder="Search a theme"/>
  <Labels name="marks" toName="text" showInline="true">
{marks}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <Header value="The paragraph is"/>
  <Choices name="whole" toName="text" choice="single" showInLine="true">
{whole}
  </Choices>
  <Header value="Its themes, the primary one first"/>
  <Choices name="themes" toName="text" choice="multiple" layout="select">
{choices}
  </Choices>
</View>
"""


def read_label_studio(
    tasks: Iterable[Mapping[str, Any]],
    units: Mapping[str, Unit],
    themes: Sequence[Theme],
    now: str,
    remark: Remark,
) -> Iterator[Answer]:
    """What people answered in an export of Label Studio; predictions are not answers."""
    for task in tasks:
        data = task["data"]
        unit = find_unit(data.get("paragraph_id"), data.get("text"), units, remark)
        for annotation in task.get("annotations") or () if unit else ():
            if annotation.get("was_cancelled") or unit is None:
                continue
            stretches = list(_read_results(annotation.get("result") or (), unit, themes, remark))
            made = annotation.get("updated_at") or annotation.get("created_at")
            moment = str(made).replace("Z", "+00:00") if is_moment(str(made).replace("Z", "+00:00")) else now
            yield unit, Heard(_annotator(annotation.get("completed_by")), tuple(stretches), moment)


def _results(unit: Unit, coded: Coded, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    yield _choice("whole", unit, [coded.valence])
    if coded.themes:
        labels = [label(names.get(theme, theme), valence) for theme, valence in coded.themes]
        yield _choice("themes", unit, labels)
    for number, mark in enumerate(coded.marks, 1):
        yield {
            "id": f"{unit.key}-{number}",
            "from_name": "marks",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": mark.start,
                "end": mark.end,
                "text": unit.text[mark.start : mark.end],
                "labels": [label(names.get(mark.theme, mark.theme), mark.valence)],
            },
        }


def _choice(name: str, unit: Unit, chosen: Sequence[str]) -> dict[str, Any]:
    return {
        "id": f"{unit.key}-{name}",
        "from_name": name,
        "to_name": "text",
        "type": "choices",
        "value": {"choices": list(chosen)},
    }


def _read_results(
    results: Iterable[Mapping[str, Any]], unit: Unit, themes: Sequence[Theme], remark: Remark
) -> Iterator[Stretch]:
    for result in results:
        value = result.get("value") or {}
        for text in value.get("choices") or ():
            code = read_code(str(text), themes, remark)
            if code:
                yield Stretch(0, len(unit.text), *code)
        for text in value.get("labels") or ():
            code = read_code(str(text), themes, remark)
            if code:
                yield from find_stretch(unit, value, code, remark)


def _annotator(who: Any) -> str:
    """The name of who completed a task, as the export gives it: a number, an address or a record."""
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return f"label-studio-{who}" if isinstance(who, int) or not who else str(who)
