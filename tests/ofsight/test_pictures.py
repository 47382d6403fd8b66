"""Whose file is still what was read has pictures; nobody else."""

import shutil
from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight.engine import Options, run
from ofsight.pictures import drawer
from ofsight.progress import Silence

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
REPORT = "s01-harrowmere-ilacs-b4-2022-07"


@pytest.fixture(params=["pdf", "text"])
def read(request, tmp_path):
    """A store of one report, as PDF or text, and the file it was read from."""
    file = tmp_path / next((SAMPLES / request.param).glob(f"{REPORT}.*")).name
    shutil.copy(SAMPLES / request.param / file.name, file)
    made = run([file], tmp_path / "s.db", Options(jobs=1), Silence())
    assert made.counts == {"ok": 1}, made
    with open_store(tmp_path / "s.db") as store:
        yield store.connection, file


def pictures(connection):
    (key,) = connection.execute("SELECT id FROM document").fetchone()
    return [picture.page for picture in drawer(connection)(key)]


def test_a_pdf_has_a_picture_of_every_page_and_a_text_has_none(read):
    connection, file = read
    (count,) = connection.execute("SELECT pages FROM document").fetchone()
    expected = list(range(1, count + 1)) if file.suffix == ".pdf" else []
    assert pictures(connection) == expected


def test_a_file_that_is_gone_has_none(read):
    connection, file = read
    file.unlink()
    assert pictures(connection) == []


def test_a_file_that_is_not_what_was_read_has_none(read):
    connection, file = read
    file.write_bytes(file.read_bytes() + b"\n")
    assert pictures(connection) == []
