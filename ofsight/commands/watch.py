"""`ofsight watch`: fetch, run and tell what is new, for timers."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from ofsight.cli import debugging
from ofsight.closing import report_as_text
from ofsight.commands.fetch import (
    AllowPrivate,
    BaseUrl,
    Kinds,
    Since,
    SiteFile,
    To,
    described_site,
    make_wish,
)
from ofsight.engine import Options
from ofsight.fetch.client import Client
from ofsight.fetch.saying import FetchBar, fetched_as_text
from ofsight.fetch.watching import (
    LogLines,
    Places,
    Publisher,
    Watched,
    digest_as_text,
    watched_as_data,
)
from ofsight.fetch.watching import (
    watch as look,
)
from ofsight.limits import cores
from ofsight.options import STORE, Authorities, Jobs, WriteStore
from ofsight.progress import watcher
from ofsight.signals import ending_on_sigterm
from ofsight.terminal import wrap


def watch(
    to: To,
    store: WriteStore = STORE,
    digest: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE", help="Write what is new to this file (.html, .txt or .atom); may be repeated."
        ),
    ] = None,
    authority: Authorities = None,
    kind: Kinds = None,
    since: Since = None,
    jobs: Jobs = None,
    base_url: BaseUrl = None,
    site: SiteFile = None,
    allow_private: AllowPrivate = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what happens as lines of JSON.")] = False,
) -> int:
    """Fetch new publications, read them into the store, and write a digest of what is new.

    Meant for a timer: nothing is fetched, read or told twice, and nothing is lost if it is killed. The
    digest holds what was not told before: new reports by authority and by theme, judgements that changed,
    reports that could not be read, and reports no longer listed. A page or text is only written when there
    is something to tell; a feed always.

    \b
    Examples:
      ofsight watch --to reports/ --digest news.html --digest news.atom
      ofsight watch --to reports/ --store england.db --digest news.txt --json
    """
    described = described_site(site, base_url)
    wish = make_wish(described, authority, kind, since)
    places = Places(to, store, tuple(digest or ()))
    options = Options(jobs=jobs or cores(), debug=debugging())
    bar = FetchBar(sys.stderr, wanted=not as_json)
    log = LogLines(lambda line: print(line, flush=True))
    seen = log if as_json else watcher()
    try:
        with (
            log.to_the_end() if as_json else nullcontext(),
            Client(described.manners, allow_private=allow_private) as client,
            ending_on_sigterm(),
        ):
            tell = log.tell if as_json else bar.tell
            publisher = Publisher(described, wish, client)
            watched = look(places, publisher, options, tell, seen, arguments=sys.argv[1:])
    finally:
        bar.end()
        seen.end()
    if as_json:
        log.log("end", **watched_as_data(watched))
    else:
        print(_as_text(watched, places))
    return watched.exit_code


def _as_text(watched: Watched, places: Places) -> str:
    parts = [fetched_as_text(watched.fetched, places.archive)]
    if watched.report:
        parts += [report_as_text(watched.report, places.store), wrap(digest_as_text(watched))]
    return "\n\n".join(parts)
