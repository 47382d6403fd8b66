"""Does the cost of a run grow in step with the number of documents, and does memory stay flat?

    python benchmarks/scale.py [COUNT] [--jobs N] [--folder FOLDER]

Makes COUNT different invented reports (PDF) in FOLDER, unless they are there already, reads them in one run
into a new store, and prints at each tenth of the way what it has cost so far. Times are processor time.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from corpus.maker.make import many_documents
from corpus.store import Outcome
from ofsight.engine import Options, run
from ofsight.progress import Silence

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_HEADS: Final = ("documents", "main s", "workers s", "ms each", "main MB", "worker MB", "store MB")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a run had cost when so many documents were done."""

    documents: int
    main_s: float
    workers_s: float
    main_mb: float
    worker_mb: float
    store_mb: float


@dataclass(slots=True)
class Marker(Silence):
    """Takes a mark at each tenth of the way."""

    store: Path
    every: int
    marks: list[Mark] = field(default_factory=list)
    count: int = 0

    def done(self, outcome: Outcome) -> None:
        """Count it."""
        del outcome
        self.count += 1
        if self.count % self.every == 0:
            workers = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            log = self.store.with_name(f"{self.store.name}-wal")
            size = self.store.stat().st_size + (log.stat().st_size if log.exists() else 0)
            self.marks.append(
                Mark(
                    self.count,
                    _seconds("self"),
                    sum(_seconds(pid) for pid in workers),
                    _megabytes("self"),
                    max(_megabytes(pid) for pid in workers),
                    size / 1e6,
                )
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", nargs="?", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--folder", type=Path, help="keeps the reports for another time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "in"
        make(folder, given.count)
        marks = measure(folder, Path(scratch) / "scale.db", given.count, given.jobs)
    for line in write_table(marks):
        print(line)


def make(folder: Path, count: int) -> None:
    """Write the reports, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.pdf"))) < count:
        for number, made in enumerate(many_documents(count, "scale")):
            (folder / f"{number:06}.pdf").write_bytes(made.pdf)


def measure(folder: Path, store: Path, count: int, jobs: int) -> list[Mark]:
    """One run over the reports, with its marks."""
    marker = Marker(store, max(1, count // 10))
    files = sorted(folder.glob("*.pdf"))[:count]
    report = run(files, store, Options(jobs=jobs), marker)
    counts = ", ".join(f"{number:,} {status}" for status, number in report.counts.items())
    print(f"{jobs} workers: {counts}; {store.stat().st_size / 1e6:.1f} MB at rest")
    return marker.marks


def write_table(marks: list[Mark]) -> list[str]:
    """The marks, and how the last tenth of the way compares with the second."""
    lines = ["  ".join(head.rjust(9) for head in _HEADS)]
    costs, before = [], Mark(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for mark in marks:
        spent = mark.main_s + mark.workers_s - before.main_s - before.workers_s
        costs.append(1000 * spent / (mark.documents - before.documents))
        cells = (
            *(f"{mark.documents:,}", f"{mark.main_s:.1f}", f"{mark.workers_s:.1f}", f"{costs[-1]:.0f}"),
            *(f"{mark.main_mb:.0f}", f"{mark.worker_mb:.0f}", f"{mark.store_mb:.1f}"),
        )
        lines.append("  ".join(cell.rjust(9) for cell in cells))
        before = mark
    early, late = sum(costs[1:4]) / 3, sum(costs[-3:]) / 3  # the first mark holds the loading
    return [*lines, f"A document costs {late / early - 1:+.1%} at the end of the way against its beginning."]


def _seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _megabytes(pid: str) -> float:
    """Memory that the process holds by now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
