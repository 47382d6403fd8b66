"""Is a grade that a draft gives the grade that the report prints?"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from reports.evidence import Evidence, Reference
from reports.records import Source
from reports.setting import Setting
from reports.sources import latest_full
from reports.wording import long_date, wording

Found = tuple[Literal["supported", "differs", "not_found", "not_checked"], str]

_SPEAKS_OF_GRADES: Final = re.compile(r"\b(?:judg|grad|rated|overall effectiveness|inspect)", re.IGNORECASE)


def check_grade_cell(
    evidence: Evidence, header: str, row: Sequence[str], place: int, setting: Setting
) -> Found | None:
    """The verdict on a table cell that holds a grade (or says why there is none); None for other cells."""
    words = wording()
    grade, state = _key(words.grade, row[place]), _key(words.state, row[place])
    if grade is None and state is None:
        return None
    area = _key(words.area, header) or _key(words.area, row[0])
    if area is None:
        return "not_checked", "the table names no judgement area of ours"
    reference = evidence.reference(" ".join((header, *row)), setting.la_code)
    dated = setting.complete(evidence, reference)
    if dated is None:
        return _no_such_date(setting)
    reports = evidence.cited(dated)
    if reference.la_code is None or not reports:
        return "not_found", "no report in the store fits the authority and date"
    if not (dated.day or dated.year):
        judging = [report for report in reports if area in evidence.grades(report)]
        reports = (max(judging, key=lambda report: str(report.date)),) if judging else reports
    return _compare(evidence, reports, area, grade)


def _no_such_date(setting: Setting) -> Found:
    return "not_checked", f"stands under “{setting.dated}”, and no report in the store fits that date"


def check_grade_said(evidence: Evidence, sentence: str, setting: Setting) -> Found | None:
    """The verdict on a sentence that gives one authority one grade for one area; None for other sentences."""
    named = evidence.authorities_in(sentence) or ((setting.la_code,) if setting.la_code else ())
    grades = _grades_in(sentence)
    areas = [area for area, said in wording().area_words.items() if re.search(said, sentence, re.IGNORECASE)]
    if not grades or not _SPEAKS_OF_GRADES.search(sentence):
        return None
    if len(named) != 1 or len(grades) != 1 or len(areas) != 1:
        return "not_checked", "does not say plainly which authority, area and grade belong together"
    reference = setting.complete(evidence, evidence.reference(sentence, named[0]))
    if reference is None:
        return _no_such_date(setting)
    reports = _meant(evidence, reference, named[0])
    if not reports:
        return "not_found", "no report in the store fits the authority and date"
    return _compare(evidence, reports, areas[0], grades[0])


def _grades_in(sentence: str) -> list[str]:
    found = []
    left = sentence.lower()
    for grade in ("requires_improvement", "outstanding", "inadequate", "good"):
        said = "requires improvement" if grade == "requires_improvement" else grade
        if re.search(rf"\b{said}\b", left):
            found.append(grade)
            left = left.replace(f"{said} to be good", " ").replace(said, " ")
    return found


def _meant(evidence: Evidence, reference: Reference, la_code: str) -> tuple[Source, ...]:
    """The reports of a stated date or year, else the latest full inspection."""
    if reference.day or reference.year:
        return evidence.cited(reference)
    latest = latest_full(evidence.sources, la_code)
    return (latest,) if latest else ()


def _compare(evidence: Evidence, reports: Sequence[Source], area: str, grade: str | None) -> Found:
    printed = {report.document_id: evidence.grades(report).get(area) for report in reports}
    if grade in printed.values():
        where = next(report for report in reports if printed[report.document_id] == grade)
        return "supported", f"{where.authority}, {long_date(where.date)}"
    answers = [
        f"the report of {long_date(report.date)} {_printing(printed[report.document_id])}"
        for report in reports
    ]
    return "differs", "; ".join(answers)


def _printing(grade: str | None) -> str:
    return f"prints: {wording().grade.get(grade, grade)}" if grade else "prints no such grade"


def _key(table: Mapping[str, str], text: str) -> str | None:
    return next((key for key, name in table.items() if name == text.strip()), None)
