"""Small documents and stages for tests of the engine: no PDF, no model."""

import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from corpus.errors import DataFileError, SourceError
from corpus.model import (
    Analysis,
    Certificate,
    Coding,
    Document,
    Extraction,
    Paragraph,
    ParagraphCoding,
    SentenceCoding,
)
from corpus.rows import Versions
from corpus.sentences import split_sentences
from corpus.store import open_store
from ofsight.engine import Options, run
from ofsight.limits import Limits
from ofsight.outcomes import Report
from ofsight.progress import Silence
from ofsight.stages import Stages

QUICK = Limits(cpu_s=1, wall_s=3.0, memory_bytes=512 << 20)
VERSIONS = Versions("1", "book-1", "model-1")


def read(path: Path) -> Document:
    """A report of one paragraph; what a file says first decides what goes wrong."""
    data = path.read_bytes()
    text = data.decode()
    _misbehave(text)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(
        id=sha256[:16],
        sha256=sha256,
        source=str(path),
        media_type="text/plain",
        pages=None,
        title="Harrowmere",
        authority="Harrowmere",
        la_code=None,
        framework="ilacs",
        kind="standard",
        layout="test",
        inspected_from=None,
        inspected_to=None,
        published=None,
        lead_inspector=None,
        licence=None,
        sections=(),
        paragraphs=(Paragraph(1, 1, None, "finding", text or "Nothing.", 1, 1),),
        judgements=(),
        readings=(),
        certificate=Certificate("text", 10, 10, missing=("page 2",) if text.startswith("half") else ()),
    )


def code(document: Document) -> tuple[ParagraphCoding, ...]:
    """Everything is a strength."""
    end = len(document.paragraphs[0].text)
    sentence = SentenceCoding(0, end, "strength", "leadership", 0.9)
    return (
        ParagraphCoding(1, "strength", 0.9, False, (Coding("leadership", 1, "strength", 0.9),), (sentence,)),
    )


def load() -> Stages:
    return Stages(read, lambda _: Extraction(), code)


def load_doubting() -> Stages:
    """The same stages with another coder."""

    def doubt(_: Document) -> tuple[ParagraphCoding, ...]:
        return (ParagraphCoding(1, "weakness", 0.5, True, (Coding("leadership", 1, "weakness", 0.5),), ()),)

    def never(_: Path) -> Document:
        raise AssertionError("nothing is to be read again")

    return Stages(never, lambda _: Extraction(), doubt)


def write(folder: Path, **texts: str) -> Path:
    """Files with these names and texts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture(scope="session")
def fake() -> ModuleType:
    """This module: fake stages and their versions."""
    return sys.modules[__name__]


@pytest.fixture
def folder(tmp_path) -> Callable[..., Path]:
    """Make a folder of texts: `folder(a="First report.")`."""
    return lambda **texts: write(tmp_path / "in", **texts)


@pytest.fixture
def store(tmp_path) -> Path:
    """Where the run's store will be."""
    return tmp_path / "s.db"


def do(paths: list[Path] | Path, store: Path, **given) -> Report:
    """A run with the fake stages and tight limits."""
    options = Options(
        jobs=given.pop("jobs", 2), limits=given.pop("limits", QUICK), retry=given.pop("retry", False)
    )
    paths = [paths] if isinstance(paths, Path) else paths
    settings = {"load": load, "versions": VERSIONS} | given
    return run(paths, store, options, Silence(), **settings)


def rows(store: Path, sql: str) -> list[tuple]:
    """What a query over the store gives."""
    with open_store(store) as opened:
        return opened.connection.execute(sql).fetchall()


_RAISED: dict[str, Exception] = {
    "memory": MemoryError(),
    "broken": DataFileError("a gazetteer is broken"),
    "bug": KeyError("surprise"),
    "stranger": SourceError("not_a_report", "a letter"),
    "lost": SourceError("unreadable", "Input/output error"),
}


def _misbehave(text: str) -> None:
    kind = text.split(" ", maxsplit=1)[0]
    if kind in _RAISED:
        raise _RAISED[kind]
    if kind == "greedy":
        bytearray(4 << 30)
    elif kind == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "exit":
        os._exit(0)
    elif kind == "nap":
        time.sleep(0.03)
    elif kind == "sleep":
        time.sleep(60)
    elif kind == "spin":
        while True:
            pass


def write_coded(place: Path, paragraphs: Sequence[tuple[str, str, str, float, bool]]) -> Path:
    """A store of one report; each paragraph is its text, role, valence, probability and whether to review it.

    Everything is about contacts and referrals, every sentence like its paragraph; numbers begin with 11.
    """
    made = tuple(
        Paragraph(n, n + 10, None, role, text, 1, 1) for n, (text, role, *_) in enumerate(paragraphs, 1)
    )
    key = "ab" * 8
    document = Document(
        *(key, key * 4, "h.txt", "text/plain", 1, "Harrowmere", "Harrowmere", None, "ilacs", "standard"),
        *("test", None, None, None, None, "ogl", ()),
        *(made, (), (), Certificate("text", 1, 1)),
    )
    codings = tuple(
        ParagraphCoding(
            *(n, valence, probability, doubtful, (Coding("front_door", 1, valence, 0.8),)),
            tuple(SentenceCoding(*span, valence, "front_door", 0.5) for span in split_sentences(text)),
        )
        for n, (text, _, valence, probability, doubtful) in enumerate(paragraphs, 1)
    )
    themes = (("front_door", "Contacts and referrals"), ("placements", "Placements"), ("health", "Health"))
    with open_store(place, "write") as opened, opened.transaction():
        opened.set_themes([(theme, name, f"What is about {name.lower()}") for theme, name in themes])
        opened.save(Analysis(document, Extraction(), codings), VERSIONS)
    return place
