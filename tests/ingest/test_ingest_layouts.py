"""Frameworks are data: a new one is a new file, and a file with faults is refused with all of them named."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

import ingest
from corpus.errors import DataFileError
from ingest.layouts import layouts, load_layouts

FRAMEWORK_2027 = """
framework = "ilacs_2027"
kind = "inspection"
front = "summary"
titles = ['(?P<title>family services review of (?P<authority>.+?) council)']
leads = ['review lead:\\s*(?P<name>.*)']
closing = ["the office for standards in education"]
table_heads = []

[grades]
strong = 'strong'
secure = 'secure'
of_concern = 'of concern'

[[headings]]
match = 'what we found about families'
level = 1
area = "families"

[[headings]]
match = 'next steps'
level = 1
role = "improvement"

[[judgements]]
area = "families"
label = 'how families fare'
expected = true
"""

REPORT_2027 = """Family services review of Calderwick Council

Inspection dates: 1 to 5 March 2027

How families fare\tOf concern

Review lead: Bo Sample

Next steps

- Answer the telephone.

What we found about families: of concern

1. Families wait too long.
2. Letters are kind.
"""


def test_a_new_framework_needs_a_new_file_only(tmp_path, monkeypatch):
    shutil.copytree(str(files("ingest").joinpath("frameworks")), tmp_path, dirs_exist_ok=True)
    (tmp_path / "ilacs_2027.toml").write_text(FRAMEWORK_2027, encoding="utf-8")
    loaded = load_layouts(tmp_path)
    monkeypatch.setattr("ingest.reader.layouts", lambda: loaded)
    document = ingest.read_bytes(REPORT_2027.encode(), "calderwick.txt")
    assert (document.framework, document.layout) == ("other", "ilacs_2027")
    assert (document.la_code, document.lead_inspector) == ("S05", "Bo Sample")
    assert [(j.area, j.grade) for j in document.judgements] == [("families", "of_concern")]
    assert [(p.number, p.role) for p in document.paragraphs if p.role != "boilerplate"] == [
        (None, "improvement"),
        (1, "finding"),
        (2, "finding"),
    ]


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path):
    faulty = FRAMEWORK_2027.replace("level = 1\narea", "colour = 'red'\narea").replace(
        "'next steps'", "'next (steps'"
    )
    (tmp_path / "x.toml").write_text(faulty, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_layouts(tmp_path)
    message = str(caught.value)
    assert "headings 1: unknown key 'colour'" in message
    assert "headings 2" in message
    assert "level" in message


@pytest.mark.parametrize(
    ("framework", "heading", "area", "grade"),
    [
        ("ilacs", "The experiences and progress of children in care: good", "children_in_care", "good"),
        (
            "ilacs",
            "The experiences and progress of care leavers are Outstanding.",
            "care_leavers",
            "outstanding",
        ),
        (
            "ilacs",
            "Experiences and progress of children who need help and protection is: requires improvement",
            "help_and_protection",
            "requires_improvement",
        ),
        ("sif", "Leadership, management and governance inadequate", "leadership", "inadequate"),
        (
            "sif",
            "The graded judgment for the experience and progress of care leavers is that it is good",
            "care_leavers",
            "good",
        ),
        ("sif", "The Local Safeguarding Children Board requires improvement", "lscb", "requires_improvement"),
        ("pre_sif", "Leadership and management Grade 3 (Adequate)", "leadership", "adequate"),
    ],
)
def test_headings_mean_an_area_and_a_grade(framework, heading, area, grade):
    layout = next(layout for layout in layouts() if layout.framework == framework)
    rule, found = layout.heading(heading)
    assert rule is not None
    assert (rule.area, found) == (area, grade)


def test_a_word_that_ends_in_are_keeps_its_letters():
    layout = next(layout for layout in layouts() if layout.framework == "ilacs")
    assert layout.split_grade("children in care good") == ("children in care", "good")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Summary for children and young people", "summary"),
        ("Summary for children", "summary"),
        ("Information about this inspection", "boilerplate"),
        ("Information about the local authority inspection", "boilerplate"),
        ("Information about the inspection and the review", "boilerplate"),
        ("Information about this review", "boilerplate"),
        ("What the inspection judgements mean", "boilerplate"),
        ("What the local authority inspection judgments mean: the LSCB", "boilerplate"),
    ],
)
def test_headings_of_2014_as_they_vary(heading, role):
    [sif] = [layout for layout in layouts() if layout.framework == "sif"]
    rule, _ = sif.heading(heading)
    assert rule is not None
    assert rule.role == role
