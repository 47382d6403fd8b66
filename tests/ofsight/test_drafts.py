"""What a PDF draft says is read over the ends of its pages too."""

import pytest

from ingest.lines import Line
from ingest.pdf import Page
from ofsight.drafts import arrange
from reports.blocks import Text

RIGHT = 540.0  # where the text ends
SHORT = 300.0


def page(number: int, *lines: Line) -> Page:
    """A page with running text at its foot, as drafts have."""
    foot = line(number, f"Page {number} of 2", 800.0, size=8.0)
    return Page(number, 595.0, 842.0, (*lines, foot), 100, 1)


def line(number: int, text: str, top: float, *, x0: float = 45, x1: float = RIGHT, size: float = 9.0) -> Line:
    return Line(text, number, top, top + size, x0, x1, size)


def over_the_page(
    before: str, after: str, *, x1: float = RIGHT, x0: float = 45, size: float = 9.0
) -> list[str]:
    """The paragraphs of a draft in which one line ends a page and the other begins the next."""
    opening = line(1, "Northby was inspected twice, and what was found is told below.", 60)
    pages = (
        page(1, opening, line(1, before, 780, x1=x1, size=size)),
        page(2, line(2, after, 40, x0=x0, x1=SHORT, size=size)),
    )
    return [block.text for block in arrange(pages) if isinstance(block, Text)][1:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Of the points of the inspection of 16", "to 27 September 2019 five are resolved."),
        ("What was found on 16 to 27", "September 2019 is set beside what was found later."),
        ("Young people between 16 and", "17 years old wait too long."),
        ("“Plans are clear. Families understand them.", "They are kept for 16 weeks.” Northby, 11 May 2026"),
    ],
)
def test_a_sentence_or_a_quotation_goes_on_over_the_page(before: str, after: str) -> None:
    assert over_the_page(before, after) == [f"{before} {after}"]


def test_a_word_with_a_hyphen_goes_on_over_the_page() -> None:
    assert over_the_page("Homes for 16-", "year-olds are few.") == ["Homes for 16-year-olds are few."]


def test_an_item_of_a_list_goes_on_over_the_page_behind_its_bullet() -> None:
    before, after = "• “Plans are clear.” Northby, 16", "September 2019, paragraph 4, page 2"
    assert over_the_page(before, after, x0=53) == [f"{before[2:]} {after}"]
    assert over_the_page(before, after, x0=45) == [before[2:], after]


@pytest.mark.parametrize(
    ("before", "after", "x1"),
    [
        ("Northby was inspected in 2016.", "Eastwick was inspected in 2017.", RIGHT),
        ("Theme: care leavers 16", "Managers check 12 cases each month.", SHORT),
        ("Care leavers 11 16", "Managers check 12 cases each month.", RIGHT),
        ("Northby was inspected in 2016", "• Plans are clear", RIGHT),
    ],
)
def test_what_is_ended_stays_apart(before: str, after: str, x1: float) -> None:
    assert over_the_page(before, after, x1=x1) == [before, after.removeprefix("• ")]


def test_a_cell_that_is_cut_by_the_end_of_a_page_is_a_quotation_cut_short() -> None:
    pages = (
        page(
            1,
            line(1, "Northby was inspected twice, and what was found is told below.", 60),
            line(1, "“The response to children who are aged 16", 780, x0=140, x1=330, size=7.5),
        ),
        page(
            2,
            line(2, "The table goes on with the other half", 40, size=8.5),
            line(2, "and 17 years is slow.” Northby, 11 May 2026", 60, x0=140, x1=330, size=7.5),
        ),
    )
    assert [block.text for block in arrange(pages)][1:] == [
        "“The response to children who are aged 16 [...]”",
        "“[...] and 17 years is slow.” Northby, 11 May 2026",
    ]
