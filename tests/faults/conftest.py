"""The trials of this folder, for its tests."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def load(file: str, name: str | None = None) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name or file, Path(__file__).parent / f"{file}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
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


@pytest.fixture(scope="session")
def torture(killing, outputs) -> ModuleType:
    return load("torture", "fault_torture")
