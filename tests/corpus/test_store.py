"""What goes into the store comes out of it again, whole or not at all."""

import sqlite3
import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.model import (
    Analysis,
    Box,
    Certificate,
    Coding,
    Document,
    Entity,
    Extraction,
    Figure,
    Indicator,
    Judgement,
    Mention,
    Paragraph,
    ParagraphCoding,
    Reading,
    Section,
    SentenceCoding,
)
from corpus.rows import Versions
from corpus.seals import seal_of
from corpus.store import Outcome, Store, open_store

VERSIONS = Versions(pipeline="1", codebook="c", model="m")
TEXT = "Assessments are thorough. However, almost 40% are late."


def document(sha256: str = "ab" * 32) -> Document:
    return Document(
        id=sha256[:16],
        sha256=sha256,
        source="harrowmere.pdf",
        media_type="application/pdf",
        pages=12,
        title="Inspection of Harrowmere local authority children’s services",
        authority="Harrowmere",
        la_code=None,
        framework="ilacs",
        kind="standard",
        layout="ilacs-b5",
        inspected_from=date(2024, 1, 15),
        inspected_to=date(2024, 1, 26),
        published=None,
        lead_inspector="Jo Marsh",
        licence="ogl",
        sections=(
            Section(1, None, "Help and protection: good", "help_and_protection", "finding", 1, "good", 3),
        ),
        paragraphs=(Paragraph(1, 1, 1, "finding", TEXT, 3, 4, boxes=(Box(3, 72.0, 100.5, 520.0, 140.0),)),),
        judgements=(Judgement("help_and_protection", "good", "Children who need help and protection", 1),),
        readings=(Reading("published", "not_printed"),),
        certificate=Certificate("geometry", 1000, 999, remarks=("15 is never printed",)),
    )


def analysis(sha256: str = "ab" * 32) -> Analysis:
    return Analysis(
        document(sha256),
        Extraction(
            entities=(Entity("plan:assessment", "plan", "assessment"),),
            mentions=(Mention(1, 0, 11, "plan", "Assessments", "plan:assessment"),),
            figures=(Figure(1, 35, 45, "percent", 40.0, unit="%", approx="about", subject="assessments"),),
            indicators=(Indicator(1, "looked_after", 412.0, None, "2024-03-31"),),
            prevalence={(1, 0): "most"},
        ),
        (
            ParagraphCoding(
                1,
                "mixed",
                0.91,
                needs_review=False,
                codings=(Coding("assessment_planning", 1, "mixed", 0.9),),
                sentences=(
                    SentenceCoding(0, 25, "strength", "assessment_planning", 0.97),
                    SentenceCoding(26, 55, "weakness", "assessment_planning", 0.95),
                ),
            ),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "ofsight.db", "write")


def test_a_document_comes_back_as_it_was_read(store: Store) -> None:
    with store.transaction():
        store.save(analysis(), VERSIONS)
    assert store.load("ab" * 8) == document()


def test_spans_and_codings_stand_in_the_public_tables(store: Store) -> None:
    with store.transaction():
        store.save(analysis(), VERSIONS)
    row = store.connection.execute(
        'SELECT p.number, substr(p.text, f.start + 1, f."end" - f.start), f.value, c.theme, c.valence,'
        " d.framework"
        " FROM paragraph p JOIN figure f ON f.paragraph_id = p.id JOIN coding c ON c.paragraph_id = p.id"
        " JOIN document d ON d.id = p.document_id"
    ).fetchone()
    assert row == (1, "almost 40%", 40.0, "assessment_planning", "mixed", "ilacs")
    sentences = store.connection.execute('SELECT start, "end", valence, prevalence FROM sentence').fetchall()
    assert sentences == [(0, 25, "strength", "most"), (26, 55, "weakness", None)]


def test_saving_again_doubles_nothing_and_search_still_finds_it_once(store: Store) -> None:
    for _ in range(3):
        with store.transaction():
            store.save(analysis(), VERSIONS)
    for table in ("document", "paragraph", "coding", "sentence", "mention", "figure", "indicator"):
        expected = 2 if table == "sentence" else 1
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (expected,)
    found = store.connection.execute(
        "SELECT p.id FROM paragraph_fts JOIN paragraph p ON p.rowid = paragraph_fts.rowid"
        " WHERE paragraph_fts MATCH 'thorough'"
    ).fetchall()
    assert found == [("ab" * 8 + "-0001",)]


def test_to_take_a_document_out_no_table_is_looked_through(store: Store) -> None:
    """Of each key that points at a paragraph or a document, an index says at once where it stands."""
    tables = [
        row[0] for row in store.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    ]
    for table in tables:
        for key in store.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall():
            if key[2] in ("paragraph", "document"):
                plan = store.connection.execute(
                    f'EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE "{key[3]}" = 1'
                ).fetchall()
                assert "USING" in plan[0][3], (table, key[3])


def test_a_document_is_sealed_as_it_will_be_read_again(store: Store) -> None:
    """Whole numbers, absent values and an order of their own make no difference."""
    given = analysis()
    odd = replace(
        given.extraction,
        figures=(Figure(1, 41, 43, "count", 3), Figure(1, 35, 45, "percent", None)),
        indicators=(Indicator(1, "looked_after", 412, None), Indicator(1, "looked_after", None, "%")),
        mentions=given.extraction.mentions * 2,
    )
    with store.transaction():
        store.save(replace(given, extraction=odd), VERSIONS)
    (seal,) = store.connection.execute("SELECT sha256 FROM seal").fetchone()
    assert seal == seal_of(store.connection, "ab" * 8)


def test_an_interrupted_document_leaves_nothing(store: Store) -> None:
    def save_and_fail() -> None:
        with store.transaction():
            store.save(analysis(), VERSIONS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_and_fail()
    assert store.connection.execute("SELECT count(*) FROM document").fetchone() == (0,)


def test_the_content_hash_does_not_depend_on_order_or_time(tmp_path: Path) -> None:
    hashes = []
    for name, order in (("a", ("ab", "cd")), ("b", ("cd", "ab"))):
        with open_store(tmp_path / name, "write") as one:
            for byte in order:
                with one.transaction():
                    one.save(analysis(byte * 32), VERSIONS)
            hashes.append(one.content_hash())
    assert hashes[0] == hashes[1]


def test_new_codings_replace_the_old_ones_alone(store: Store) -> None:
    with store.transaction():
        store.save(analysis(), VERSIONS)
    sentence = SentenceCoding(0, 25, "weakness", None, 0.5)
    new = ParagraphCoding(1, "weakness", 0.6, needs_review=True, codings=(), sentences=(sentence,))
    with store.transaction():
        store.save_codings("ab" * 8, [new], Versions("1", "c2", "m2"))
    assert store.connection.execute("SELECT valence, needs_review FROM paragraph").fetchone() == (
        "weakness",
        1,
    )
    assert store.connection.execute("SELECT count(*) FROM coding").fetchone() == (0,)
    assert store.connection.execute("SELECT valence, prevalence FROM sentence").fetchall() == [
        ("weakness", "most")
    ]
    assert store.connection.execute("SELECT count(*) FROM figure").fetchone() == (1,)


def test_an_outcome_for_every_input(store: Store) -> None:
    run = store.start_run(["run", "reports"], "0.1")
    store.record(run, Outcome("a.pdf", None, "rejected", "not_pdf", "an HTML page"))
    store.finish_run(run)
    rows = store.connection.execute("SELECT source, status, reason, run_id FROM outcome").fetchall()
    assert rows == [("a.pdf", "rejected", "not_pdf", run)]


def test_a_missing_store_is_named_with_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ofsight run"):
        open_store(tmp_path / "none.db")


def test_another_database_is_not_taken_for_a_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE document (x)")
    with pytest.raises(StoreError, match="not a store"):
        open_store(tmp_path / "other.db", "write")
    (tmp_path / "text.db").write_text("This is a letter, not a database, and long enough to tell.")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "text.db")


def test_every_column_of_a_store_has_a_meaning_and_nothing_else_has(tmp_path):
    meanings = tomllib.loads((files("corpus") / "columns.toml").read_text(encoding="utf-8"))
    with open_store(tmp_path / "s.db", "write") as store:
        held = {
            table: [row[1] for row in store.connection.execute(f"PRAGMA table_info({table})")]
            for (table,) in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not table.startswith(("sqlite_", "paragraph_fts"))
        }
    assert {table: list(columns) for table, columns in meanings.items()} == held
