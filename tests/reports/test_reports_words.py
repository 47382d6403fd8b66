"""How dates, shares and counts are written."""

from datetime import date

import pytest

from reports.filters import citation, share
from reports.records import Passage, Share, Source
from reports.tables import dictionary
from reports.tally import share as share_of
from reports.tally import wilson
from reports.wording import date_range, long_date, number, percent, plural, printed_day, scheme_of, wording

SOURCE = Source(
    "0" * 16,
    "X01",
    None,
    None,
    "Northby",
    None,
    "ilacs",
    "short",
    date(2023, 9, 4),
    date(2023, 9, 8),
    None,
    None,
    "a",
)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2023, 9, 4), date(2023, 9, 15), "4 to 15 September 2023"),
        (date(2023, 9, 25), date(2023, 10, 6), "25 September to 6 October 2023"),
        (date(2023, 12, 27), date(2024, 1, 5), "27 December 2023 to 5 January 2024"),
        (date(2023, 9, 4), None, "4 September 2023"),
        (None, None, "date not known"),
    ],
)
def test_dates_are_written_as_the_field_writes_them(
    first: date | None, last: date | None, written: str
) -> None:
    assert date_range(first, last) == written


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(0, 9, "0%"), (9, 9, "100%"), (1, 400, "1%"), (399, 400, "99%"), (12, 19, "63%"), (0, 0, "no share")],
)
def test_a_share_is_nought_or_a_hundred_only_when_it_is_exactly_that(
    part: int, whole: int, written: str
) -> None:
    assert percent(part, whole) == written


def test_wilson_interval_of_twelve_in_nineteen() -> None:
    assert wilson(12, 19) == pytest.approx((0.4104, 0.8085), abs=5e-4)


def test_wilson_interval_stays_within_bounds_at_the_ends() -> None:
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


def test_a_share_of_few_paragraphs_has_no_per_cent() -> None:
    assert share(share_of(3, 4)) == "3 of 4 (too few for a share)"
    assert share(share_of(12, 19)) == "12 of 19 (63%; interval 41% to 81%)"
    assert share(Share(0, 0, None, None)) == "no finding"


@pytest.mark.parametrize(
    ("page_from", "page_to", "paragraph", "role", "ending"),
    [
        (4, 4, 12, "finding", "paragraph 12, page 4"),
        (4, 5, 12, "finding", "paragraph 12, pages 4 to 5"),
        (2, 2, None, "improvement", "what needs to improve, page 2"),
        (None, None, 7, "finding", "paragraph 7, no page (text file)"),
    ],
)
def test_a_citation_leads_back_to_the_page(
    page_from: int | None, page_to: int | None, paragraph: int | None, role: str, ending: str
) -> None:
    passage = Passage(SOURCE, "p", paragraph, 9, page_from, page_to, 0, 4, "Good", role, "strength", ())
    assert citation(passage) == f"Northby, 4 September 2023, {ending}"


def test_numbers_and_plurals() -> None:
    assert [number(v) for v in (1250.0, 25.43, 0, None)] == ["1,250", "25.43", "0", "not stated"]
    assert plural(1, "weakness", "weaknesses") == "1 weakness"
    assert plural(2, "report") == "2 reports"
    assert long_date(date(2023, 9, 4)) == "4 September 2023"


@pytest.mark.parametrize(
    ("iso", "written"),
    [("2017-11-07", "7 November 2017"), ("2014-04", "April 2014"), ("2013", "2013")],
)
def test_dates_of_indicators_are_as_exact_as_they_were_printed(iso: str, written: str) -> None:
    assert printed_day(iso) == written


def test_no_overall_judgement_is_due_after_april_2026() -> None:
    before, after = scheme_of("ilacs", date(2026, 4, 20)), scheme_of("ilacs", date(2026, 5, 11))
    assert before is not None and "overall" in before.areas
    assert after is not None and "overall" not in after.areas


def test_every_area_of_a_scheme_has_a_name() -> None:
    assert {area for scheme in wording().schemes for area in scheme.areas} <= wording().area.keys()


def test_the_dictionary_knows_four_origins() -> None:
    assert {origin for origin, _ in dictionary().values()} == {"key", "printed", "derived", "coded"}
