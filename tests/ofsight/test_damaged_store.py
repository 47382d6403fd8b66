"""A run into a damaged store is refused before a byte is written, wherever the damage lies."""

import io
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from corpus.check import examine
from corpus.errors import StoreError
from corpus.imprint import has_imprint
from corpus.store import open_store
from corpus.writing import vouch
from ofsight.cli import run_command
from ofsight.progress import Bar

PAGE = 4096
TEXTS = {f"r{n:02}": f"Report {n}. " + f"Visits are late in area {n}. " * 200 for n in range(12)}
TABLE_LEAF, INDEX_LEAF = 0x0D, 0x0A


@pytest.fixture(scope="module")
def sound(tmp_path_factory, fake) -> Path:
    """A folder with reports, and the store that a run over them leaves."""
    place = tmp_path_factory.mktemp("sound")
    fake.do(fake.write(place / "in", **TEXTS), place / "s.db")
    return place


@pytest.fixture
def place(sound, tmp_path) -> Path:
    """A copy of the store; the reports stay where they are."""
    return Path(shutil.copy(sound / "s.db", tmp_path))


def flip(path: Path, at: int, bit: int = 4) -> bytes:
    data = bytearray(path.read_bytes())
    data[at] ^= bit
    path.write_bytes(data)
    return bytes(data)


def page_of(data: bytes, kind: int, holding: bytes) -> int:
    """Where the first page of a kind starts that holds these bytes."""
    starts = range(PAGE, len(data), PAGE)
    return next(at for at in starts if data[at] == kind and holding in data[at : at + PAGE])


def overflow(data: bytes) -> int:
    """Where a page starts that is nothing but the continuation of a long text."""
    starts = range(PAGE, len(data), PAGE)
    return next(at for at in starts if data[at] == 0 and b"Visits are late" in data[at : at + PAGE])


PLACES = {
    "the mark of SQLite": lambda data: 3,
    "the size of a page": lambda data: 16,
    "the first page of tables": lambda data: data.index(b"CREATE TABLE paragraph") + 8,
    "the head of the first page": lambda data: 103,
    "the head of a table's page": lambda data: page_of(data, TABLE_LEAF, b"Visits are late") + 3,
    "a word in a table's page": lambda data: data.index(
        b"Visits are late", page_of(data, TABLE_LEAF, b"Visits are late")
    ),
    "a word far on in a long text": lambda data: data.index(b"Visits are late", overflow(data)),
    "where a long text goes on": lambda data: overflow(data) + 3,
    "a key in an index": lambda data: data.index(b"-0001", page_of(data, INDEX_LEAF, b"-0001")),
    "what became of a report": lambda data: data.rindex(b".txt"),
    "the search index": lambda data: data.index(b"visit", 0),
}


@pytest.mark.parametrize("what", PLACES)
def test_a_flipped_bit_has_the_run_refused_and_nothing_written(sound, place, fake, what, capsys):
    harmed = flip(place, PLACES[what](place.read_bytes()))
    with pytest.raises(StoreError, match=r"ofsight run REPORTS --store NEW\.db"):
        fake.do(sound / "in", place)
    assert place.read_bytes() == harmed
    assert sorted(path.name for path in place.parent.iterdir()) == ["s.db"]
    assert run_command(["check", "--store", str(place)]) in (1, 2)
    assert "damaged" in "".join(capsys.readouterr())


@pytest.mark.parametrize("keep", [50, 600, PAGE, 7 * PAGE, -PAGE, -1])
def test_a_store_that_was_cut_off_is_refused_and_left_so(sound, place, fake, keep):
    harmed = place.read_bytes()[:keep]
    place.write_bytes(harmed)
    with pytest.raises(StoreError):
        fake.do(sound / "in", place)
    assert place.read_bytes() == harmed
    assert run_command(["check", "--store", str(place)]) in (1, 2)


def test_what_sqlite_cannot_even_quote_is_damage_too(sound, place, fake, capsys):
    harmed = place.read_bytes().replace(b"CREATE TABLE outcome", b"CREATE T\xe9BLE outcome")
    place.write_bytes(harmed)
    with pytest.raises(StoreError, match="cannot be opened"):
        fake.do(sound / "in", place)
    assert place.read_bytes() == harmed
    assert run_command(["check", "--store", str(place)]) == 2
    assert "cannot be opened" in capsys.readouterr().err


def told(place: Path) -> tuple[object, ...]:
    """What a run relies on, and everything that is said of reports."""
    with open_store(place) as store:
        outcomes = store.connection.execute(
            "SELECT source, sha256, status, reason, size, mtime_ns FROM outcome WHERE run_id = 1 ORDER BY 1"
        ).fetchall()
        return store.content_hash(), outcomes


@pytest.mark.parametrize("seed", range(40))
def test_a_bit_flipped_anywhere_is_noticed_or_means_nothing(sound, place, fake, seed):
    before, dice = told(place), random.Random(seed)  # noqa: S311
    harmed = flip(place, dice.randrange(place.stat().st_size), 1 << dice.randrange(8))
    try:
        assert fake.do(sound / "in", place).counts == {"unchanged": len(TEXTS)}
    except StoreError:
        assert place.read_bytes() == harmed
    else:
        assert told(place) == before


def test_a_store_made_again_from_the_reports_holds_the_same(sound, fake, tmp_path):
    fake.do(sound / "in", tmp_path / "new.db")
    assert told(tmp_path / "new.db")[0] == told(sound / "s.db")[0]


def test_a_dry_run_and_an_import_of_codings_are_refused_too(sound, place, capsys):
    harmed = flip(place, place.read_bytes().index(b"Visits are late"))
    ledger = place.with_name("jo.jsonl")
    ledger.write_text("")
    for command in (["run", str(sound / "in"), "--dry-run"], ["review", "--import", str(ledger)]):
        assert run_command([*command, "--store", str(place)]) == 2
        assert "is damaged" in capsys.readouterr().err
    assert place.read_bytes() == harmed


def killed(place: Path, documents: int = 3) -> Path:
    """A store as a run leaves it that was killed behind so many transactions of its own."""
    with open_store(place, "write") as store:
        keys = [key for (key,) in store.connection.execute("SELECT id FROM document ORDER BY id")]
        for key in keys[:documents]:
            with store.transaction():
                store.move(key, f"/elsewhere/{key}.txt")
        left = place.with_name("left")
        left.mkdir()
        for path in place.parent.glob("s.db*"):
            if not path.name.endswith("-shm"):
                shutil.copy(path, left)
    return left / "s.db"


def test_what_a_killed_run_left_is_gone_on_with(sound, place, fake):
    left = killed(place)
    assert not has_imprint(left)
    fake.do(sound / "in", left)
    assert has_imprint(left)


def test_whoever_waits_for_the_look_is_told_why(place):
    bar = Bar(screen := io.StringIO())
    vouch(place, bar.looking)
    assert screen.getvalue() == ""
    vouch(killed(place), bar.looking)
    assert "Looking at every row of the store" in screen.getvalue()


@pytest.mark.parametrize("at", [3, 13, 17, 25, 32 + 9, 32 + 2000])
def test_a_harmed_log_is_noticed_though_sqlite_passes_over_it(sound, place, fake, at, capsys):
    left = killed(place)
    log = left.with_name("s.db-wal")
    before, harmed = left.read_bytes(), flip(log, at)
    with pytest.raises(StoreError, match="the log beside it"):
        fake.do(sound / "in", left)
    assert run_command(["check", "--store", str(left)]) == 1
    assert "the log beside it" in " ".join(capsys.readouterr().out.split())
    assert (left.read_bytes(), log.read_bytes()) == (before, harmed)


def test_a_log_that_breaks_off_in_its_last_write_is_no_damage(sound, place, fake):
    left = killed(place)
    log = left.with_name("s.db-wal")
    log.write_bytes(log.read_bytes()[:-100])
    fake.do(sound / "in", left)
    with open_store(left) as store:
        assert not examine(store.connection).damage


def test_what_somebody_was_writing_when_he_was_killed_is_undone_by_whoever_reads_next(place, sound):
    writer = sqlite3.connect(place, isolation_level=None)
    writer.execute("PRAGMA cache_size = 2")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE paragraph SET text = text || '?'")
    left = place.with_name("left.db")
    shutil.copy(place, left)
    shutil.copy(place.with_name("s.db-journal"), place.with_name("left.db-journal"))
    writer.close()
    assert left.read_bytes() != (sound / "s.db").read_bytes()
    assert told(left) == told(sound / "s.db")


def test_a_run_leaves_an_imprint_which_a_copy_keeps(place):
    assert has_imprint(place)
    assert has_imprint(Path(shutil.copy(place, place.with_name("copy.db"))))


def test_every_byte_but_those_that_count_changes_belongs_to_the_imprint(place):
    data, dice = place.read_bytes(), random.Random(1)  # noqa: S311
    for at in [0, 20, 30, 60, 101, *dice.sample(range(4 * PAGE, len(data)), 20)]:
        flip(place, at)
        assert not has_imprint(place), at
        place.write_bytes(data)
    for at in (24, 92, 96):
        flip(place, at)
        assert has_imprint(place), at
        place.write_bytes(data)


def test_what_another_program_changed_is_looked_at_row_by_row_and_goes_on(sound, place, fake):
    with sqlite3.connect(place) as other:
        other.execute("CREATE INDEX somebody_elses ON paragraph (valence)")
    other.close()
    assert not has_imprint(place)
    assert fake.do(sound / "in", place).counts == {"unchanged": len(TEXTS)}
    assert has_imprint(place)


def test_a_run_while_somebody_reads_leaves_no_imprint_and_no_fault(sound, place, fake):
    with open_store(place, "write") as reader:  # as one who came while a run was going on
        assert reader.connection.execute("SELECT count(*) FROM run").fetchone() == (1,)
        fake.do(sound / "in", place)
        assert not has_imprint(place)
    assert fake.do(sound / "in", place).counts == {"unchanged": len(TEXTS)}
    assert has_imprint(place)
