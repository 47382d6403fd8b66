"""What happens when the disk is full, at many moments of a run and of writing outputs?

Runs in a mount namespace of its own, where it may put a small file system in memory under a folder:
`unshare -rm python tests/faults/disks.py FOLDER SAMPLE_STORE MOMENTS`.
"""

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from trials import content, load_fakes

from corpus.errors import StoreError
from corpus.store import open_store
from ofsight.cli import run_command

DOCUMENTS: Final = 30
WORDS: Final = 2_000  # a document, so that the store grows by some pages with each
KIB: Final = 1024
ROOMY: Final = 64 * KIB
OUTPUTS: Final = (
    *(
        ["compare", "S01", "S02", "--out", f"comparison.{form}"]
        for form in ("html", "md", "docx", "xlsx", "json")
    ),
    *(["brief", "S01", "--out", f"briefing.{form}"] for form in ("html", "pdf")),
    ["figures", "--out", "figures.csv"],
    ["export", "tables"],
    ["export", "tables.xlsx"],
    ["export", "tables.sqlite"],
    ["site", "--out", "site"],
)


@contextlib.contextmanager
def disk(folder: Path, kib: int) -> Iterator[None]:
    """A disk of this size at the folder."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def grow(folder: Path) -> None:
    """Make room on the disk."""
    subprocess.run(["mount", "-o", f"remount,size={ROOMY}k", folder], check=True)


def fill_store(place: Path, moments: int) -> str:
    """Runs on disks of so many sizes: each ends in order, keeps what it reported, and is gone on with."""
    fakes = load_fakes()
    files = fakes.write(place / "in", **{f"f{n:03}": f"word{n} " * WORDS for n in range(DOCUMENTS)})
    whole = place / "whole.db"
    fakes.do(files, whole)
    wanted, most = content(whole), 6 * whole.stat().st_size // KIB  # the store and its log
    stopped = 0
    for moment in range(moments):
        with disk(place / "disk", 8 + most * moment // moments):
            store, done = place / "disk" / "s.db", 0
            try:
                fakes.do(files, store)
            except StoreError as error:
                stopped += 1
                assert "\n" not in str(error), error
            with contextlib.suppress(StoreError), open_store(store) as opened:
                (done,) = opened.connection.execute("SELECT count(*) FROM document").fetchone()
            grow(place / "disk")
            counts = fakes.do(files, store).counts
            assert counts["unchanged"] >= done, (moment, done, counts)
            assert sum(counts.values()) == DOCUMENTS
            assert content(store) == wanted
            with open_store(store) as opened:
                twice = "SELECT source FROM outcome WHERE status = 'ok' GROUP BY source HAVING count(*) > 1"
                assert opened.connection.execute(twice).fetchall() == []
    return f"{moments} disks: {stopped} runs stopped for want of room, all of them went on"


def fill_outputs(place: Path, sample: Path) -> str:
    """Each output is written again onto a disk that is full: the old one stays, and nothing half-written."""
    tries = 0
    for command in OUTPUTS:
        with disk(place / "disk", ROOMY):
            here = place / "disk"
            os.chdir(here)
            assert say([*command, "--store", str(sample)])[0] == 0, command
            before = _holds(here)
            size = sum(len(data) for data in before.values())
            for share in (0, 0.5):
                ballast = _fill(here, int(size * share))
                code, said = say([*command, "--store", str(sample)])
                refused = code == 2 and "No space left" in said
                assert refused or (code == 0 and share > 0), (command, share, code, said)
                ballast.unlink()
                assert _holds(here) == before, (command, share, sorted(_holds(here)))
                tries += 1
            os.chdir("/")
    return f"{len(OUTPUTS)} outputs on {tries} full disks: the old ones stood as they were"


def say(command: list[str]) -> tuple[int, str]:
    """Exit code and what was said on standard error."""
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        return run_command(command), said.getvalue()


def _holds(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _fill(folder: Path, leave: int) -> Path:
    """Fill the disk but for so many bytes."""
    status = os.statvfs(folder)
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(max(0, status.f_bavail * status.f_frsize - leave)))
    return ballast


if __name__ == "__main__":
    print(fill_store(Path(sys.argv[1]), int(sys.argv[3])))
    print(fill_outputs(Path(sys.argv[1]), Path(sys.argv[2])))
