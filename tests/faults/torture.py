"""Every fault that a run must survive, at length.

`python tests/faults/torture.py [REPORTS] [--kills N]` prints one line for each trial; it ends with 1 where
something was lost, doubled or left behind. REPORTS is a folder of PDFs; without it the bundled samples are
killed.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import killing
import outputs
import trials


def main() -> int:
    """Print what each trial came to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="?", type=Path, default=trials.ROOT / "corpus" / "samples" / "pdf")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=1_000)
    given = parser.parse_args()
    files = sorted(given.reports.rglob("*.pdf"))
    seed = int(time.time())
    print(f"seed {seed}", flush=True)
    series: dict[str, Callable[[Path], str]] = {
        "chaos": partial(trials.chaos, count=given.documents, seed=seed),
        "readers": partial(trials.readers, number=8, batches=10, size=50),
        "rivals": lambda place: "; ".join(
            trials.rivals(_new(place, f"r{n}"), number, 40) for n, number in enumerate((2, 2, 2, 5, 5, 5))
        ),
        "full disks": partial(trials.fill_disks, moments=20),
        "locked disks": trials.lock_disks,
        "outputs": partial(outputs.kill_writers, kills=10, seed=seed),
        "kills": partial(killing.kills, files=files, count=given.kills, seed=seed),
    }
    return sum(report(name, trial) for name, trial in series.items()) and 1


def report(name: str, trial: Callable[[Path], str]) -> bool:
    """Print what a trial came to; true where it failed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            said, failed = trial(Path(folder)), False
        except AssertionError as error:
            said, failed = f"FAILED: {error}", True
    print(f"{name:<14}{said}", flush=True)
    return failed


def _new(place: Path, name: str) -> Path:
    (place / name).mkdir()
    return place / name


if __name__ == "__main__":
    sys.exit(main())
