"""Every fault that a run must survive, at length.

`python tests/faults/torture.py [REPORTS] [--kills N]` prints one line for each trial; it ends with 1 where
something was lost, doubled or left behind, or hangs. REPORTS is a folder of PDFs, of which sixty are drawn by
the seed: runs over them are killed, so often that there is an end within the hour. Without it, runs over the
bundled samples are killed.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

import killing
import outputs
import trials

from ofsight.progress import in_words

DRAWN: Final = 60  # reports, for runs that are killed: a round over all of them takes minutes
LONGEST_S: Final = 3 * 3600  # of one trial; what takes longer hangs


def main() -> int:
    """Print what each trial came to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="?", type=Path, default=trials.ROOT / "corpus" / "samples" / "pdf")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=1_000)
    given = parser.parse_args()
    files = sorted(given.reports.rglob("*.pdf"))
    seed = int(time.time())
    drawn = sorted(random.Random(seed).sample(files, min(DRAWN, len(files))))  # noqa: S311
    print(f"seed {seed}", flush=True)
    series: dict[str, Callable[[Path], str]] = {
        "chaos": partial(trials.chaos, count=given.documents, seed=seed),
        "readers": partial(trials.readers, number=8, batches=10, size=50),
        "rivals": lambda place: "; ".join(
            trials.rivals(_new(place, f"r{n}"), number, 40) for n, number in enumerate((2, 2, 2, 5, 5, 5))
        ),
        "full disks": partial(trials.fill_disks, moments=20),
        "locked disks": trials.lock_disks,
        "clusters": trials.lose_clusters,
        "outputs": partial(outputs.kill_writers, kills=5, seed=seed),
        "kills": partial(killing.kills, files=drawn, count=given.kills, seed=seed),
    }
    began = time.monotonic()
    ended = Counter(report(name, trial) for name, trial in series.items())
    print(
        f"{len(series)} trials in {in_words(time.monotonic() - began)}: {ended['well']} well,"
        f" {ended['FAILED']} failed, {ended['HUNG']} hung"
    )
    return int(ended["well"] < len(series))


def report(name: str, trial: Callable[[Path], str]) -> str:
    """Print how a trial ended, how long it took and what it came to; give how it ended."""
    began, ended = time.monotonic(), "well"
    with tempfile.TemporaryDirectory() as folder:
        before = signal.signal(signal.SIGALRM, _hang)
        signal.alarm(LONGEST_S)
        try:
            said = trial(Path(folder))
        except AssertionError as error:
            ended, said = "FAILED", str(error)
        except TimeoutError:
            ended, said = "HUNG", f"not over after {in_words(LONGEST_S)}"
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
    print(f"{name:<14}{ended:<8}{in_words(time.monotonic() - began):>8}  {said}", flush=True)
    return ended


def _hang(*_: object) -> None:
    raise TimeoutError


def _new(place: Path, name: str) -> Path:
    (place / name).mkdir()
    return place / name


if __name__ == "__main__":
    sys.exit(main())
