"""Days to publication, and the window of the next inspection, come from the days that reports print."""

from datetime import date

import pytest

from reports.intervals import Rule, days_to_publication, due, load_rules, rules_kept, spread

GOOD = {"overall": "good"}
THREE_YEARS = Rule(("good", "outstanding"), "short", 30, 42, "framework", "a framework")


def test_days_go_from_the_last_day_on_site_to_publication(shelf):
    shelf.add("X01", "2019-03-04", inspected_to="2019-03-08", published="2019-04-17")
    shelf.add("X02", "2019-03-04", inspected_to="2019-03-08", published="2019-04-27")
    shelf.add("X03", "2019-03-04", inspected_to="2019-03-08", published=None)
    [found] = days_to_publication(shelf.connection)
    assert (found.kind, found.days.n, found.days.least, found.days.greatest) == ("ilacs.standard", 2, 40, 50)


def test_a_rule_stands_beside_what_happened(shelf):
    shelf.add("X01", "2019-03-04", judgements=GOOD)
    shelf.add("X01", "2020-03-04", kind="focused_visit")  # no full inspection
    shelf.add("X01", "2022-03-04", judgements=GOOD)  # after 36 months
    shelf.add("X02", "2018-03-04", judgements=GOOD)
    shelf.add("X02", "2022-03-04", judgements=GOOD)  # after 48 months
    [kept] = rules_kept(shelf.connection, [THREE_YEARS])
    assert kept.inside == 1
    assert kept.months is not None
    assert [round(kept.months.least), round(kept.months.greatest)] == [36, 48]


def test_a_rule_that_nobody_came_under_has_nothing_to_show(shelf):
    [kept] = rules_kept(shelf.connection, [THREE_YEARS])
    assert (kept.months, kept.inside) == (None, 0)


def test_the_window_opens_after_the_last_full_inspection(shelf):
    shelf.add("X01", "2019-03-04", judgements={"overall": "inadequate"})
    shelf.add("X01", "2022-03-04", judgements=GOOD)
    shelf.add("X02", "2023-11-06", judgements={"overall": "inadequate"})
    shelf.add("X03", "2023-11-06", judgements={})  # no overall grade, so no rule
    by_name = {one.source.authority: one for one in due(shelf.connection, date(2024, 3, 10))}
    assert by_name.keys() == {"Northby", "Marlow Vale"}
    northby, marlow = by_name["Northby"], by_name["Marlow Vale"]
    assert (northby.months, northby.first, northby.last) == (24, date(2024, 9, 1), date(2025, 9, 1))
    assert (marlow.first, marlow.last) == (date(2025, 5, 1), date(2026, 5, 1))


def test_every_rule_says_where_it_comes_from():
    assert all(rule.source for rule in load_rules())
    assert {grade for rule in load_rules() if rule.basis == "estimate" for grade in rule.grades} == {
        "inadequate"
    }


def test_each_grade_has_one_rule():
    grades = [grade for rule in load_rules() for grade in rule.grades]
    assert sorted(grades) == ["good", "inadequate", "outstanding", "requires_improvement"]


@pytest.mark.parametrize(
    ("values", "median", "lower", "upper"),
    [([5], 5, 5, 5), ([1, 2, 3], 2, 1.5, 2.5), ([4, 1], 2.5, 1.75, 3.25)],
)
def test_spread(values, median, lower, upper):
    found = spread(values)
    assert (found.median, found.lower, found.upper) == (median, lower, upper)
