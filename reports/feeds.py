"""Which reports are new, for programs that watch?"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree import ElementTree

from reports.clean import printable
from reports.filters import inspected, kind
from reports.records import Source

_MOST: Final = 50
_BEFORE: Final = "../"  # where a feed finds the pages when it does not know the site's address


@dataclass(frozen=True, slots=True)
class Entry:
    """A report as a feed tells of it; `place` is where its page leads, such as a theme's findings."""

    source: Source
    said: str
    key: str  # the same report may tell different things in different feeds

    @property
    def title(self) -> str:
        """Authority, kind and days of the inspection."""
        return f"{self.source.authority}: {kind(self.source)}, {inspected(self.source)}"

    @property
    def page(self) -> str:
        """The report's page, from the top of the site."""
        return f"documents/{self.source.document_id}.html"

    @property
    def moment(self) -> str:
        """When it came out, as feeds write it; of the inspection where the publication is not known."""
        return f"{self.source.published or self.source.date or date.min}T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest reports of one authority, region or theme, or of all."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def make_feed(name: str, title: str, said: Iterable[tuple[Source, str]], key: str = "") -> Feed:
    """A feed of the newest of these reports, each with what is to be said of it."""
    entries = [
        Entry(source, printable(words), f"{source.document_id}{key and f':{key}'}") for source, words in said
    ]
    entries.sort(key=lambda entry: (entry.moment, entry.key), reverse=True)
    return Feed(name, title, tuple(entries[:_MOST]))


def feed_files(feed: Feed, address: str | None) -> Mapping[str, str]:
    """The feed's two files. `address` is where the site stands on the web, for links that lead there."""
    return {
        f"feeds/{feed.name}.atom": _atom(feed, address),
        f"feeds/{feed.name}.json": _json(feed, address),
    }


def _atom(feed: Feed, address: str | None) -> str:
    root = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(root, "title", feed.title)
    _add(root, "id", f"urn:ofsight:feed:{feed.name}")
    _add(root, "updated", feed.entries[0].moment if feed.entries else f"{date.min}T00:00:00Z")
    _add(ElementTree.SubElement(root, "author"), "name", "ofsight (unofficial)")
    if address:
        ElementTree.SubElement(root, "link", rel="self", href=f"{address}feeds/{feed.name}.atom")
    for entry in feed.entries:
        made = ElementTree.SubElement(root, "entry")
        _add(made, "title", printable(entry.title))
        _add(made, "id", f"urn:ofsight:document:{entry.key}")
        _add(made, "updated", entry.moment)
        _add(made, "summary", entry.said)
        ElementTree.SubElement(made, "link", href=f"{address or _BEFORE}{entry.page}")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _json(feed: Feed, address: str | None) -> str:
    items = [
        {
            "id": entry.key,
            "url": f"{address or _BEFORE}{entry.page}",
            "title": printable(entry.title),
            "content_text": entry.said,
            "date_published": entry.moment,
        }
        for entry in feed.entries
    ]
    own = {"feed_url": f"{address}feeds/{feed.name}.json", "home_page_url": address} if address else {}
    made = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, **own, "items": items}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text
