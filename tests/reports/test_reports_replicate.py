"""Published shares of good and outstanding authorities are rebuilt as they stood on the day."""

from datetime import date

import pytest

from corpus.authorities import Authority
from reports.replicate import Published, load_published, replicate


def authority(code: str, region: str, **more: object) -> Authority:
    return Authority(code, None, None, code, (), None, region, None, (), **more)  # type: ignore[arg-type]


REGISTER = (
    authority("X01", "North East"),
    authority("X02", "North East"),
    authority("X03", "London"),
    authority("X04", "North East", abolished="2021-04-01"),
    authority("X05", "North East", sample=True),
)


def published(as_at: str, region: str | None = None, percent: int = 50) -> Published:
    return Published(date.fromisoformat(as_at), "overall", region, percent, "made up")


@pytest.fixture
def england(shelf):
    shelf.add("X01", "2016-05-01", judgements={"overall": "inadequate"}, published="2016-07-01")
    shelf.add("X01", "2019-03-01", judgements={"overall": "good"}, published="2019-05-01")
    shelf.add("X02", "2018-03-01", judgements={"overall": "requires_improvement"})
    shelf.add("X02", "2019-03-01", judgements={}, kind="focused_visit")
    shelf.add("X03", "2018-03-01", judgements={"overall": "outstanding"})
    shelf.add("X04", "2017-03-01", judgements={"overall": "good"})
    shelf.add("X05", "2017-03-01", judgements={"overall": "outstanding"})
    return shelf.connection


@pytest.mark.parametrize(
    ("as_at", "region", "good", "n"),
    [
        ("2019-08-31", None, 3, 4),  # X01 has become good; X04 still stands; the invented one is left out
        ("2019-04-30", None, 2, 4),  # the good report of X01 was not out yet
        ("2019-08-31", "London", 1, 1),
        ("2022-03-31", "North East", 1, 2),  # X04 is abolished
        ("2012-03-31", None, 0, 0),
    ],
)
def test_the_latest_full_inspection_known_on_the_day_counts(england, as_at, region, good, n):
    [found] = replicate(england, REGISTER, [published(as_at, region)])
    assert (found.ours.part, found.ours.whole) == (good, n)


def test_the_difference_is_in_percentage_points(england):
    [found] = replicate(england, REGISTER, [published("2019-08-31", percent=60)])
    assert (found.percent, found.difference, found.authorities) == (75.0, 15.0, 3)


def test_nothing_to_count_is_no_share(england):
    [found] = replicate(england, REGISTER, [published("2012-03-31")])
    assert (found.percent, found.difference) == (None, None)


def test_every_published_figure_names_its_source():
    assert all("Ofsted" in figure.source for figure in load_published())
