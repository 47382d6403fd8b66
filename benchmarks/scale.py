"""Does the cost of a run grow in step with the number of documents, and does memory stay flat?

    python benchmarks/scale.py [COUNT] [--jobs N] [--folder FOLDER] [--short | --known]

Makes COUNT different invented reports (PDF) in FOLDER, unless they are there already, reads them in one run
into a new store, and prints at each tenth of the way what it has cost so far, and what the same run costs
once more, with nothing new. Times are processor time.

`--short` makes text of a page or so instead, for a whole run over many more documents: ten paragraphs each,
dealt from those of whole reports.

What a worker does for one report knows nothing of the others; what could grow is the store and the main
process. `--known` measures these alone: the workers hand over one analysis, made beforehand, under a new name
for each.
"""

import argparse
import hashlib
import os
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from corpus.maker.make import many_documents
from corpus.model import Document
from corpus.store import Outcome
from ofsight.engine import Options, run
from ofsight.progress import Silence
from ofsight.stages import Stages, load_stages

# 198 paragraphs, 451 sentences, 259 mentions: the real reports hold 132, 387 and 364 on average.
KNOWN: Final = (
    Path(__file__).parent.parent
    / "corpus"
    / "samples"
    / "text"
    / "s02-westleigh-and-thorne-sif-3-2016-06.txt"
)
_NUMBERED: Final = re.compile(r"^\d+\. (.+)$", re.M)
_DEALT_FROM: Final = 60
_DEALT: Final = 10
_MARKS: Final = 10
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
    before: float = 0.0  # what the process had cost before the run

    def begin(self, total: int) -> None:
        """Start the clock."""
        del total
        self.before = _seconds("self")

    def done(self, outcome: Outcome) -> None:
        """Count it, and say what was not read."""
        if outcome.status == "rejected":
            print(f"{outcome.source} {outcome.reason}: {outcome.detail}", flush=True)
        self.count += 1
        if self.count % self.every == 0:
            workers = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
            log = self.store.with_name(f"{self.store.name}-wal")
            size = self.store.stat().st_size + (log.stat().st_size if log.exists() else 0)
            self.marks.append(
                Mark(
                    self.count,
                    _seconds("self") - self.before,
                    _seconds_of_ended() + sum(_seconds(pid) for pid in workers),
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
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--short", action="store_true", help="make text of a page or so")
    kind.add_argument("--known", action="store_true", help="measure the store and the main process alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "in"
        write = write_names if given.known else write_short if given.short else make
        write(folder, given.count)
        load = partial(know, load_stages()) if given.known else None
        marks = measure(folder, Path(scratch) / "scale.db", Options(jobs=given.jobs), load)
        for line in write_table(marks):  # to remove so many files takes its time
            print(line)


def make(folder: Path, count: int) -> None:
    """Write the reports, unless they are there."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.pdf"))) < count:
        for number, made in enumerate(many_documents(count, "scale")):
            (folder / f"{number:06}.pdf").write_bytes(made.pdf)


def write_short(folder: Path, count: int) -> None:
    """Write short reports as text: the opening of a whole one and some of its paragraphs, numbered anew."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = [made.text for made in many_documents(_DEALT_FROM, "scale") if "-ilacs-" in made.stem]
    for number in range(count):
        dice = random.Random(number)  # noqa: S311 -- invented reports, not secrets
        text = dice.choice(whole)
        kept = sorted(dice.sample(_NUMBERED.findall(text), _DEALT), key=text.index)
        body = "\n".join(f"{place}. {paragraph}" for place, paragraph in enumerate(kept, 1))
        opening = text[: _NUMBERED.search(text).start()]  # type: ignore[union-attr]
        (folder / f"{number:06}.txt").write_text(f"{opening}{body}\n", encoding="utf-8")


def write_names(folder: Path, count: int) -> None:
    """Write files that hold nothing but a number each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:06}.txt").write_text(f"{number}")


def know(stages: Stages) -> Stages:
    """Stages that give the analysis of one report for every file."""
    document = stages.read(KNOWN)
    extraction, codings = stages.extract(document), stages.code(document)

    def read(path: Path) -> Document:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return replace(document, id=sha256[:16], sha256=sha256, source=str(path))

    return Stages(read, lambda _: extraction, lambda _: codings)


def measure(
    folder: Path, store: Path, options: Options, load: Callable[[], Stages] | None
) -> tuple[Mark, ...]:
    """One run over the reports, with its marks."""
    files = sorted(folder.iterdir())
    marker = Marker(store, max(1, len(files) // _MARKS))
    report = run(files, store, options, marker, load=load)
    counts = ", ".join(f"{number:,} {status}" for status, number in report.counts.items())
    print(f"{options.jobs} workers: {counts}; {store.stat().st_size / 1e6:.1f} MB at rest", flush=True)
    used, began = _seconds("self"), time.monotonic()
    run(files, store, options, Silence(), load=load)
    used, took = _seconds("self") - used, time.monotonic() - began
    print(f"again, with nothing new: {used:.2f} s of processor time, {took:.2f} s by the clock")
    return tuple(marker.marks)


def write_table(marks: Sequence[Mark]) -> list[str]:
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
    if len(costs) < _MARKS:  # too few to compare, or stopped on the way
        return lines
    early, late = sum(costs[1:4]) / 3, sum(costs[-3:]) / 3  # the first mark holds the loading
    return [*lines, f"A document costs {late / early - 1:+.1%} at the end of the way against its beginning."]


def _seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _seconds_of_ended() -> float:
    """What workers have cost that another one has taken the place of."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _megabytes(pid: str) -> float:
    """Memory that the process holds by now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
