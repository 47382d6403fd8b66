"""What became of earlier weaknesses, where the words differ and where the evidence does not decide."""

from dataclasses import replace

import pytest

from reports.blocks import Table
from reports.brief import build_briefing
from reports.deciding import Signs, weigh, weights
from reports.fates import Changed, Progress
from reports.likeness import load_likeness
from reports.page_reader import read_html
from reports.render import html

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


def points_of(shelf) -> tuple[Changed, ...]:
    found = build_briefing(shelf.connection, "X01").progress
    return found.points if found else ()


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
    ],
)
def test_the_fate_of_an_earlier_weakness(
    shelf, said_before: str, said_later: str, valence: str, change: str
) -> None:
    found = progress(shelf, [(said_before, "front_door", "weakness")], [(said_later, "front_door", valence)])
    (point,) = [p for p in found.points if p.earlier is not None and p.earlier.valence == "weakness"]
    assert point.change == change
    assert point.confidence >= 0.75


LATE = "Health assessments of children who come into care are too often late."


def test_a_later_weakness_reverses_an_earlier_strength(shelf) -> None:
    before = ("Health assessments of children who come into care are on time.", "health", "strength")
    shelf.add("X01", "2019-01-10", findings=(before, *FILLER))
    shelf.add("X01", "2023-01-10", findings=((LATE, "health", "weakness"), *FILLER[:2]))
    assert [point.change for point in points_of(shelf)] == ["reversed"]


@pytest.mark.parametrize(
    ("named", "weak_in", "other_in", "change"),
    [
        (True, "2019-01-10", "2023-01-10", "no_later_mention"),
        (True, "2023-01-10", "2019-01-10", "new"),
        (False, "2019-01-10", "2023-01-10", "unclear"),
        (False, "2023-01-10", "2019-01-10", "unclear_new"),
    ],
)
def test_a_report_is_silent_on_a_thing_that_it_never_names(
    shelf, named: bool, weak_in: str, other_in: str, change: str
) -> None:
    """Where the point names nothing, the other report may say the same in other words."""
    weak = ("Health assessments are late, and health assessments are poor.", "health", "weakness")
    other = ("The number of adopters has grown.", "health", "strength")
    key = shelf.add("X01", weak_in, findings=(weak, *FILLER[:2]))
    shelf.add("X01", other_in, findings=(other, *FILLER))
    if named:
        shelf.connection.executemany(
            "INSERT INTO mention VALUES (?, ?, ?, 'plan', 'health assessments', 'plan/health')",
            [(f"{key}-0001", start, start + 18) for start in (0, 33)],
        )
    assert [point.change for point in points_of(shelf)] == [change]


def test_the_passage_beside_a_point_stands_in_a_paragraph_that_is_about_it(shelf) -> None:
    weak = "Too few children in care have life-story work to help them understand their history."
    aside = (
        "Photographs of trips add to life-story work for children in care. "
        "Brothers and sisters live together. Carers are paid on time."
    )
    about = (
        "Life-story work is strong. Children are helped to understand their history through direct work. "
        "Children in care know why they do not live at home and have an account of their life."
    )
    later = [(aside, "front_door", "strength"), (about, "front_door", "strength")]
    found = progress(shelf, [(weak, "front_door", "weakness")], later)
    (point,) = [p for p in found.points if p.earlier is not None and p.earlier.text == weak]
    assert point.later is not None
    assert point.later.text in about


def test_a_passage_beside_a_point_is_quoted_as_far_as_it_takes_itself_back(shelf) -> None:
    late = "Return home interviews are not always timely when children go missing."
    now = "Children who go missing are offered timely return home interviews."
    but = "However, few children take them up."
    shelf.add("X01", "2019-01-10", findings=((late, "front_door", "weakness"), *FILLER[:2]))
    shelf.add("X01", "2023-01-10", findings=((f"{now} {but}", "front_door", "strength"), *FILLER))
    shelf.connection.execute("UPDATE sentence SET valence = 'weakness' WHERE start > 0")
    (point,) = [p for p in points_of(shelf) if p.earlier is not None and p.earlier.text == late]
    assert point.change == "resolved"
    assert point.later is not None
    assert point.later.text == f"{now} {but}"
    assert point.later.finds == "mixed"


def test_every_earlier_point_has_one_fate_and_the_counts_add_up(full_shelf) -> None:
    found = build_briefing(full_shelf.connection, "X01").progress
    assert found is not None
    assert sum(count.count for count in found.counts) == found.counts[0].total
    assert len(found.points) == found.counts[0].total + found.arising[0].total
    assert set(found.shown) <= set(found.points)


def test_a_point_for_a_board_that_the_later_report_does_not_judge_is_not_followed(shelf) -> None:
    before = ("The board’s audits of return home interviews are too few.", "front_door", "weakness")
    after = ("Audits of return home interviews are many and lead to change.", "front_door", "strength")
    shelf.add("X01", "2016-01-10", framework="sif", findings=(before, *FILLER[:2]))
    shelf.add("X01", "2023-01-10", findings=(after, *FILLER))
    assert [p.change for p in points_of(shelf) if p.earlier] == ["resolved"]
    shelf.connection.execute(
        "INSERT INTO section (document_id, id, heading, area, role, position)"
        " SELECT id, 1, 'The board', 'lscb', 'finding', 0 FROM document WHERE framework = 'sif'"
    )
    shelf.connection.execute("UPDATE paragraph SET section_id = 1 WHERE text = ?", (before[0],))
    assert [p.change for p in points_of(shelf) if p.earlier] == []


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


@pytest.mark.parametrize(
    "dangling",
    [
        "This has led to delays for some children who wait to be seen.",
        "As a result, too many children wait for a decision on their future.",
        "However, they are not always recorded in enough detail by managers.",
        "However, some young people have to wait for this help because there is too little of it.",
        "Services to care leavers in the county, including:",
    ],
)
def test_words_that_lean_on_the_sentence_before_are_no_point_to_follow(shelf, dangling: str) -> None:
    earlier = [(dangling, "front_door", "weakness"), ("Visits are often late.", "health", "weakness")]
    found = progress(shelf, earlier, [("Visits are now on time.", "health", "strength")])
    assert dangling not in {point.earlier.text for point in found.points if point.earlier}


def test_a_label_that_is_not_sure_enough_is_withheld_with_both_passages_shown(
    full_shelf, monkeypatch
) -> None:
    surest = dict.fromkeys(weights()["sure"], 1.0)
    monkeypatch.setattr("reports.change.weights", lambda: {**weights(), "sure": surest})
    found = build_briefing(full_shelf.connection, "X01").progress
    assert found is not None
    assert {point.change for point in found.points} == {"unclear", "unclear_new"}
    assert all(point.earlier and point.later for point in found.points)
    [held] = [count for count in found.counts if count.change == "unclear"]
    after = [point.later for point in found.points if point.change == "unclear"]
    assert 0 < held.strong == sum(passage.finds == "strength" for passage in after) < held.count


def test_a_label_withheld_says_what_the_passage_beside_it_finds(full_shelf, monkeypatch) -> None:
    surest = dict.fromkeys(weights()["sure"], 1.0)
    monkeypatch.setattr("reports.change.weights", lambda: {**weights(), "sure": surest})
    page = html(build_briefing(full_shelf.connection, "X01"))
    assert "(the later passage finds strength)" in page
    assert "(the later passage finds weakness)" in page
    assert "Not clear whether new: " in page


def test_later_weaknesses_come_after_all_earlier_points(full_shelf, monkeypatch) -> None:
    surest = dict.fromkeys(weights()["sure"], 1.0)
    monkeypatch.setattr("reports.change.weights", lambda: {**weights(), "sure": surest})
    found = build_briefing(full_shelf.connection, "X01").progress
    assert found is not None
    kinds = [point.change for point in found.points]
    assert kinds == sorted(kinds)
    assert set(kinds) == {"unclear", "unclear_new"}


def test_every_point_stands_in_the_web_page_and_the_most_pressing_on_paper(full_shelf, monkeypatch) -> None:
    monkeypatch.setattr("reports.change._SHOWN", 2)
    view = build_briefing(full_shelf.connection, "X01")
    assert view.progress is not None
    assert len(view.progress.points) > len(view.progress.shown)
    page = html(view)
    tables = [b for b in read_html(page) if isinstance(b, Table) and b.header[0] == "Label"]
    assert [len(table.rows) for table in tables] == [len(view.progress.shown), len(view.progress.points)]
    [paper] = [b for b in read_html(page, folded=False) if isinstance(b, Table) and b.header[0] == "Label"]
    assert len(paper.rows) == len(view.progress.shown)


def test_the_odds_of_a_point_add_up_and_follow_the_signs() -> None:
    strong = Signs(best=0.7, covered=0.8, unnamed=0.0, gap=0.4, leaning=0.9, weak=0.1)
    weak = replace(strong, gap=-0.4, leaning=0.1, weak=0.7)
    silent = replace(strong, best=0.1, covered=0.1, unnamed=0.6)
    for signs in (strong, weak, silent):
        odds = weigh(signs)
        assert odds.strength + odds.weakness + odds.silent == pytest.approx(1)
    assert weigh(strong).strength > 0.8
    assert weigh(weak).weakness > 0.8
    assert weigh(silent).silent > 0.8
