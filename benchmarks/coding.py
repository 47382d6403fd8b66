"""How many sentences a second does the coder do on one core, and how long does it take to load?

Run with a folder of reports: python benchmarks/coding.py ../shared/reports/childrens-services
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import sys
import time
from pathlib import Path

REPORTS = 40


def main() -> None:
    """Print loading time and speed, both in processor time."""
    started = time.process_time()
    from classify import load_coder

    imported = time.process_time()
    coder = load_coder()
    loaded = time.process_time()

    import ingest

    paths = sorted(Path(sys.argv[1]).glob("*.pdf"))
    documents = [ingest.read(path) for path in paths[:: max(1, len(paths) // REPORTS)][:REPORTS]]
    coder.code(documents[0])
    begun = time.process_time()
    codings = [coding for document in documents for coding in coder.code(document)]
    spent = time.process_time() - begun
    sentences = sum(len(coding.sentences) for coding in codings if coding.codings)  # furniture does not count
    print(f"imports           {imported - started:6.2f} s")
    print(f"loading the model {loaded - imported:6.2f} s")
    print(f"coding            {sentences / spent:6.0f} sentences a second ({sentences} in {spent:.2f} s)")


if __name__ == "__main__":
    main()
