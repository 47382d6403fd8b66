"""What may go wrong around a run, done on purpose: deaths, full disks, readers and rivals.

Each trial returns what happened as text; it raises `AssertionError` where something was lost, doubled or left
behind. The tests take a few of each, `make torture` (`tests/faults/torture.py`) many.
"""

import importlib.util
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Final

from corpus.seals import seal_of
from corpus.store import open_store

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
SAMPLES: Final = ROOT / "corpus" / "samples" / "text"
RUN: Final = "from ofsight.cli import main; main()"
NO_DASK: Final = "not tried: Dask is not installed (pip install 'ofsight[dask]')"
NO_DISKS: Final = "not tried: this machine lets nobody mount a file system in memory (unshare -rm)"
DONE: Final = (0, 1)  # all well, or some inputs were rejected
# How a document fails in a worker, and what the outcome table must say of it.
INJECTED: Final = {
    "memory": "out_of_memory",
    "greedy": "out_of_memory",
    "segv": "crashed",
    "kill": "crashed",
    "exit": "crashed",
    "bug": "crashed",
    "sleep": "timeout",
    "spin": "timeout",
    "stranger": "not_a_report",
}


def load_fakes() -> ModuleType:
    """The small documents and stages of the engine's tests."""
    spec = importlib.util.spec_from_file_location("fakes", HERE.parent / "ofsight" / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["fakes"] = module
    spec.loader.exec_module(module)
    return module


def chaos(place: Path, count: int, seed: int) -> str:
    """Half of the documents are sound, the others fail in every way: each has the outcome it must have."""
    fakes, dice = load_fakes(), random.Random(seed)  # noqa: S311
    kinds = ["fine", "half"] * (count // 4) + [kind for kind in INJECTED for _ in range(count // 18)]
    dice.shuffle(kinds)
    texts = {f"{kind}{n:05}": f"{kind} {n}" for n, kind in enumerate(kinds)}
    files = fakes.write(place / "in", **texts)
    store = place / "s.db"
    report = fakes.do(files, store)
    wanted = Counter({"fine": "ok", "half": "partial"}.get(kind) or INJECTED[kind] for kind in kinds)
    with open_store(store) as opened:
        rows = opened.connection.execute("SELECT source, status, reason FROM outcome").fetchall()
        stored = opened.connection.execute("SELECT count(*) FROM document").fetchone()[0]
    found = Counter(reason or status for _, status, reason in rows)
    assert found == wanted, f"{found} is not {wanted}"
    for source, status, reason in rows:
        kind = Path(source).stem.rstrip("0123456789")
        assert (reason or status) == ({"fine": "ok", "half": "partial"}.get(kind) or INJECTED[kind]), source
    assert stored == wanted["ok"] + wanted["partial"]
    assert sum(report.counts.values()) == len(kinds)
    return f"{len(kinds):,} documents: " + ", ".join(f"{n} {name}" for name, n in sorted(found.items()))


def start(files: Sequence[Path], store: Path, jobs: int = 2, **environment: str) -> subprocess.Popen:
    """`ofsight run` in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "run", *files, "--store", store, "--jobs", str(jobs)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | environment,
    )


def content(store: Path) -> str:
    """The content hash of a store."""
    with open_store(store) as opened:
        return opened.content_hash()


RUN_FAKES: Final = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from trials import load_fakes
from corpus.errors import StoreError
fakes = load_fakes()
print("ready", flush=True)
try:
    print(dict(fakes.do(Path(sys.argv[2]), Path(sys.argv[3])).counts))
except StoreError as error:
    print(error)
    sys.exit(2)
"""
READ: Final = """
import random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from trials import look_until
print(look_until(Path(sys.argv[2]), Path(sys.argv[3])))
"""


def look_until(store: Path, end: Path) -> int:
    """Read the store over and over until the file `end` is there: never less than before, and only whole."""
    before = looks = 0
    while True:
        last = end.exists()
        with open_store(store) as opened:
            query = opened.connection.execute
            query("BEGIN")
            seals = query("SELECT document_id, sha256 FROM seal").fetchall()
            (documents,) = query("SELECT count(*) FROM document").fetchone()
            (outcomes,) = query("SELECT count(DISTINCT sha256) FROM outcome WHERE status = 'ok'").fetchone()
            assert len(seals) == documents == outcomes >= before
            for document_id, seal in random.sample(seals, min(5, len(seals))):
                assert seal_of(opened.connection, document_id) == seal
        before = documents
        looks += 1
        if last:
            return looks


def readers(place: Path, number: int, batches: int, size: int) -> str:
    """So many readers look at a store all through so many runs; no reader and no run sees an error."""
    fakes, store, end = load_fakes(), place / "s.db", place / "end"
    fakes.do(fakes.write(place / "in", first="First."), store)
    watching = [_python(READ, store, end) for _ in range(number)]
    for batch in range(batches):
        fakes.write(place / "in", **{f"b{batch}-{n:03}": f"nap {batch} {n}" for n in range(size)})
        report = fakes.do(place / "in", store)
        assert report.counts["ok"] == size, report.counts
    end.touch()
    looks = [int(_ended(process)) for process in watching]
    assert content(store)
    return f"{number} readers looked {sum(looks)} times through {batches} runs of {size} documents"


def rivals(place: Path, number: int, size: int) -> str:
    """So many runs start on one store at once: one works, the others are refused and name it."""
    fakes, store = load_fakes(), place / "s.db"
    files = fakes.write(place / "in", **{f"f{n:03}": f"nap {n}" for n in range(size)})
    racing = [_python(RUN_FAKES, files, store) for _ in range(number)]
    said = {process.pid: (*process.communicate(), process.returncode) for process in racing}
    worked = [pid for pid, (*_, code) in said.items() if code == 0]
    for out, error, code in said.values():
        assert code in (0, 2), error
        if code == 2:
            named = any(f"process {pid} on" in out for pid in worked) or "just starting" in out
            assert "is in use by another run" in out and named, out
    with open_store(store) as opened:
        done = opened.connection.execute("SELECT count(*) FROM outcome WHERE status = 'ok'").fetchone()
    assert done == (size,)
    return f"{number} runs at once: {len(worked)} worked, {number - len(worked)} were refused"


def fill_disks(place: Path, moments: int) -> str:
    """Disks that are full at so many moments."""
    return _on_disks_of_our_own(place, "disks.py", str(moments))


def lock_disks(place: Path) -> str:
    """A store on a disk that nobody can write to."""
    return _on_disks_of_our_own(place, "read_only.py")


def _on_disks_of_our_own(place: Path, program: str, *arguments: str) -> str:
    """Run a program where it may put file systems in memory that nobody else sees."""
    if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False).returncode:
        return NO_DISKS
    sample = place / "sample.db"
    assert start(sorted(SAMPLES.glob("s0[12]*")), sample).wait() == 0
    command = ["unshare", "-rm", sys.executable, HERE / program, place, sample, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().replace("\n", "; ")


def lose_clusters(place: Path) -> str:
    """Workers and schedulers of Dask that are killed during a run."""
    if find_spec("distributed") is None:
        return NO_DASK
    done = subprocess.run(
        [sys.executable, HERE / "clusters.py", place], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _python(program: str, *arguments: Path) -> subprocess.Popen:
    command = [sys.executable, "-c", program, HERE, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _ended(process: subprocess.Popen) -> str:
    out, error = process.communicate()
    assert process.returncode == 0, error
    return out
