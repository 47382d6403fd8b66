"""A run over the bundled samples, killed at random moments, ends in the content of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.store import open_store

SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "samples" / "text"
COUNT = 4
KILLS = 3

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills process groups")


def start(files: list[Path], store: Path, jobs: int, **environment: str) -> subprocess.Popen:
    """`ofsight run` in a process group of its own."""
    program = "from ofsight.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, "run", *files, "--store", store, "--jobs", str(jobs)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | environment,
    )


def content(store: Path) -> str:
    with open_store(store) as opened:
        return opened.content_hash()


@pytest.fixture(scope="module")
def files() -> list[Path]:
    return sorted(SAMPLES.iterdir())[:COUNT]


@pytest.fixture(scope="module")
def undisturbed(files, tmp_path_factory) -> str:
    """The content of a run by one worker that nobody disturbed."""
    store = tmp_path_factory.mktemp("whole") / "s.db"
    assert start(files, store, 1).wait() == 0
    return content(store)


def test_kills_lose_nothing_and_double_nothing(files, undisturbed, tmp_path):
    store = tmp_path / "s.db"
    moments = random.Random(11)  # noqa: S311
    for _ in range(KILLS):
        process = start(files, store, 2)
        time.sleep(moments.uniform(1.0, 5.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert start(files, store, 2).wait() == 0
    assert content(store) == undisturbed
    with open_store(store) as opened:
        read = opened.connection.execute(
            "SELECT count(*), count(DISTINCT source) FROM outcome WHERE status = 'ok'"
        )
        assert read.fetchone() == (COUNT, COUNT)


@pytest.mark.parametrize("jobs", [4])
def test_workers_order_locale_and_hash_seed_make_no_difference(files, undisturbed, tmp_path, jobs):
    shuffled = random.Random(jobs).sample(files, len(files))  # noqa: S311
    store = tmp_path / "s.db"
    process = start(shuffled, store, jobs, PYTHONHASHSEED=str(jobs), LC_ALL="C")
    assert process.wait() == 0
    assert content(store) == undisturbed
