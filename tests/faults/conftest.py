"""The trials of this folder, for its tests."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def trials() -> ModuleType:
    spec = importlib.util.spec_from_file_location("trials", Path(__file__).parent / "trials.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["trials"] = module
    spec.loader.exec_module(module)
    return module
