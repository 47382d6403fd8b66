"""How does a digest become a page, a text for the mail, or a feed?"""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from markupsafe import Markup

from reports.clean import printable
from reports.digest import Digest, Moved, News
from reports.filters import inspected, kind
from reports.method import NO_MEASURE, READ, UNOFFICIAL
from reports.render import environment
from reports.wording import long_date, name_of, wording

FORMATS: Final = (".html", ".txt", ".atom")
_TEMPLATES: Final = Path(__file__).parent / "templates"
_ATOM: Final = "http://www.w3.org/2005/Atom"


def render_digest(digest: Digest, suffix: str) -> str:
    """The digest as a page (`.html`) or as text (`.txt`).

    Raises:
        ValueError: another suffix.
    """
    if suffix not in (".html", ".txt"):
        raise ValueError(f"A digest is a file ending in {', '.join(FORMATS)}, not '{suffix}'.")
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    made = environment().overlay(autoescape=suffix == ".html")
    made.filters.update(change_word=_change_word, judgements=_judgements, published=_published)
    text = made.get_template(f"digest{suffix}.j2").render(
        view=digest,
        contents=_contents(digest),
        unofficial=UNOFFICIAL,
        counts=NO_MEASURE,
        method=READ,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )
    return printable(text).rstrip() + "\n"


def atom_of_news(news: Sequence[tuple[News, str]]) -> str:
    """Reports as an Atom feed, each with the moment at which it arrived, latest first."""
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "title", "New inspection reports of children’s services")
    _add(feed, "subtitle", UNOFFICIAL)
    _add(feed, "id", "urn:ofsight:feed:arrivals")
    _add(feed, "updated", news[0][1] if news else "1970-01-01T00:00:00+00:00")
    _add(ElementTree.SubElement(feed, "author"), "name", "ofsight (unofficial)")
    for one, arrived in news:
        _entry(feed, one, arrived)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _entry(feed: ElementTree.Element, one: News, arrived: str) -> None:
    source = one.source
    entry = ElementTree.SubElement(feed, "entry")
    _add(entry, "title", f"{source.authority}: {kind(source)}, {inspected(source)}")
    _add(entry, "id", f"urn:ofsight:document:{source.document_id}")
    _add(entry, "updated", arrived)
    if one.address:
        ElementTree.SubElement(entry, "link", rel="alternate", href=printable(one.address))
    for term in _terms(one):
        ElementTree.SubElement(entry, "category", term=printable(term))
    _add(entry, "summary", " ".join([_judgements(one), *(_moved(one, move) for move in one.moved)]))


def _terms(one: News) -> list[str]:
    """What a reader of the feed may filter by: the authority, and whether a judgement changed."""
    words = {True: "judgement-better", False: "judgement-worse", None: "judgement-on-another-scale"}
    return [one.source.la_code or one.source.authority, *dict.fromkeys(words[m.better] for m in one.moved)]


def _moved(one: News, move: Moved) -> str:
    grades = wording().grade
    before = f"{kind(one.before)}, {inspected(one.before)}" if one.before else ""
    return (
        f"{name_of(wording().area, move.area)}: {_change_word(move)}, from {name_of(grades, move.before)}"
        f" ({before}) to {name_of(grades, move.after)}."
    )


def _judgements(one: News) -> str:
    """The judgements of a report in one line."""
    words = {**wording().grade, **wording().state}
    said = "; ".join(f"{name_of(wording().area, c.area)}: {name_of(words, c.key)}" for c in one.cells)
    return f"{said}." if said else "No graded judgement."


def _published(one: News) -> str:
    """When a report was published, as far as that is known."""
    day = one.source.published
    return f"Published {long_date(day)}." if day else "Day of publication not known."


def _change_word(move: Moved) -> str:
    return {True: "better", False: "worse", None: "another scale"}[move.better]


def _contents(digest: Digest) -> list[tuple[str, str]]:
    sections: list[tuple[str, str, Any]] = [
        ("moved", "Judgements that changed", digest.moved),
        ("reports", "New reports by authority", digest.news),
        ("themes", "New findings by theme", digest.themes),
        ("unread", "Could not be read", digest.unread),
        ("gone", "No longer listed", digest.gone),
        ("sources", "Sources and licences", True),
    ]
    return [(key, name) for key, name, there in sections if there]


def _add(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = printable(text)
