"""A drawn report reads to the paragraphs, sections and judgements that a person would see on its pages."""

from datetime import date

import pytest

import ingest
from corpus.model import Document

HELP = "The experiences and progress of children who need help and protection"
A_SUMMARY = (
    "Services in Harrowmere have become better since the last visit, and most families are helped in time. "
    "Some plans are still too vague to be of much use to anyone."
)


@pytest.fixture
def document(draw, flat_pages) -> Document:
    return ingest.read_bytes(draw(flat_pages), "harrowmere.pdf")


def test_title_page(document):
    assert document.title == "Inspection of Harrowmere local authority children’s services"
    assert (document.authority, document.la_code) == ("Harrowmere", "S01")
    assert (document.framework, document.kind, document.layout) == ("ilacs", "short", "ilacs-b5-nf")
    assert (document.inspected_from, document.inspected_to) == (date(2024, 3, 4), date(2024, 3, 8))
    assert document.lead_inspector == "Ada Sample"
    assert document.licence == "ogl"
    assert document.published is None


def test_what_is_not_printed_is_said_to_be_so(document):
    status = {reading.field: reading.status for reading in document.readings}
    assert status["published"] == "not_printed"
    assert status["judgement.children_in_care_and_care_leavers"] == "not_given"
    assert status["lead_inspector"] == "read"


def test_judgements_are_read_by_label_even_where_a_grade_takes_two_lines(document):
    assert {judgement.area: judgement.grade for judgement in document.judgements} == {
        "overall": "good",
        "help_and_protection": "requires_improvement",
        "children_in_care": "good",
        "care_leavers": "outstanding",
        "leadership": "good",
    }


def test_numbered_paragraphs(document):
    numbered = {p.number: p for p in document.paragraphs if p.number is not None}
    assert [p.text for p in numbered.values()] == [
        "Most children are seen quickly. In the year to 31 March 2023. there were fewer delays, and "
        "decision-making is sound.",
        "Plans vary. Managers want to see: clear steps dates for each step.",
        "Visits take place as often as they should and are written up well.",
        "Children in care live in stable homes.",
    ]
    assert (numbered[3].page_from, numbered[3].page_to) == (2, 3)
    assert [box.page for box in numbered[3].boxes] == [2, 3]
    assert {p.role for p in numbered.values()} == {"finding"}


def test_sections_hold_their_heading_area_and_grade(document):
    assert [(s.heading, s.area, s.grade) for s in document.sections] == [
        ("What needs to improve?", None, None),
        (f"{HELP}: requires improvement to be good", "help_and_protection", "requires_improvement"),
        ("The experiences and progress of children in care: good", "children_in_care", "good"),
    ]


def test_unnumbered_paragraphs_have_roles_and_tags(document):
    kept = [
        (p.role, p.text, p.tags) for p in document.paragraphs if p.role in ("summary", "improvement", "note")
    ]
    assert kept == [
        ("summary", A_SUMMARY, ()),
        ("improvement", "The quality of plans. (outcome 2, national framework)", ("outcome_2",)),
        ("improvement", "Supervision of social workers. (Enabler one, National Framework)", ("enabler_1",)),
        ("note", "Set out in guidance for the whole country.", ()),
    ]


def test_a_footnote_belongs_to_the_paragraph_it_interrupts(document):
    note = next(p for p in document.paragraphs if p.role == "note")
    assert document.paragraphs[note.parent - 1].number == 3


def test_every_character_is_placed_and_no_running_title_is_text(document):
    certificate = document.certificate
    assert certificate.placed == certificate.characters > 1000
    assert certificate.path == "geometry"
    assert not (certificate.gaps or certificate.repeats or certificate.missing or certificate.unplaced)
    assert not any(p.text.startswith("4 to 8 March") for p in document.paragraphs)


def test_closing_words_are_boilerplate_of_no_section(document):
    last = document.paragraphs[-1]
    assert (last.role, last.section_id) == ("boilerplate", None)


def test_positions_count_from_one_in_reading_order(document):
    assert [p.position for p in document.paragraphs] == list(range(1, len(document.paragraphs) + 1))


def test_the_page_is_drawn_with_its_paragraphs(tmp_path, draw, flat_pages):
    path = tmp_path / "harrowmere.pdf"
    path.write_bytes(draw(flat_pages))
    paragraphs = ingest.read(path).paragraphs
    plain, framed = ingest.draw_page(path, 2, ()), ingest.draw_page(path, 2, paragraphs)
    assert plain.size == framed.size
    assert plain.tobytes() != framed.tobytes()
    with pytest.raises(ValueError, match="no page 4"):
        ingest.draw_page(path, 4, paragraphs)


@pytest.mark.parametrize(
    ("printed", "name", "status"),
    [
        ("Lead inspector: Ada Sample, His Majesty’s Inspector", "Ada Sample", "read"),
        ("Lead inspector Ada Sample, His Majesty’s Inspector", "Ada Sample", "read"),
        ("Lead inspector – Ada O’Sample-Jones HMI", "Ada O’Sample-Jones", "read"),
        (
            "Lead inspectors: Ada Sample and Bo Other, His Majesty’s Inspectors",
            "Ada Sample and Bo Other",
            "read",
        ),
        ("Lead inspectors: Ada Sample, HMI, and Bo Other, HMI", "Ada Sample and Bo Other", "read"),
        ("Lead inspector: Ada Sample, Regional Inspection Manager", "Ada Sample", "read"),
        ("Lead inspector: to be confirmed", None, "not_read"),
        ("Led by a team of six", None, "not_printed"),
    ],
)
def test_lead_inspectors_as_they_may_be_printed(draw, flat_pages, printed, name, status):
    usual = "Lead inspector: Ada Sample, His Majesty’s Inspector"
    first = [(x, y, words.replace(usual, printed), size, bold) for x, y, words, size, bold in flat_pages[0]]
    document = ingest.read_bytes(draw([first, *flat_pages[1:]]), "x.pdf")
    found = next(reading.status for reading in document.readings if reading.field == "lead_inspector")
    assert (document.lead_inspector, found) == (name, status)


@pytest.mark.parametrize(
    ("printed", "kind", "stays"),
    [
        ("4 to 6 March 2024 and 10 to 13 June 2024", "short", 2),
        ("4 to 15 March 2024 and 10 to 13 June 2024", "standard", 2),
        ("4 to 15 March 2024", "standard", 1),
    ],
)
def test_an_inspection_that_was_paused_is_of_the_kind_of_its_days_on_site(
    draw, flat_pages, printed, kind, stays
):
    dates = "Inspection dates: 4 to 8 March 2024"
    first = [
        (x, y, words.replace(dates, f"Inspection dates: {printed}"), size, bold)
        for x, y, words, size, bold in flat_pages[0]
    ]
    document = ingest.read_bytes(draw([first, *flat_pages[1:]]), "x.pdf")
    assert document.kind == kind
    assert document.inspected_from == date(2024, 3, 4)
    assert any(f"in {stays} stays" in words for words in document.certificate.remarks) == (stays > 1)
    assert any("to 13 June 2024." in words for words in document.certificate.remarks) == (stays > 1)
