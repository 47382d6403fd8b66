"""A desk to try the documentation at: the bundled reports, a store of them, and what the demo makes.

What the pages fetch comes from the played site of `tests/ofsight/fetch/`.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
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


@pytest.fixture(scope="session")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The description of a site on this machine that plays the publisher's."""
    place = ROOT / "tests" / "ofsight" / "fetch" / "played_site.py"
    spec = importlib.util.spec_from_file_location("played_site", place)
    assert spec and spec.loader
    played = importlib.util.module_from_spec(spec)
    sys.modules["played_site"] = played
    spec.loader.exec_module(played)
    with played.playing(played.sample_site()) as site:
        path = tmp_path_factory.mktemp("publisher") / "site.toml"
        path.write_text(played.described(site.base), encoding="utf-8")
        yield path


@pytest.fixture
def desk(laid_desk: Path, publisher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the desk, as the working folder."""
    monkeypatch.setattr("ofsight.fetch.site.DESCRIPTION", publisher)
    monkeypatch.setattr("ofsight.fetch.wire.is_public", lambda _: True)
    shutil.copytree(laid_desk, tmp_path / "desk")
    here = tmp_path / "desk"
    samples = sorted((ROOT / "corpus" / "samples" / "pdf").glob("s01*.pdf"))
    (here / "reports").mkdir()
    for sample in samples:
        shutil.copy(sample, here / "reports")
    for name in ("corpus", "ingest", "ofsight"):
        (here / name).symlink_to(ROOT / name)
    monkeypatch.chdir(here)
    return here
