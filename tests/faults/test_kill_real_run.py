"""A run over bundled samples, killed at random moments, ends in the content of an undisturbed one."""

import random
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills process groups")


@pytest.fixture(scope="module")
def files(trials) -> list[Path]:
    return sorted(trials.SAMPLES.iterdir())[:4]


def test_kills_lose_nothing_and_double_nothing(killing, files, tmp_path):
    killing.kills(tmp_path, files, count=3, seed=11)


def test_workers_order_locale_and_hash_seed_make_no_difference(trials, files, tmp_path):
    one, many = tmp_path / "one.db", tmp_path / "many.db"
    assert trials.start(files, one, 1).wait() == 0
    shuffled = random.Random(4).sample(files, len(files))  # noqa: S311
    assert trials.start(shuffled, many, 4, PYTHONHASHSEED="4", LC_ALL="C").wait() == 0
    assert trials.content(one) == trials.content(many)
