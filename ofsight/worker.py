"""What does a worker process do: how does it take tasks, keep its bounds and answer whatever happens?"""

import gc
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final, TypeVar

from corpus.errors import OfsightError, SourceError
from ofsight.allowance import Allowance
from ofsight.limits import Limits

Task = TypeVar("Task")
Work = Callable[[Task], dict[str, Any]]
MOST_BYTES: Final = 64 << 20  # of one answer: hundreds of times that of the longest real report
_LOOK_S: Final = 0.2  # how often a worker looks at the clock


def serve(
    pipe: Connection,
    work: Work[Task],
    limits: Limits,
    parent: int,
    debug: bool,
    load: Callable[[], object] | None,
) -> None:
    """The life of a worker: take a task, answer it, until the pipe ends."""
    if load is not None:
        with suppress(OfsightError):  # the first task will come upon it again
            load()
        pipe.send_bytes(b"loaded")
    _settle_in(pipe, limits, parent, debug=debug)
    _keep_to_one_thread()
    gc.disable()  # it would go through all that was loaded many times a document
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        _bound_time(limits)
        answer = _answer(work, task, debug=debug)
        _rest()
        pipe.send_bytes(_letter(answer))
        if answer.get("last"):
            return
        del task, answer
        _tidy()


def _tidy() -> None:
    """Free what one document left behind; what stays is kept for the next ones, and not looked at again."""
    gc.collect()
    gc.freeze()


def _answer(work: Work[Task], task: Task, *, debug: bool) -> dict[str, Any]:
    """The edge of the worker: whatever goes wrong becomes one answer; `last` asks for a fresh worker."""
    try:
        return {"done": work(task)}
    except SourceError as error:
        return {"failed": [error.reason, error.detail]}
    except OfsightError as error:  # not the document's fault: it would be the same with every other one
        return {"fault": str(error)}
    except MemoryError:
        return {"failed": ["out_of_memory", "it needs more memory than one document may take"], "last": True}
    except Exception as error:
        if debug:
            traceback.print_exc()
        return {"failed": ["crashed", _place(error)], "last": True}


def _letter(answer: dict[str, Any]) -> bytes:
    """The answer as it travels, or why it cannot."""
    try:
        letter = json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return json.dumps({"failed": ["corrupt", f"text that is no text: {error}"]}).encode()
    if len(letter) > MOST_BYTES:
        too_big = f"what it says takes {len(letter) >> 20} MB; {MOST_BYTES >> 20} are the most"
        return json.dumps({"failed": ["too_big", too_big]}).encode()
    return letter


def _place(error: Exception) -> str:
    """What happened and where, in one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} (line {frame.lineno} of {os.path.basename(frame.filename)})"  # noqa: PTH119


def _settle_in(pipe: Connection, limits: Limits, parent: int, *, debug: bool) -> None:
    """Die with the parent, leave signals to it, let go of its open files, and accept the bounds."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, signal.SIG_IGN)
    if sys.platform != "linux":
        return
    import ctypes
    import resource

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os._exit(1)
    os.closerange(3, pipe.fileno())
    os.closerange(pipe.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
    if not debug:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm") as statm:  # noqa: PTH123
        warm = int(statm.read().split()[0]) * resource.getpagesize()
    most = warm + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _keep_to_one_thread() -> None:
    """Reckon with matrices on one thread, even where the program that calls us has more.

    More threads wait for one another and round in another order; after a fork some wait for ever.
    """
    if os.environ.get("OPENBLAS_NUM_THREADS") == "1":
        return
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)


def _bound_time(limits: Limits) -> None:
    """From now, this much time: the kernel ends the process after it, however deaf anyone is.

    By the clock the process ends itself, too, as its parent may be busy; it is for the parent to end one that
    is deaf to the clock.
    """
    if sys.platform == "linux":
        import resource

        allowed = int(time.process_time()) + 1 + limits.cpu_s
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
        allowance = Allowance(limits.wall_s)
        signal.signal(signal.SIGALRM, lambda *_: _end() if allowance.is_spent() else None)
        signal.setitimer(signal.ITIMER_REAL, _LOOK_S, _LOOK_S)


def _end() -> None:
    """Die in a way that tells the parent why."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.raise_signal(signal.SIGALRM)


def _rest() -> None:
    """No bound while there is nothing to do."""
    if sys.platform == "linux":
        signal.setitimer(signal.ITIMER_REAL, 0)
