"""A desk to try the documentation at: the bundled reports, a store of them, and what the demo makes.

What the pages fetch comes from the played site of `tests/ofsight/fetch/`. The hand codings that they evaluate
and train on are played too, by what the maker put into the bundled reports, and learned in one short pass.
"""

import functools
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import classify.evaluate  # noqa: F401 -- before the plan of training is played, as its signatures name that
from classify.descent import Schedule
from classify.fit import BagPlan
from classify.fit_convolution import ConvolutionPlan
from classify.masked_words import GuessingPlan
from classify.train import Plan
from corpus.annotations import letters_hash, text_hash
from corpus.model import Paragraph
from corpus.sentences import split_sentences
from corpus.store import open_store
from ofsight import cli

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this one

from doc_world import World

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "corpus" / "samples"
EVERY = 24  # findings, of which one is coded: enough for every theme, and quickly learned


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


@pytest.fixture(scope="session")
def readings(laid_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with hand codings of some findings of the bundled reports, as the maker meant them."""
    folder = tmp_path_factory.mktemp("played")
    lines: list[str] = []
    with open_store(laid_desk / "ofsight.db") as store:
        for key, source in store.connection.execute("SELECT id, source FROM document ORDER BY id").fetchall():
            truth = json.loads((SAMPLES / "truth" / f"{Path(source).stem}.json").read_text(encoding="utf-8"))
            meant = {one["text"]: one for one in truth["paragraphs"] if one.get("themes")}
            lines += [
                json.dumps(coded(key, paragraph, meant[paragraph.text]))
                for paragraph in store.load(key).paragraphs
                if paragraph.role == "finding" and paragraph.text in meant and paragraph.position % EVERY == 0
            ]
    (folder / "annotations").mkdir()
    (folder / "annotations" / "readers-1.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def coded(document: str, paragraph: Paragraph, meant: dict[str, Any]) -> dict[str, object]:
    """One line of hand codings; every sentence is given what the whole paragraph is."""
    text, valence = paragraph.text, meant["valence"]
    sentences = [
        (start, end, letters_hash(text[start:end]), valence, meant["themes"][0][0])
        for start, end in split_sentences(text)
    ]
    return {
        "document": document,
        "position": paragraph.position,
        "text_sha256": text_hash(text),
        "valence": valence,
        "themes": meant["themes"],
        "sentences": sentences,
        "reader": "the maker",
    }


@pytest.fixture
def desk(
    laid_desk: Path, publisher: Path, readings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A fresh copy of the desk, as the working folder."""
    monkeypatch.setattr("classify.samples.files", lambda _: readings)
    once = Schedule(epochs=1, batch=128)
    quick = functools.partial(
        Plan, BagPlan(schedule=once, nets=1), GuessingPlan(schedule=once), ConvolutionPlan(schedule=once)
    )
    monkeypatch.setattr("classify.train.Plan", quick)
    monkeypatch.setattr("ofsight.fetch.site.DESCRIPTION", publisher)
    monkeypatch.setattr("ofsight.fetch.wire.is_public", lambda _: True)
    shutil.copytree(laid_desk, tmp_path / "desk")
    here = tmp_path / "desk"
    shutil.copy(here / "ofsight.db", here / "coded.db")
    samples = sorted((SAMPLES / "pdf").glob("s01*.pdf"))
    (here / "reports").mkdir()
    for sample in samples:
        shutil.copy(sample, here / "reports")
    for name in ("benchmarks", "corpus", "docs", "ingest", "ofsight", "tests"):
        (here / name).symlink_to(ROOT / name)
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def world(desk: Path, publisher: Path) -> World:
    """The machine on which shell blocks are typed, around the desk."""
    return World(desk, publisher)
