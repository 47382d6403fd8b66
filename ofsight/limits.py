"""How much time and memory may one document cost?"""

import os
import sys
from dataclasses import dataclass, replace
from typing import Final

RECOGNISING_S: Final = 660.0  # a scan of forty pages takes minutes; ingest ends OCRmyPDF itself after ten


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document in one worker.

    `memory_bytes` is what it may take beyond a warm worker, which with it stays under a gigabyte.
    """

    cpu_s: int = 30
    wall_s: float = 60.0
    memory_bytes: int = 704 * 2**20
    file_bytes: int = 300 * 2**20


def for_scans(limits: Limits) -> Limits:
    """Limits that leave OCRmyPDF its time; processor time of our own reader stays bounded as before."""
    return replace(limits, wall_s=RECOGNISING_S)


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
