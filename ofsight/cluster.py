"""How is work done on a cluster of many machines, by Dask's workers?

Each thread of a Dask worker keeps one process of our own pool, so that a document is bounded there as it is
here, and a hostile one costs itself and not the cluster. The machines see the reports under the same paths
and hold the same version of ofsight. When a worker is lost, Dask gives its documents to others.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from multiprocessing import current_process
from socket import gethostname
from typing import TYPE_CHECKING, Any, Final

from corpus.errors import OfsightError
from ofsight.limits import Limits
from ofsight.pool import Failure, Pool
from ofsight.stages import Task, Workshop

if TYPE_CHECKING:
    from distributed import Client

_AHEAD: Final = 2  # tasks out for each thread of the cluster, so that none waits for us
_TICK_S: Final = 0.2
_ANSWER_S: Final = 10  # for a scheduler to answer
# By thread of a Dask worker, the process that it keeps for a run.
_kept: Final[dict[int, Pool[Task]]] = {}


class Cluster:
    """The workers of a scheduler; used as a `Pool` is.

    Raises:
        OfsightError: Dask is not installed, or the scheduler does not answer.
    """

    def __init__(self, work: Workshop, scheduler: str, limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._client = _connect(scheduler)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.run(_let_go)
        self._client.close()

    def run(
        self, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[Task, dict[str, Any] | Failure]]:
        """Yield each task with its answer, in the order in which they end; leave off when `stopped`.

        Raises:
            DataFileError: a data file, codebook or model of ours is at fault, not the document.
        """
        from distributed import wait

        waiting = iter(tasks)
        out: dict[Any, Task] = {}
        work = self._client.scatter(self._work, broadcast=True, hash=False)
        while not stopped():
            for task in islice(waiting, max(0, self._threads() * _AHEAD - len(out))):
                future = self._client.submit(_do, work, asdict(self._limits), task, pure=False)
                out[future] = task
            if not out:
                return
            try:
                ended = wait(list(out), timeout=_TICK_S, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                continue
            for future in ended:
                yield out.pop(future), _answer(future)

    def _threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))


def _connect(scheduler: str) -> "Client":
    try:
        from distributed import Client
    except ImportError as error:
        raise OfsightError(
            'Dask is not installed. Install it in the clone of ofsight: python -m pip install ".[dask]"'
        ) from error
    try:
        return Client(scheduler, timeout=_ANSWER_S)
    except (OSError, ValueError) as error:
        raise OfsightError(
            f"No Dask scheduler answers at '{scheduler}'. Start one with: dask scheduler"
        ) from error


def _do(work: Workshop, limits: dict[str, Any], task: Task) -> dict[str, Any] | Failure:
    """One task in the process that this thread of a Dask worker keeps; runs on the cluster's machines."""
    thread = threading.get_ident()
    if thread not in _kept:
        if not work.has_our_rules():
            raise OfsightError(
                f"{gethostname()} holds another version of ofsight: install the same everywhere."
            )
        current_process().daemon = False  # Dask's own workers may have children then
        _kept[thread] = Pool(work, 1, Limits(**limits), load=work.warm)
    [(_, answer)] = _kept[thread].run([task])
    return answer


def _let_go() -> None:
    """End the processes that the threads of this Dask worker keep."""
    for thread in tuple(_kept):
        with _kept.pop(thread):
            pass


def _answer(future: Any) -> dict[str, Any] | Failure:
    """What came of a task; one that outlived several workers is given up."""
    from distributed import KilledWorker

    try:
        answer: dict[str, Any] | Failure = future.result()
    except KilledWorker as error:
        return Failure("crashed", f"the cluster lost its worker several times: {error.task}")
    return answer
