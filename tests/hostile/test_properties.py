"""Whatever words stand in a report: none is lost, every span quotes, and the store gives back what it got."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extract
import ingest
from corpus.model import Analysis, Certificate, Document, Extraction, Paragraph, Section
from corpus.rows import Versions
from corpus.sentences import split_sentences
from corpus.store import open_store
from ingest.lines import count_characters

SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FRONT = (
    "Inspection of Harrowmere local authority children’s services\n\nInspection dates: 4 to 8 March 2024\n\n"
)
# What readers of reports trip over: numbers, marks, glyphs, lists, tables, and letters from everywhere.
PIECES = st.sampled_from(
    (
        *("1.", "2.", "12.", "3)", "14%", "£1", "1,000", "2014-15", "¹²", "**", "**bold**", "e.g.", "Dr."),
        *"•◼–-|()‘’“”;:.?!",
        *("4 of 25", "one in three", "(LSCB)", "Children Act 1989", "Ms Ada Sample", "However,", "Good"),
        *("\t", "\f", "\u202e", "\u2066", "\u200b", "\ufffe", "\xad", "\ufb01", "e\u0301", "\U00020000"),
    )
)
WORDS = st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9))
LINES = st.lists(WORDS, max_size=25).map(" ".join)
TEXTS = st.lists(LINES, min_size=1, max_size=12).map("\n\n".join)


@SOME
@given(TEXTS)
def test_every_character_of_a_transcript_is_placed_or_missed(text):
    certificate = ingest.read_bytes((FRONT + text).encode(), "x.txt").certificate
    assert certificate.placed == certificate.characters or certificate.missing or certificate.unplaced


@SOME
@given(LINES)
def test_sentences_part_a_text_and_lose_nothing(text):
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(spans))
    assert sum(count_characters("".join(text[a:b].split())) for a, b in spans) == len("".join(text.split()))


@pytest.fixture(scope="module")
def extractor():
    return extract.load()


def document(texts: list[str], sha256: str = "ab" * 32) -> Document:
    """A report of these paragraphs."""
    return Document(
        id=sha256[:16],
        sha256=sha256,
        source=texts[0] + ".pdf",
        media_type="application/pdf",
        pages=2,
        title=texts[0],
        authority=texts[-1],
        la_code=None,
        framework="ilacs",
        kind="standard",
        layout="ilacs-b5",
        inspected_from=date(2024, 1, 15),
        inspected_to=None,
        published=None,
        lead_inspector=texts[0],
        licence=None,
        sections=(Section(1, None, texts[0], None, "finding", 1),),
        paragraphs=tuple(Paragraph(at, at, 1, "finding", text, 1, 2) for at, text in enumerate(texts, 1)),
        judgements=(),
        readings=(),
        certificate=Certificate("geometry", 10, 9, missing=tuple(texts[:2])),
    )


@SOME
@given(st.lists(LINES, min_size=1, max_size=4))
def test_every_mention_and_figure_quotes_its_paragraph(extractor, texts):
    found = extractor.analyse(document(texts))
    for mention in found.mentions:
        assert texts[mention.paragraph - 1][mention.start : mention.end] == mention.text != ""
    for figure in found.figures:
        assert texts[figure.paragraph - 1][figure.start : figure.end].strip()
    known = {entity.id for entity in found.entities}
    assert {mention.entity_id for mention in found.mentions} <= known


@SOME
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), min_size=1, max_size=4))
def test_the_store_gives_back_what_it_got(tmp_path, texts):
    with open_store(tmp_path / "any.db", "write") as store:
        with store.transaction():
            store.save(Analysis(document(texts), Extraction(), ()), Versions("1", "c", "m"))
        assert store.load("ab" * 8) == document(texts)
