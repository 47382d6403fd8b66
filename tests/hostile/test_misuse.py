"""Whatever stands where a store, a report or an output should be: one line that says why, and no harm."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight import cli

ROOT = Path(__file__).parent.parent.parent
REPORT = ROOT / "corpus" / "samples" / "text" / "s01-harrowmere-ilacs-b4-2022-07.txt"
# What each command that reads a store is given beside it; {} stands for a fresh folder.
READING: dict[str, tuple[str, ...]] = {
    "show": ("Harrowmere",),
    "search": ("children",),
    "figures": (),
    "indicators": (),
    "export": ("{}/tables",),
    "check": (),
    "compare": ("Harrowmere", "--out", "{}/c.html"),
    "brief": ("Harrowmere", "--out", "{}/b.md"),
    "verify": (str(REPORT),),
    "site": ("--out", "{}/site"),
    "replicate": (),
    "serve": ("--port", "0"),
    "review": (),
    "evaluate": ("--out", "{}/e.html"),
}
WRITING = {
    "brief": ("Harrowmere", "--out"),
    "compare": ("Harrowmere", "--out"),
    "export": (),
    "site": ("--out",),
    "figures": ("--out",),
    "indicators": ("--out",),
}


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE letters (text)")


def _newer(path: Path) -> None:
    with open_store(path, "write") as made:
        made.rest()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _half(path: Path) -> None:
    with open_store(path, "write") as made:
        made.rest()
    os.truncate(path, path.stat().st_size // 2)


STORES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: None,
    "a folder": Path.mkdir,
    "an empty file": lambda path: path.write_bytes(b""),
    "a text": lambda path: path.write_text("my only copy of a letter\n" * 99),
    "a PDF": lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 99),
    "another database": _other_database,
    "a store of a newer version": _newer,
    "half a store": _half,
    "a link round in a circle": lambda path: path.symlink_to(path),
    "a link to nowhere": lambda path: path.symlink_to(path.with_name("absent")),
    "a pipe": os.mkfifo if sys.platform != "win32" else lambda path: None,
}


def said_in_one_line(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert err.count("\n") == 1, err
    assert err.startswith("ofsight"), err
    assert "ofsight itself" not in err
    assert "Traceback" not in out + err
    return err


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("kind", STORES)
def test_what_is_no_store_is_one_line_and_is_left_as_it_is(tmp_path, capsys, command, kind):
    path = tmp_path / "s.db"
    STORES[kind](path)
    before = path.read_bytes() if path.is_file() else None
    given = [word.replace("{}", str(tmp_path / "new")) for word in READING[command]]
    assert cli.run_command([command, *given, "--store", str(path)]) == 2
    assert "s.db" in said_in_one_line(capsys)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("kind", [kind for kind in STORES if kind not in ("nothing", "an empty file")])
def test_a_run_writes_into_nothing_but_a_store(tmp_path, capsys, kind):
    path = tmp_path / "s.db"
    STORES[kind](path)
    before = path.read_bytes() if path.is_file() else None
    if kind == "a link to nowhere":
        pytest.skip("there a run makes the store that the link names")
    assert cli.run_command(["run", str(REPORT), "--store", str(path), "--jobs", "1"]) == 2
    assert "s.db" in said_in_one_line(capsys)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_the_lock_of_a_run_overwrites_nothing_by_way_of_a_link(tmp_path, capsys):
    theirs = tmp_path / "letter.txt"
    theirs.write_text("mine")
    (tmp_path / "s.db.lock").symlink_to(theirs)
    assert cli.run_command(["run", str(REPORT), "--store", str(tmp_path / "s.db"), "--jobs", "1"]) == 2
    assert "s.db" in said_in_one_line(capsys)
    assert theirs.read_text() == "mine"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("misuse") / "s.db"
    assert cli.run_command(["run", str(REPORT), "--store", str(path), "--jobs", "1"]) == 0
    return path


def _full_folder(folder: Path) -> str:
    (folder / "theirs.html").mkdir()
    (folder / "theirs.html" / "letter.txt").write_text("mine")
    return "theirs.html"


PLACES: dict[str, Callable[[Path], str]] = {
    "below a file": lambda folder: f"{shutil.copy(REPORT, folder / 'file')}/x.html",
    "a folder with something else in it": _full_folder,
    "a device without room": lambda folder: "/dev/full",
    "a link round in a circle": lambda folder: (folder / "x.html").symlink_to("x.html") or "x.html",
    "of no kind that we write": lambda folder: "x.exe",
    "a name that is too long": lambda folder: "x" * 300 + ".html",
}


@pytest.mark.parametrize("command", WRITING)
@pytest.mark.parametrize("place", PLACES)
def test_where_nothing_can_be_written_it_is_said_in_one_line(
    made, tmp_path, capsys, monkeypatch, command, place
):
    monkeypatch.chdir(tmp_path)
    out = PLACES[place](tmp_path)
    had = sorted(tmp_path.rglob("*"))
    folders = {"site", "export"}
    if command in folders and place in ("of no kind that we write", "a device without room"):
        pytest.skip("a folder may be called so")
    if command not in folders and place == "a link round in a circle":
        pytest.skip("a file takes the place of the link")
    assert cli.run_command([command, *WRITING[command], out, "--store", str(made)]) == 2
    said_in_one_line(capsys)
    assert sorted(tmp_path.rglob("*")) == had


@pytest.mark.parametrize("kind", ["nothing", "a folder", "an empty file", "a PDF"])
@pytest.mark.parametrize(
    "command",
    [("verify",), ("codebook", "check"), ("review", "--import"), ("run", "--codebook")],
    ids=" ".join,
)
def test_a_draft_or_codebook_that_is_none_is_one_line(made, tmp_path, capsys, command, kind):
    path = tmp_path / "s.db"
    STORES[kind](path)
    words = [*command, str(path)]
    if command == ("run", "--codebook"):
        words = ["run", str(REPORT), "--codebook", str(path), "--store", str(tmp_path / "new.db")]
    elif command[0] != "codebook":
        words += ["--store", str(made)]
    code = cli.run_command(words)
    if command == ("verify",) and kind == "an empty file":
        assert code in (0, 2)  # a draft that says nothing says nothing wrong
        return
    assert code == 2
    said_in_one_line(capsys)


ODD = (
    "",
    " ",
    "\0",
    "\n",
    "'; DROP TABLE document; --",
    "\u202e",
    "\ud800",
    "x" * 100_000,
    "%s%n{}",
    "../" * 40,
)


@pytest.mark.parametrize("word", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("command", ["show", "search", "brief", "compare", "authorities"])
def test_odd_words_are_answered_or_refused_in_one_line(made, capsys, command, word):
    more = () if command == "authorities" else ("--store", str(made))
    code = cli.run_command([command, word, *more])
    out, err = capsys.readouterr()
    assert code in (0, 2)
    assert "ofsight itself" not in err
    assert "Traceback" not in out + err
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (1,)
