"""Times as printed, and the days that they name."""

import pytest

from extract.times import find_periods, last_day


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("31 March 2014", "2014-03-31"),
        ("20th January 2015", "2015-01-20"),
        ("March 31 2017", "2017-03-31"),
        ("31 March, 2013", "2013-03-31"),
        ("December 2014", "2014-12"),
        ("2016", "2016"),
        ("31 February 2014", None),
        ("18 November", None),
    ],
)
def test_a_date_is_as_precise_as_it_is_printed(printed: str, day: str | None) -> None:
    assert last_day(printed) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the year to 31 March 2015", "2014-04-01", "2015-03-31"),
        ("between October and December 2014", "2014-10-01", "2014-12-31"),
        ("1 June 2014 to 31 May 2015", "2014-06-01", "2015-05-31"),
        ("in 2011–14", "2011-04-01", "2014-03-31"),
        ("in 2013–4", "2013-04-01", "2014-03-31"),
        ("between 2011–12 and 2013–14", "2011-04-01", "2014-03-31"),
        ("in GCSEs between 2012/13 and 2014/15", "2012-09-01", "2015-08-31"),
        ("from 2010 until 2012", "2010-04-01", "2012-03-31"),
        ("in the academic year 2015–16", "2015-09-01", "2016-08-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
        ("over the past six months", None, None),
        ("at the time of the inspection", None, None),
    ],
)
def test_a_time_names_its_first_and_last_day(text: str, first: str | None, last: str | None) -> None:
    (period,) = find_periods(text, 0, len(text))
    assert (period.first, period.last) == (first, last)
    assert text[period.start : period.end] == period.printed
