"""The short form of `make torture`: every kind of bad input that is soon over, in one real run."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pipes, devices and /proc")


@pytest.fixture(scope="module")
def torture() -> ModuleType:
    spec = importlib.util.spec_from_file_location("torture", Path(__file__).parent / "torture.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["torture"] = module
    spec.loader.exec_module(module)
    return module


def test_every_bad_input_ends_in_one_outcome_of_the_design(torture, tmp_path):
    result = torture.torture(list(torture.bad_inputs()), tmp_path)
    assert not result.faults, result.table()
    assert len(result.watch.outcomes) > 60
