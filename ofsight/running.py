"""What becomes of each input of a run: a task for a worker, then rows in the store and an outcome?"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.errors import StoreError
from corpus.rows import Versions
from corpus.store import Outcome, Store
from ofsight.catalogue import Catalogues
from ofsight.inputs import Input
from ofsight.outcomes import Report, codings, copy_of, rejection, settled, stored
from ofsight.plan import WORK, Past, Rules, Step, decide
from ofsight.pool import Failure, Pool
from ofsight.progress import Watcher
from ofsight.signals import Stop
from ofsight.stages import CodeTask, ReadTask, Task, Workshop

if TYPE_CHECKING:
    from ofsight.cluster import Cluster


@dataclass(slots=True)
class Running:
    """One run over one open store."""

    store: Store
    inputs: Sequence[Input]
    rules: Rules
    catalogues: Catalogues
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
        for item in self.inputs:
            if self._stopped():
                return
            step = decide(item, past, self.now, self.rules)
            if step.action not in WORK:
                self._record(settled(step), moved=step.document_id)
            elif first := self.refused.get(step.sha256 or ""):
                self._record(copy_of(item, first))
            elif step.sha256 in self.same:
                self.same[step.sha256].append(item)
            else:
                yield self._task(step)
        yield from self._beside(past)

    def _task(self, step: Step) -> Task:
        self.workshop.warm()
        self.steps[step.item.source] = step
        self.same[step.sha256 or ""] = []
        self.watcher.working(step.item.source)
        if step.action == "code_again" and step.document_id is not None:
            return CodeTask(self.store.load(step.document_id), step.item.source)
        return ReadTask(step.item.path, step.item.source, self.catalogues.published(step.item))

    def _beside(self, past: Past) -> Iterator[Task]:
        """Documents of other runs that a new codebook or model concerns: one store has one codebook."""
        for known in past.coded_otherwise(self.now):
            if known.source not in self.rules.given:
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
        if not isinstance(answer, Failure) and answer.get("sha256", step.sha256) != step.sha256:
            answer = Failure("unreadable", "it changed while it was being read; the next run tries again")
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
