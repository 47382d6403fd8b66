"""How much of its time by the clock has a process had?

What it waited for a processor does not count: that is the fault of a busy machine, not of the document. Nor
does more than a second between two looks: then the whole run was stopped, or the one who looks was busy. Both
the worker itself and its parent look.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_UNSEEN_S: Final = 1.0


@dataclass(slots=True)
class Allowance:
    """Time by the clock for one task of a process, from now; 0 is this process."""

    seconds: float
    pid: int = 0
    had: float = 0.0
    looked: float = field(init=False)
    waited: float = field(init=False)

    def __post_init__(self) -> None:
        self.looked, self.waited = time.monotonic(), _waited_for_processor(self.pid)

    def is_spent(self) -> bool:
        """Look at the clock, several times a second: whether the process has had all its time."""
        now, waited = time.monotonic(), _waited_for_processor(self.pid)
        # The system tells of a wait when it is over: what was counted meanwhile is taken off again.
        self.had = max(0.0, self.had + min(now - self.looked, _UNSEEN_S) - (waited - self.waited))
        self.looked, self.waited = now, waited
        return self.had > self.seconds


def _waited_for_processor(pid: int) -> float:
    """Seconds that a process was ready to run and did not; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid or 'self'}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0
