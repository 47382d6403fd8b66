"""Which publications does the site list, and are its pages still what we take them for?

Silence is the danger: a changed layout that reads as "nothing new". So whatever falls short of what the site
is known to list is an error that names what was looked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from corpus.authorities import Authority, register
from corpus.errors import FetchError, UnknownAuthorityError
from ofsight.fetch.client import Answer, Client
from ofsight.fetch.keeping import PageKeep, Seen
from ofsight.fetch.pages import (
    Listing,
    Provider,
    Publication,
    has_our_title,
    is_whole,
    read_provider,
    read_search,
)
from ofsight.fetch.site import OTHER, Site

_MOST_PAGES: Final = 60  # of search results
_IN_A_ROW: Final = 5  # so many pages that fail one after the other mean that the site does
_FEW: Final = 2  # exceptions that prove nothing, however short the list
_HTML: Final = ("text/html", "application/xhtml+xml")
_CHANGED: Final = (
    "The site seems to have changed. Look at the page in a browser; a corrected description of it can be"
    " given with --site."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; no authorities means all, no kinds all known ones."""

    authorities: tuple[Authority, ...] = ()
    kinds: tuple[str, ...] = ()
    since: date | None = None

    def fits(self, publication: Publication) -> bool:
        """Whether this publication is asked for."""
        kind = publication.kind in self.kinds if self.kinds else publication.kind != OTHER
        return kind and (self.since is None or publication.day >= self.since)


@dataclass(slots=True)
class Found:
    """What the pages list: every publication, odd links, and providers whose page did not come."""

    publications: list[Publication] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)  # the providers whose pages came
    empty: list[str] = field(default_factory=list)  # the providers whose pages list nothing
    unclear: set[str] = field(default_factory=set)  # the providers with links that do not look as described

    def listed(self) -> Mapping[str, frozenset[str]]:
        """The numbers of the files that each page lists, where all of its links were understood."""
        by_urn: dict[str, set[str]] = {urn: set() for urn in self.read}
        for publication in self.publications:
            by_urn[publication.urn].add(publication.id)
        return {urn: frozenset(ids) for urn, ids in by_urn.items() if urn not in self.unclear}


class Finder:
    """Reads the pages of the site."""

    def __init__(self, client: Client, site: Site, keep: PageKeep) -> None:
        self._client = client
        self._site = site
        self._keep = keep

    def providers(self, wish: Wish) -> tuple[Provider, ...]:
        """The local authorities asked for, or all that the search lists.

        Raises:
            FetchError: the search lists fewer than there are known to be.
        """
        if wish.authorities and all(authority.urn for authority in wish.authorities):
            return tuple(Provider(str(one.urn), one.name) for one in wish.authorities)
        found: dict[str, Provider] = {}
        for _ in range(_MOST_PAGES):
            address = self._site.base + self._site.search.address.format(start=len(found))
            listed = read_search(self._text(address), self._site)
            new = [provider for provider in listed if provider.urn not in found]
            found |= {provider.urn: _named(provider) for provider in new}
            if not new:
                break
        if len(found) < self._site.search.fewest:
            raise FetchError(
                f"The search lists {len(found)} local authorities; at least"
                f" {self._site.search.fewest} were expected. {_CHANGED}"
            )
        return tuple(found.values())

    def publications(self, providers: Sequence[Provider], tell: Callable[[str, int], None]) -> Found:
        """What the providers' pages list; `tell` hears of each page before it is asked for.

        Raises:
            FetchError: the pages do not look as described, or none comes.
        """
        found = Found()
        in_a_row = 0
        for place, provider in enumerate(providers):
            tell(provider.name, place)
            try:
                listing = self._listing(provider)
            except FetchError as error:
                found.failed.append((provider.name, str(error)))
                in_a_row += 1
                if in_a_row in (_IN_A_ROW, len(providers)):
                    raise
                continue
            in_a_row = 0
            found.read.append(provider.urn)
            found.publications += listing.publications
            found.odd += [f"{provider.name}: {why}" for why in listing.odd]
            if listing.odd:
                found.unclear.add(provider.urn)
            if not listing.publications:
                found.empty.append(provider.name)
        self._check(found)
        return found

    def _listing(self, provider: Provider) -> Listing:
        address = self._site.base + self._site.provider.address.format(urn=provider.urn)
        return read_provider(self._text(address), provider, address, self._site)

    def _check(self, found: Found) -> None:
        """Refuse what can only be a changed layout."""
        rules = self._site.provider
        links = len(found.publications) + len(found.odd)
        if len(found.odd) > max(_FEW, rules.most_odd * links) or (found.odd and not found.publications):
            raise FetchError(
                f"{len(found.odd)} of {links} links to reports do not look as described;"
                f" the first: {found.odd[0]}. {_CHANGED}"
            )
        if len(found.empty) > max(_FEW, rules.most_empty * len(found.read)) or (found.empty and not links):
            raise FetchError(
                f"{len(found.empty)} of {len(found.read)} pages list no report, such as that of"
                f" {found.empty[0]}. {_CHANGED}"
            )

    def _text(self, address: str) -> str:
        """A page of the site, asked for again only if it has changed."""
        seen = self._keep.get(address)
        answer = self._client.page(address, seen.asking() if seen else None)
        if answer.status == 304 and seen:
            return seen.text
        text = _page_text(answer, address)
        if not has_our_title(text, self._site):
            raise FetchError(f"{address}: this is no page of the publisher, by its title. {_CHANGED}")
        if not is_whole(text):
            raise FetchError(f"{address}: the page breaks off before its end. Try again later.")
        headers = answer.headers
        self._keep.put(Seen(address, text, headers.get("etag"), headers.get("last-modified")))
        return text


def _page_text(answer: Answer, address: str) -> str:
    """The text of an answer that is a page at all."""
    if answer.status != 200:
        raise FetchError(f"{address}: the site answers {answer.status}.")
    if answer.media_type not in _HTML:
        raise FetchError(f"{address}: the site sends '{answer.media_type}' where a page was expected.")
    return answer.body.decode("utf-8", "replace")


def _named(provider: Provider) -> Provider:
    """The provider under the name that the register gives it."""
    try:
        return Provider(provider.urn, register().find(provider.urn).name)
    except UnknownAuthorityError:
        return Provider(provider.urn, provider.name or f"URN {provider.urn}")
