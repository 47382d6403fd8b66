"""By which words a paragraph is found, and what a search loads."""

import json
import re
from itertools import accumulate

import pytest

from reports.site import write_site
from reports.site_search import words_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Caseloads are TOO high.", ["caseloads", "are", "too", "high"]),
        ("A 16-year-old’s plan", ["16", "year", "old", "plan"]),
        ("Zoë’s café", ["zoe", "cafe"]),
        ("ﬁnance", ["finance"]),
    ],
)
def test_words_are_lower_case_and_without_accents(text, found):
    assert words_in(text) == found


def called(path):
    """The arguments that a data file hands over."""
    name, arguments = re.fullmatch(r"(\w+)\((.*)\);\n", path.read_text(), re.S).groups()
    return name, json.loads(f"[{arguments}]")


def test_a_word_leads_to_its_paragraphs_and_their_text(full_shelf, tmp_path):
    write_site(full_shelf.connection, tmp_path)
    data = tmp_path / "data"
    _, (reports, themes, starts) = called(data / "reports.js")
    assert {path.stem for path in (data / "words").iterdir()} == set(starts)
    name, (start, postings) = called(data / "words" / "ca.js")
    assert (name, start) == ("words", "ca")
    steps = (re.match("[a-p]*([A-P])", held)[0] for held in postings["caseloads"].split())
    places = list(accumulate("ABCDEFGHIJKLMNOP".index(step) for step in steps))
    rows = [(report, n) for report in reports for n in range(len(report[-1]))]
    for report, n in (rows[place] for place in places):
        _, (key, texts) = called(data / "texts" / f"{report[0]}.js")
        assert key == report[0]
        assert "caseloads" in texts[n].lower()
        assert themes[report[-1][n][5]][0] == "workforce"
        assert report[-1][n][3] == len(words_in(texts[n]))
    assert len(places) == 2


def test_where_a_word_stands_and_how_often_is_written_beside_it(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", findings=[("Plan for the plan; plans.", "health", "weakness")])
    write_site(shelf.connection, tmp_path)
    _, (_, words) = called(tmp_path / "data" / "words" / "pl.js")
    assert words == {"plan": "AAD", "plans": "AE"}  # the second place of "plan" is 3 after the first


def test_a_word_far_behind_is_found_by_two_digits(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", findings=[(f"{'Many ' * 20}plans.", "health", "weakness")])
    write_site(shelf.connection, tmp_path)
    _, (_, words) = called(tmp_path / "data" / "words" / "pl.js")
    assert words == {"plans": "AbE"}  # 16 + 4


def test_a_report_under_another_licence_names_it(full_shelf, tmp_path):
    write_site(full_shelf.connection, tmp_path)
    _, (reports, _, _) = called(tmp_path / "data" / "reports.js")
    notices = {report[1][-4:]: report[2] for report in reports if report[3] == "X01"}
    assert notices["2019"] == "non_commercial"
    page = (tmp_path / "search.html").read_text()
    assert '<p class="note" data-notice="non_commercial" hidden>' in page
    assert page.count("older notice") == 1
    assert notices["2026"] == ""
