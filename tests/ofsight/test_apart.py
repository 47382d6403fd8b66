"""Whatever a file does to whom opens it, the one who asked gets an answer or one plain error."""

import os
import signal
import sys
import threading
import time

import pytest

from corpus.errors import SourceError
from ofsight.apart import apart
from ofsight.drafts import read_pdf_draft
from ofsight.limits import Limits
from ofsight.pool import Pool


def work(task: str) -> dict[str, str]:
    if task == "hang":
        time.sleep(60)
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "refuse":
        raise SourceError("encrypted", "it asks for a password")
    if task == "wrong":
        raise ValueError("there is no page 9")
    return {"did": task, "where": str(os.getpid())}


def test_it_is_done_in_another_process():
    answer = apart(work, "read")
    assert answer["did"] == "read"
    assert answer["where"] != str(os.getpid())


@pytest.mark.parametrize(
    ("task", "reason"), [("hang", "timeout"), ("die", "crashed"), ("refuse", "encrypted")]
)
def test_what_hangs_dies_or_refuses_is_a_source_error(task, reason):
    with pytest.raises(SourceError) as error:
        apart(work, task, Limits(wall_s=1.0))
    assert error.value.reason == reason


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the parent alone ends a worker")
def test_a_worker_ends_in_time_although_its_parent_is_busy():
    with Pool(work, 1, Limits(wall_s=1.0)) as pool:
        worker = pool._start()
        pool._give("hang", worker)
        worker.process.join(30)  # nobody looks at the pool meanwhile
        assert worker.process.exitcode == -signal.SIGALRM
        ((_, answer),) = pool._answers()
    assert (answer.reason, answer.detail) == ("timeout", "not finished within 1 seconds")


def test_what_was_asked_for_wrongly_stays_so():
    with pytest.raises(ValueError, match="there is no page 9"):
        apart(work, "wrong")


def test_it_is_done_where_threads_are_running_too():
    """The page of the review answers from a thread."""
    done: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: done.append(apart(work, "read")))
    thread.start()
    thread.join()
    assert done[0]["did"] == "read"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"a letter"])
def test_a_draft_that_is_no_pdf_is_said_so(tmp_path, data):
    path = tmp_path / "draft.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="cannot be read"):
        read_pdf_draft(path)
