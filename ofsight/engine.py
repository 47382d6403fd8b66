"""How does a whole run go: from files and folders to a store in which every input has its outcome?"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DataFileError, StoreError
from corpus.rows import Versions
from corpus.store import Store, open_store
from corpus.writing import vouch, write_store
from ofsight.catalogue import Catalogues
from ofsight.inputs import Input, find_inputs
from ofsight.limits import Limits, cores
from ofsight.lock import hold
from ofsight.outcomes import Report
from ofsight.plan import Past, Rules, Step, decide
from ofsight.pool import Pool
from ofsight.progress import Watcher
from ofsight.running import Running
from ofsight.signals import stoppable
from ofsight.stages import Stages, Task, Workshop, current_versions, load_stages

if TYPE_CHECKING:
    from ofsight.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is to go."""

    jobs: int = field(default_factory=cores)
    retry: bool = False
    codebook: Path | None = None
    model: Path | None = None
    catalogue: Path | None = None
    limits: Limits = field(default_factory=Limits)
    ocr: bool = False  # read scanned pages by way of OCRmyPDF
    scheduler: str | None = None  # of a Dask cluster that does the work instead of processes of our own
    debug: bool = False


def make_plan(
    paths: Sequence[Path], store: Path, options: Options, versions: Versions | None = None
) -> tuple[Step, ...]:
    """What a run would do with each input, without doing anything.

    Raises:
        FileNotFoundError: a path that does not exist.
        StoreError: the store is damaged or not ours.
    """
    inputs = _inputs(paths)
    now = versions or current_versions(options.codebook, options.model)
    vouch(store)
    opened = open_store(store) if store.exists() else None
    with closing(opened) if opened else nullcontext():
        past = Past(opened)
        rules = _rules(inputs, options)
        return tuple(decide(item, past, now, rules) for item in inputs)


def run(
    paths: Sequence[Path],
    store: Path,
    options: Options,
    watcher: Watcher,
    *,
    load: Callable[[], Stages] | None = None,
    versions: Versions | None = None,
    arguments: Sequence[str] = (),
) -> Report:
    """Read, analyse and store every input that needs it; each gets a row in the outcome table.

    Raises:
        FileNotFoundError: a path that does not exist.
        DataFileError: the catalogue, the codebook or a data file of ours does not hold together.
        StoreError: the store cannot be written, is damaged, or another run holds it.
    """
    started = time.monotonic()
    inputs = _inputs(paths)
    now = versions or current_versions(options.codebook, options.model)
    workshop = Workshop(load or partial(load_stages, options.codebook, options.model, ocr=options.ocr), now)
    with hold(store), stoppable() as stop:
        if not store.exists():
            workshop.warm()  # what cannot work leaves no store behind
        try:
            with _workers(workshop, options) as pool, write_store(store, watcher.looking) as opened:
                report = _begin(opened, inputs, options, now, arguments)
                rules, catalogues = _rules(inputs, options), Catalogues(options.catalogue)
                watcher.begin(len(inputs))
                Running(opened, inputs, rules, catalogues, now, workshop, watcher, stop, report).go(pool)
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"The store '{store}' could not be written: {error}. What was reported done is safe;"
                " see to the disk, then run the same command again."
            ) from error
    report.seconds = time.monotonic() - started
    return report


def _workers(workshop: Workshop, options: Options) -> "Pool[Task] | Cluster":
    if options.scheduler is None:
        return Pool(workshop, options.jobs, options.limits, debug=options.debug)
    from ofsight.cluster import Cluster

    return Cluster(workshop, options.scheduler, options.limits)


def _begin(
    store: Store, inputs: Sequence[Input], options: Options, now: Versions, arguments: Sequence[str]
) -> Report:
    from corpus.codebook import load_codebook

    themes = load_codebook(options.codebook).themes
    with store.transaction():
        store.set_themes([(theme.id, theme.name, theme.holds) for theme in themes])
        return Report(store.start_run(arguments, now.pipeline), len(inputs))


def _inputs(paths: Sequence[Path]) -> tuple[Input, ...]:
    inputs = find_inputs(paths)
    if not inputs:
        raise DataFileError(
            f"There is no PDF or text file in {', '.join(map(str, paths))}."
            " Put reports there, or name the folder that holds them."
        )
    return inputs


def _rules(inputs: Sequence[Input], options: Options) -> Rules:
    return Rules(frozenset(item.source for item in inputs), options.limits.file_bytes, options.retry)
