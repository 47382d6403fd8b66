"""A plain-text transcript reads to the same paragraphs as the printed report."""

import pytest

import ingest
from corpus.model import Document

TRANSCRIPT = """

Holmebrook Council

Inspection of services for children in need of help and protection, children looked after and care leavers

and

Review of the effectiveness of the local safeguarding children board¹

Inspection date: 20 May 2014 – 11 June 2014

Report published: 18 July 2014

The overall judgement is **requires improvement**.

1. Children who need help and protection\t\tInadequate
2. Children looked after and achieving permanence\t\tRequires improvement
\t2.1 Adoption performance\tGood
\t2.2 Experiences and progress of care leavers\tOutstanding
3. Leadership, management and governance\t\tRequires improvement

The effectiveness of the Local Safeguarding Children Board (LSCB) is **good**.

¹ This report joins two in one, which is long-winded but true of all of its kind at the time it was made, \
and nobody has yet found a shorter way to say it in the space that a footnote has, try as they might.

Contents

Section 1: the local authority\t3
Summary of key findings\t3

Section 1: the local authority

Summary of key findings

This local authority requires improvement and is not yet good because

1. There is no plan for the whole of the
service that anyone can follow.
2. Help comes late.

What does the local authority need to improve?

Areas for improvement

3. Write a plan.

Information about this local authority area²

Children living in this area

- About 100 children live here.
- Of these:
 - ten walk to school
 - two ride.

² The council was asked to check these numbers.

Inspection judgements about the local authority

The experiences and progress of children who need help and protection are inadequate

4. Social workers know children well. They visit them

often and write down what they see.
5. Managers are new.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return ingest.read_bytes(TRANSCRIPT.encode(), "holmebrook.txt")


def test_metadata(document):
    assert (document.media_type, document.pages, document.layout) == ("text/plain", None, "sif-1b")
    assert (document.authority, document.la_code, document.kind) == (
        "Holmebrook Council",
        "S03",
        "inspection",
    )
    assert (str(document.inspected_from), str(document.published)) == ("2014-05-20", "2014-07-18")
    assert document.title.endswith("local safeguarding children board")


def test_judgements(document):
    assert {j.area: j.grade for j in document.judgements} == {
        "overall": "requires_improvement",
        "help_and_protection": "inadequate",
        "children_in_care": "requires_improvement",
        "adoption": "good",
        "care_leavers": "outstanding",
        "leadership": "requires_improvement",
        "lscb": "good",
    }


def test_a_paragraph_runs_on_over_the_blank_line_of_a_page_break(document):
    numbered = {p.number: p.text for p in document.paragraphs if p.number is not None}
    assert numbered == {
        1: "There is no plan for the whole of the service that anyone can follow.",
        2: "Help comes late.",
        3: "Write a plan.",
        4: "Social workers know children well. They visit them often and write down what they see.",
        5: "Managers are new.",
    }


def test_lists_nest_by_their_indent(document):
    profile = [(p.level, p.text) for p in document.paragraphs if p.role == "profile"]
    assert profile == [
        (1, "About 100 children live here."),
        (1, "Of these:"),
        (2, "ten walk to school"),
        (2, "two ride."),
    ]


def test_footnotes_are_kept_apart_and_markers_are_no_text(document):
    notes = [p.text for p in document.paragraphs if p.role == "note"]
    assert notes[1] == "The council was asked to check these numbers."
    profile = next(section for section in document.sections if section.role == "profile")
    assert profile.heading == "Information about this local authority area"


def test_not_yet_good_is_no_grade(document):
    lead_in = next(s for s in document.sections if s.heading.startswith("This local authority"))
    assert (lead_in.role, lead_in.grade) == ("summary", None)


def test_numbered_improvements_are_improvements_and_numbered_summary_points_findings(document):
    assert [p.role for p in document.paragraphs if p.number in (1, 3, 4)] == [
        "finding",
        "improvement",
        "finding",
    ]


def test_every_character_is_placed(document):
    assert document.certificate.placed == document.certificate.characters
    assert (document.certificate.path, document.certificate.unplaced) == ("text", ())


TABLES = {
    "a line for each row": """Judgement\tGrade
The impact of leaders on social work practice with children and families\tGood
The experiences and progress of children in care\tRequires improvement to be good
Overall effectiveness\tInadequate""",
    "a line for each cell": """Judgement

Grade

The impact of leaders on social work practice with children and families

Good

The experiences and progress of children in care

Requires improvement to be good

Overall effectiveness

Inadequate""",
    "wrapped cells": """Judgement Grade
The impact of leaders on social work
practice with children and families Good
The experiences and progress of
children in care Requires improvement
to be good
Overall effectiveness Inadequate""",
    "bars": """| Judgement | Grade |
| The impact of leaders on social work practice with children and families | Good |
| The experiences and progress of children in care | Requires improvement to be good |
| Overall effectiveness | Inadequate |""",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_of_judgements_however_it_is_written(table):
    text = f"""Inspection of Holmebrook local authority children’s services

Inspection dates: 4 to 8 March 2024

Lead inspector: Ada Sample, His Majesty’s Inspector

{table}

Holmebrook has come a long way, and most families now get the help that they need without delay.
"""
    judgements = ingest.read_bytes(text.encode(), "holmebrook.txt").judgements
    assert {j.area: j.grade for j in judgements} == {
        "leadership": "good",
        "children_in_care": "requires_improvement",
        "overall": "inadequate",
    }
