"""Can everybody read what an evaluation found, and its surest mistakes?"""

import pytest

from classify.evaluate import Error, Evaluation
from classify.metrics import Scores
from classify.page import render_page

SCORES = Scores(1126, 0.91, 0.85, 0.84, 0.88, 0.86, 0.79, 0.83, 0.012)
MISTAKE = Error(
    document="00c0ffee00c0ffee",
    number=None,
    text="The council has begun to recruit more social workers, but it is too early to see the effect.",
    told="mixed",
    told_themes=("workforce", "quality_assurance"),
    said="strength",
    said_themes=(),
    probability=0.97,
)


@pytest.fixture
def evaluation(tmp_path):
    """The page of an evaluation with one mistake."""
    found = Evaluation(
        overall=SCORES,
        intervals={"kappa": (0.83, 0.87)},
        findings=SCORES,
        by_theme={"quality_assurance": SCORES},
        by_framework={"ilacs": SCORES, "sif": SCORES},
        by_period={"2018 to 2021": SCORES},
        coverage=((0.9, 1013, 0.91), (0.8, 900, 0.95)),
        confusion=((400, 3, 12, 1), (5, 350, 20, 2), (11, 9, 130, 4), (2, 3, 4, 170)),
        sentence_accuracy=0.88,
        sentence_kappa=0.81,
        worst=(MISTAKE,),
    )
    path = tmp_path / "evaluation.html"
    path.write_text(render_page(found), encoding="utf-8")
    return path


def test_axe_finds_nothing_to_mend_on_the_page_of_an_evaluation(evaluation, page, violations):
    page.goto(evaluation.as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide


def test_the_keyboard_reaches_every_table_of_an_evaluation(evaluation, page):
    page.goto(evaluation.as_uri())
    tables = page.locator("div.wide")
    for place in range(tables.count()):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == tables.nth(
            place
        ).get_attribute("aria-label")


def test_a_mistake_says_what_the_reader_and_the_coder_found(evaluation, page):
    page.goto(evaluation.as_uri())
    said = page.inner_text("article")
    assert "a paragraph without a number" in said
    assert "Reader: mixed (workforce, quality assurance)." in said
    assert "Coder: strength (no theme), 0.97 sure." in said
