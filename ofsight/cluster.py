"""How is work done on a cluster of many machines, by Dask's workers?

Each thread of a Dask worker keeps one process of our own pool, so that a document is bounded there as it is
here, and a hostile one costs itself and not the cluster. The machines see the reports under the same paths
and hold the same version of ofsight. When a worker is lost, Dask gives its documents to others.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from itertools import islice
from multiprocessing import current_process
from socket import gethostname
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from corpus.errors import OfsightError
from ofsight.limits import Limits
from ofsight.pool import Failure, Pool
from ofsight.stages import Task, Workshop

if TYPE_CHECKING:
    from distributed import Client

_AHEAD: Final = 2  # tasks out for each thread of the cluster, so that none waits for us
_TICK_S: Final = 0.2
_ANSWER_S: Final = 10  # for a scheduler to answer, and to have a worker
_UNMANNED_S: Final = 60.0  # that a run waits for workers to come back
_GO_ON: Final = "What was reported done is safe; the same command goes on from there."
# By thread of a Dask worker, the run that it works for and the process that it keeps for that.
_kept: Final[dict[int, tuple[str, Pool[Task]]]] = {}


class Cluster:
    """The workers of a scheduler; used as a `Pool` is.

    Raises:
        OfsightError: Dask is not installed, the scheduler does not answer, or it has no workers.
    """

    def __init__(self, work: Workshop, scheduler: str, limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._scheduler = scheduler
        self._client = _connect(scheduler)
        self._manned = time.monotonic()  # when there was a worker last
        self._run = uuid4().hex

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(*_losses()):
            if self._client.status == "running":
                self._client.run(_let_go)
        self._client.close()

    def run(
        self, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Task, dict[str, Any] | Failure]]:
        """Yield each task with its answer, in the order in which they end; leave off when `stopped`.

        Raises:
            DataFileError: a data file, codebook or model of ours is at fault, not the document.
            OfsightError: the scheduler or all workers are lost.
        """
        waiting = iter(tasks)
        out: dict[Any, Task] = {}
        while not stopped():
            for task in islice(waiting, max(0, self._threads() * _AHEAD - len(out))):
                out[self._submit(task)] = task
            if not out:
                return
            for future in self._ended(out):
                yield out.pop(future), _answer(future)

    def _submit(self, task: Task) -> Any:
        """Hand a task over; with all that a worker needs, so that any worker will do."""
        with self._watching():
            return self._client.submit(_do, self._run, self._work, asdict(self._limits), task, pure=False)

    def _ended(self, out: Iterable[Any]) -> Iterable[Any]:
        """Wait a moment; give what has been answered."""
        from distributed import wait

        with self._watching(), suppress(TimeoutError):
            done: set[Any] = wait(list(out), timeout=_TICK_S, return_when="FIRST_COMPLETED").done
            return done
        return ()

    def _threads(self) -> int:
        """The threads of all workers; workers may come back, so none is waited out for a while."""
        with self._watching():
            threads: dict[str, int] = self._client.nthreads()
        if threads:
            self._manned = time.monotonic()
        elif time.monotonic() > self._manned + _UNMANNED_S:
            raise OfsightError(f"{_no_workers(self._scheduler)} {_GO_ON}")
        return max(1, sum(threads.values()))

    @contextmanager
    def _watching(self) -> Iterator[None]:
        """Call the loss of the scheduler by its name."""
        lost = f"The Dask scheduler at '{self._scheduler}' was lost. Start it again. {_GO_ON}"
        if self._client.status in ("closing", "closed"):  # it gives up by itself after a while
            raise OfsightError(lost)
        try:
            yield
        except _losses() as error:
            raise OfsightError(lost) from error


def _losses() -> tuple[type[BaseException], ...]:
    """What a lost connection looks like; a future of a lost scheduler counts as cancelled."""
    from distributed import CancelledError

    return (OSError, CancelledError)


def _connect(scheduler: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise OfsightError(
            'Dask is not installed. Install it in the clone of ofsight: python -m pip install ".[dask]"'
        ) from error
    try:
        client = Client(scheduler, timeout=_ANSWER_S)
    except (OSError, ValueError) as error:
        raise OfsightError(
            f"No Dask scheduler answers at '{scheduler}'. Start one with: dask scheduler"
        ) from error
    try:
        client.wait_for_workers(1, timeout=_ANSWER_S)
    except TimeoutError as error:
        client.close()
        raise OfsightError(_no_workers(scheduler)) from error
    return client


def _no_workers(scheduler: str) -> str:
    return f"The Dask scheduler at '{scheduler}' has no workers. Start some with: dask worker {scheduler}."


def _do(run: str, work: Workshop, limits: dict[str, Any], task: Task) -> dict[str, Any] | Failure:
    """One task in the process that this thread of a Dask worker keeps; runs on the cluster's machines."""
    thread = threading.get_ident()
    kept_for, pool = _kept.get(thread, ("", None))
    if pool is None or kept_for != run:
        if not work.has_our_rules():
            raise OfsightError(
                f"{gethostname()} holds another version of ofsight: install the same everywhere."
            )
        if pool is not None:  # of a run that was killed, and had other ideas
            pool.close()
        current_process().daemon = False  # Dask's own workers may have children then
        pool = Pool(work, 1, Limits(**limits), load=work.warm)
        _kept[thread] = run, pool
    [(_, answer)] = pool.run([task])
    return answer


def _let_go() -> None:
    """End the processes that the threads of this Dask worker keep."""
    for thread in tuple(_kept):
        _, pool = _kept.pop(thread)
        pool.close()


def _answer(future: Any) -> dict[str, Any] | Failure:
    """What came of a task; one that outlived several workers is given up."""
    from distributed import KilledWorker

    try:
        answer: dict[str, Any] | Failure = future.result()
    except KilledWorker as error:
        return Failure("crashed", f"the cluster lost its worker several times: {error.task}")
    return answer
