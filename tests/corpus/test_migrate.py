"""A store of an older version becomes one of today and loses nothing, above all no correction."""

import sqlite3
from pathlib import Path

import pytest

from corpus.errors import StoreError
from corpus.migrate import SCHEMA_VERSION, migrate
from corpus.store import open_store

OLD = sorted(Path(__file__).parent.glob("store-*.sql"))


def write_old(script: Path, place: Path) -> Path:
    with sqlite3.connect(place) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return place


def layout(connection: sqlite3.Connection) -> dict[str, object]:
    """Tables with their columns, and every index, trigger and view by name."""
    names = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
    ).fetchall()
    return {
        f"{kind} {name}": connection.execute(f"PRAGMA table_info({name})").fetchall()
        if kind == "table"
        else ""
        for kind, name in names
    }


def test_every_version_before_this_one_has_its_store() -> None:
    assert [path.stem for path in OLD] == [f"store-{version}" for version in range(1, SCHEMA_VERSION)]


@pytest.mark.parametrize("script", OLD, ids=lambda path: path.stem)
def test_an_old_store_becomes_what_a_new_one_is(script: Path, tmp_path: Path) -> None:
    with (
        open_store(write_old(script, tmp_path / "old.db"), "write") as old,
        open_store(tmp_path / "new.db", "write") as new,
    ):
        assert layout(old.connection) == layout(new.connection)
        assert old.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.parametrize("script", OLD, ids=lambda path: path.stem)
def test_what_was_read_and_what_people_corrected_is_all_still_there(script: Path, tmp_path: Path) -> None:
    place = write_old(script, tmp_path / "old.db")
    with open_store(place) as store:
        rows = store.connection.execute
        assert store.load("ab" * 8).authority == "Harrowmere"
        assert rows("SELECT coder, valence FROM correction").fetchall() == [("jo", "weakness")]
        assert rows("SELECT count(*) FROM sentence").fetchone() == (2,)
        found = rows("SELECT count(*) FROM paragraph_fts WHERE paragraph_fts MATCH 'thorough'").fetchone()
        assert found == (1,)
        assert rows("PRAGMA foreign_key_check").fetchall() == []


def test_an_old_store_is_read_where_nothing_can_be_written(tmp_path: Path, monkeypatch) -> None:
    place = write_old(OLD[0], tmp_path / "old.db")
    before = place.read_bytes()

    def refuse(path: Path, **options: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("corpus.opening._write_new_version", refuse)
    with open_store(place) as store:
        assert store.load("ab" * 8).authority == "Harrowmere"
        assert store.connection.execute("SELECT count(*) FROM seal").fetchone() == (0,)
    assert place.read_bytes() == before


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    place = write_old(OLD[0], tmp_path / "old.db")
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE seal (somebody_elses TEXT)")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(StoreError, match="seal already exists"):
        open_store(place, "write")
    with sqlite3.connect(place) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()
    assert place.read_bytes()[100:] == before[100:]


@pytest.mark.parametrize("mode", ["read", "write"])
def test_a_damaged_store_is_not_brought_up_to_date(tmp_path: Path, mode: str) -> None:
    place = write_old(OLD[-1], tmp_path / "old.db")
    with sqlite3.connect(place) as connection:
        connection.execute("DELETE FROM entity")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(StoreError, match="1 mentions name an entity that is not there"):
        open_store(place, mode)
    assert place.read_bytes() == before


def test_two_who_bring_it_up_to_date_at_once_do_not_disturb_one_another(tmp_path: Path) -> None:
    place = write_old(OLD[0], tmp_path / "old.db")
    one, other = (sqlite3.connect(place, isolation_level=None) for _ in range(2))
    migrate(one)
    migrate(other)
    assert other.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    one.close()
    other.close()


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.db", "write") as store:
        store.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    for mode in ("read", "write"):
        with pytest.raises(StoreError, match="newer version"):
            open_store(tmp_path / "new.db", mode)
