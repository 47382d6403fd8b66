"""What is left where real runs are killed at random moments and started again, over and over?"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from trials import DONE, content, start

from corpus.seals import seal_of
from corpus.store import open_store

LONGEST_S: Final = 6.0  # of processor time that a run has before it is killed
CHILDREN_S: Final = 5.0  # that a child may outlive its parent


@dataclass(slots=True)
class Tally:
    """Kills of a whole process group, of the parent alone, and how long the last child lived on."""

    groups: int = 0
    parents: int = 0
    outlived: list[float] = field(default_factory=lambda: [0.0])

    @property
    def kills(self) -> int:
        """How many there were."""
        return self.groups + self.parents


def kills(place: Path, files: Sequence[Path], count: int, seed: int) -> str:
    """Runs are killed until there were enough kills; each store ends as that of an undisturbed run."""
    whole = place / "whole.db"
    before = _used_by_children()
    assert start(files, whole, 1).wait() in DONE
    wanted, alone = content(whole), _used_by_children() - before
    dice, tally, rounds = random.Random(seed), Tally(), 0  # noqa: S311
    while tally.kills < count:
        store = place / f"round{rounds}.db"
        rounds += 1
        while tally.kills < count and _kill_one(files, store, dice.uniform(0, min(alone, LONGEST_S)), tally):
            pass
        assert start(files, store).wait() in DONE
        assert not (other := _ended(store) ^ _ended(whole)), f"not as undisturbed: {sorted(other)}"
        _assert_nothing_lost_or_doubled(store, wanted)
        store.unlink()
    return (
        f"{tally.kills} kills ({tally.groups} of the whole group, {tally.parents} of the parent alone) in"
        f" {rounds} rounds over {len(files)} files ({alone:.0f} s of processor time undisturbed);"
        f" the last child was gone after {max(tally.outlived):.2f} s"
    )


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _kill_one(files: Sequence[Path], store: Path, moment: float, tally: Tally) -> bool:
    """Kill a run, or only its parent; False where it had come to its end before."""
    process = start(files, store)
    if _ends_before(process, moment):
        return False
    if tally.groups <= tally.parents:
        os.killpg(process.pid, signal.SIGKILL)
        tally.groups += 1
    else:
        process.kill()
        tally.parents += 1
    killed = time.monotonic()
    process.wait()
    while living(process.pid) and time.monotonic() < killed + CHILDREN_S:
        time.sleep(0.02)
    assert living(process.pid) == [], f"children outlive their parent by {CHILDREN_S:g} s"
    tally.outlived.append(time.monotonic() - killed)
    return True


def _ends_before(process: subprocess.Popen, moment: float) -> bool:
    """Wait until a run has used so much processor time, however busy the machine is."""
    while process.poll() is None:
        if sum(map(_used, living(process.pid))) >= moment:
            return False
        time.sleep(random.uniform(0.0, 0.02))  # noqa: S311
    assert process.returncode in DONE
    return True


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def living(group: int) -> list[int]:
    """Processes of a group that are still there."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdigit() and int(fields[2]) == group and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def _ended(store: Path) -> set[tuple[str, str, str]]:
    """How each input ended at last: as it did when it was first dealt with."""
    with open_store(store) as opened:
        query = "SELECT source, status, coalesce(reason, '') FROM outcome WHERE status <> 'unchanged'"
        return set(opened.connection.execute(query))


def _assert_nothing_lost_or_doubled(store: Path, wanted: str) -> None:
    assert content(store) == wanted
    with open_store(store) as opened:
        done = "SELECT count(*), count(DISTINCT source) FROM outcome WHERE status IN ('ok', 'partial')"
        (documents,) = opened.connection.execute("SELECT count(*) FROM document").fetchone()
        # What was reported done is never done again.
        assert opened.connection.execute(done).fetchone() == (documents, documents)
        for document_id, seal in opened.connection.execute("SELECT document_id, sha256 FROM seal"):
            assert seal_of(opened.connection, document_id) == seal
