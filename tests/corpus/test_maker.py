"""Are sample reports made from data, the same every time, and true to what their truth says?"""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from corpus.codebook import load_codebook
from corpus.maker.findings import Writer
from corpus.maker.make import Made, many_documents, write_corpus
from corpus.maker.measure import REGULAR, wrap
from corpus.maker.phrases import choose, lower_first, place
from corpus.maker.plan import places, sample_plan
from corpus.maker.script import Script
from corpus.maker.story import frames, of_area, tell, topics

GOOD = {
    "help_and_protection": "good",
    "children_in_care": "good",
    "adoption": "good",
    "care_leavers": "good",
    "leadership": "good",
    "lscb": "good",
}


def dice() -> Random:
    return Random("a test")  # noqa: S311 -- invented reports, not secrets


def writer(story_of: str = "requires_improvement") -> Writer:
    words = {"place": "Harrowmere", "la": "the local authority", "la_cap": "The local authority"}
    words |= {"kids": "children in care", "kids_cap": "Children in care"}
    words |= {"eha": "assessments", "eha_cap": "Assessments"}
    words |= {"iro": "Officers", "month": "May", "previous": "2015", "year-1": "2018", "year-2": "2017"}
    story = tell(dict.fromkeys(GOOD, story_of), {}, 2019, dice())
    return Writer(dice(), words, story, {})


@pytest.fixture(scope="module")
def made() -> tuple[Made, ...]:
    return tuple(many_documents(6, "a test"))


def test_a_template_settles_on_one_of_its_wordings() -> None:
    assert choose("Plans are [clear|vague].", dice()) in {"Plans are clear.", "Plans are vague."}


@pytest.mark.parametrize(
    ("template", "kind", "unit", "approx", "comparator"),
    [
        ("Visits were made to {pct:90-95} of children.", "percent", "%", None, None),
        ("They closed {about pct:40-45} of plans.", "percent", "%", "about", None),
        ("Assessments were done within {days:20-20}.", "duration", "days", "up_to", None),
        ("{n:4-9:children} waited.", "count", None, None, None),
        ("It is above the {pct:18-22=england} seen nationally.", "percent", "%", None, "england"),
        ("The council added {money:1200-1800}.", "money", "GBP", None, None),
        ("{about share} of the plans were good.", "share", None, "about", None),
        ("{outof:20-40} children stayed at home.", "ratio", None, None, None),
    ],
)
def test_a_figure_is_drawn_and_its_place_remembered(
    template: str, kind: str, unit: str | None, approx: str | None, comparator: str | None
) -> None:
    text, (figure,) = place(template, dice())
    assert (figure.kind, figure.unit, figure.approx, figure.comparator) == (kind, unit, approx, comparator)
    assert "{" not in text
    assert text[figure.start : figure.end].strip() == text[figure.start : figure.end] != ""


def test_a_figure_that_opens_a_sentence_takes_a_capital() -> None:
    text, _ = place("It is late. {n:4-4:children} waited.", dice())
    assert text == "It is late. Four children waited."


@pytest.mark.parametrize(
    ("sentence", "lowered"),
    [
        ("Plans are late.", "plans are late."),
        ("MARAC works well.", "MARAC works well."),
        ("Section 47 enquiries are late.", "Section 47 enquiries are late."),
    ],
)
def test_a_name_keeps_its_capital_inside_a_sentence(sentence: str, lowered: str) -> None:
    assert lower_first(sentence) == lowered


def test_a_line_may_break_behind_a_hyphen_and_keeps_every_word() -> None:
    text = "A well-planned multi-agency response to long-term neglect is in place across the area."
    lines = wrap(text, REGULAR, 12, 110)
    assert any(line.endswith("-") for line in lines)
    assert "".join(lines) == text


def test_every_theme_can_be_praised_and_faulted_in_fifteen_ways() -> None:
    praise, fault = Counter[str](), Counter[str]()
    for topic in topics():
        praise[topic.theme] += len(topic.strength)
        fault[topic.theme] += len(topic.weakness)
    themes = set(load_codebook().theme_ids)
    assert {theme for theme, count in praise.items() if count >= 15} == themes
    assert {theme for theme, count in fault.items() if count >= 15} == themes


def test_topics_are_told_apart() -> None:
    ids = [topic.id for topic in topics()]
    assert len(ids) == len(set(ids))


def test_weakness_follows_the_grade_and_tends_to_last() -> None:
    weak: dict[str, int] = {}
    for grade in ("outstanding", "good", "requires_improvement", "inadequate"):
        found = tell(dict.fromkeys(GOOD, grade), {}, 2019, dice())
        weak[grade] = Counter(found.values())["weakness"]
    assert weak["outstanding"] < weak["good"] < weak["requires_improvement"] < weak["inadequate"]
    all_weak = {topic.id: "weakness" for topic in topics()}
    after = tell(GOOD, all_weak, 2019, dice())  # type: ignore[arg-type]
    assert Counter(after.values())["weakness"] > weak["good"]


def test_one_report_never_praises_and_faults_the_same_topic() -> None:
    report = writer()
    for topic in of_area(report.story, ("help_and_protection",)):
        first, second = report.sentence(topic), report.sentence(topic)
        assert first and second and first != second


def test_a_mixed_paragraph_holds_a_strength_and_a_weakness() -> None:
    report = writer()
    texts = report.findings(of_area(report.story, ("help_and_protection", "children_in_care", "leadership")))
    mixed = [text for text in texts if text.valence == "mixed"]
    signs = (*frames()["joining"]["contrast"], *frames()["joining"]["while"])
    assert mixed
    assert all(any(sign in text.text for sign in signs) for text in mixed)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(made: tuple[Made, ...]) -> None:
    again = tuple(many_documents(6, "a test"))
    other = tuple(many_documents(6, "another test"))
    assert again == made
    assert not {each.pdf for each in other} & {each.pdf for each in made}


def test_every_figure_of_the_truth_stands_where_it_says(made: tuple[Made, ...]) -> None:
    words = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
    seen = 0
    for document in made:
        for paragraph in document.truth["paragraphs"]:
            for figure in paragraph.get("figures", ()):
                span = paragraph["text"][figure["start"] : figure["end"]]
                digits = any(character.isdigit() for character in span)
                assert digits or figure["kind"] == "share" or words & set(span.lower().split()), span
                seen += 1
    assert seen > 100


def test_numbers_run_without_a_gap(made: tuple[Made, ...]) -> None:
    for document in made:
        numbers = [each["number"] for each in document.truth["paragraphs"] if "number" in each]
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_template_leaves_a_trace(made: tuple[Made, ...]) -> None:
    for document in made:
        for paragraph in document.truth["paragraphs"]:
            text = paragraph["text"]
            assert not set("{}[]|") & set(text), text
            assert "  " not in text, text
            assert text == text.strip()


def test_a_corpus_is_written_in_three_forms(made: tuple[Made, ...], tmp_path: Path) -> None:
    assert write_corpus(made, tmp_path) == len(made)
    for form, suffix in (("pdf", "pdf"), ("text", "txt"), ("truth", "json")):
        assert len(list((tmp_path / form).glob(f"*.{suffix}"))) == len(made)
    truth = json.loads(next((tmp_path / "truth").glob("*.json")).read_text("utf-8"))
    assert truth["paragraphs"]


def test_the_plan_covers_every_layout_with_two_or_three_inspections_each() -> None:
    runs = sample_plan()
    layouts = {inspection.layout for run in runs for inspection in run}
    assert layouts == {
        *("sif-1a", "sif-1b", "sif-2", "sif-3", "sif-re"),
        *("ilacs-a", "ilacs-b4", "ilacs-b5", "ilacs-b5-nf", "ilacs-r", "area-send"),
    }
    assert len(runs) == len(places()) >= 12
    assert all(2 <= len(run) <= 3 for run in runs)


def test_inspections_from_27_april_2026_have_no_overall_grade() -> None:
    for run in sample_plan():
        for inspection in run:
            late = inspection.start.isoformat() >= "2026-04-27" or inspection.layout == "area-send"
            assert ("overall" in inspection.grades) is not late


def test_a_footnote_is_known_by_its_marker() -> None:
    script = Script("sif-3", "", "", "", "sif", "", "", "", None, "", "ogl", ())
    assert script.note("First.") != script.note("Second.")
    assert script.notes == {1: "First.", 2: "Second."}
