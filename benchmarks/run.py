"""How much does the whole job cost, beside plain text extraction by PDFium of the same files?

    python benchmarks/run.py REPORTS [--every N] [--jobs N]

Prints processor time, wall time and peak memory of `ofsight run` into a new store, the time of each stage on
one core, and each as a multiple of plain PDFium in the same run. Nothing is kept.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.errors import SourceError
from corpus.model import Analysis
from corpus.rows import to_rows
from corpus.store import open_store
from ofsight.stages import current_versions, load_stages

RUN = "from ofsight.cli import main; main()"


def read_plainly(path: Path) -> int:
    """The text of every page and nothing else: the yardstick."""
    import pypdfium2

    characters = 0
    with suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(path)
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            characters += len(text.get_text_range())
            text.close()
            page.close()
        document.close()
    return characters


def measure_run(files: list[Path], store: Path, jobs: int) -> tuple[float, float, float]:
    """Processor seconds, wall seconds and the largest peak of any process in MB of one whole run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    names = [str(file) for file in files]
    command = [sys.executable, "-c", RUN, "run", *names, "--store", str(store), "--jobs", str(jobs), "--json"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"the run ended with {done.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - started, after.ru_maxrss / 1024


def measure_stages(files: list[Path], store: Path) -> dict[str, float]:
    """Processor seconds of plain PDFium and of each stage over all files, file by file, on one core."""
    stages, versions = load_stages(), current_versions()
    spent = dict.fromkeys(("plain PDFium", "read", "extract", "code", "store"), 0.0)

    def timed(name: str, work: Callable[..., Any], *given: object) -> Any:
        started = time.process_time()
        try:
            return work(*given)
        finally:
            spent[name] += time.process_time() - started

    with open_store(store, "write") as opened:
        for file in files:
            timed("plain PDFium", read_plainly, file)
            with suppress(SourceError):
                document = timed("read", stages.read, file)
                extraction = timed("extract", stages.extract, document)
                codings = timed("code", stages.code, document)
                rows = to_rows(Analysis(document, extraction, codings), versions, "")
                with opened.transaction():
                    timed("store", opened.save_rows, document.id, rows)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take only every so many-th file")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    given = parser.parse_args()
    files = sorted(given.reports.rglob("*.pdf"))[:: given.every]
    with tempfile.TemporaryDirectory() as folder:
        spent = measure_stages(files, Path(folder) / "stages.db")
        cpu, wall, peak = measure_run(files, Path(folder) / "run.db", given.jobs)
        _, again, _ = measure_run(files, Path(folder) / "run.db", given.jobs)
    plain = spent["plain PDFium"]
    print(f"{len(files)} files, {given.jobs} workers, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':24}{'seconds':>9}{'of plain PDFium':>17}")
    for name, seconds in (*spent.items(), ("whole run, processor", cpu), ("whole run, wall", wall)):
        print(f"{name:24}{seconds:9.1f}{seconds / plain:17.2f}")
    print(f"{'nothing new, wall':24}{again:9.1f}")
    print(f"{'peak of one process':24}{peak:6.0f} MB")


if __name__ == "__main__":
    main()
