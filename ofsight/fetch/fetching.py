"""How does a whole fetch go: from the site's pages to reports in a folder, and what became of each?"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from corpus.errors import FetchError
from ofsight.fetch.archive import Archive, is_whole_pdf
from ofsight.fetch.client import Client
from ofsight.fetch.finding import Finder, Found, Wish
from ofsight.fetch.keeping import PageKeep
from ofsight.fetch.manifest import Entry
from ofsight.fetch.pages import Publication, says_missing
from ofsight.fetch.site import OTHER, Site
from ofsight.lock import hold

Happening = Literal["page", "file", "new", "gone", "missing", "failed", "licence"]
_FEW: Final = 5  # so many reports may vanish at once before we doubt the page rather than the reports
_NOT_THERE: Final = (404, 410)
_IN_A_ROW: Final = 5  # so many failures without a success between them mean that the trouble is not theirs


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a watcher of a fetch may want to see; `done` of `total` are behind us."""

    what: Happening
    about: str
    detail: str = ""
    done: int = 0
    total: int = 0


Tell = Callable[[Event], None]


@dataclass(slots=True)
class Fetched:
    """What a fetch found and brought."""

    providers: int = 0
    listed: int = 0
    wanted: int = 0
    new: list[Entry] = field(default_factory=list)
    to_fetch: list[Publication] = field(default_factory=list)  # what a dry run would have fetched
    gone: list[Entry] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # listed for the first time, and not to be had
    still_missing: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)  # labels of no kind that we know

    @property
    def exit_code(self) -> int:
        """0 all well, 1 where something that was asked for did not come."""
        return 1 if self.failed or self.missing or self.odd else 0


def fetch(
    folder: Path, site: Site, wish: Wish, client: Client, tell: Tell, *, dry_run: bool = False
) -> Fetched:
    """Bring the publications asked for that the folder does not hold yet.

    Raises:
        FetchError: the site cannot be reached, forbids it, does not look as described, or lists nothing of
            the kind asked for.
        DataFileError: the folder's list has faults.
        StoreError: another fetch is at work in the folder.
    """
    if dry_run:
        return _plan(Archive(folder), site, wish, client, tell)
    folder.mkdir(parents=True, exist_ok=True)
    with hold(folder / "manifest.csv", "archive"):
        archive = Archive(folder)
        archive.tidy()
        found = _find(Finder(client, site, PageKeep(folder)), wish, tell)
        fetched, wanted = _summary(found, wish, site)
        _doubt_the_page(archive, found, site)
        fetched.gone = list(archive.note_listed(found.listed(), now()))
        for entry in fetched.gone:
            tell(Event("gone", entry.address, f"{entry.authority}: {entry.label}, {entry.label_date}"))
        _Bringing(archive, site, client, tell, fetched).bring(wanted)
    return fetched


def _plan(archive: Archive, site: Site, wish: Wish, client: Client, tell: Tell) -> Fetched:
    """What a fetch would bring; nothing is written."""
    found = _find(Finder(client, site, PageKeep(None)), wish, tell)
    fetched, wanted = _summary(found, wish, site)
    _doubt_the_page(archive, found, site)
    fetched.gone = list(archive.gone(found.listed()))
    fetched.to_fetch = [publication for publication in wanted if not archive.holds(publication)]
    return fetched


def now() -> str:
    """This moment in UTC, as lists and logs print it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _find(finder: Finder, wish: Wish, tell: Tell) -> Found:
    providers = finder.providers(wish)
    asked = {authority.urn for authority in wish.authorities}
    chosen = [one for one in providers if not asked or one.urn in asked]
    unlisted = [one.name for one in wish.authorities if one.urn not in {each.urn for each in chosen}]
    if unlisted:
        raise FetchError(f"The site does not list {', '.join(unlisted)}.")
    return finder.publications(
        chosen, lambda name, done: tell(Event("page", name, done=done, total=len(chosen)))
    )


def _summary(found: Found, wish: Wish, site: Site) -> tuple[Fetched, list[Publication]]:
    """The counts of what was found, and the publications asked for, newest first, each once.

    Raises:
        FetchError: nothing of the kind asked for is listed at all.
    """
    every = {publication.id: publication for publication in reversed(found.publications)}
    wanted = sorted(
        (publication for publication in every.values() if wish.fits(publication)),
        key=lambda publication: (publication.day, publication.id),
        reverse=True,
    )
    if not wanted and not any(Wish(kinds=wish.kinds).fits(publication) for publication in every.values()):
        kinds = Counter(publication.kind for publication in every.values())
        listed = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()) or "nothing"
        asked = " or ".join(wish.kinds or site.kind_ids[:-1])
        raise FetchError(f"No publication of the kind {asked} is listed. Listed: {listed}.")
    left = Counter(one.label for one in every.values() if one.kind == OTHER and OTHER not in wish.kinds)
    return Fetched(
        providers=len(found.read),
        listed=len(every),
        wanted=len(wanted),
        failed=list(found.failed),
        odd=list(found.odd),
        left=left,
    ), wanted


def _doubt_the_page(archive: Archive, found: Found, site: Site) -> None:
    """Refuse pages that have lost most of what they listed before."""
    listed = found.listed()
    known = [entry for entry in archive if entry.urn in listed and entry.gone_since is None]
    gone = archive.gone(listed)
    if len(gone) >= _FEW and len(gone) > site.provider.most_gone * len(known):
        raise FetchError(
            f"{len(gone)} of {len(known)} reports known before are no longer listed, such as"
            f" {gone[0].address}. Look at the site in a browser: has it changed? Nothing was marked."
        )


@dataclass(slots=True)
class _Bringing:
    """Brings files, one after the other; what fails costs that file only."""

    archive: Archive
    site: Site
    client: Client
    tell: Tell
    fetched: Fetched

    def bring(self, wanted: list[Publication]) -> None:
        """Bring all that the archive does not hold."""
        missing = [publication for publication in wanted if not self._is_here(publication)]
        in_a_row = 0
        for place, publication in enumerate(missing):
            about = f"{publication.authority}: {publication.label}, {publication.day}"
            self.tell(Event("file", about, publication.address, place, len(missing)))
            try:
                self._bring_one(publication, about)
                in_a_row = 0
            except FetchError as error:
                self.fetched.failed.append((about, str(error)))
                self.tell(Event("failed", about, str(error)))
                in_a_row += 1
                if in_a_row == _IN_A_ROW:
                    raise FetchError(
                        f"{in_a_row} reports in a row could not be fetched, the last: {error} What was"
                        " fetched before is safe; the same command goes on from there."
                    ) from error

    def _is_here(self, publication: Publication) -> bool:
        if not self.archive.holds(publication):
            return False
        try:
            entry = self.archive.adopt(publication, now())
        except FetchError as error:
            self.fetched.failed.append((publication.address, str(error)))
            return True
        if entry:
            self._note_new(entry)
        return True

    def _bring_one(self, publication: Publication, about: str) -> None:
        answer = self.client.file(publication.address)
        if answer.status in _NOT_THERE or self._says_missing(answer.body):
            self._note_missing(publication, about)
        elif answer.status != 200:
            raise FetchError(f"{publication.address}: the site answers {answer.status}.")
        elif not is_whole_pdf(answer.body):
            raise FetchError(f"{publication.address}: what the site sends is no whole PDF.")
        else:
            self._note_new(self.archive.keep(publication, answer.body, now()))

    def _says_missing(self, body: bytes) -> bool:
        """Whether a page saying so came in place of the report."""
        start = body[:4096].lstrip().lower()
        return start.startswith((b"<!doctype html", b"<html")) and says_missing(
            body.decode("utf-8", "replace"), self.site
        )

    def _note_missing(self, publication: Publication, about: str) -> None:
        if self.archive.miss(publication, now()):
            self.fetched.missing.append(about)
            self.tell(Event("missing", about, publication.address))
        else:
            self.fetched.still_missing += 1

    def _note_new(self, entry: Entry) -> None:
        self.fetched.new.append(entry)
        self.tell(Event("new", f"{entry.authority}: {entry.label}, {entry.label_date}", entry.address))
