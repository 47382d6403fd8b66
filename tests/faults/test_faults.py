"""The short form of the trials: a few of every fault that a run must survive."""

import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills process groups, looks into /proc")


def test_every_way_to_die_has_its_own_outcome(trials, tmp_path):
    trials.chaos(tmp_path, count=54, seed=3)


def test_eight_readers_see_only_whole_documents_through_three_runs(trials, tmp_path):
    trials.readers(tmp_path, number=8, batches=3, size=20)


@pytest.mark.parametrize("number", [2, 5])
def test_of_runs_at_once_one_works_and_the_others_name_it(trials, tmp_path, number):
    trials.rivals(tmp_path, number, size=30)


def test_a_full_disk_costs_nothing_that_was_done(trials, tmp_path):
    if (said := trials.fill_disks(tmp_path, moments=5)) == trials.NO_DISKS:
        pytest.skip(said)


def test_a_store_is_read_where_nothing_can_be_written(trials, tmp_path):
    if (said := trials.lock_disks(tmp_path)) == trials.NO_DISKS:
        pytest.skip(said)


def test_a_killed_writer_leaves_the_old_output_whole(outputs, tmp_path):
    outputs.kill_writers(tmp_path, kills=2, seed=5, commands=(outputs.COMMANDS[0], outputs.COMMANDS[-1]))


def test_a_cluster_that_loses_a_worker_or_its_scheduler_makes_the_same_store(trials, tmp_path):
    if (said := trials.lose_clusters(tmp_path)) == trials.NO_DASK:
        pytest.skip(said)


def test_a_trial_says_how_it_ended(torture, monkeypatch, capsys):
    def fail(_):
        raise AssertionError("one report is there twice")

    monkeypatch.setattr(torture, "LONGEST_S", 1)
    assert torture.report("sound", lambda _: "9 kills") == "well"
    assert torture.report("doubled", fail) == "FAILED"
    assert torture.report("endless", lambda _: time.sleep(60)) == "HUNG"
    said = [line.split(maxsplit=4) for line in capsys.readouterr().out.splitlines()]
    assert [(name, ended, what) for name, ended, _, _, what in said] == [
        ("sound", "well", "9 kills"),
        ("doubled", "FAILED", "one report is there twice"),
        ("endless", "HUNG", "not over after 1 s"),
    ]
