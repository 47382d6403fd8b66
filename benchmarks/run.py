"""How much does the whole job cost, beside plain text extraction of the same files by PDFium and by others?

    python benchmarks/run.py [REPORTS] [--every N] [--jobs N] [--save]

REPORTS is a folder of PDFs; without it the bundled samples are read. Each reader and the chain of stages run
in a process of their own, on one core; times are processor time, and what counts is their multiple of plain
PDFium in the same run, so that two machines compare. The multiples stand beside those of the saved baseline
(`benchmarks/baseline.json`), which `--save` renews.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from readers import Cost, measure_reader
from stages import measure_run, measure_stages

BASELINE = Path(__file__).with_name("baseline.json")
SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
YARDSTICK = "plain PDFium"
OTHERS = ("pypdf", "pdfminer.six", "pdfplumber")
HEADS = ("seconds", "x plain", "before", "change", "pages/s", "words/s", "share", "peak MB")
WALL = ", wall"  # tells of the load of the machine too: not kept
MOST = 8  # files for those, which take ten to sixty times as long


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("reports", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--every", type=int, default=1, help="take only every so many-th file")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--save", action="store_true", help="keep this run as the baseline")
    given = parser.parse_args()
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")  # as in a run: threads that wait for one another would count
    files = sorted(given.reports.rglob("*.pdf"))[:: given.every]
    costs = measure(files, given.jobs)
    print(f"{len(files)} files, {given.jobs} workers, load {os.getloadavg()[0]:.1f}\n")
    baseline = json.loads(BASELINE.read_text("utf-8")) if BASELINE.exists() else {}
    for line in write_table(costs, baseline):
        print(line)
    if given.save:
        ratios = {cost.name: round(cost.ratio, 2) for cost in costs if not cost.name.endswith(WALL)}
        BASELINE.write_text(json.dumps(ratios, indent=2) + "\n", "utf-8")


def measure(files: Sequence[Path], jobs: int) -> list[Cost]:
    """The cost of plain PDFium, of each stage, of the whole run, and of the other readers."""
    plain = apart(measure_reader, YARDSTICK, files).beside(None)
    costs = [plain]
    few = files[:: max(1, len(files) // MOST)][:MOST]
    plain_few = apart(measure_reader, YARDSTICK, few)
    costs += (apart(measure_reader, name, few).beside(plain_few) for name in OTHERS)
    costs += (cost.beside(plain) for cost in apart(measure_stages, files))
    with tempfile.TemporaryDirectory() as folder:
        costs += (cost.beside(plain) for cost in apart(measure_run, files, Path(folder) / "run.db", jobs))
    return costs


def apart(work: Callable[..., Any], *given: object) -> Any:
    """Do the work in a fresh process, so that its peak of memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *given).result()


def write_table(costs: Sequence[Cost], baseline: dict[str, float]) -> list[str]:
    """A line for each cost: its multiple of plain PDFium now and before, and what it gets through."""
    total = sum(cost.seconds for cost in costs if cost.stage)
    lines = [f"{'':24}" + "".join(f"{head:>9}" for head in HEADS)]
    for cost in costs:
        before = baseline.get(cost.name)
        change = f"{cost.ratio / before - 1:+9.0%}" if before else f"{'':9}"
        share = f"{cost.seconds / total:9.0%}" if cost.stage else f"{'':9}"
        lines.append(
            f"{cost.name:24}{cost.seconds:9.2f}{cost.ratio:9.2f}{before or '':>9}{change}"
            f"{cost.pages / cost.seconds:9.0f}{cost.words / cost.seconds:9.0f}{share}{cost.peak:9.0f}"
        )
    return lines


if __name__ == "__main__":
    main()
