"""Does the coder that comes along say of plain paragraphs what a reader would say?"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from classify import Coder, load_coder
from corpus.codebook import load_codebook
from corpus.model import Role

GOOD = (
    "Social workers visit children regularly and know them well. Plans are clear and make a real difference."
)
BAD = "Visits are too often late. Plans are poor, and drift and delay are not challenged by managers."
BOTH = f"{GOOD} However, too many pathway plans are out of date, and this leaves young people without help."


@pytest.fixture(scope="module")
def coder() -> Coder:
    return load_coder()


@pytest.mark.parametrize(("text", "valence"), [(GOOD, "strength"), (BAD, "weakness"), (BOTH, "mixed")])
def test_plain_paragraphs_get_the_valence_a_reader_would_give(
    coder: Coder, make_document: Any, text: str, valence: str
) -> None:
    assert coder.code(make_document(text))[0].valence == valence


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("The virtual school tracks attendance and personal education plans well.", "education"),
        ("Adopters are assessed without delay and praise their training and the adoption panel.", "adoption"),
        (
            "Care leavers are well supported by their personal advisers and have good pathway plans.",
            "care_leavers",
        ),
        ("Strategy discussions are prompt and section 47 enquiries are thorough.", "child_protection"),
        ("Caseloads are too high, and turnover of social workers is a serious problem.", "workforce"),
        (
            "Elected members and the chief executive give children's services strong political support.",
            "leadership",
        ),
    ],
)
def test_plain_paragraphs_get_the_theme_a_reader_would_give(
    coder: Coder, make_document: Any, text: str, theme: str
) -> None:
    assert coder.code(make_document(text, area=None))[0].codings[0].theme == theme


def test_an_improvement_point_is_a_weakness_however_kindly_it_reads(coder: Coder, make_document: Any) -> None:
    coding = coder.code(make_document("The good quality of supervision.", role="improvement"))[0]
    assert coding.valence == "weakness"
    assert {c.valence for c in coding.codings} == {"weakness"}
    assert {s.valence for s in coding.sentences} == {"weakness"}


@pytest.mark.parametrize("role", ["profile", "note", "boilerplate"])
def test_what_judges_nothing_by_its_place_is_neutral(coder: Coder, make_document: Any, role: Role) -> None:
    coding = coder.code(make_document("This is an excellent service.", role=role))[0]
    assert (coding.valence, coding.codings, coding.needs_review) == ("neutral", (), False)


def test_every_paragraph_is_coded_even_an_empty_one(coder: Coder, make_document: Any) -> None:
    codings = coder.code(make_document(GOOD, "", BAD))
    assert [c.paragraph for c in codings] == [1, 2, 3]
    assert codings[1].sentences == ()


def test_a_document_without_paragraphs_has_no_codings(coder: Coder, make_document: Any) -> None:
    assert coder.code(make_document()) == ()


def test_codings_hold_one_to_three_different_themes_in_order_of_rank(
    coder: Coder, make_document: Any
) -> None:
    for coding in coder.code(make_document(GOOD, BAD, BOTH)):
        assert 1 <= len(coding.codings) <= 3
        assert [c.rank for c in coding.codings] == list(range(1, len(coding.codings) + 1))
        assert len({c.theme for c in coding.codings}) == len(coding.codings)


def test_sentences_are_spans_of_the_paragraph(coder: Coder, make_document: Any) -> None:
    sentences = coder.code(make_document(BAD))[0].sentences
    assert BAD[sentences[0].start : sentences[0].end] == "Visits are too often late."


def test_the_authority_makes_no_difference(coder: Coder, make_document: Any) -> None:
    one, other = (
        f"In {name}, visits are timely, but plans are weak." for name in ("Bristol", "Blackburn with Darwen")
    )
    codings = coder.code(make_document(one, other))
    assert (codings[0].valence, codings[0].probability) == (codings[1].valence, codings[1].probability)
    assert codings[0].codings == codings[1].codings


def test_a_paragraph_is_coded_the_same_whatever_stands_around_it(coder: Coder, make_document: Any) -> None:
    alone = coder.code(make_document(BOTH))[0]
    among = coder.code(make_document(BOTH, *[GOOD, BAD] * 40))[0]
    assert among == alone


def test_ones_own_codebook_works_by_its_cues(tmp_path: Path, make_document: Any) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[theme]]\nid = "travel"\nname = "Travel"\nholds = "Buses"\ncues = ["bus*"]\n'
        '[[theme]]\nid = "food"\nname = "Food"\nholds = "Meals"\ncues = ["school meal*", "meals"]\n'
    )
    coder = load_coder(load_codebook(own))
    codings = coder.code(
        make_document("The buses are late and poor.", "School meals are very good and well liked.")
    )
    assert [c.codings[0].theme for c in codings] == ["travel", "food"]
    assert [c.valence for c in codings] == ["weakness", "strength"]


def test_coding_needs_no_training_library() -> None:
    check = (
        "import sys; from classify import load_coder; load_coder();"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'spacy') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
