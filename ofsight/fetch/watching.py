"""How does one watch go: fetch, run, and tell what is new?"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from corpus.errors import OfsightError
from corpus.store import Outcome
from corpus.writing import write_store
from ofsight.engine import Options
from ofsight.engine import run as run_engine
from ofsight.fetch.archive import Archive
from ofsight.fetch.client import Client
from ofsight.fetch.fetching import Event, Fetched, Tell, fetch, now
from ofsight.fetch.finding import Wish
from ofsight.fetch.site import Site
from ofsight.fetch.telling import arrivals, digest_since, licences, set_mark, told_now, told_so_far
from ofsight.lock import hold
from ofsight.outcomes import Report
from ofsight.plan import AS_BEFORE
from ofsight.progress import Silence, Watcher
from reports.digest import Digest
from reports.digest_files import FORMATS, atom_of_news, render_digest
from reports.render import write_whole

_ALWAYS: Final = ".atom"  # a feed is there whether or not there is anything new


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are: the archive, the store, and the digests that are wanted."""

    archive: Path
    store: Path
    digests: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whom we ask, and for what."""

    site: Site
    wish: Wish
    client: Client


@dataclass(slots=True)
class Watched:
    """What a watch did; `report` and `digest` are None where there was no report to read."""

    fetched: Fetched
    report: Report | None = None
    digest: Digest | None = None
    written: tuple[Path, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 all well, 1 something new did not come or could not be read, 130 and 143 when interrupted."""
        if self.report is not None and self.report.stopped is not None:
            return self.report.exit_code
        return 1 if self.digest and self.digest.unread else self.fetched.exit_code


def watch(
    places: Places,
    publisher: Publisher,
    options: Options,
    tell: Tell,
    watcher: Watcher,
    *,
    arguments: Sequence[str] = (),
) -> Watched:
    """Bring what is new, read it into the store, and write what has not been told yet.

    Raises:
        FetchError: as with a fetch; nothing is read then.
        StoreError: the store cannot be written, or another watch or run is at work on it.
        ValueError: a digest cannot be written where it is wanted.
    """
    check_digests(places)
    with hold(places.store.with_name(f"{places.store.name}.watch"), "watch"):
        before = Archive(places.archive)
        watched = Watched(fetch(places.archive, publisher.site, publisher.wish, publisher.client, tell))
        if not any(entry.file for entry in Archive(places.archive)):
            return watched
        _mark_beginning(places.store, before)
        watched.report = run_engine([places.archive], places.store, options, watcher, arguments=arguments)
        if watched.report.stopped is None:
            _tell(places, watched)
    return watched


def check_digests(places: Places) -> None:
    """Refuse digests that could not be written, or would be read as reports, before anything is done."""
    archive = places.archive.resolve()
    for path in places.digests:
        if path.suffix not in FORMATS:
            raise ValueError(f"A digest is a file ending in {', '.join(FORMATS)}, not '{path}'.")
        if not path.resolve().parent.is_dir():
            raise ValueError(f"There is no folder '{path.parent}' to write the digest to.")
        if archive in path.resolve().parents:
            raise ValueError(f"'{path}' is in the archive; write the digest elsewhere.")


def _mark_beginning(store: Path, before: Archive) -> None:
    """Where there is no mark yet, set one: what was there before the first watch is no news."""
    with hold(store), write_store(store) as opened:
        if told_so_far(opened.connection) is None:
            set_mark(opened, told_now(opened.connection, before))


def _tell(places: Places, watched: Watched) -> None:
    """Write the digests, and then the mark."""
    with hold(places.archive / "manifest.csv", "archive"):
        archive = Archive(places.archive)
        with hold(places.store), write_store(places.store) as opened:
            told = told_so_far(opened.connection) or told_now(opened.connection, archive)
            watched.digest = digest_since(opened.connection, archive, told)
            news = arrivals(opened.connection, archive)
            watched.written = tuple(
                path for path in places.digests if path.suffix == _ALWAYS or not watched.digest.empty
            )
            for path in watched.written:
                text = (
                    atom_of_news(news)
                    if path.suffix == _ALWAYS
                    else render_digest(watched.digest, path.suffix)
                )
                write_whole(text.encode(), path)
            set_mark(opened, told_now(opened.connection, archive))
            archive.note_licences(licences(opened.connection))


class LogLines(Silence):
    """What happens, as one line of JSON each, for a log."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say

    def log(self, event: str, **about: Any) -> None:
        """Write one line."""
        self._say(json.dumps({"at": now(), "event": event, **about}, ensure_ascii=False))

    def tell(self, event: Event) -> None:
        """What happens while fetching; every page read is more than a log wants."""
        if event.what not in ("page", "file"):
            self.log(event.what, about=event.about, detail=event.detail)

    def done(self, outcome: Outcome) -> None:
        """What became of a file; nothing, where it became of it before."""
        if outcome.status != "unchanged" and not (outcome.detail or "").endswith(AS_BEFORE):
            named = ("source", "sha256", "status", "reason", "detail")
            self.log("read", **{name: value for name, value in asdict(outcome).items() if name in named})

    @contextmanager
    def to_the_end(self) -> Iterator[None]:
        """See that the log has its last line, with the exit code, also where the watch breaks off."""
        try:
            yield
        except KeyboardInterrupt:
            self.log("end", error="stopped", exit_code=130)
            raise
        except SystemExit as asked:
            self.log("end", error="stopped", exit_code=asked.code)
            raise
        except (OfsightError, OSError, ValueError) as error:
            self.log("end", error=" ".join(str(error).split()), exit_code=2)
            raise


def watched_as_data(watched: Watched) -> dict[str, Any]:
    """The last line of the log: counts, and the exit code."""
    digest, fetched = watched.digest, watched.fetched
    return {
        "listed": fetched.listed,
        "new_files": len(fetched.new),
        "failed": len(fetched.failed),
        "missing": len(fetched.missing),
        "odd": len(fetched.odd),
        "gone": len(fetched.gone),
        "counts": dict(sorted(watched.report.counts.items())) if watched.report else {},
        "news": len(digest.news) if digest else 0,
        "moved": len(digest.moved) if digest else 0,
        "unread": len(digest.unread) if digest else 0,
        "written": [str(path) for path in watched.written],
        "exit_code": watched.exit_code,
    }


def digest_as_text(watched: Watched) -> str:
    """What the digest holds, in a sentence."""
    digest = watched.digest
    if digest is None or digest.empty:
        return "Nothing new to tell."
    moved = f", {len(digest.moved)} with changed judgements" if digest.moved else ""
    said = f"{len(digest.news)} new in the store{moved}"
    rest = f"; {len(digest.unread)} could not be read" if digest.unread else ""
    gone = f"; {len(digest.gone)} no longer listed" if digest.gone else ""
    written = f" See {', '.join(map(str, watched.written))}." if watched.written else ""
    return f"{said}{rest}{gone}.{written}"
