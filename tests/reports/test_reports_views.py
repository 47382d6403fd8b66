"""What a comparison and a briefing say about a small store."""

from datetime import date

import pytest

from corpus.errors import UnknownAuthorityError
from reports.brief import build_briefing
from reports.compare import build_comparison
from reports.judgements import judgements_side_by_side
from reports.records import Tally
from reports.render import markdown
from reports.sources import latest_full, load_sources


def test_each_authority_is_represented_by_its_latest_full_inspection(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01", "X02"])
    assert [(s.authority, s.date) for s in view.members] == [
        ("Northby", date(2026, 5, 11)),
        ("Marlow Vale", date(2024, 3, 4)),
    ]


def test_a_window_chooses_an_older_inspection(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01", "X02"], window=(None, date(2024, 12, 31)))
    assert view.members[0].date == date(2019, 9, 9)


@pytest.mark.parametrize(
    ("since", "chosen"), [(date(2024, 2, 1), date(2024, 1, 29)), (date(2024, 2, 10), None)]
)
def test_a_window_goes_by_the_last_day_on_site(shelf, since: date, chosen: date | None) -> None:
    shelf.add("X01", "2024-01-29", inspected_to="2024-02-09")
    found = latest_full(load_sources(shelf.connection), "X01", (since, None))
    assert (found.date if found else None) == chosen


def test_an_authority_without_a_report_is_named_and_left_out(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01", "X04"])
    assert view.without == ("Thornholme: the store holds no report.",)


def test_visits_and_send_inspections_are_never_compared(shelf) -> None:
    shelf.add("X01", "2022-01-10", framework="ilacs", kind="focused_visit")
    shelf.add("X01", "2023-01-10", framework="area_send", kind="inspection")
    assert latest_full(load_sources(shelf.connection), "X01") is None


def test_pdf_and_text_of_one_inspection_count_once(shelf) -> None:
    shelf.add("X01", "2022-01-10", media_type="text/plain")
    shelf.add("X01", "2022-01-10", media_type="application/pdf", source="a.pdf")
    (source,) = load_sources(shelf.connection)
    assert source.file == "a.pdf"


def test_the_three_states_of_a_missing_grade_are_kept_apart(shelf) -> None:
    document = shelf.add("X01", "2024-01-10", judgements={"leadership": "good"})
    shelf.connection.execute(
        "INSERT INTO reading VALUES (?, 'judgement.care_leavers', 'not_printed', NULL, NULL)", (document,)
    )
    shelf.add("X02", "2019-01-10", judgements={"overall": "good"})
    rows = {r.area: r for r in judgements_side_by_side(shelf.connection, load_sources(shelf.connection)).rows}
    assert [c.key for c in rows["care_leavers"].cells] == ["not_given", "not_printed"]
    assert [c.key for c in rows["children_in_care"].cells] == ["not_given", "not_read"]


def test_no_overall_judgement_is_invented_after_april_2026(full_shelf) -> None:
    rows = {r.area: r for r in build_briefing(full_shelf.connection, "X01").judgements.rows}
    assert [cell.key for cell in rows["overall"].cells] == ["requires_improvement", "not_given"]


def test_a_framework_break_is_marked(full_shelf) -> None:
    notes = " ".join(build_briefing(full_shelf.connection, "X01").judgements.notes)
    assert "different frameworks" in notes and "no overall" in notes


def test_findings_are_counted_by_theme(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01", "X02"])
    rows = {row.theme: row.tallies for row in view.themes}
    assert rows["front_door"] == (Tally(strength=2), Tally(mixed=1))
    assert rows["care_leavers"] == (Tally(weakness=1), Tally(strength=2))


def test_neighbours_without_a_report_are_named(full_shelf) -> None:
    full_shelf.connection.execute("INSERT INTO neighbour VALUES ('X01', 3, 'X04')")
    group = build_comparison(full_shelf.connection, ["X01"], against="neighbours").group
    assert group is not None
    assert [s.authority for s in group.sources] == ["Eastwick", "Marlow Vale"]
    assert group.without == ("Thornholme",)


@pytest.mark.parametrize(
    ("against", "names"),
    [
        ("region", ["Marlow Vale"]),
        ("england", ["Eastwick", "Marlow Vale"]),
        ("grade", []),
        (("X03",), ["Eastwick"]),
    ],
)
def test_one_authority_against_a_group(full_shelf, against, names: list[str]) -> None:
    group = build_comparison(full_shelf.connection, ["X01"], against=against).group
    assert group is not None
    assert [s.authority for s in group.sources] == names


@pytest.mark.parametrize(
    ("against", "window", "names", "without"),
    [
        ("region", None, [], ()),
        ("england", None, ["Eastwick"], ()),
        (("X02",), None, ["Marlow Vale"], ()),
        ("region", (None, date(2025, 1, 1)), ["Marlow Vale"], ("Thornholme",)),
    ],
)
def test_a_council_of_today_stands_beside_former_ones_only_where_they_are_meant(
    full_shelf, against, window, names: list[str], without: tuple[str, ...]
) -> None:
    """Former councils and the invented ones of the samples are no council of today."""
    full_shelf.connection.execute("UPDATE authority SET current = 1 WHERE la_code IN ('X01', 'X03')")
    full_shelf.connection.execute("DELETE FROM neighbour WHERE neighbour = 'X02'")
    group = build_comparison(full_shelf.connection, ["X01"], against=against, window=window).group
    assert group is not None
    assert [s.authority for s in group.sources] == names
    assert group.without == without


def test_a_group_of_several_frameworks_says_so(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01"], against="england")
    assert view.group_frameworks[0].startswith("Frameworks in this comparison: ")
    assert view.group_frameworks[0].count("1 report") == 3
    full_shelf.connection.execute("DELETE FROM document WHERE inspected_from = '2026-05-11'")
    full_shelf.connection.execute("DELETE FROM document WHERE la_code = 'X02'")
    assert build_comparison(full_shelf.connection, ["X01"], against="england").group_frameworks == ()


def test_a_comparison_needs_something_to_compare(full_shelf) -> None:
    with pytest.raises(ValueError, match="two authorities"):
        build_comparison(full_shelf.connection, ["X01"])
    with pytest.raises(ValueError, match="neighbours, region, grade, england"):
        build_comparison(full_shelf.connection, ["X01"], against="planet")  # type: ignore[arg-type]


def test_an_unknown_code_is_refused(full_shelf) -> None:
    with pytest.raises(UnknownAuthorityError):
        build_briefing(full_shelf.connection, "Z99")


def test_quotations_are_slices_of_the_paragraph(full_shelf) -> None:
    view = build_comparison(full_shelf.connection, ["X01", "X02"])
    texts = dict(full_shelf.connection.execute("SELECT id, text FROM paragraph").fetchall())
    passages = [p for q in view.quotations for p in (*q.strengths, *q.weaknesses)]
    assert passages
    assert all(texts[p.paragraph_id][p.start : p.end] == p.text for p in passages)


def test_what_changed_between_two_inspections(full_shelf) -> None:
    progress = build_briefing(full_shelf.connection, "X01").progress
    assert progress is not None
    fates = {(p.theme, p.change) for p in progress.points if p.theme}
    assert fates == {
        ("front_door", "resolved"),
        ("care_leavers", "persisting"),
        ("workforce", "resolved"),
        ("health", "reversed"),
    }


def test_nothing_changed_where_there_was_one_inspection(full_shelf) -> None:
    assert build_briefing(full_shelf.connection, "X02").progress is None


def test_who_does_this_well_is_near_and_strong(full_shelf) -> None:
    exemplars = build_briefing(full_shelf.connection, "X01").exemplars
    assert [(e.theme, e.name, e.relation) for e in exemplars if e.theme == "care_leavers"] == [
        ("care_leavers", "Eastwick", "statistical neighbour 1 of 10"),
        ("care_leavers", "Marlow Vale", "statistical neighbour 2 of 10"),
    ]


@pytest.mark.parametrize(
    ("weakness", "quoted"),
    [
        ("Pathway plans are late.", "Care leavers write their pathway plans"),
        ("Personal advisers lose touch with too many care leavers.", "Personal advisers keep in touch"),
    ],
)
def test_what_is_quoted_of_them_answers_the_weakness_found_here(
    full_shelf, weakness: str, quoted: str
) -> None:
    full_shelf.add("X04", "2026-06-01", findings=((weakness, "care_leavers", "weakness"),))
    (exemplar,) = [
        e for e in build_briefing(full_shelf.connection, "X04").exemplars if e.name == "Marlow Vale"
    ]
    assert exemplar.passage.text.startswith(quoted)


def test_an_authority_without_reports_still_gets_a_briefing(full_shelf) -> None:
    view = build_briefing(full_shelf.connection, "X04")
    assert view.source is None
    assert view.themes == ()


def test_the_same_store_gives_the_same_view(full_shelf) -> None:
    codes = ["X01", "X02", "X03"]
    assert build_comparison(full_shelf.connection, codes) == build_comparison(full_shelf.connection, codes)


def test_a_briefing_says_first_what_stands_out(full_shelf) -> None:
    view = build_briefing(full_shelf.connection, "X01")
    lines = markdown(view).split("## In short")[1].split("##")[0].strip().splitlines()
    assert lines[1] == (
        "- **Strengths outweigh weaknesses** most on Contacts, referrals and thresholds (2 strengths);"
        " Workforce and caseloads (1 strength)."
    )
    assert lines[2] == (
        "- **Weaknesses outweigh strengths** most on Care leavers (1 weakness);"
        " Health and emotional well-being (1 weakness)."
    )
    assert lines[3] == "- **What needs to improve:** the report lists 1 point."
    assert lines[0].startswith("- **Judgements** of 11 May 2026: ")
    assert "Overall" not in lines[0]


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(shelf) -> None:
    shelf.add(
        "X01",
        "2024-01-10",
        findings=[
            (
                "A few children live in homes that nobody has registered with the inspectorate. For these"
                " children, visits by managers are too seldom and are not written down.",
                "health",
                "weakness",
            )
        ],
    )
    shelf.connection.execute("UPDATE sentence SET valence = 'neutral' WHERE position = 1")
    [quoted] = build_briefing(shelf.connection, "X01").weaknesses
    (passage,) = quoted.weaknesses
    assert passage.text.startswith("A few children live")
    assert passage.text.endswith("not written down.")
