"""A worker has its time for a task, by the clock and by the processor."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from ofsight.limits import Limits
from ofsight.pool import Failure, Pool
from ofsight.worker import MOST_BYTES

HASTY = Limits(wall_s=0.3)


def sleep(seconds: float) -> dict[str, float]:
    """A task that waits for something that does not come soon."""
    time.sleep(seconds)
    return {"slept": seconds}


def test_what_does_nothing_for_too_long_is_ended():
    with Pool(sleep, 1, HASTY) as pool:
        [(_, answer)] = pool.run([30.0])
    assert answer == Failure("timeout", "not finished within 0.3 seconds")


def test_time_in_which_a_busy_machine_lets_nothing_run_does_not_count(monkeypatch):
    monkeypatch.setattr("ofsight.allowance._waited_for_processor", lambda _: time.monotonic())
    with Pool(sleep, 1, HASTY) as pool:
        [(_, answer)] = pool.run([1.0])
    assert answer == {"slept": 1.0}


def count_threads(_: int) -> dict[str, int]:
    """A task that says how many threads share the work on a matrix."""
    import threadpoolctl

    return {"most": max(library["num_threads"] for library in threadpoolctl.threadpool_info())}


def test_a_worker_has_one_thread_however_many_its_parent_has():
    assert np.ones(1).size == 1  # its library of matrices is loaded
    with threadpool_limits(2), Pool(count_threads, 1, Limits()) as pool:
        [(_, answer)] = pool.run([1])
    assert answer == {"most": 1}


def talk(words: int) -> dict[str, str]:
    """A task whose answer is as long as one likes."""
    return {"said": "word " * words}


def test_an_answer_that_is_too_long_for_the_parent_is_not_sent():
    with Pool(talk, 1, Limits()) as pool:
        (_, long), (_, short) = pool.run([MOST_BYTES // 5, 1])
    assert long == Failure("too_big", "what it says takes 64 MB; 64 are the most")
    assert short == {"said": "word "}


def test_a_worker_that_sends_it_all_the_same_is_ended(monkeypatch):
    monkeypatch.setattr("ofsight.pool.MOST_BYTES", 100)
    with Pool(talk, 1, Limits()) as pool:
        (_, long), (_, short) = pool.run([99, 1])
    assert (long.reason, short) == ("crashed", {"said": "word "})


@pytest.mark.parametrize("letter", [b"[]", b"1", b"no JSON", b"[" * 100_000])
def test_an_answer_that_is_no_answer_costs_its_document(monkeypatch, letter):
    monkeypatch.setattr("ofsight.worker._letter", lambda _: letter)
    with Pool(talk, 1, Limits()) as pool:
        [(_, answer)] = pool.run([1])
    assert answer.reason == "crashed"


def hang_up(seconds: float) -> dict[str, float]:
    """A task that cuts the line to the parent, and lives on."""
    os.closerange(3, 1000)
    return sleep(seconds)


def test_a_worker_that_hangs_up_is_ended():
    with Pool(hang_up, 1, Limits()) as pool:
        [(_, answer)] = pool.run([30.0])
    assert answer.reason == "crashed"


def sleep_deaf(seconds: float) -> dict[str, float]:
    """A task that no clock of its own process can wake."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    return sleep(seconds)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the parent alone ends a worker")
def test_what_is_deaf_to_its_own_clock_is_ended_by_the_parent():
    with Pool(sleep_deaf, 1, HASTY) as pool:
        [(_, answer)] = pool.run([30.0])
    assert answer == Failure("timeout", "not finished within 0.3 seconds")


NAPS = """
import time
from ofsight.limits import Limits
from ofsight.pool import Pool

def nap(times):
    for _ in range(times):
        time.sleep(0.1)
    return {"naps": times}

with Pool(nap, 1, Limits(wall_s=2.0)) as pool:
    for _, answer in pool.run([1, 5]):
        print(answer, flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="stops a process group")
def test_a_run_that_was_stopped_and_goes_on_costs_no_document():
    command = [sys.executable, "-c", NAPS]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert run.stdout.readline() == "{'naps': 1}\n"
    os.killpg(run.pid, signal.SIGSTOP)  # as Ctrl-Z does
    time.sleep(3)
    os.killpg(run.pid, signal.SIGCONT)
    assert run.communicate()[0] == "{'naps': 5}\n"
