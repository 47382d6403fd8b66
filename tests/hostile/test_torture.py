"""The short form of `make torture`: every kind of bad input that is soon over, in one real run."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from corpus.store import Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and /proc")


@pytest.fixture(scope="module")
def torture() -> ModuleType:
    spec = importlib.util.spec_from_file_location("torture", Path(__file__).parent / "torture.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["torture"] = module
    spec.loader.exec_module(module)
    return module


def outcome(source: str) -> Outcome:
    return Outcome(source, None, "ok", None, None, 1, 1)


def test_every_bad_input_ends_in_one_outcome_of_the_design(torture, tmp_path):
    result = torture.torture(torture.bad_inputs(), tmp_path)
    assert not result.faults, result.table()
    assert len(result.watch.outcomes) > 60


def test_each_input_is_timed_by_itself(torture, monkeypatch):
    """A run hands the next input to the worker before it says what became of the last one."""
    monkeypatch.setattr(torture.time, "monotonic", lambda: clock)
    watch, clock = torture.Watch(), 0.0
    watch.working("hangs.pdf")
    clock = 70.0
    watch.largest = 5
    watch.done(outcome("pipe.pdf"))  # needs no worker
    watch.working("quick.pdf")
    watch.done(outcome("hangs.pdf"))
    clock = 71.0
    watch.waited = 0.5
    watch.done(outcome("quick.pdf"))
    assert watch.seconds == {"pipe.pdf": 0.0, "hangs.pdf": 70.0, "quick.pdf": 0.5}
    assert watch.memory == {"pipe.pdf": 0, "hangs.pdf": 5, "quick.pdf": 0}
