"""The publisher's site, played on this machine; see `played_site.py`."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ofsight import cli
from ofsight.fetch.client import Client
from ofsight.fetch.fetching import Event, Fetched, fetch
from ofsight.fetch.finding import Wish
from ofsight.fetch.site import Site, load_site


@pytest.fixture(scope="session")
def play() -> ModuleType:
    """The module of the played site."""
    spec = importlib.util.spec_from_file_location("played_site", Path(__file__).parent / "played_site.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["played_site"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(play) -> Iterator["play.PlayedSite"]:
    """A site with five authorities, on a good day."""
    with play.playing(play.sample_site()) as played:
        yield played


@pytest.fixture
def description(play, site, tmp_path) -> Path:
    """Its description, as a file."""
    path = tmp_path / "site.toml"
    path.write_text(play.described(site.base), encoding="utf-8")
    return path


@pytest.fixture
def known(description) -> Site:
    """Its description, read."""
    return load_site(description)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Where the archive is to be."""
    return tmp_path / "archive"


class Told(list[Event]):
    """What a fetch told while it went on."""

    def of(self, what: str) -> list[str]:
        return [event.about for event in self if event.what == what]


@pytest.fixture
def slept() -> list[float]:
    """The waits that a client asked for, none of which was really waited."""
    return []


@pytest.fixture
def bring(folder, known, slept) -> Callable[..., Fetched]:
    """Fetch into the folder: `bring(kinds=("joint",))`."""

    def do(*, dry_run: bool = False, told: Told | None = None, described: Site = known, **wish) -> Fetched:
        with Client(described.manners, allow_private=True, sleep=slept.append) as client:
            tell = (told if told is not None else Told()).append
            return fetch(folder, described, Wish(**wish), client, tell, dry_run=dry_run)

    return do


@pytest.fixture
def ofsight(capsys, description) -> Callable[..., tuple[int, str, str]]:
    """Run a command against the played site; gives exit code, output and errors."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = cli.run_command([*map(str, arguments), "--site", str(description), "--allow-private"])
        return code, *capsys.readouterr()

    return call
