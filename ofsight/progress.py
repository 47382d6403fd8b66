"""How far has a run got, for somebody who watches it?"""

import os
import sys
import time
from typing import Final, Protocol, TextIO

from corpus.store import Outcome
from ofsight.terminal import clean, width

_EVERY_S: Final = 0.1
_BAR: Final = 24


class Watcher(Protocol):
    """Somebody who wants to see how a run gets on."""

    def looking(self) -> None:
        """Every row of the store is looked at before the run, as the last writer came to no clean end."""

    def begin(self, total: int) -> None:
        """The run has this many inputs."""

    def working(self, source: str) -> None:
        """A worker has started on this input."""

    def done(self, outcome: Outcome) -> None:
        """This became of one input."""


class Silence:
    """Watches and says nothing."""

    def looking(self) -> None:
        """Say nothing."""

    def begin(self, total: int) -> None:
        """Say nothing."""

    def working(self, source: str) -> None:
        """Say nothing."""

    def done(self, outcome: Outcome) -> None:
        """Say nothing."""

    def end(self) -> None:
        """Say nothing."""


class Bar(Silence):
    """One line on a terminal: files done, rate, time left, current file."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = 0
        self._done = 0
        self._current = ""
        self._started = self._drawn = time.monotonic()

    def looking(self) -> None:
        """Say why nothing happens for a while."""
        self._stream.write("\r\033[KLooking at every row of the store, as after a run that was killed ...")
        self._stream.flush()

    def begin(self, total: int) -> None:
        """Start the clock."""
        self._total = total
        self._started = time.monotonic()

    def working(self, source: str) -> None:
        """Show this file as the current one."""
        self._current = clean(os.path.basename(source))  # noqa: PTH119 (text, not a path)
        self._draw()

    def done(self, outcome: Outcome) -> None:
        """Count one more."""
        del outcome
        self._done += 1
        self._draw()

    def end(self) -> None:
        """Leave the terminal as it was."""
        self._stream.write("\r\033[K")
        self._stream.flush()

    def _draw(self) -> None:
        now = time.monotonic()
        if now - self._drawn < _EVERY_S:
            return
        self._drawn = now
        line = progress_line(self._done, self._total, now - self._started, self._current)
        self._stream.write(f"\r\033[K{line[: width() - 1]}")
        self._stream.flush()


def progress_line(done: int, total: int, seconds: float, current: str) -> str:
    """Such as `[######------]  120/360  4.1 files/s  1 min left  x.pdf`."""
    filled = _BAR * done // total if total else 0
    rate = done / seconds if seconds > 0 else 0.0
    left = in_words((total - done) / rate) + " left" if rate else "starting"
    return f"[{'#' * filled}{'-' * (_BAR - filled)}]  {done}/{total}  {rate:.1f} files/s  {left}  {current}"


def in_words(seconds: float) -> str:
    """A length of time as one would say it."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"


def watcher(stream: TextIO | None = None, *, wanted: bool = True) -> Silence:
    """A bar where somebody can see it, else silence."""
    stream = stream or sys.stderr
    return Bar(stream) if wanted and stream.isatty() else Silence()
