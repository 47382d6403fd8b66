"""By the clock, a process has its time and no more; what a machine withholds from it is not taken off."""

import pytest

from ofsight.allowance import Allowance


@pytest.fixture
def machine(monkeypatch):
    """A clock to turn, and a count of how long the process waited for a processor."""
    state = {"clock": 0.0, "waited": 0.0}
    monkeypatch.setattr("ofsight.allowance.time.monotonic", lambda: state["clock"])
    monkeypatch.setattr("ofsight.allowance._waited_for_processor", lambda _: state["waited"])
    return state


def spent_after(machine, seconds: float, *, waiting: float = 0.0) -> bool:
    """Whether a minute's allowance is spent after so many seconds, of which this share was waited."""
    allowance, spent = Allowance(60.0), False
    for _ in range(int(seconds * 5)):
        machine["clock"] += 0.2
        machine["waited"] += 0.2 * waiting
        spent = allowance.is_spent()
    return spent


@pytest.mark.parametrize(("seconds", "spent"), [(59, False), (61, True)])
def test_what_does_nothing_has_a_minute(machine, seconds, spent):
    assert spent_after(machine, seconds) is spent


@pytest.mark.parametrize(("seconds", "spent"), [(119, False), (121, True)])
def test_what_gets_half_a_processor_has_two(machine, seconds, spent):
    assert spent_after(machine, seconds, waiting=0.5) is spent


def test_a_wait_that_the_system_tells_of_when_it_is_over_is_taken_off_then(machine):
    allowance = Allowance(60.0)
    for _ in range(4):
        for _ in range(150):
            machine["clock"] += 0.2
            assert not allowance.is_spent()
        machine["waited"] += 30.0


def test_a_run_that_was_stopped_for_an_hour_goes_on(machine):
    allowance = Allowance(60.0)
    machine["clock"] += 3600
    assert not allowance.is_spent()
