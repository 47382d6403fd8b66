"""How is work done in processes that may hang, burst or die without harm to anything else?

Each worker is a process that starts once, answers many tasks over a pipe, and can be killed. Answers are
JSON, so that a worker taken over by a hostile file can send words and numbers, nothing that runs.
"""

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Final, Generic

from corpus.errors import REASONS, DataFileError, Reason
from ofsight.allowance import Allowance
from ofsight.limits import Limits
from ofsight.worker import MOST_BYTES, Task, Work, serve

_TICK_S: Final = 0.2  # how often a quiet pool looks at the clock and at requests to stop


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task brought nothing: the reason for the outcome table and words for a person."""

    reason: Reason
    detail: str


@dataclass(slots=True)
class _Worker(Generic[Task]):
    """A process, our end of its pipe, and what it is doing."""

    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    allowance: Allowance | None = None  # for the task in hand


class Pool(Generic[Task]):
    """Worker processes that run `work` on tasks; a worker that dies or overruns costs one task.

    `load`: where threads are running, a worker cannot share what this process has loaded; it does this
    first, before its bounds hold.
    """

    def __init__(
        self,
        work: Work[Task],
        jobs: int,
        limits: Limits,
        *,
        debug: bool = False,
        load: Callable[[], object] | None = None,
    ) -> None:
        self._work = work
        self._jobs = jobs
        self._limits = limits
        self._debug = debug
        self._load = load
        self._workers: list[_Worker[Task]] = []

    def __enter__(self) -> "Pool[Task]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for worker in tuple(self._workers):
            self._end(worker)

    def run(
        self, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Task, dict[str, Any] | Failure]]:
        """Yield each task with its answer, in the order in which they end; leave off when `stopped`.

        Raises:
            DataFileError: a data file, codebook or model of ours is at fault, not the document.
        """
        waiting = iter(tasks)
        self._fill(waiting)
        while any(worker.task is not None for worker in self._workers) and not stopped():
            ended = [(worker.task, answer) for worker, answer in self._answers()]
            if not stopped():
                self._fill(waiting)
                yield from ((task, answer) for task, answer in ended if task is not None)

    def _fill(self, waiting: Iterator[Task]) -> None:
        """Give every worker that has nothing to do a task, starting workers up to the number of jobs."""
        free = [worker for worker in self._workers if worker.task is None]
        while free or len(self._workers) < self._jobs:
            try:
                task = next(waiting)
            except StopIteration:
                return
            self._give(task, free.pop() if free else self._start())

    def _give(self, task: Task, worker: "_Worker[Task]") -> None:
        try:
            worker.pipe.send(task)
        except OSError:  # it died while it had nothing to do
            self._end(worker)
            worker = self._start()
            worker.pipe.send(task)
        worker.task = task
        worker.allowance = Allowance(self._limits.wall_s, worker.process.pid or 0)

    def _answers(self) -> Iterator[tuple["_Worker[Task]", dict[str, Any] | Failure]]:
        """Wait a moment; give what has been answered, and the failure of those that died or overran."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        ready = wait(list(busy), timeout=_TICK_S)
        for pipe, worker in busy.items():
            answer: dict[str, Any] | Failure | None = None
            if pipe in ready:
                answer = self._receive(worker)
            elif worker.allowance is not None and worker.allowance.is_spent():
                self._end(worker)
                answer = _overran(self._limits)
            if answer is not None:
                yield worker, answer
                worker.task = None

    def _receive(self, worker: "_Worker[Task]") -> dict[str, Any] | Failure:
        try:
            message = _understood(worker.pipe.recv_bytes(MOST_BYTES))
        except (EOFError, OSError, ValueError, RecursionError):
            code = _end_of(worker.process)
            self._end(worker)
            return _cause_of_death(code, self._limits)
        if message.get("last"):
            self._end(worker)
        if "fault" in message:
            raise DataFileError(message["fault"])
        if "failed" in message:
            reason, detail = message["failed"]
            return Failure(reason if reason in REASONS else "crashed", detail)
        return dict(message["done"])

    def _start(self) -> "_Worker[Task]":
        context = _context(afresh=self._load is not None)
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve,
            args=(theirs, self._work, self._limits, os.getpid(), self._debug, self._load),
            daemon=True,
        )
        process.start()
        theirs.close()
        if self._load is not None:
            with suppress(EOFError, OSError):  # the first task will say what is wrong
                ours.recv_bytes()
        worker: _Worker[Task] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _end(self, worker: "_Worker[Task]") -> None:
        """Kill it: a reader deep in a library may be deaf to anything milder."""
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)


def _context(*, afresh: bool) -> Any:
    """A forked worker shares what the main process has loaded; elsewhere it starts afresh and loads."""
    return multiprocessing.get_context("spawn" if afresh or sys.platform != "linux" else "fork")


def _understood(letter: bytes) -> dict[str, Any]:
    """What a worker answered.

    Raises:
        ValueError: it is no answer of ours.
    """
    match message := json.loads(letter):
        case {"done": dict()} | {"failed": [str(), str()]} | {"fault": str()}:
            return dict(message)
    raise ValueError("neither done, failed nor a fault of ours")


def _end_of(process: BaseProcess) -> int | None:
    """The exit code of a process that seems to be dying; None where it lives on.

    `join` with a limit would wait for ever: what it watches, the worker has closed with all files of ours.
    """
    for _ in range(100):
        if process.exitcode is not None:
            break
        time.sleep(0.01)
    return process.exitcode


def _overran(limits: Limits) -> Failure:
    return Failure("timeout", f"not finished within {limits.wall_s:g} seconds")


def _cause_of_death(code: int | None, limits: Limits) -> Failure:
    if code is None:
        return Failure("crashed", "the reader gave an answer that makes no sense")
    if code < 0:
        name = signal.Signals(-code).name
        if name == "SIGXCPU":
            return Failure("timeout", f"not finished within {limits.cpu_s} seconds of processor time")
        if name == "SIGALRM":
            return _overran(limits)
        return Failure("crashed", f"the reader was ended by {name}")
    return Failure("crashed", f"the reader ended without an answer (exit code {code})")
