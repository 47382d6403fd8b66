"""What a PDF that opens without complaint may have lost all the same, and how that is noticed."""

from dataclasses import replace

import pytest

from corpus.model import Paragraph
from ingest.contents import look_into, page_objects
from ingest.garbled import find_garbled
from ingest.lines import Line
from ingest.paging import find_lost_pages

PROSE = (
    "Most children are seen quickly by a social worker who knows them, and their plans are kept up to date."
)


def feet(*numbers: int | None) -> list[Line]:
    """The foot of each page, with its printed number or without one."""
    title = "Inspection of Harrowmere, 4 to 8 March"
    lines = [Line(f"{title} {number}" if number else title, page) for page, number in enumerate(numbers, 1)]
    return [Line("Harrowmere", page) for page in range(1, len(numbers) + 1)] + lines


@pytest.mark.parametrize(
    ("numbers", "lost"),
    [
        ((1, 2, 3, 4, 5), []),
        ((None, 2, 3, 4, 5), []),  # a title page
        ((None, None, 1, 2, 3, None), []),  # older reports, whose last page may be bare
        ((None, 2, 3, 5, 6), ["1 of the pages, printed number 4"]),
        ((1, 2, 5, 6, 7), ["2 of the pages, printed numbers 3 to 4"]),
        ((4, 5, 6), ["3 of the pages before page 1, by its printed number"]),
        ((1, 2, None, 4, 5), ["page 3: its printed number, and what may be lost with it"]),
        ((1, 2, 3, 33, 5, 6), []),  # a misprint
        ((1, 2), []),  # too few to tell
    ],
)
def test_printed_numbers_of_pages_tell_of_those_that_are_missing(numbers, lost):
    assert list(find_lost_pages(feet(*numbers))) == lost


def test_a_page_out_of_order_is_named():
    assert list(find_lost_pages(feet(1, 2, 3, 6, 7, 4, 5))) == ["page 6: its place; its printed number is 4"]


@pytest.mark.parametrize("second", [(1, 2, 3, 4), (None, 2, 3, 4)])
def test_two_documents_in_one_number_their_pages_each(second):
    assert not list(find_lost_pages(feet(1, 2, 3, 4, *second)))


def prose(text: str, role: str = "finding") -> Paragraph:
    return Paragraph(1, 1, None, role, text, 4, 4)


def test_letters_taken_for_others_are_no_prose():
    shifted = "".join(chr(ord(letter) + 1) if letter.isalpha() else letter for letter in PROSE)
    assert list(find_garbled([prose(shifted)])) == ["page 4: words whose letters are mixed up"]


def test_doubled_letters_that_are_missing_on_a_whole_page_are_noticed():
    whole = "All assessments and plans will be seen by staff who support children well. " * 9
    once = (
        whole.replace("ll", "l").replace("ss", "s").replace("ee", "e").replace("ff", "f").replace("pp", "p")
    )
    assert not list(find_garbled([prose(whole)]))
    assert list(find_garbled([prose(once)])) == ["page 4: words whose letters are mixed up"]


def test_a_few_lines_of_another_font_whose_letters_are_mixed_up_are_noticed():
    mixed = f"{PROSE} Tpdjbm xpslfst tff uijt rvjdlmz. {PROSE}"
    pages = [replace(prose(mixed), page_from=page) for page in (3, 3, 5)]
    assert list(find_garbled(pages)) == [f"page {page}: words whose letters are mixed up" for page in (3, 5)]


CHANGED = (
    "Social workErs know chiLdren well. Visits are timEly. Plans are cleAr. ManaGers reCord why. "
    "StafF suppo2t ch9ldren and fami3ies. Care leavers are prouD of theIr homes."
)


def test_letters_changed_here_and_there_are_noticed():
    pages = [replace(prose(PROSE), page_from=3), prose(f"{PROSE} {CHANGED}")]
    assert list(find_garbled(pages)) == ["page 4: words whose letters are mixed up"]


def test_a_service_spelt_in_its_own_way_is_no_fault_however_often_it_is_named():
    own = "Young people value MoonBase, HarrowLink and Care4all; ‘MoonBase’ (MoonBase’s lunch) is best. "
    assert not list(find_garbled([prose(f"{PROSE} {own * 5}")]))


@pytest.mark.parametrize(
    "paragraph",
    [
        prose(PROSE),
        prose(
            "Iraqi and Oxfordshire emphasise Krzysztof; ask jo_v@example.gov.uk, or www.x.org/?a=b+c_d " * 5
        ),
        prose(
            "Team inspectors: Ada Sample, Bo Example, Cy Person, Di Nobody, Ed Anyone, Flo Someone", "note"
        ),
        prose("Xqzv kkjw."),
    ],
)
def test_prose_names_and_short_pieces_are_left_alone(paragraph):
    assert not list(find_garbled([paragraph]))


def packed(content: bytes) -> bytes:
    return b"4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(content), content)


@pytest.mark.parametrize(
    ("content", "unfinished"),
    [
        (b"q BT /F1 9 Tf (a) Tj ET Q", False),
        (b"/P BDC BT /F1 9 Tf (a ET b BT c BT d) Tj ET EMC", False),
        (b"BT /F1 9 Tf (a) Tj", True),
        (b"/P BDC BT /F1 9 Tf (a) Tj ET", True),
        (b"q BT /F1 9 Tf (a) Tj ET", True),
    ],
)
def test_what_a_page_draws_is_finished_or_was_cut_off(content, unfinished):
    assert look_into(packed(content)).unfinished is unfinished


def test_a_page_may_draw_in_several_streams():
    assert not look_into(packed(b"q BT /F1 9 Tf (a) Tj") + packed(b"BT /F1 9 Tf ET ET Q")).unfinished


def test_pages_are_counted_once_whatever_versions_of_them_lie_in_the_file():
    structure = (
        b"3 0 obj\n<</Type/Page>>\nendobj\n5 0 obj\n<</Type /Pages>>\nendobj\n3 0 obj\n<</Type /Page>>\n"
    )
    assert list(page_objects(structure)) == [3, 3]


def test_pages_in_a_stream_of_objects_are_found():
    heads, first, second = b"7 0 8 16 ", b"<</Type /Page>> ", b"<</Type /Pages>>"
    stream = b"9 0 obj\n<< /Type /ObjStm /N 2 /First %d >>\nstream\n%s\nendstream\n" % (
        len(heads),
        heads + first + second,
    )
    assert look_into(stream).pages == {7}
