"""What is left where an output was being written anew when its writer was killed?"""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from trials import RUN, SAMPLES, start

COMMANDS: Final = (
    ("compare", "S01", "S02", "--out", "comparison.html"),
    ("compare", "S01", "S02", "--out", "comparison.xlsx"),
    ("export", "tables"),
    ("export", "tables.sqlite"),
    ("site", "--out", "site"),
)


def kill_writers(place: Path, kills: int, seed: int, commands: Sequence[Sequence[str]] = COMMANDS) -> str:
    """Each output is written, then written again and killed at random moments: the old one stands whole."""
    dice, sample = random.Random(seed), place / "sample.db"  # noqa: S311
    assert start(sorted(SAMPLES.glob("s0[12]*")), sample).wait() == 0
    killed = 0
    for command in commands:
        here = place / command[-1]
        here.mkdir()
        began = time.monotonic()
        assert _start(command, sample, here).wait() == 0
        longest, before = time.monotonic() - began, _holds(here)
        assert _start(command, sample, here).wait() == 0
        assert _holds(here) == before, f"{command} writes the same otherwise the second time"
        for _ in range(kills):
            process = _start(command, sample, here)
            time.sleep(dice.uniform(0.3, 1.0) * longest)
            process.send_signal(signal.SIGKILL)
            killed += process.wait() != 0
            assert _holds(here) == before, command
    return f"{killed} writers of {len(commands)} outputs killed: the old ones stood whole"


def _start(command: Sequence[str], sample: Path, here: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *command, "--store", sample],
        cwd=here,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _holds(folder: Path) -> dict[str, bytes]:
    """Everything but what a killed writer leaves in hiding."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }
