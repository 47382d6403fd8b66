"""What happens when the workers of a Dask cluster are killed during a run?

`python tests/faults/clusters.py FOLDER`: two workers on this machine read samples; one of them is killed
after the first document, and Dask starts another. The store must be the one that a run without them makes.
"""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from distributed import Client, LocalCluster
from trials import SAMPLES, content

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


def main(place: Path) -> None:
    """Run on the cluster and without it, and compare."""
    files = [*sorted(SAMPLES.iterdir())[:6], place / "letter.txt"]
    files[-1].write_text("Dear Sir or Madam, this is a letter.")
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        killer = Killer(client)
        report = run(files, place / "dask.db", Options(scheduler=cluster.scheduler_address), killer)
    assert killer.killed
    assert dict(report.counts) == {"ok": 6, "rejected": 1}, report
    alone = run(files, place / "alone.db", Options(jobs=1), Silence())
    assert dict(alone.counts) == dict(report.counts)
    assert content(place / "dask.db") == content(place / "alone.db")
    print("2 workers, 1 killed: 6 reports read, a letter rejected, the content is that of a run without Dask")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
