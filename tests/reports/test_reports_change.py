"""What became of earlier weaknesses, where the words differ and where the evidence does not decide."""

import pytest

from reports.brief import build_briefing
from reports.likeness import load_likeness
from reports.records import Progress

FILLER = tuple(
    (
        f"Reports to the council’s committee number {place} list spending on buildings and cars.",
        "workforce",
        "strength",
    )
    for place in range(30)
)


def progress(shelf, earlier, later) -> Progress:
    shelf.add("X01", "2019-01-10", findings=(*earlier, *FILLER[:2]))
    shelf.add("X01", "2023-01-10", findings=(*later, *FILLER))
    found = build_briefing(shelf.connection, "X01").progress
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said_before", "said_later", "valence", "change"),
    [
        (
            "Return home interviews are not always timely when children go missing.",
            "Children who go missing are offered timely return home interviews.",
            "strength",
            "resolved",
        ),
        (
            "Return home interviews are not always timely when children go missing.",
            "Too many return home interviews are late for children who go missing.",
            "weakness",
            "persisting",
        ),
        (
            "Return home interviews are not always timely when children go missing.",
            "The number of adopters has grown.",
            "strength",
            "no_later_mention",
        ),
    ],
)
def test_the_fate_of_an_earlier_weakness(
    shelf, said_before: str, said_later: str, valence: str, change: str
) -> None:
    found = progress(shelf, [(said_before, "front_door", "weakness")], [(said_later, "front_door", valence)])
    (point,) = [p for p in found.points if p.earlier is not None and p.earlier.valence == "weakness"]
    assert point.change == change
    assert point.confidence >= 0.75


def test_every_earlier_point_has_one_fate_and_the_counts_add_up(full_shelf) -> None:
    found = build_briefing(full_shelf.connection, "X01").progress
    assert found is not None
    assert sum(count.count for count in found.counts) == found.counts[0].total
    assert len(found.points) == found.counts[0].total + found.arising[0].total
    assert set(found.shown) <= set(found.points)


def test_words_of_like_meaning_lie_near_each_other() -> None:
    near = load_likeness().vectors(
        [
            "Too many changes of social worker",
            "High turnover of staff affects relationships",
            "Dental checks are delayed",
        ]
    )
    assert near[0] @ near[1] > near[0] @ near[2]


def test_a_text_of_unknown_words_is_like_nothing() -> None:
    assert not load_likeness().vectors(["Xyzzy qwrt"]).any()
