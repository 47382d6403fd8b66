"""The trials of this folder, for its tests."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def trials() -> ModuleType:
    return load("trials")


@pytest.fixture(scope="session")
def outputs(trials) -> ModuleType:
    return load("outputs")


@pytest.fixture(scope="session")
def killing(trials) -> ModuleType:
    return load("killing")
