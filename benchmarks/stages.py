"""What does each of our stages cost, and the whole run?"""

import gc
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from readers import Cost, peak

RUN = "from ofsight.cli import main; main()"


def measure_stages(files: Sequence[Path]) -> list[Cost]:
    """Processor seconds of each stage over all files, file by file, on one core."""
    from corpus.errors import SourceError
    from corpus.model import Analysis
    from corpus.rows import to_rows
    from corpus.store import open_store
    from ofsight.stages import current_versions, load_stages

    stages, versions = load_stages(), current_versions()
    spent = dict.fromkeys(("read", "extract", "code", "store"), 0.0)
    pages = words = 0

    def timed(name: str, work: Callable[..., Any], *given: object) -> Any:
        started = time.process_time()
        try:
            return work(*given)
        finally:
            spent[name] += time.process_time() - started

    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "stages.db", "write") as opened:
        warm = stages.read(files[0])
        stages.extract(warm)
        stages.code(warm)
        gc.freeze()
        gc.disable()  # as in a worker, which collects between documents
        for file in files:
            with suppress(SourceError):
                document = timed("read", stages.read, file)
                extraction = timed("extract", stages.extract, document)
                codings = timed("code", stages.code, document)
                rows = timed("store", to_rows, Analysis(document, extraction, codings), versions, "")
                with opened.transaction():
                    timed("store", opened.save_rows, document.id, rows)
                pages += document.pages or 0
                words += sum(len(paragraph.text.split()) for paragraph in document.paragraphs)
    highest = peak()
    costs = [Cost(name, seconds, pages, words, highest, stage=True) for name, seconds in spent.items()]
    return [*costs, Cost("all stages", sum(spent.values()), pages, words, highest)]


def measure_run(files: Sequence[Path], store: Path, jobs: int) -> list[Cost]:
    """Processor and wall seconds of `ofsight run` into a new store, and of a second run with nothing new."""
    from corpus.store import open_store

    cpu, wall, most = _run(files, store, jobs)
    _, again, _ = _run(files, store, jobs)
    with open_store(store, "read") as opened:
        (pages,) = opened.connection.execute("select sum(pages) from document").fetchone()
        texts = opened.connection.execute("select text from paragraph")
        words = sum(len(text.split()) for (text,) in texts)
    return [
        Cost("whole run, processor", cpu, pages, words, most),
        Cost("whole run, wall", wall, pages, words, most),
        Cost("nothing new, wall", again, pages, words, most),
    ]


def _run(files: Sequence[Path], store: Path, jobs: int) -> tuple[float, float, float]:
    """Processor seconds, wall seconds and the largest peak of any process in MB."""
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
