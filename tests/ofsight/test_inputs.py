"""Which files a run means, however odd the folder."""

import os
from pathlib import Path

import pytest

from corpus.errors import SourceError
from ofsight.inputs import find_inputs, hash_file


def names(*paths: Path) -> list[str]:
    return [item.path.name for item in find_inputs(paths)]


def test_folders_give_pdf_and_text_at_any_depth_in_the_order_of_names(tmp_path):
    (tmp_path / "b" / "deep").mkdir(parents=True)
    for name in ("z.pdf", "b/deep/Y.PDF", "b/x.txt", "index.csv", "notes.docx"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["Y.PDF", "x.txt", "z.pdf"]


def test_a_named_file_is_taken_whatever_its_suffix_and_only_once(tmp_path):
    file = tmp_path / "report"
    file.write_text("x")
    assert names(file, tmp_path / "." / "report", tmp_path) == ["report"]


def test_links_that_lead_round_in_a_circle_are_followed_once(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "in" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.pdf").symlink_to(tmp_path / "self.pdf")
    items = find_inputs([tmp_path])
    assert [(item.path.name, item.fault and item.fault.reason) for item in items] == [
        ("a.txt", None),
        ("self.pdf", "unreadable"),
    ]


def test_a_folder_may_be_called_like_a_file(tmp_path):
    (tmp_path / "x.pdf").mkdir()
    (tmp_path / "x.pdf" / "a.txt").write_text("x")
    assert names(tmp_path) == ["a.txt"]


def test_pipes_and_devices_are_no_regular_files(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    faults = [item.fault.reason for item in find_inputs([tmp_path, Path("/dev/null")]) if item.fault]
    assert faults == ["not_regular", "not_regular"]


def test_a_pipe_that_took_the_place_of_a_file_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(SourceError, match="not a regular file"):
        hash_file(tmp_path / "pipe.pdf", 100)


def test_a_name_that_is_no_text_is_shown_with_escapes(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/-\xff\nname.txt")).write_text("x")
    [item] = find_inputs([tmp_path])
    assert item.source.endswith("/-\\xff\nname.txt")
    assert item.source.encode()


def test_too_big_is_said_before_reading(tmp_path):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(SourceError, match="the limit is"):
        hash_file(tmp_path / "big.pdf", 1000)
