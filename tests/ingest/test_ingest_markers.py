"""Raised numbers are taken out of the text where they lead to a footnote, and never without a word."""

import pytest

import ingest
from corpus.model import Document, Paragraph
from ingest.blocks import build_blocks
from ingest.layouts import layouts
from ingest.lines import Line
from ingest.markers import settle_markers
from ingest.numbering import Numbering
from ingest.plain import read_text_lines

NOTE = [(70.9, 775, "4", 6.5, False), (77.0, 777, "Counted by the council itself.", 10, False)]


def findings(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.number is not None]


def notes(document: Document) -> list[Paragraph]:
    return [paragraph for paragraph in document.paragraphs if paragraph.role == "note"]


def unanswered(document: Document) -> list[str]:
    return [remark for remark in document.certificate.remarks if "no footnote" in remark]


@pytest.fixture
def read(draw, flat_pages):
    """Read the report of Harrowmere with other words at the head of its last page."""

    last = flat_pages[2]

    def make(*drawn: tuple[float, float, str, float, bool]) -> Document:
        return ingest.read_bytes(draw([*flat_pages[:2], [*last[:3], *drawn, *last[4:]]]), "x.pdf")

    return make


def test_a_marker_behind_a_year_leaves_the_year(read):
    year = (99.3, 96, "should. It was 12 at 31 March 2023", 12, False)
    document = read(year, (286.0, 95, "4", 6.5, False), *NOTE)
    assert findings(document)[2].endswith("It was 12 at 31 March 2023")
    assert [note.text for note in notes(document)][-1] == "Counted by the council itself."
    assert document.certificate.placed == document.certificate.characters
    assert not unanswered(document)


def test_a_marker_without_a_footnote_is_named(read):
    document = read((99.3, 96, "should in the area", 12, False), (194.7, 95, "4", 6.5, False))
    assert findings(document)[2].endswith("should in the area")
    assert unanswered(document) == [
        "A raised 4 stands behind a word on page 3, and no footnote has this number."
    ]


def test_small_figures_that_stand_alone_stay_in_the_text(read):
    document = read((99.3, 96, "should. Of all", 12, False), (180.0, 98, "14", 8, False))
    assert findings(document)[2].endswith("should. Of all 14")
    assert document.certificate.placed == document.certificate.characters


def test_a_footnote_under_a_hyphen_at_the_end_of_the_page_is_no_part_of_the_word(draw, flat_pages):
    _, second, third = flat_pages
    hyphen = [
        (x, y, "3. Visits follow a decision-" if y == 760 else words, s, b) for x, y, words, s, b in second
    ]
    goes_on = [(x, y, "making panel." if y == 96 else words, s, b) for x, y, words, s, b in third]
    document = ingest.read_bytes(draw([flat_pages[0], hyphen, goes_on]), "x.pdf")
    assert findings(document)[2] == "Visits follow a decision-making panel."
    assert [note.text for note in notes(document)] == ["Set out in guidance for the whole country."]


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("lives in the area⁴", "lives in the area"),
        ("at the end of 2014⁴.", "at the end of 2014."),
        ("a park of 3 km²", "a park of 3 km2"),
        ("under the age of ¹⁸ years", "under the age of 18 years"),
        ("lives in the area ⁴ and beyond", "lives in the area and beyond"),
        ("lives in the area⁹", "lives in the area"),  # and the certificate says so
    ],
)
def test_what_is_left_of_a_line_with_raised_digits(printed, left):
    lines = [*read_text_lines(printed), *read_text_lines("⁴ Counted by the council.")]
    settled, remarks = settle_markers(lines, {1: [1]})
    assert settled[0].text == left
    assert bool(remarks) == printed.endswith("⁹")


def test_slanted_words_behind_a_marker_go_on_with_the_line() -> None:
    line = Line("• two live in schools", page=2, top=96, bottom=108, x0=116, x1=317, size=12)
    marker = Line("4", page=2, top=94, bottom=102, x0=317, x1=321, size=8)
    rest = Line(", far from the area", page=2, top=96, bottom=108, x0=321, x1=500, size=12, slanted=True)
    note = Line("4 Counted by the council.", page=2, top=770, bottom=780, x0=71, x1=300, size=6.5)
    lines, _ = settle_markers([line, marker, rest, note], {3: [3]})
    blocks = build_blocks(lines, {3: [3]}, Numbering({}), layouts()[0])
    assert [(block.kind, block.text) for block in blocks] == [
        ("item", "two live in schools, far from the area"),
        ("note", "Counted by the council."),
    ]
