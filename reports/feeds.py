"""Which reports are new, for programs that watch?"""

import json
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree

from reports.filters import inspected, kind
from reports.records import Source


def newest(sources: Sequence[Source], most: int = 50) -> list[Source]:
    """The reports by day of publication (of inspection where that is not known), latest first."""
    return sorted(sources, key=lambda s: (_day(s), s.document_id), reverse=True)[:most]


def atom(title: str, name: str, sources: Sequence[Source]) -> str:
    """The newest reports as an Atom feed."""
    feed = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    shown = newest(sources)
    _add(feed, "title", title)
    _add(feed, "id", f"urn:ofsight:feed:{name}")
    _add(feed, "updated", _moment(shown[0]) if shown else f"{date.min}T00:00:00Z")
    _add(ElementTree.SubElement(feed, "author"), "name", "ofsight (unofficial)")
    for source in shown:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "title", _title(source))
        _add(entry, "id", f"urn:ofsight:document:{source.document_id}")
        _add(entry, "updated", _moment(source))
        ElementTree.SubElement(entry, "link", href=f"../documents/{source.document_id}.html")
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def json_feed(title: str, sources: Sequence[Source]) -> str:
    """The newest reports as a JSON feed (version 1.1)."""
    items = [
        {
            "id": source.document_id,
            "url": f"../documents/{source.document_id}.html",
            "title": _title(source),
            "content_text": _title(source),
            "date_published": _moment(source),
        }
        for source in newest(sources)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _title(source: Source) -> str:
    return f"{source.authority}: {kind(source)}, {inspected(source)}"


def _day(source: Source) -> date:
    return source.published or source.date or date.min


def _moment(source: Source) -> str:
    return f"{_day(source)}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text
