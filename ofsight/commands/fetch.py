"""`ofsight fetch`: bring new publications from the publisher's site into a folder."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from corpus.authorities import register
from ofsight.fetch.client import Client
from ofsight.fetch.fetching import fetch as bring
from ofsight.fetch.finding import Wish
from ofsight.fetch.licensing import note_licences
from ofsight.fetch.saying import FetchBar, fetched_as_data, fetched_as_text
from ofsight.fetch.site import Site, load_site
from ofsight.options import Authorities
from ofsight.selection import check, first_day
from ofsight.signals import ending_on_sigterm

To = Annotated[
    Path,
    typer.Option(
        "--to", metavar="FOLDER", help="The folder to keep reports in, with their list manifest.csv."
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only inspection, focused_visit, monitoring_visit, area_send, joint, or other; may be repeated.",
    ),
]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Only published in or after: 2024, 2024-05 or 2024-05-20.")
]
BaseUrl = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Ask this address instead of the publisher's.")
]
SiteFile = Annotated[
    Path | None, typer.Option("--site", metavar="FILE", help="Your own description of the site (TOML).")
]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Visit private addresses too.")]


def fetch(
    to: To,
    authority: Authorities = None,
    kind: Kinds = None,
    since: Since = None,
    base_url: BaseUrl = None,
    site: SiteFile = None,
    allow_private: AllowPrivate = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched; write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> int:
    """Bring new publications from Ofsted's site into a folder.

    Asks politely (one request a second, robots.txt respected) and only for what the folder does not hold
    yet, so the same command can be repeated at any time. It may be stopped at any moment. Nothing is ever
    written over; what is no longer listed stays, and is noted.

    \b
    Examples:
      ofsight fetch --to reports/
      ofsight fetch --to reports/ --authority Leeds --kind inspection --since 2024
      ofsight fetch --to reports/ --dry-run
    """
    described = described_site(site, base_url)
    wish = make_wish(described, authority, kind, since)
    bar = FetchBar(sys.stderr, wanted=not as_json)
    try:
        with Client(described.manners, allow_private=allow_private) as client, ending_on_sigterm():
            fetched = bring(to, described, wish, client, bar.tell, dry_run=dry_run)
            if not dry_run:
                archive = note_licences(to, bar.tell)
                fetched.new = [archive.get(entry.id) or entry for entry in fetched.new]
    except KeyboardInterrupt:
        bar.end()
        print(f"What was fetched is safe in {to}; the same command goes on from there.", file=sys.stderr)
        raise
    finally:
        bar.end()
    print(json.dumps(fetched_as_data(fetched)) if as_json else fetched_as_text(fetched, to, dry_run=dry_run))
    return fetched.exit_code


def described_site(path: Path | None, base_url: str | None) -> Site:
    """The site as described, at the address asked for."""
    site = load_site(path)
    return replace(site, base=base_url.rstrip("/")) if base_url else site


def make_wish(
    site: Site, authorities: Sequence[str] | None, kinds: Sequence[str] | None, since: str | None
) -> Wish:
    """What was asked for, checked.

    Raises:
        UnknownAuthorityError: the register does not hold a name.
        ValueError: an unknown kind, or no date.
    """
    for kind in kinds or ():
        check("kind of publication", kind, site.kind_ids)
    return Wish(
        authorities=tuple(register().find(name) for name in authorities or ()),
        kinds=tuple(kinds or ()),
        since=first_day(since) if since else None,
    )
