"""What is said while publications are fetched, and when it is over?"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TextIO

from ofsight.fetch.fetching import Event, Fetched
from ofsight.fetch.manifest import Entry
from ofsight.progress import in_words
from ofsight.terminal import clean, table, width, wrap
from reports.wording import long_date, plural

_EVERY_S: Final = 0.1
_BAR: Final = 24
_LISTED: Final = 20
_STEPS: Final = {"page": "pages read", "file": "reports fetched", "licence": "licences read"}


class FetchBar:
    """One line on a terminal: what is done, what is left, what is being asked for; silent elsewhere."""

    def __init__(self, stream: TextIO, *, wanted: bool = True) -> None:
        self._stream = stream
        self._wanted = wanted and stream.isatty()
        self._step = ""
        self._started = self._drawn = 0.0

    def tell(self, event: Event) -> None:
        """Hear what happens."""
        if not self._wanted or event.what not in _STEPS:
            return
        clock = time.monotonic()
        if event.what != self._step:
            self._step, self._started, self._drawn = event.what, clock, 0.0
        if clock - self._drawn >= _EVERY_S:
            self._drawn = clock
            line = fetch_line(event, clock - self._started)
            self._stream.write(f"\r\033[K{line[: width() - 1]}")
            self._stream.flush()

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self._wanted:
            self._stream.write("\r\033[K")
            self._stream.flush()


def fetch_line(event: Event, seconds: float) -> str:
    """Such as `[######------]  40/153 pages read  2 min left  Leeds`."""
    filled = _BAR * event.done // event.total if event.total else 0
    left = f"{in_words(seconds / event.done * (event.total - event.done))} left" if event.done else "starting"
    bar = "#" * filled + "-" * (_BAR - filled)
    return f"[{bar}]  {event.done}/{event.total} {_STEPS[event.what]}  {left}  {clean(event.about)}"


def fetched_as_data(fetched: Fetched) -> dict[str, Any]:
    """What a fetch brought, for a program."""
    return {
        "providers": fetched.providers,
        "listed": fetched.listed,
        "wanted": fetched.wanted,
        "new": [asdict(entry) for entry in fetched.new],
        "to_fetch": [{**asdict(one), "day": one.day.isoformat()} for one in fetched.to_fetch],
        "gone": [asdict(entry) for entry in fetched.gone],
        "missing": fetched.missing,
        "still_missing": fetched.still_missing,
        "failed": [{"about": about, "why": why} for about, why in fetched.failed],
        "odd": fetched.odd,
        "left": dict(fetched.left),
        "exit_code": fetched.exit_code,
    }


def fetched_as_text(fetched: Fetched, folder: Path, *, dry_run: bool = False) -> str:
    """What a fetch brought, for a person."""
    rows: list[Sequence[object]]
    if dry_run:
        rows = [(one.authority, one.label, long_date(one.day)) for one in fetched.to_fetch]
    else:
        rows = [(entry.authority, entry.label, entry.label_date, entry.file) for entry in fetched.new]
    heads = ("Authority", "Report", "Published", "File")[: len(rows[0])] if rows else ()
    parts = [wrap(_headline(fetched, folder, len(rows), dry_run=dry_run))]
    if rows:
        parts.append(table(heads, rows[:_LISTED]) + _more(len(rows)))
    parts += _listed("No longer listed; kept, and marked in the list", [_one(e) for e in fetched.gone])
    parts += _listed("Listed, but the site says that the report is not there", fetched.missing)
    parts += _listed("Could not be fetched; the next fetch tries again", [why for _, why in fetched.failed])
    parts += _listed("Links that do not look as described", fetched.odd)
    if fetched.left:
        kinds = "; ".join(f"{label} ({count:,})" for label, count in fetched.left.most_common(_LISTED))
        parts.append(wrap(f"Not fetched, of no kind that we know (--kind other fetches them): {kinds}."))
    if dry_run:
        parts.append("Nothing was written (--dry-run).")
    return "\n\n".join(parts)


def _headline(fetched: Fetched, folder: Path, new: int, *, dry_run: bool) -> str:
    seen = (
        f"{plural(fetched.providers, 'authority', 'authorities')}, {plural(fetched.listed, 'report')} listed,"
        f" {fetched.wanted:,} of them asked for"
    )
    if new:
        return f"{new:,} {'to be fetched into' if dry_run else 'new in'} {folder} ({seen})."
    unfinished = fetched.failed or fetched.missing or fetched.still_missing
    return f"Nothing new{' came' if unfinished else ''} for {folder} ({seen})."


def _listed(title: str, lines: Sequence[str]) -> Iterable[str]:
    if lines:
        shown = "\n".join(wrap(line, "  ") for line in lines[:_LISTED])
        yield f"{title}: {len(lines):,}\n{shown}{_more(len(lines))}"


def _more(count: int) -> str:
    return f"\n  ... and {count - _LISTED:,} more; --json lists all of them" if count > _LISTED else ""


def _one(entry: Entry) -> str:
    return f"{entry.authority}: {entry.label}, {entry.label_date} ({entry.address})"
