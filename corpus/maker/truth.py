"""What did the generator put into a report, for tests to compare with what was read?"""

from dataclasses import asdict
from typing import Any

from corpus.maker.measure import Layout
from corpus.maker.script import FigureTruth, Heading, IndicatorTruth, Script, Table, Text, plain


def write_truth(script: Script, layout: Layout) -> dict[str, Any]:
    """Return the truth about a report as plain data, leaving out what is empty."""
    return {
        "layout": "sif-3"
        if script.layout == "sif-re"
        else script.layout,  # a re-inspection is of the third edition
        "title": script.title,
        "authority": script.authority,
        "la_code": script.la_code,
        "framework": script.framework,
        "kind": script.kind,
        "inspected_from": script.inspected_from,
        "inspected_to": script.inspected_to,
        "published": script.published,
        "lead_inspector": script.lead_inspector,
        "licence": script.licence,
        "pages": len(layout.pages),
        "judgements": {each.area: each.grade for each in script.judgements},
        "notes": {str(number): text for number, text in script.notes.items()},
        "paragraphs": _paragraphs(script, layout),
    }


def _paragraphs(script: Script, layout: Layout) -> list[dict[str, Any]]:
    """Return every paragraph with the heading that it stands under and the area in force there."""
    found: list[dict[str, Any]] = []
    heading: Heading | None = None
    area: str | None = None
    for block, parts in zip(script.blocks, layout.parts, strict=True):
        if isinstance(block, Heading):
            heading = block
            area = block.area or (area if block.level > 1 and block.role != "boilerplate" else None)
        text = block.record if isinstance(block, Table) else block
        if isinstance(text, Text):
            section = plain(heading.text) if heading else None
            pages = (parts[0].page, parts[-1].page)
            found.append(_paragraph(text, section, area, pages))
    return found


def _paragraph(text: Text, section: str | None, area: str | None, pages: tuple[int, int]) -> dict[str, Any]:
    """Return one paragraph."""
    row: dict[str, Any] = {"role": text.role, "page_from": pages[0], "page_to": pages[1]}
    for key, known in (("number", text.number), ("section", section), ("area", area)):
        if known is not None:
            row[key] = known
    row["text"] = plain(text.text)
    if text.level:
        row["level"] = text.level
    if text.valence:
        row["valence"] = text.valence
    for key, value in (("themes", text.themes), ("tags", text.tags)):
        if value:
            row[key] = value
    for key, records in (("figures", text.figures), ("indicators", text.indicators)):
        if records:
            row[key] = [_brief(record) for record in records]
    return row


def _brief(record: FigureTruth | IndicatorTruth) -> dict[str, Any]:
    """Return a record without its empty fields, save its value."""
    return {key: value for key, value in asdict(record).items() if value is not None or key == "value"}
