"""Which providers does a search page list, and which reports does a provider's page?"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from corpus.errors import FetchError
from ofsight.fetch.site import Site

_TOO_MANY: Final = 20_000  # links of one page; no page of the site comes near
_END: Final = 4096  # letters in which a page says that it ends
_LONGEST: Final = 300  # letters of a label or a name
_AHEAD: Final = timedelta(days=1)  # of our clock, that the site's may be


@dataclass(frozen=True, slots=True)
class Provider:
    """A local authority as the search lists it."""

    urn: str
    name: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A report as its provider's page lists it; `id` is the publisher's own number of the file."""

    id: str
    urn: str
    authority: str
    label: str  # the kind of publication, in the site's words
    kind: str
    day: date
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a provider's page lists, and the links that do not look as described, each with why."""

    publications: tuple[Publication, ...]
    odd: tuple[str, ...]


@dataclass(slots=True)
class _Link:
    href: str
    classes: frozenset[str]
    text: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)


def is_whole(html: str) -> bool:
    """Whether the page came to its end."""
    return "</html" in html[-_END:].lower()


def has_our_title(html: str, site: Site) -> bool:
    """Whether this is a page of the publisher's site at all."""
    return bool(site.title.search(_read(html, site).title.lower()))


def says_missing(html: str, site: Site) -> bool:
    """Whether this page stands in place of a report that is no longer there."""
    return bool(site.missing.search(_read(html, site).title.lower()))


def read_search(html: str, site: Site) -> tuple[Provider, ...]:
    """The providers of one search page, each once, in order."""
    found: dict[str, Provider] = {}
    for link in _read(html, site).links:
        match = site.search.provider.fullmatch(_split("", link.href)[1].path)
        if match and (match["urn"] not in found or not found[match["urn"]].name):
            found[match["urn"]] = Provider(match["urn"], _flat(link.text))
    return tuple(found.values())


def read_provider(html: str, provider: Provider, page: str, site: Site) -> Listing:
    """The reports that a provider's page lists; `page` is its address."""
    found: dict[str, Publication] = {}
    odd: list[str] = []
    for link in _read(html, site).links:
        if site.provider.link_class in link.classes:
            read = _publication(link, provider, page, site)
            if isinstance(read, str):
                odd.append(read)
            else:
                found.setdefault(read.id, read)
    return Listing(tuple(found.values()), tuple(odd))


def _publication(link: _Link, provider: Provider, page: str, site: Site) -> Publication | str:
    """The report behind a link, or why the link does not look as described."""
    label = _flat(link.label)
    address, parts = _split(page, link.href)
    file = site.provider.file.fullmatch(parts.path)
    if file is None or parts.scheme not in ("http", "https"):
        return f"'{label}' leads to {address}, which is no address of a report"
    if parts.netloc not in {urlsplit(site.base).netloc, *site.file_hosts}:
        return f"'{label}' leads to the unknown host {parts.netloc}"
    said = site.provider.label.fullmatch(label)
    day = _day(said["day"]) if said else None
    if said is None or day is None:
        return f"the label '{label}' does not say what was published when"
    if not site.provider.earliest <= day <= datetime.now(UTC).date() + _AHEAD:
        return f"the label '{label}' names a day on which nothing can have been published"
    kind = label[: said.end("type")]
    return Publication(file["id"], provider.urn, provider.name, kind, site.kind_of(kind), day, address)


def _split(page: str, href: str) -> tuple[str, SplitResult]:
    """The address that a link on a page leads to, whole and in its parts; nothing where it is no address."""
    try:
        address = urljoin(page, href)
        return address, urlsplit(address)
    except ValueError:
        return href, urlsplit("")


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None


def _flat(parts: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()[:_LONGEST]


def _read(html: str, site: Site) -> "_Page":
    """The title and links of a page.

    The parser is not told that the page is over (`close`): only then does it look again and again for the end
    of what was never closed, in a time that grows with the square of the page. A page that is not whole is no
    page of ours anyhow.
    """
    page = _Page(site.provider.label_class)
    try:
        page.feed(html)
    except AssertionError as error:  # so it calls a declaration that it does not know
        raise FetchError(f"A page of the site is no HTML: {error}.") from error
    return page


class _Page(HTMLParser):
    """Collects the title and all links, with the text of each and of the label inside it."""

    def __init__(self, label_class: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[_Link] = []
        self.title = ""
        self._label_class = label_class
        self._link: _Link | None = None
        self._label_depth = 0  # how many elements deep we are within the label, the label itself counted
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a link, a label or the title."""
        given = {name: value or "" for name, value in attrs}
        classes = frozenset(given.get("class", "").split())
        if tag == "title":
            self._in_title = not self.title  # a drawing within the page may have a title too
        if tag == "a" and "href" in given and len(self.links) < _TOO_MANY:
            self._link = _Link(given["href"].strip(), classes)
            self._label_depth = 0
            self.links.append(self._link)
        elif tag == "span" and self._link and (self._label_depth or self._label_class in classes):
            self._label_depth += 1

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "title":
            self._in_title = False
        elif tag == "a":
            self._link, self._label_depth = None, 0
        elif tag == "span" and self._label_depth:
            self._label_depth -= 1

    def handle_data(self, data: str) -> None:
        """Keep the words of title, link and label."""
        if self._in_title:
            self.title += data
        if self._link is not None:
            (self._link.label if self._label_depth else self._link.text).append(data)
