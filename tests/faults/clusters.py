"""What happens when the workers or the scheduler of a Dask cluster are killed during a run?

`python tests/faults/clusters.py FOLDER`: two workers on this machine read samples; one of them is killed
after the first document, and Dask starts another. Then a scheduler is killed after the first document: the
run says so and ends, and the next one goes on. Each store must be the one of a run without a cluster.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from distributed import Client, LocalCluster
from trials import SAMPLES, content

from corpus.errors import OfsightError
from corpus.store import Outcome
from ofsight.engine import Options, run
from ofsight.progress import Silence


class Killer(Silence):
    """Kills a worker of the cluster when the first document is done."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.killed = 0

    def done(self, outcome: Outcome) -> None:
        """Kill the first worker."""
        if not self.killed:
            workers = self.client.scheduler_info()["workers"]
            self.killed = min(self.client.run(os.getpid, workers=list(workers)).values())
            os.kill(self.killed, signal.SIGKILL)


class Stopper(Silence):
    """Kills a scheduler when the first document is in the store."""

    def __init__(self, scheduler: subprocess.Popen) -> None:
        self.scheduler = scheduler

    def done(self, outcome: Outcome) -> None:
        """Kill it."""
        if outcome.status == "ok":
            self.scheduler.kill()


def main(place: Path) -> None:
    """Run on clusters and without them, and compare."""
    files = [*sorted(SAMPLES.iterdir())[:6], place / "letter.txt"]
    files[-1].write_text("Dear Sir or Madam, this is a letter.")
    wanted = {"ok": 6, "rejected": 1}
    assert dict(run(files, place / "alone.db", Options(jobs=1), Silence()).counts) == wanted
    lose_a_worker(files, place / "worker.db", wanted)
    lose_the_scheduler(files, place / "scheduler.db")
    for name in ("worker.db", "scheduler.db"):
        assert content(place / name) == content(place / "alone.db"), name
    print("a worker killed, then a scheduler: 6 reports read, a letter rejected, the same content as alone")


def lose_a_worker(files: list[Path], store: Path, wanted: dict[str, int]) -> None:
    """Two workers, one of them killed."""
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        killer = Killer(client)
        report = run(files, store, Options(scheduler=cluster.scheduler_address), killer)
    assert killer.killed
    assert dict(report.counts) == wanted, report


def lose_the_scheduler(files: list[Path], store: Path) -> None:
    """A scheduler that is killed: the run ends with what to do, the next one takes up what is left."""
    with cluster_of_one() as (scheduler, address):
        try:
            run(files, store, Options(scheduler=address), Stopper(scheduler))
        except OfsightError as error:
            assert f"The Dask scheduler at '{address}' was lost" in str(error), error
        else:
            raise AssertionError("a run without its scheduler came to an end")
    report = run(files, store, Options(jobs=1), Silence())
    assert report.counts["unchanged"] >= 1, report


@contextmanager
def cluster_of_one() -> Iterator[tuple[subprocess.Popen, str]]:
    """A scheduler and a worker as one starts them, and the scheduler's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _dask("scheduler", "--port", str(port), "--no-dashboard")
    worker = _dask("worker", address, "--nthreads", "1", "--no-dashboard")
    try:
        with Client(address, timeout=120) as client:
            client.wait_for_workers(1, timeout=120)
        yield scheduler, address
    finally:
        for process in (worker, scheduler):
            process.terminate()
            process.wait()


def _dask(role: str, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
