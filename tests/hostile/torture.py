"""What becomes of every bad input that we know, one after the other, in a real run?

`python tests/hostile/torture.py [TIMES]` prints a table; it ends with 1 where something crashed, hung, burst
its bounds or lost words in silence.
"""

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

from collection import SAMPLES, Bad, bad_inputs, heavy_inputs, make_odd_files
from shapes import heavy_shapes, odd_shapes

from corpus.store import Outcome, open_store
from ofsight.engine import Options, run
from ofsight.limits import Limits

WALL_S: Final = 62.0  # the bound of 60 and the moment in which it is noticed
MEMORY: Final = 1 << 30
WHOLE: Final = 0.99


@dataclass(slots=True)
class Watch:
    """Times each input of a run with one worker, and looks at the worker's memory.

    A run hands the next input to the worker before it says what became of the last one.
    """

    began: dict[str, float] = field(default_factory=dict)
    waited: float = 0.0  # by the worker, for a processor, since the last input was done
    largest: int = 0  # of the worker since then
    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    over: bool = False

    def looking(self) -> None:
        """A new store needs no look."""

    def begin(self, total: int) -> None:
        """Start to look at the worker."""
        threading.Thread(target=self._look, daemon=True).start()

    def working(self, source: str) -> None:
        """The worker has this input now."""
        self.began[source] = time.monotonic()

    def done(self, outcome: Outcome) -> None:
        """It is over."""
        self.outcomes[outcome.source] = outcome
        began = self.began.get(outcome.source)
        if began is None:  # it needed no worker
            self.seconds[outcome.source], self.memory[outcome.source] = 0.0, 0
            return
        self.seconds[outcome.source] = time.monotonic() - began - self.waited
        self.memory[outcome.source] = self.largest
        self.waited, self.largest = 0.0, 0

    def _look(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        before: dict[str, int] = {}  # by process, nanoseconds that it had waited
        while not self.over:
            for child in children.read_text().split():
                try:
                    resident = int(Path(f"/proc/{child}/statm").read_text().split()[1]) * page
                    waited = int(Path(f"/proc/{child}/schedstat").read_text().split()[1])
                except (OSError, IndexError):
                    continue
                self.largest = max(self.largest, resident)
                self.waited += (waited - before.get(child, 0)) / 1e9
                before[child] = waited
            time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run over bad inputs showed; `faults` must be empty."""

    watch: Watch
    faults: tuple[str, ...]

    def table(self) -> str:
        """The result for a person."""
        outcomes = self.watch.outcomes.values()
        kinds = Counter(o.status if o.reason is None else f"rejected: {o.reason}" for o in outcomes)
        slowest = max(self.watch.seconds, key=lambda source: self.watch.seconds[source])
        largest = max(self.watch.memory, key=lambda source: self.watch.memory[source])
        rows = [
            ("inputs tried", len(self.watch.outcomes)),
            *sorted(kinds.items()),
            ("slowest", f"{self.watch.seconds[slowest]:.1f} s but for waiting, {Path(slowest).name}"),
            ("largest", f"{self.watch.memory[largest] >> 20} MiB resident, {Path(largest).name}"),
            ("crashes", sum("crashed:" in fault for fault in self.faults)),
            ("hangs", sum(seconds > WALL_S for seconds in self.watch.seconds.values())),
            ("faults", len(self.faults)),
        ]
        return "\n".join([*(f"{name:<24}{value}" for name, value in rows), *self.faults])


def torture(made: Iterable[Bad], folder: Path, limits: Limits | None = None) -> Result:
    """Run over the inputs and over odd files, beside the samples that they were made from."""
    place = folder / "in"
    place.mkdir()
    inputs = [_written(bad, place) for bad in made]
    odd = make_odd_files(place)
    originals = sorted({bad.sample for bad in inputs if bad.sample})
    whole = [SAMPLES / ("pdf" if name.endswith(".pdf") else "text") / name for name in originals]
    watch, store = Watch(), folder / "torture.db"
    try:
        run([place, *whole], store, Options(jobs=1, limits=limits or Limits()), watch)
    finally:
        watch.over = True
    allowed = {bad.name: bad.allowed for bad in inputs} | odd
    return Result(watch, tuple(_faults(watch, allowed, _lost(store, inputs))))


def _written(bad: Bad, place: Path) -> Bad:
    """The input without its bytes, which lie in a file now: a worker would share their memory."""
    (place / bad.name).write_bytes(bad.data)
    return replace(bad, data=b"")


def _faults(watch: Watch, allowed: dict[str, frozenset[str]], lost: dict[str, float]) -> list[str]:
    """Everything that must not be, one line each."""
    faults = [f"{name!r}: ok with {1 - share:.1%} of its words lost" for name, share in lost.items()]
    ended = {}
    for source, outcome in watch.outcomes.items():
        name = _name(source)
        ended[name] = outcome.reason or outcome.status
        if outcome.reason == "crashed" and "crashed" not in allowed.get(name, ()):
            faults.append(f"{name!r} crashed: {outcome.detail}")
        elif allowed.get(name) and ended[name] not in allowed[name]:
            faults.append(f"{name!r} is {ended[name]}, not {' or '.join(sorted(allowed[name]))}")
        if watch.seconds[source] > WALL_S or watch.memory[source] > MEMORY:
            faults.append(f"{name!r}: {watch.seconds[source]:.0f} s, {watch.memory[source] >> 20} MiB")
    return faults + [f"{name!r} has no outcome" for name in allowed if _name(name) not in ended]


def _lost(store: Path, inputs: list[Bad]) -> dict[str, float]:
    """Inputs called ok that hold less than they should, with the share of their words that they hold."""
    with open_store(store) as opened:
        rows = opened.connection.execute(
            "SELECT o.source, o.status, coalesce(d.title, '') || ' ' || group_concat(p.text, ' ') || ' ' ||"
            " coalesce((SELECT group_concat(s.heading, ' ') FROM section s WHERE s.document_id = d.id), '')"
            " FROM outcome o JOIN document d USING (sha256) JOIN paragraph p"
            " ON p.document_id = d.id GROUP BY o.source"
        ).fetchall()
    found = {_name(source): (status, Counter(text.split())) for source, status, text in rows}
    printed = {bad.name: Counter(bad.words) for bad in inputs if bad.words}
    printed |= {bad.name: found[bad.sample][1] for bad in inputs if bad.sample}
    shares = {
        name: (words & found[name][1]).total() / words.total()
        for name, words in printed.items()
        if name in found and found[name][0] == "ok"
    }
    return {name: share for name, share in shares.items() if share < WHOLE}


def _name(source: str) -> str:
    return source.rpartition("/")[2].encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def main() -> int:
    """Print the table; as many rounds of damaged reports as asked for."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 12
    with tempfile.TemporaryDirectory() as folder:
        light = chain(bad_inputs(seed=int(time.time()), times=times), odd_shapes())
        result = torture(chain(light, heavy_inputs(), heavy_shapes()), Path(folder))
    print(result.table())
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
