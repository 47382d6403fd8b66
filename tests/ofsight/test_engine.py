"""A run gives every input its outcome, does nothing twice, and survives what its workers do not."""

import errno
import os
from collections import Counter
from dataclasses import replace

import pytest

from corpus.errors import DataFileError, StoreError
from corpus.rows import Versions
from corpus.store import open_store
from ofsight.engine import Options, make_plan
from ofsight.lock import hold


def test_every_input_has_one_outcome(tmp_path, folder, store, fake):
    files = folder(a="First report.", b="stranger", c="half read")
    report = fake.do(files, store)
    assert fake.rows(store, "SELECT status, reason, detail FROM outcome ORDER BY source") == [
        ("ok", None, None),
        ("rejected", "not_a_report", "a letter"),
        ("partial", None, "page 2"),
    ]
    assert report.exit_code == 1
    assert not (tmp_path / "s.db.lock").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("memory", "out_of_memory"),
        ("greedy", "out_of_memory"),
        ("segv", "crashed"),
        ("kill", "crashed"),
        ("exit", "crashed"),
        ("bug", "crashed"),
        ("sleep", "timeout"),
        ("spin", "timeout"),
    ],
)
def test_a_worker_that_dies_costs_one_document(folder, store, fake, text, reason):
    files = folder(a="Before.", b=text, c="After.")
    report = fake.do(files, store, jobs=1)
    assert report.counts == {"ok": 2, "rejected": 1}
    assert [outcome.reason for outcome in report.rejected] == [reason]


def test_in_a_crowd_of_faults_the_counts_are_exact(folder, store, fake):
    kinds = ["fine"] * 20 + ["memory", "segv", "kill", "exit"] * 5
    files = folder(**{f"f{n}": f"{kind} {n}" for n, kind in enumerate(kinds)})
    report = fake.do(files, store)
    assert report.counts == {"ok": 20, "rejected": 20}
    assert Counter(o.reason for o in report.rejected) == {"out_of_memory": 5, "crashed": 15}


def test_a_second_run_does_nothing(folder, store, fake):
    files = folder(a="First.", b="Second.")
    fake.do(files, store)
    report = fake.do(files, store, load=_must_not_load)
    assert report.counts == {"unchanged": 2}
    assert report.exit_code == 0


def test_a_touched_file_is_still_unchanged(folder, store, fake):
    files = folder(a="First.")
    fake.do(files, store)
    os.utime(files / "a.txt", (1, 1))
    assert fake.do(files, store, load=_must_not_load).counts == {"unchanged": 1}


def test_what_was_rejected_is_tried_again_only_when_asked(folder, store, fake):
    files = folder(a="stranger")
    fake.do(files, store)
    again = fake.do(files, store, load=_must_not_load)
    assert [(o.reason, o.detail) for o in again.rejected] == [
        ("not_a_report", "a letter (as before; try again with --retry)")
    ]
    assert [o.detail for o in fake.do(files, store, retry=True).rejected] == ["a letter"]


def test_what_could_not_be_read_for_a_lost_disk_is_tried_again_without_being_asked(folder, store, fake):
    files = folder(a="lost")
    assert [outcome.reason for outcome in fake.do(files, store).rejected] == ["unreadable"]
    [step] = make_plan([files], store, Options(), fake.VERSIONS)
    assert step.action == "read"


def test_a_file_that_changes_between_two_looks_is_left_to_the_next_run(folder, store, fake):
    """The run knows it by its bytes; a copy that is under way, say, is longer when a worker reads it."""

    def load_late():
        def read(path):
            path.write_text("All of it.")
            return fake.read(path)

        return replace(fake.load(), read=read)

    files = folder(a="Some of")
    [outcome] = fake.do(files, store, load=load_late).rejected
    assert (outcome.reason, outcome.detail.partition(";")[0]) == (
        "unreadable",
        "it changed while it was being read",
    )
    assert fake.rows(store, "SELECT * FROM document") == []
    assert fake.do(files, store).counts == {"ok": 1}


def test_a_new_version_of_the_rules_tries_rejected_files_again(folder, store, fake):
    files = folder(a="stranger")
    fake.do(files, store)
    again = fake.do(files, store, versions=Versions("2", "book-1", "model-1"))
    assert [o.detail for o in again.rejected] == ["a letter"]


def test_the_same_bytes_are_stored_once(folder, store, fake):
    files = folder(a="Same.", b="Same.", c="stranger", d="stranger")
    report = fake.do(files, store, jobs=1)
    assert report.counts == {"ok": 1, "duplicate": 1, "rejected": 2}
    assert fake.rows(store, "SELECT source FROM document") == [(str(files / "a.txt"),)]
    assert fake.do(files, store).counts == {"unchanged": 1, "duplicate": 1, "rejected": 2}


def test_a_file_that_moved_is_known_at_its_new_place(tmp_path, folder, store, fake):
    files = folder(a="First.")
    fake.do(files, store)
    files.rename(tmp_path / "new")
    assert fake.do(tmp_path / "new", store, load=_must_not_load).counts == {"unchanged": 1}
    assert fake.rows(store, "SELECT source FROM document") == [(str(tmp_path / "new" / "a.txt"),)]


def test_a_new_codebook_codes_again_without_reading(folder, store, fake):
    files = folder(a="First.", b="Second.")
    fake.do(files, store)
    new = Versions("1", "book-2", "model-1")
    plan = make_plan([files / "a.txt"], store, Options(), new)
    assert [step.action for step in plan] == ["code_again"]
    report = fake.do(files / "a.txt", store, versions=new, load=fake.load_doubting)
    assert (report.counts, report.coded_beside) == ({"ok": 1}, 1)
    assert fake.rows(store, "SELECT valence FROM paragraph") == [("weakness",)] * 2
    assert fake.rows(store, "SELECT DISTINCT codebook_hash FROM document") == [("book-2",)]


def test_new_rules_read_again(folder, store, fake):
    files = folder(a="First.")
    fake.do(files, store)
    new = Versions("2", "book-1", "model-1")
    assert fake.do(files, store, versions=new).counts == {"ok": 1}
    assert fake.rows(store, "SELECT pipeline_version FROM document") == [("2",)]


def test_what_new_rules_cannot_read_is_tried_once_and_stays_as_it_was(folder, store, fake):
    files = folder(a="First.")
    fake.do(files, store)
    new = Versions("2", "book-1", "model-1")
    assert fake.do(files, store, versions=new, load=fake.load_doubting).counts == {"rejected": 1}
    [again] = fake.do(files, store, versions=new, load=_must_not_load).rejected
    assert again.detail.endswith("(as before; try again with --retry)")
    assert fake.rows(store, "SELECT pipeline_version FROM document") == [("1",)]
    assert fake.do(files, store, versions=new, retry=True).counts == {"ok": 1}


def test_a_dry_run_leaves_no_store(folder, store, fake):
    files = folder(a="First.")
    make_plan([files], store, Options(), fake.VERSIONS)
    assert not (store).exists()


def test_the_content_is_the_same_for_any_number_of_workers_and_order(tmp_path, folder, store, fake):
    texts = {f"f{n}": f"Report {n}." for n in range(12)} | {"copy": "Report 3."}
    place = folder(**texts)
    files = sorted(place.iterdir())
    hashes = set()
    for jobs, order in ((1, files), (3, files[::-1]), (2, [place])):
        store = tmp_path / f"{jobs}.db"
        fake.do(order, store, jobs=jobs)
        with open_store(store) as opened:
            hashes.add(opened.content_hash())
    assert len(hashes) == 1


def test_a_second_run_on_one_store_is_refused_and_names_the_holder(folder, store, fake):
    files = folder(a="First.")
    with hold(store), pytest.raises(StoreError, match=f"process {os.getpid()} on .*, since 20"):
        fake.do(files, store)


def test_a_lock_left_behind_by_a_dead_run_does_not_matter(tmp_path, folder, store, fake):
    files = folder(a="First.")
    (tmp_path / "s.db.lock").write_text('{"pid": 1, "host": "elsewhere", "since": "2020"}')
    assert fake.do(files, store).counts == {"ok": 1}


def test_a_disk_without_room_for_the_lock_is_one_clear_error(tmp_path, folder, store, fake, monkeypatch):
    files = folder(a="First.")

    def full(handle, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ofsight.lock.os.write", full)
    with pytest.raises(StoreError, match=r"s\.db' cannot be written: No space left on device"):
        fake.do(files, store)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_nothing_is_left_behind_when_the_stages_cannot_be_loaded(tmp_path, folder, store, fake):
    files = folder(a="First.")
    with pytest.raises(DataFileError):
        fake.do(files, store, load=_broken)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_fault_of_our_own_data_ends_the_run_and_blames_no_document(folder, store, fake):
    files = folder(a="First.", b="broken")
    with pytest.raises(DataFileError, match="a gazetteer is broken"):
        fake.do(files, store, jobs=1)
    assert fake.rows(store, "SELECT status FROM outcome") == [("ok",)]


def test_an_empty_folder_and_a_missing_path_are_errors(tmp_path, store, fake):
    with pytest.raises(DataFileError, match="no PDF or text file"):
        fake.do(tmp_path, store)
    with pytest.raises(FileNotFoundError):
        fake.do(tmp_path / "nowhere", store)


def _must_not_load():
    raise AssertionError("there is nothing to do")


def _broken():
    raise DataFileError("a gazetteer is broken")


def test_a_finished_store_is_one_file_that_can_be_read_where_nothing_can_be_written(folder, store, fake):
    fake.do(folder(a="First."), store)
    assert fake.rows(store, "SELECT status FROM outcome") == [("ok",)]
    assert sorted(path.name for path in store.parent.iterdir()) == ["in", "s.db"]


def test_readers_see_whole_documents_while_a_run_writes(folder, store, fake):
    place = folder(a="First.")
    fake.do(place, store)
    with open_store(store) as reader:
        before = reader.connection.execute("SELECT count(*) FROM document").fetchone()
        fake.write(place, b="Second.")
        assert fake.do(place, store).counts == {"unchanged": 1, "ok": 1}
        after = reader.connection.execute("SELECT count(*) FROM document").fetchone()
    assert (before, after) == ((1,), (2,))
