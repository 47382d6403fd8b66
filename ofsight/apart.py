"""How is a file that nobody vouches for opened for one answer, when that may hang, burst or kill its process?

A run reads reports in workers. Whoever draws a page of one, or reads a draft, opens such a file as well: so
that is done in a worker of its own, within the bounds of one document.
"""

import threading
from collections.abc import Callable
from typing import Any

from corpus.errors import SourceError
from ofsight.limits import Limits
from ofsight.pool import Failure, Pool
from ofsight.worker import Task, Work


def apart(work: Work[Task], task: Task, limits: Limits | None = None) -> dict[str, Any]:
    """What `work`, a function of a module, answers to the task; both it and its answer must travel.

    Raises:
        SourceError: the work refused the file, or its process was ended; carries the reason.
        ValueError: the work refused what it was asked for.
    """
    threads = threading.active_count() > 1  # then a copy of this process could hold a lock for ever
    with Pool(_Refusing(work), 1, limits or Limits(), load=_nothing if threads else None) as pool:
        ((_, answer),) = pool.run([task])
    if isinstance(answer, Failure):
        raise SourceError(answer.reason, f"The file cannot be read: {answer.detail}")
    if "refused" in answer:
        raise ValueError(answer["refused"])
    return answer


class _Refusing:
    """The work, whose ValueError is an answer and no crash."""

    def __init__(self, work: Callable[[Any], dict[str, Any]]) -> None:
        self._work = work

    def __call__(self, task: Any) -> dict[str, Any]:
        try:
            return self._work(task)
        except ValueError as error:
            return {"refused": str(error)}


def _nothing() -> None:
    """A worker that starts afresh has nothing to load."""
