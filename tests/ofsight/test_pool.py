"""A worker has its time for a task, by the clock and by the processor."""

import time

from ofsight.limits import Limits
from ofsight.pool import Failure, Pool

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
    monkeypatch.setattr("ofsight.pool._waited_for_processor", lambda _: time.monotonic())
    with Pool(sleep, 1, HASTY) as pool:
        [(_, answer)] = pool.run([1.0])
    assert answer == {"slept": 1.0}
