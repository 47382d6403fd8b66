"""A harmed store is noticed, also where SQLite finds nothing, and a sound one is not accused."""

import sqlite3
from pathlib import Path

import pytest

from corpus.check import Condition, examine
from corpus.errors import StoreError
from corpus.ledger import Entry, whole_hash
from corpus.model import ParagraphCoding
from corpus.rows import Versions
from corpus.seals import COMMON, CONTENT
from corpus.store import Outcome, Store, open_store

OLD = Path(__file__).parent / "store-1.sql"
DOCUMENT = "ab" * 8
PAGE = 4096
TEXT = "Assessments are thorough. However, almost 40% are late."


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    """A store of one document, as a run leaves it."""
    place = tmp_path_factory.mktemp("sound") / "s.db"
    with sqlite3.connect(place) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.close()
    with open_store(place, "write") as store:
        with store.transaction():
            run = store.start_run([], "1")
            store.seal(DOCUMENT)
            store.record(run, Outcome("harrowmere.pdf", "ab" * 32, "ok"))
        store.finish_run(run)
        store.rest()
    return place.read_bytes()


@pytest.fixture
def place(tmp_path: Path, sound: bytes) -> Path:
    (tmp_path / "s.db").write_bytes(sound)
    return tmp_path / "s.db"


def harm(place: Path, sql: str) -> None:
    """Write past the store, without its rules."""
    connection = sqlite3.connect(place)
    connection.execute(sql)
    connection.commit()
    connection.close()


def look(place: Path) -> Condition:
    with open_store(place) as store:
        return examine(store.connection)


def columns(tables: tuple[str, ...]) -> list[tuple[str, str]]:
    with sqlite3.connect(":memory:") as connection:
        connection.executescript((Path(__file__).parents[2] / "corpus" / "schema.sql").read_text())
        found = [(t, row[1]) for t in tables for row in connection.execute(f"PRAGMA table_info({t})")]
    connection.close()
    return found


def test_a_store_as_it_was_written_is_whole(place: Path) -> None:
    assert look(place) == Condition(documents=1, unsealed=0, damage=())


@pytest.mark.parametrize(("table", "column"), columns(tuple(table for table, _, _ in CONTENT)))
def test_a_change_of_any_value_of_a_document_is_noticed(place: Path, table: str, column: str) -> None:
    harm(place, f'UPDATE {table} SET "{column}" = coalesce("{column}", 1) || 7')
    assert look(place).damage


@pytest.mark.parametrize("table", [table for table, _, _ in CONTENT if table != "document"])
def test_a_row_that_is_gone_is_noticed(place: Path, table: str) -> None:
    harm(place, f"DELETE FROM {table}")
    assert look(place).damage


COLUMNS = {
    "entity": "name",
    "authority": "name",
    "neighbour": "neighbour",
    "theme": "name",
    "run": "version",
    "outcome": "status",
    "corrected": "coder",
    "paragraph_fts": "block",
}


def test_every_table_that_all_documents_share_is_tried() -> None:
    assert set(COLUMNS) == set(COMMON)


@pytest.mark.parametrize("table", COMMON)
def test_a_change_of_what_all_documents_share_is_noticed(place: Path, table: str) -> None:
    with open_store(place, "write") as store:
        store.correct([ENTRY])
    name = "paragraph_fts_data" if table == "paragraph_fts" else table
    harm(place, f"UPDATE {name} SET {COLUMNS[table]} = {COLUMNS[table]} || '?'")
    assert f"the table {table} is not as the last run left it" in [d.what for d in look(place).damage]


def test_a_changed_word_is_noticed_where_sqlite_finds_nothing(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"almost 40%", b"almost 60%"))
    with open_store(place) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        [damage] = examine(store.connection).damage
    assert (damage.source, damage.what) == ("harrowmere.pdf", "its rows are not those that were written")


def test_text_that_is_no_text_any_more_is_noticed(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"almost 40%", b"almost \xff0%"))
    assert "cannot be read" in look(place).damage[0].what


def test_a_document_that_is_gone_with_all_its_rows_is_noticed(place: Path) -> None:
    with open_store(place, "write") as store:
        store.remove(DOCUMENT)
    [damage] = look(place).damage
    assert (damage.source, damage.what) == ("harrowmere.pdf", "it was stored, and is gone")


def test_an_overwritten_page_is_noticed_wherever_it_lies(place: Path, sound: bytes) -> None:
    for start in range(0, len(sound), PAGE):
        place.write_bytes(sound[:start] + bytes(PAGE) + sound[start + PAGE :])
        try:
            damage = look(place).damage
        except StoreError:
            continue
        assert damage, f"page {start // PAGE + 1}"


ENTRY = Entry(
    *(DOCUMENT, 1, whole_hash(TEXT), "jo", "2026-01-07T09:00:00+00:00", "strength"),
    themes=(("assessment_planning", "strength"),),
    note="read twice",
)


def test_a_correction_that_somebody_made_and_was_laid_over_is_no_damage(place: Path) -> None:
    with open_store(place, "write") as store:
        assert store.correct([ENTRY]) == 1
        assert store.connection.execute("SELECT valence FROM paragraph").fetchone() == ("strength",)
    assert not look(place).damage


@pytest.mark.parametrize("column", ["position", "coder", "valence", "codings", "spans", "remark", "blind"])
def test_a_change_of_what_somebody_corrected_is_noticed(place: Path, column: str) -> None:
    with open_store(place, "write") as store:
        store.correct([ENTRY])
    harm(place, f"UPDATE correction SET {column} = coalesce({column}, '') || '7' WHERE entry IS NOT NULL")
    assert any("correction" in damage.what for damage in look(place).damage)


def rename(store: Store) -> None:
    store.move(DOCUMENT, "elsewhere.pdf")


def code_again(store: Store) -> None:
    coding = ParagraphCoding(1, "weakness", 0.6, needs_review=True, codings=(), sentences=())
    store.save_codings(DOCUMENT, [coding], Versions("1", "c2", "m2"))


@pytest.mark.parametrize("write", [rename, code_again])
def test_what_the_store_itself_writes_is_no_damage(place: Path, write) -> None:
    with open_store(place, "write") as store, store.transaction():
        write(store)
    assert not look(place).damage


def test_a_column_that_a_later_version_adds_breaks_no_seal(place: Path) -> None:
    harm(place, "ALTER TABLE paragraph ADD COLUMN language TEXT")
    assert not look(place).damage


def test_a_document_without_a_seal_is_counted_and_not_accused(place: Path) -> None:
    harm(place, "DELETE FROM seal")
    assert look(place) == Condition(documents=0, unsealed=1, damage=())


def test_a_run_that_was_killed_leaves_no_stale_seal(place: Path) -> None:
    with open_store(place, "write") as store, store.transaction():
        store.start_run([], "1")
        store.set_themes([("housing", "Housing", "Where they live")])
    assert not look(place).damage
