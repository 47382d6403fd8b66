"""What the timeline of an authority shows."""

import re
from itertools import pairwise

import pytest

from reports.judgements import judgements_side_by_side
from reports.site_timeline import draw_timeline
from reports.sources import load_sources, of_authority


def timeline(shelf, la_code="X01"):
    own = of_authority(load_sources(shelf.connection), la_code)
    return draw_timeline(judgements_side_by_side(shelf.connection, own))


def marks(picture):
    """Where each mark stands, and its letters."""
    return [
        (float(x), letters)
        for x, letters in re.findall(
            r'<text x="([\d.]+)" y="\d+" text-anchor="middle"[^>]*>([^<]+)<', picture
        )
    ]


def test_grades_stand_in_the_order_of_time_by_their_letters(shelf):
    shelf.add("X01", "2014-03-04", judgements={"overall": "inadequate"}, framework="sif", kind="inspection")
    shelf.add("X01", "2019-03-04", judgements={"overall": "requires_improvement"})
    shelf.add("X01", "2023-03-04", judgements={"overall": "good"})
    shown = timeline(shelf)
    assert [letters for _, letters in sorted(marks(shown.picture))] == ["I", "RI", "G"]
    assert dict(shown.key)["RI"] == "Requires improvement to be good"


def test_a_dashed_line_stands_where_the_judgements_change(shelf):
    shelf.add("X01", "2019-03-04", judgements={"overall": "good"})
    shelf.add("X01", "2021-03-04", judgements={"overall": "good"})
    assert timeline(shelf).picture.count('stroke-dasharray="4 3"') == 0
    shelf.add("X01", "2023-03-04", judgements={"overall": "good"})
    assert timeline(shelf).picture.count('stroke-dasharray="4 3"') == 1


def test_a_visit_without_grades_has_a_row_of_its_own(shelf):
    shelf.add("X01", "2019-03-04", judgements={"overall": "good"})
    shelf.add("X01", "2020-03-04", kind="focused_visit")
    assert timeline(shelf).picture.count("<circle") == 1


@pytest.mark.parametrize("count", [1, 2, 9, 30])
def test_marks_never_leave_the_picture_nor_cover_one_another_while_there_is_room(shelf, count):
    for place in range(count):
        shelf.add("X01", f"2024-01-{place + 1:02d}", judgements={"overall": "good"}, kind="standard")
    places = [x for x, _ in marks(timeline(shelf).picture)]
    assert len(places) == count
    assert min(places) >= 290
    assert max(places) <= 742
    gaps = [later - earlier for earlier, later in pairwise(places)]
    assert all(gap >= (31 if count < 10 else 10) for gap in gaps)


def test_without_a_date_there_is_no_timeline(shelf):
    shelf.add("X01", None, judgements={"overall": "good"}, published=None)
    assert timeline(shelf) is None


def test_a_grade_nobody_foresaw_is_shown_by_its_first_letters(shelf):
    shelf.add("X01", "2030-03-04", judgements={"overall": "secure"})
    assert [letters for _, letters in marks(timeline(shelf).picture)] == ["SE"]
