"""What happens to one document, from its file to the rows of the store?

Runs inside a worker. The three stages are plain functions, so that a test can put others in their place.
"""

import gc
import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from corpus.errors import SourceError
from corpus.model import Analysis, Certificate, Document, Extraction, Paragraph, ParagraphCoding
from corpus.rows import Versions, to_rows
from ofsight.catalogue import fill_published
from ofsight.version import __version__

# What decides how a report is read, and what decides how its paragraphs are coded.
_READING: Final = ("ingest", "extract", "corpus.authorities", "corpus.model", "corpus.sentences")
_CODING: Final = ("classify", "models", "corpus.sentences")
_PARTS: Final = (".py", ".toml", ".csv", ".json", ".jsonl", ".npz")


@dataclass(frozen=True, slots=True)
class Stages:
    """The three stages, ready to work."""

    read: Callable[[Path], Document]
    extract: Callable[[Document], Extraction]
    code: Callable[[Document], tuple[ParagraphCoding, ...]]


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read a file from the start; `published` is the catalogue's date."""

    path: Path
    source: str
    published: date | None


@dataclass(frozen=True, slots=True)
class CodeTask:
    """Code the paragraphs of a stored document again; the main process reads it out of the store.

    A forked worker must not open the store: SQLite's state would be shared with the main process.
    """

    document: Document
    source: str


Task = ReadTask | CodeTask


class Workshop:
    """Does tasks; loads the stages once, before workers are forked or when the first task comes."""

    def __init__(self, load: Callable[[], Stages], versions: Versions) -> None:
        self._load = load
        self._versions = versions
        self._stages: Stages | None = None

    def __getstate__(self) -> tuple[Callable[[], Stages], Versions]:
        return self._load, self._versions

    def __setstate__(self, state: tuple[Callable[[], Stages], Versions]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def warm(self) -> Stages:
        """Load the stages, if that has not been done."""
        if self._stages is None:
            self._stages = self._load()
            gc.freeze()  # it stays, and workers share its memory as long as nobody goes through it
        return self._stages

    def has_our_rules(self) -> bool:
        """Whether this machine would read as the one does that made the workshop."""
        return current_versions().pipeline == self._versions.pipeline

    def __call__(self, task: Task) -> dict[str, Any]:
        """Do one task; the answer holds nothing but JSON."""
        stages = self.warm()
        if isinstance(task, CodeTask):
            return {"codings": [astuple(coding) for coding in stages.code(task.document)]}
        document = fill_published(stages.read(task.path), task.published)
        analysis = analyse(document, stages)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {
            "id": document.id,
            "sha256": document.sha256,
            "missing": document.certificate.missing,
            "rows": to_rows(analysis, self._versions, now),
        }


def analyse(document: Document, stages: Stages) -> Analysis:
    """Everything the stages after reading say of a document."""
    return Analysis(document, stages.extract(document), stages.code(document))


def load_stages(codebook: Path | None = None, model: Path | None = None, *, ocr: bool = False) -> Stages:
    """The real stages, loaded; `codebook` and `model` are a researcher's own, `ocr` reads scanned pages.

    Raises:
        CodebookError: the codebook does not hold together.
        ModelError: the model is damaged or does not fit.
    """
    import classify
    import extract
    import ingest
    from corpus.codebook import load_codebook

    with ThreadPoolExecutor(1) as beside:  # a model is unpacked without Python, which has patterns to compile
        loading = beside.submit(classify.load_coder, load_codebook(codebook), model)
        found = extract.load().analyse
        with suppress(SourceError):  # not the kind of report that it pretends to be
            ingest.read_bytes(b"Inspection of Harrowmere", "rehearsal")
        rehearsal = _rehearsal()
        found(rehearsal)
        code = loading.result().code
    code(rehearsal)
    return Stages(partial(ingest.read, ocr=ocr), found, code)


def _rehearsal() -> Document:
    """One invented paragraph: taken through, it has the data files loaded, and found whole, beforehand.

    Only what reads area profiles waits until one comes.
    """
    text = "In Harrowmere, 9 of 25 children see the same social worker. However, caseloads are too high."
    return Document(
        *("0" * 16, "0" * 64, "rehearsal", "text/plain", 1, None, None, None, "ilacs", "standard", "none"),
        *(None, None, None, None, None, ()),
        (Paragraph(1, 1, None, "finding", text, 1, 1),),
        *((), (), Certificate("text", len(text), len(text))),
    )


def current_versions(codebook: Path | None = None, model: Path | None = None) -> Versions:
    """What an analysis made now would be made by; nothing heavy is loaded to know it."""
    from corpus.codebook import load_codebook

    return Versions(
        pipeline=f"{__version__}+{_digest(_READING)}",
        codebook=load_codebook(codebook).hash,
        model=_digest(_CODING) if model is None else hashlib.sha256(model.read_bytes()).hexdigest()[:12],
    )


def _digest(modules: Iterable[str]) -> str:
    """A hash over the code and data of modules: a change of a rule is a change of version."""
    digest = hashlib.sha256()
    for module in modules:
        for path in _files(module):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(module: str) -> list[Path]:
    package, _, name = module.partition(".")
    spec = find_spec(package)
    folders = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    if name:
        return [path for folder in folders for path in sorted(folder.glob(f"{name}.*")) if path.is_file()]
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in _PARTS and path.is_file()
    ]
