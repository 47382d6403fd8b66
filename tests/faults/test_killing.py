"""A run may be stopped or killed at any moment: what was reported done is safe, nothing is left running."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.store import open_store

PROGRAM = """
import importlib.util, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("fake", sys.argv[1])
fake = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fake)
print("ready", flush=True)
report = fake.do(Path(sys.argv[2]), Path(sys.argv[3]), limits=fake.Limits())
sys.exit(report.exit_code)
"""
COUNT = 60

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def start(place: Path, store: Path) -> subprocess.Popen:
    """A run in a process group of its own."""
    fakes = str(Path(__file__).parent.parent / "ofsight" / "conftest.py")
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, fakes, str(place), str(store)],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    process.stdout.readline()
    process.stdout.close()
    return process


@pytest.fixture
def fake(trials):
    """The small documents and stages of the engine's tests."""
    return trials.load_fakes()


@pytest.fixture
def store(tmp_path) -> Path:
    return tmp_path / "s.db"


def texts() -> dict[str, str]:
    return {f"f{n:03}": f"Report {n}." for n in range(COUNT)}


@pytest.mark.parametrize(("asked", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_stops_when_asked_and_the_next_run_goes_on(tmp_path, store, fake, killing, asked, code):
    place = fake.write(tmp_path / "in", **texts(), z="sleep")
    process = start(place, store)
    time.sleep(0.7)
    os.killpg(process.pid, asked)
    assert process.wait(timeout=60) == code
    assert killing.living(process.pid) == []
    assert not store.with_name("s.db.lock").exists()
    (place / "z.txt").unlink()
    report = fake.do(place, store)
    assert sum(report.counts.values()) == COUNT
    assert not report.rejected


def test_children_die_with_their_parent(tmp_path, store, fake, killing):
    process = start(fake.write(tmp_path / "in", a="sleep", b="spin"), store)
    while len(killing.living(process.pid)) < 3:  # the run and a worker for each document
        time.sleep(0.05)
    process.kill()
    process.wait()
    end = time.monotonic() + 5
    while killing.living(process.pid) and time.monotonic() < end:
        time.sleep(0.05)
    assert killing.living(process.pid) == []


def test_kills_at_random_moments_lose_nothing_and_double_nothing(store, fake, tmp_path):
    place = fake.write(tmp_path / "in", **texts())
    whole = tmp_path / "whole.db"
    fake.do(place, whole)
    moments = random.Random(7)  # noqa: S311
    for _ in range(6):
        process = start(place, store)
        time.sleep(moments.uniform(0, 0.4))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    fake.do(place, store)
    with open_store(store) as one, open_store(whole) as other:
        assert one.content_hash() == other.content_hash()
    assert fake.rows(store, "SELECT count(*), count(DISTINCT source) FROM outcome WHERE status = 'ok'") == [
        (COUNT, COUNT)
    ]
    assert fake.rows(store, "PRAGMA integrity_check") == [("ok",)]
