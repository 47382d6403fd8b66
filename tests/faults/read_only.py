"""Which commands work on a store that lies where nothing can be written, in whatever state it was left?

Runs in a mount namespace of its own: `unshare -rm python tests/faults/read_only.py FOLDER SAMPLE_STORE`.
"""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from disks import ROOMY, disk, say
from trials import SAMPLES, content

READING: Final = (
    ["show", "S01"],
    ["search", "children"],
    ["figures"],
    ["indicators"],
    ["check"],
    ["compare", "S01", "S02", "--out", "comparison.html"],
    ["brief", "S01", "--out", "briefing.html"],
    ["verify", "briefing.html"],
    ["export", "tables"],
    ["site", "--out", "site"],
)
WRITING: Final = ["run", str(SAMPLES)]


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody write on the disk."""
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    yield


def at_rest(sample: Path, store: Path) -> None:
    """As a run leaves it."""
    shutil.copy(sample, store)


def with_a_log(sample: Path, store: Path) -> None:
    """As a killed run leaves it: the last document stands in the log."""
    shutil.copy(sample, store)
    if os.fork() == 0:
        connection = sqlite3.connect(store, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO meta VALUES ('test', 'in the log')")
        os._exit(0)
    os.wait()


def without_its_notes(sample: Path, store: Path) -> None:
    """As with a log, and copied without SQLite's notes of who reads it."""
    with_a_log(sample, store)
    store.with_name(f"{store.name}-shm").unlink()


def with_an_empty_log(sample: Path, store: Path) -> None:
    """As a run leaves it that somebody was reading beside."""
    shutil.copy(sample, store)
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


def main(place: Path, sample: Path) -> None:
    """Try every command on a store in every state."""
    (place / "out").mkdir()
    os.chdir(place / "out")
    wanted = content(sample)
    for leave in (at_rest, with_a_log, with_an_empty_log):
        with disk(place / "disk", ROOMY):
            store = place / "disk" / "s.db"
            leave(sample, store)
            with locked(place / "disk"):
                assert content(store) == wanted, leave
                _assert_served(store)
                if leave is with_an_empty_log:
                    _assert_read(store)
    _assert_refused(place, sample)
    print(f"{len(READING)} commands read a store where nothing can be written, in 3 states; 1 is refused")


def _assert_refused(place: Path, sample: Path) -> None:
    """What stands in a log that cannot be read is not passed over in silence."""
    with disk(place / "disk", ROOMY):
        store = place / "disk" / "s.db"
        without_its_notes(sample, store)
        with locked(place / "disk"):
            for command in READING:
                code, said = say([*command, "--store", str(store)])
                assert code == 2 and "Copy it together with 's.db-wal'" in said, (command, said)


def _assert_read(store: Path) -> None:
    for command in READING:
        code, said = say([*command, "--store", str(store)])
        assert code == 0, (command, said)
    code, said = say([*WRITING, "--store", str(store)])
    assert code == 2 and "Read-only file system" in said and said.count("\n") == 1, said


def _assert_served(store: Path) -> None:
    if find_spec("datasette") is None:
        return
    from ofsight.serving import datasette_app

    answer = asyncio.run(datasette_app(store).client.get("/s/document.json"))
    assert answer.status_code == 200, answer.text


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
