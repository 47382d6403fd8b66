"""A desk to try the documentation at: the bundled reports, a store of them, and what the demo makes."""

import os
import shutil
from pathlib import Path

import pytest

from ofsight import cli

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def laid_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader has after `ofsight demo` and a copy of its store: made once."""
    desk = tmp_path_factory.mktemp("desk")
    before = Path.cwd()
    os.chdir(desk)
    try:
        assert cli.run_command(["demo"]) == 0
    finally:
        os.chdir(before)
    shutil.copy(desk / "out" / "demo.db", desk / "ofsight.db")
    return desk


@pytest.fixture
def desk(laid_desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the desk, as the working folder."""
    shutil.copytree(laid_desk, tmp_path / "desk")
    here = tmp_path / "desk"
    samples = sorted((ROOT / "corpus" / "samples" / "pdf").glob("s01*.pdf"))
    (here / "reports").mkdir()
    for sample in samples:
        shutil.copy(sample, here / "reports")
    for name in ("corpus", "ingest"):
        (here / name).symlink_to(ROOT / name)
    monkeypatch.chdir(here)
    return here
