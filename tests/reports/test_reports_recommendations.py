"""Recommendations count in each category whose words they hold; each proves its words on examples."""

from datetime import date

import pytest

from reports.recommendations import categories, count_recommendations

WORDS = [(category, text, True) for category in categories() for text in category.examples] + [
    (category, text, False) for category in categories() for text in category.counter
]


@pytest.mark.parametrize(("category", "text", "holds"), WORDS, ids=lambda value: getattr(value, "id", None))
def test_words_of_a_category(category, text, holds):
    assert (category.words.search(text) is not None) == holds


def test_four_categories_led_in_the_study():
    assert [one.id for one in categories() if one.led] == [
        "performance_management",
        "casework",
        "oversight",
        "multi_agency",
    ]


@pytest.fixture
def recommending(shelf):
    shelf.add(
        "X01",
        "2015-03-04",
        improvements=["Write better pathway plans.", "Share information with partners.", "Be kind."],
    )
    shelf.add("X02", "2020-03-04", improvements=["Keep chronologies of casework.", "Bring caseloads down."])
    shelf.add("X03", "2020-03-04")
    return shelf.connection


def counts(found):
    return {one.category.id: (one.recommendations.part, one.reports.part) for one in found.counted}


def test_recommendations_and_the_reports_that_make_them_are_counted(recommending):
    found = count_recommendations(recommending)
    assert counts(found)["casework"] == (2, 2)
    assert counts(found)["multi_agency"] == (1, 1)
    assert counts(found)["workforce"] == (1, 1)
    first = found.counted[0]
    assert (first.category.id, first.recommendations.whole, first.reports.whole) == ("casework", 5, 2)
    assert (found.unsorted.part, found.unsorted.whole) == (1, 5)


def test_the_years_of_the_study_can_be_looked_at_alone(recommending):
    assert counts(count_recommendations(recommending, date(2016, 12, 31)))["casework"] == (1, 1)


def test_an_empty_store_recommends_nothing(shelf):
    assert count_recommendations(shelf.connection).unsorted.whole == 0
