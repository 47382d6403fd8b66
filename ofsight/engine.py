"""How does a whole run go: from files and folders to a store in which every input has its outcome?"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import DataFileError, StoreError
from corpus.rows import Versions
from corpus.store import Outcome, Store, open_store
from ofsight.catalogue import Catalogues
from ofsight.inputs import Input, find_inputs
from ofsight.limits import Limits, cores
from ofsight.lock import hold
from ofsight.outcomes import Report, codings, copy_of, rejection, settled, stored
from ofsight.plan import WORK, Past, Rules, Step, decide
from ofsight.pool import Failure, Pool
from ofsight.signals import Stop, stoppable
from ofsight.stages import CodeTask, ReadTask, Stages, Task, Workshop, current_versions, load_stages

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


class Watcher(Protocol):
    """Somebody who wants to see how a run gets on."""

    def begin(self, total: int) -> None:
        """The run has this many inputs."""

    def working(self, source: str) -> None:
        """A worker has started on this input."""

    def done(self, outcome: Outcome) -> None:
        """This became of one input."""


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
            with _workers(workshop, options) as pool, open_store(store, "write") as opened:
                report = _begin(opened, inputs, options, now, arguments)
                watcher.begin(len(inputs))
                _Run(opened, inputs, options, now, workshop, watcher, stop, report).go(pool)
                opened.rest()
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


@dataclass(slots=True)
class _Run:
    """One run over one open store."""

    store: Store
    inputs: Sequence[Input]
    options: Options
    now: Versions
    workshop: Workshop
    watcher: Watcher
    stop: Stop
    report: Report
    steps: dict[str, Step] = field(default_factory=dict)  # by source, of what is with a worker
    same: dict[str, list[Input]] = field(default_factory=dict)  # by hash, copies that wait for its outcome
    refused: dict[str, Outcome] = field(default_factory=dict)  # by hash; what was stored, the store knows

    def go(self, pool: "Pool[Task] | Cluster") -> None:
        """Do it all, or all until somebody asks for an end."""
        for task, answer in pool.run(self._tasks(), self._stopped):
            self._settle(task, answer)
        self.report.stopped = self.stop.signal
        if not self._stopped():
            self.store.finish_run(self.report.run_id)

    def _stopped(self) -> bool:
        return self.stop.signal is not None

    def _tasks(self) -> Iterator[Task]:
        """What the workers have to do; what needs no worker is recorded on the way."""
        past = Past(self.store)
        rules = _rules(self.inputs, self.options)
        catalogues = Catalogues(self.options.catalogue)
        for item in self.inputs:
            if self._stopped():
                return
            step = decide(item, past, self.now, rules)
            if step.action not in WORK:
                self._record(settled(step), moved=step.document_id)
            elif first := self.refused.get(step.sha256 or ""):
                self._record(copy_of(item, first))
            elif step.sha256 in self.same:
                self.same[step.sha256].append(item)
            else:
                yield self._task(step, catalogues)
        yield from self._beside(past, rules)

    def _task(self, step: Step, catalogues: Catalogues) -> Task:
        self.workshop.warm()
        self.steps[step.item.source] = step
        self.same[step.sha256 or ""] = []
        self.watcher.working(step.item.source)
        if step.action == "code_again" and step.document_id is not None:
            return CodeTask(self.store.load(step.document_id), step.item.source)
        return ReadTask(step.item.path, step.item.source, catalogues.published(step.item))

    def _beside(self, past: Past, rules: Rules) -> Iterator[Task]:
        """Documents of other runs that a new codebook or model concerns: one store has one codebook."""
        for known in past.coded_otherwise(self.now):
            if known.source not in rules.given:
                self.workshop.warm()
                yield CodeTask(self.store.load(known.id), known.source)

    def _settle(self, task: Task, answer: Mapping[str, Any] | Failure) -> None:
        """Keep what a worker brought, with its outcome and that of its copies."""
        step = self.steps.pop(task.source, None)
        if step is None:
            self._keep_beside(task, answer)
            return
        outcome = self._keep(task, answer, step)
        if outcome.status == "rejected":
            self.refused[step.sha256 or ""] = outcome
        self._note(outcome)
        for item in self.same.pop(step.sha256 or "", ()):
            self._record(copy_of(item, outcome))

    def _keep(self, task: Task, answer: Mapping[str, Any] | Failure, step: Step) -> Outcome:
        """Write the document and its outcome in one transaction, or the outcome of its failure."""
        if not isinstance(answer, Failure):
            try:
                with self.store.transaction():
                    self._write(task, answer)
                    outcome = stored(step, answer.get("missing", ()))
                    self.store.record(self.report.run_id, outcome)
            except (sqlite3.IntegrityError, sqlite3.ProgrammingError, KeyError) as error:
                answer = Failure("crashed", f"its analysis does not fit the store: {error}")
            else:
                return outcome
        outcome = rejection(step, answer)
        with self.store.transaction():
            self.store.record(self.report.run_id, outcome)
        return outcome

    def _keep_beside(self, task: Task, answer: Mapping[str, Any] | Failure) -> None:
        """Write the new codings of a document that is no input of this run."""
        if isinstance(answer, Failure):
            raise StoreError(f"'{task.source}' could not be coded again: {answer.detail}.")
        with self.store.transaction():
            self._write(task, answer)
        self.report.coded_beside += 1

    def _write(self, task: Task, answer: Mapping[str, Any]) -> None:
        if isinstance(task, CodeTask):
            self.store.save_codings(task.document.id, codings(answer["codings"]), self.now)
        else:
            self.store.save_rows(answer["id"], answer["rows"])

    def _record(self, outcome: Outcome, *, moved: str | None = None) -> None:
        """Write the outcome of an input that needed no worker; `moved` is a document with a new place."""
        with self.store.transaction():
            if moved is not None:
                self.store.move(moved, outcome.source)
            self.store.record(self.report.run_id, outcome)
        self._note(outcome)

    def _note(self, outcome: Outcome) -> None:
        self.report.note(outcome)
        self.watcher.done(outcome)


def _inputs(paths: Sequence[Path]) -> tuple[Input, ...]:
    inputs = find_inputs(paths)
    if not inputs:
        raise DataFileError(f"There is no PDF or text file in {', '.join(map(str, paths))}.")
    return inputs


def _rules(inputs: Sequence[Input], options: Options) -> Rules:
    return Rules(frozenset(item.source for item in inputs), options.limits.file_bytes, options.retry)
