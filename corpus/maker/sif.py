"""In which order is a report of the single inspection framework (2013 to 2018) put together?"""

from datetime import date
from random import Random
from typing import Final

from corpus.maker import sif_front as front
from corpus.maker import sif_sections as sections
from corpus.maker.findings import Writer
from corpus.maker.plan import Inspection
from corpus.maker.script import Break, Heading, JudgementTruth, Script
from corpus.maker.sif_edition import AREAS, SECTIONS, Edition
from corpus.maker.wording import imprint, person

_DATE_PRINTED_FROM: Final = date(2014, 5, 1)
_OPEN_LICENCE_FROM: Final = date(2016, 1, 1)


def write_sif(inspection: Inspection, writer: Writer, dice: Random) -> Script:
    """Write the script of one report."""
    edition = Edition(inspection, writer, dice, _script(inspection, dice))
    front.write_first_page(edition)
    if edition.third:
        _third_edition(edition)
    else:
        _first_editions(edition)
    licence, year = edition.script.licence, inspection.published.year
    edition.script.add(Break(), *imprint("sif", licence, year))
    return edition.script


def _script(inspection: Inspection, dice: Random) -> Script:
    """Return an empty script with what the first page says."""
    again, with_board, grades = inspection.layout == "sif-re", "lscb" in inspection.grades, inspection.grades
    title = f"{'Re-inspection' if again else 'Inspection'} {front.SERVICES}"
    printed = inspection.published >= _DATE_PRINTED_FROM
    return Script(
        layout=inspection.layout,
        title=f"{title} and {front.REVIEW}" if with_board else title,
        authority=inspection.place.council,
        la_code=inspection.place.la_code,
        framework="sif",
        kind="reinspection" if again else "inspection",
        inspected_from=inspection.start.isoformat(),
        inspected_to=inspection.end.isoformat(),
        published=inspection.published.isoformat() if printed else None,
        lead_inspector=person(dice),
        licence="non_commercial" if inspection.published < _OPEN_LICENCE_FROM else "ogl",
        judgements=tuple(
            JudgementTruth(area, grades[area]) for area in (*AREAS, "overall", "lscb") if area in grades
        ),
    )


def _first_editions(edition: Edition) -> None:
    """Write a report of 2014 or early 2015: key findings, what to improve, profile, sections."""
    second = edition.layout == "sif-2"
    local = "The local authority" if second else "Section 1: the local authority"
    summary = "Summary of findings" if second else "Summary of key findings"
    edition.script.add(Break(), front.contents(edition), Break())
    edition.script.add(Heading(local, 1), Heading(summary, 2, "summary"))
    front.write_key_findings(edition)
    if second:
        front.write_young_people(edition)
    else:
        sections.write_about_inspection(edition)
    edition.script.add(Break())
    front.write_area(edition)
    edition.script.add(Break(), Heading("Inspection judgements about the local authority", 1, "finding"))
    for area, heading in SECTIONS:
        sections.write_section(edition, area, heading)
    if second:
        sections.write_board(edition)
        sections.write_about_inspection(edition)
    else:
        what = "What the inspection judgements mean: the local authority"
        sections.write_descriptors(edition, "local_authority", what)
        sections.write_board(edition)
        sections.write_descriptors(edition, "lscb", "What the inspection judgments mean: the LSCB")


def _third_edition(edition: Edition) -> None:
    """Write a report of 2015 to 2018: executive summary, profile, recommendations, sections."""
    front.write_executive_summary(edition)
    edition.script.add(Break(), front.contents(edition), Break(), Heading("The local authority", 1))
    front.write_area(edition)
    front.write_recommendations(edition)
    edition.script.add(Break())
    front.write_young_people(edition)
    edition.script.add(Break())
    for area, heading in SECTIONS:
        sections.write_section(edition, area, heading)
    if edition.with_board:
        sections.write_board(edition)
    sections.write_about_inspection(edition)
