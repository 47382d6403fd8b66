"""Are our tokens those of spaCy's English tokenizer?"""

import json
import random
from pathlib import Path

import pytest
import spacy

import extract
import ingest
from extract.tokens import LONGEST, cut, grown, load_rules
from extract.tokens_of_spacy import FILE, read_rules


def spelled(text: str, at: int) -> str:
    start, end = grown(text, at, at + 1)
    return text[start:end]


@pytest.fixture(scope="module")
def tokenizer() -> spacy.tokenizer.Tokenizer:
    return spacy.blank("en").tokenizer


def test_the_rules_are_those_of_the_spacy_that_is_installed() -> None:
    same = json.loads(FILE.read_text("utf-8")) == read_rules()
    assert same, "spaCy's rules have changed: run python -m extract.tokens_of_spacy"


@pytest.mark.parametrize(
    ("piece", "tokens"),
    [
        ("word", ["word"]),
        ("(MASH),", ["(", "MASH", ")", ","]),
        ("children’s", ["children", "’s"]),
        ("children’.", ["children", "’", "."]),
        ("well-led", ["well", "-", "led"]),
        ("can't", ["ca", "n't"]),
        ("below:)", ["below", ":)"]),
        ("www.gov.uk/ofsted.", ["www.gov.uk/ofsted", "."]),
        ("18-25", ["18", "-", "25"]),
        ("75.9%", ["75.9", "%"]),
        ("8am-5pm", ["8am-5pm"]),
        ("Dr.", ["Dr."]),
        ("......", ["......"]),
        ("a\tb", ["a", "\t", "b"]),
        ("", []),
    ],
)
def test_a_piece_is_cut_as_spacy_cuts_it(
    piece: str, tokens: list[str], tokenizer: spacy.tokenizer.Tokenizer
) -> None:
    assert [text for text, _ in cut(piece).tokens] == tokens == [token.text for token in tokenizer(piece)]


def test_pieces_made_of_anything_are_cut_as_spacy_cuts_them(tokenizer: spacy.tokenizer.Tokenizer) -> None:
    made = random.Random(1)  # noqa: S311 (the same pieces each time)
    letters = [*"aAbZ019.,:;()[]'’\"-–/*+$£%€&@_=<>#~?!…smkgD", *load_rules().exceptions]
    pieces = {"".join(made.choices(letters, k=made.randint(1, 9))) for _ in range(5_000)}
    for piece in pieces - {piece for piece in pieces if " " in piece}:
        assert list(cut(piece).tokens) == [(token.text, token.norm_) for token in tokenizer(piece)], piece


@pytest.mark.real
def test_real_reports_are_read_as_the_spacy_pipeline_reads_them(shared: Path) -> None:
    for path in sorted(shared.glob("reports/*/*.pdf"))[1::90]:
        document = ingest.read(path)
        text = "\n\n".join(paragraph.text for paragraph in document.paragraphs)
        doc = extract.nlp()(text)
        ours = [token for piece in text.split() for token in cut(piece).tokens]
        assert ours == [(token.text, token.norm_) for token in doc if not token.is_space], path.name
        found = [(mention.text, mention.entity_id) for mention in extract.load().analyse(document).mentions]
        assert found == [(span.text, span.kb_id_) for span in doc.spans["mentions"]], path.name


def test_a_span_grows_to_the_edges_of_its_tokens() -> None:
    text = "The (MASH-based) hub’s work"
    at = text.index("AS")
    assert spelled(text, at) == "MASH"
    at = text.index("ub")
    assert spelled(text, at) == "hub"


def test_a_row_too_long_to_be_a_word_is_not_cut() -> None:
    row = "()" * LONGEST
    assert [text for text, _ in cut(row).tokens] == [row]
    assert grown(row, 5, 9) == (5, 9)
