"""`ofsight check` tells a whole store from a damaged one, which can be made again from its reports."""

import json

import pytest

from corpus.store import open_store
from ofsight.cli import run_command


@pytest.fixture
def filled(folder, store, fake):
    """A store of two reports."""
    fake.do(folder(a="Plans are timely.", b="Visits are late."), store)
    return store


def test_a_whole_store_is_said_to_be_whole(filled, capsys):
    assert run_command(["check", "--store", str(filled)]) == 0
    out = capsys.readouterr().out
    assert "is whole: 2 documents as written" in " ".join(out.split())
    with open_store(filled) as opened:
        assert f"Content: {opened.content_hash()}" in out


def test_a_damaged_store_is_reported_left_alone_and_made_again(filled, folder, fake, tmp_path, capsys):
    with open_store(filled) as opened:
        content = opened.content_hash()
    harmed = filled.read_bytes().replace(b"Visits are late", b"Visits are lots")
    filled.write_bytes(harmed)
    assert run_command(["check", "--store", str(filled)]) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "b.txt: its rows are not those that were written" in said
    assert "Nothing was changed" in said and "ofsight run REPORTS --store NEW.db" in said
    assert filled.read_bytes() == harmed
    fake.do(tmp_path / "in", tmp_path / "new.db")
    with open_store(tmp_path / "new.db") as opened:
        assert opened.content_hash() == content


def test_what_has_no_seal_is_not_called_whole(filled, capsys):
    with open_store(filled, "write") as opened:
        opened.connection.execute("DELETE FROM seal")
    assert run_command(["check", "--store", str(filled)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "No damage was found in 2 documents of a version that set no seals" in said
    assert "is whole" not in said


def test_one_fault_is_one_fault(filled, capsys):
    filled.write_bytes(filled.read_bytes().replace(b"Visits are late", b"Visits are lots"))
    assert run_command(["check", "--store", str(filled)]) == 1
    assert "is damaged: 1 fault." in " ".join(capsys.readouterr().out.split())


def test_a_program_gets_every_fault(filled, capsys):
    filled.write_bytes(filled.read_bytes().replace(b"Visits are late", b"Visits are lots"))
    assert run_command(["check", "--store", str(filled), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["documents"], found["unsealed"], found["content"]) == (2, 0, None)
    assert [fault["source"].endswith("b.txt") for fault in found["damage"]] == [True]


def test_a_new_codebook_and_a_moved_folder_leave_the_store_whole(filled, folder, fake, tmp_path):
    (tmp_path / "in").rename(tmp_path / "moved")
    new = fake.Versions("1", "book-2", "model-1")
    fake.do(tmp_path / "moved", filled, versions=new, load=fake.load_doubting)
    (tmp_path / "moved").rename(tmp_path / "again")
    assert fake.do(tmp_path / "again", filled, versions=new).counts == {"unchanged": 2}
    assert run_command(["check", "--store", str(filled)]) == 0
