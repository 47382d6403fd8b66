"""What does a report say of itself: title, authority, dates, lead inspector, licence?

Everything comes from what the first page prints, except where a framework prints it elsewhere; each field
carries a reading that says whether it was read, is not printed, or could not be understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from corpus.authorities import register
from corpus.model import Reading
from ingest.block import Block
from ingest.dates import find_dates, find_ranges, find_span
from ingest.layouts import Layout
from ingest.lines import Line, join_texts

_EVIDENCE: Final = 120
_LONGEST_FRONT: Final = 1200  # characters
_INSPECTED: Final = re.compile(
    r"inspect(?:ion|ed)\s+dates?\s*:?\s*|dates? of inspection\s*:?\s*|review dates?\s*:?\s*", re.IGNORECASE
)
_PUBLISHED: Final = re.compile(r"(?:report\s+)?published\s*(?:on\s*)?:\s*", re.IGNORECASE)
_RANK: Final = re.compile(
    r"\b(?:(?:senior\s+)?HMI\b|(?:one of )?(?:her|his) majesty[’']?s[’']? inspectors?"
    r"|(?:(?:ofsted|regional|associate|additional|seconded|specialist) )+inspect(?:ors?|ion)\b"
    r"|social care|children’s services)",
    re.IGNORECASE,
)
_AND: Final = re.compile(r"\W{0,5}(?:and|&)\s{1,5}")
_LABEL: Final = re.compile(
    r"^(?:lead inspector|inspection dates?|report published|published|reporting inspector|age group"
    r"|dates? of previous|judge?ments?\b|the overall|children[’']s services in|deputy|team inspectors?)",
    re.IGNORECASE,
)
_OGL: Final = re.compile(r"open government licen[cs]e", re.IGNORECASE)
_NON_COMMERCIAL: Final = re.compile(r"non-?\s?commercial", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a document that its pages state, with how each was read."""

    title: str | None
    authority: str | None
    la_code: str | None
    inspected_from: date | None
    inspected_to: date | None
    published: date | None
    lead_inspector: str | None
    licence: str | None
    on_site: tuple[tuple[date, date], ...]  # several ranges where the inspection was paused
    readings: tuple[Reading, ...]


def find_title(front: str, layouts: Sequence[Layout]) -> tuple[Layout, str, str | None] | None:
    """The framework whose title the first page bears, with the title and the authority as printed.

    Where titles of two frameworks fit, one is part of the other: the longer one is meant.
    """
    found = [
        (layout, match)
        for layout in layouts
        for match in (pattern.search(front) for pattern in layout.titles)
        if match is not None
    ]
    if not found:
        return None
    layout, match = max(found, key=lambda each: len(each[1]["title"]))
    authority = (match.groupdict().get("authority") or "").strip(" ,–-")
    return layout, match["title"].strip(), authority or None


def front_text(lines: Sequence[Line]) -> str:
    """The words of the first page before the dates: what holds title and authority."""
    front: list[str] = []
    for line in lines:
        if line.page not in (None, 1) or len(front) > 24:
            break
        if _LABEL.match(line.text) or line.text.lower() == "contents":
            break
        front.append(line.text)
    return join_texts(front)[:_LONGEST_FRONT]


def read_metadata(
    lines: Sequence[Line], blocks: Sequence[Block], layout: Layout, title: str, authority: str | None
) -> Metadata:
    """Read the fields; `lines` are those of the report without running matter."""
    known = register().resolve_printed(authority) if authority else None
    inspected = _labelled(lines, _INSPECTED, limit=60)
    on_site = find_ranges(inspected[0]) if inspected else ()
    span = (on_site[0][0], on_site[-1][1]) if on_site else None
    published = _labelled(lines, _PUBLISHED, limit=80)
    published_on = (find_dates(published[0]) or (None,))[0] if published else None
    lead = _lead(lines, layout)
    licence = _licence(blocks)
    readings = (
        _reading("title", title, (title, 1)),
        _reading("authority", authority, (authority or "", 1) if authority else None),
        _reading("la_code", known, (authority or "", 1) if authority else None),
        _reading("inspected_from", span, inspected),
        _reading("inspected_to", span, inspected),
        _reading("published", published_on, published),
        _reading("lead_inspector", lead and lead[0], lead and lead[1:]),
        _reading("licence", licence, (licence, None) if licence else None),
    )
    return Metadata(
        title,
        authority,
        known.la_code if known else None,
        span[0] if span else None,
        span[1] if span else None,
        published_on,
        lead[0] if lead else None,
        licence,
        on_site,
        readings,
    )


def _reading(field: str, value: object, found: tuple[str, int | None] | None) -> Reading:
    """Read where there is a value; not read where its words stand there without one; else not printed."""
    if found is None:
        return Reading(field, "not_printed")
    return Reading(field, "read" if value else "not_read", found[0][:_EVIDENCE], found[1])


def _labelled(lines: Sequence[Line], label: re.Pattern[str], *, limit: int) -> tuple[str, int | None] | None:
    """What stands behind a label near the start, wrapped lines included."""
    for index, line in enumerate(lines[:limit]):
        match = label.match(line.text)
        if match is None:
            continue
        parts = [line.text[match.end() :]]
        for following in lines[index + 1 : index + 4]:
            if _LABEL.match(following.text) or (
                find_span(join_texts(parts)) and not _runs_on(parts[-1], following)
            ):
                break
            parts.append(following.text)
        return join_texts(parts), line.page
    return None


def _runs_on(text: str, following: Line) -> bool:
    """Whether a list of dates goes on in the next line: it has not come to its year, or more is joined on."""
    unfinished = not re.search(r"(?:19|20)\d\d\W*$", text) and find_dates(f"1 {following.text}")
    return bool(unfinished) or bool(re.match(r"(?:and|to|–|-|&)\s*\d|\(?(?:19|20)\d\d", following.text))


def _lead(lines: Sequence[Line], layout: Layout) -> tuple[str | None, str, int | None] | None:
    """The lead inspectors' names without rank, wherever the framework prints them, with words and page."""
    unread = None
    for index, line in enumerate(lines):
        match = next((found for pattern in layout.leads if (found := pattern.match(line.text))), None)
        if match is None:
            continue
        words = match["name"]
        if not words.strip() and index + 1 < len(lines):
            words = lines[index + 1].text
        name = _names(words)
        if name is not None:
            return name, name, line.page
        unread = unread or (None, line.text, line.page)
    return unread


def _names(words: str) -> str | None:
    """The name before the first rank, and another that is joined on behind it."""
    first, *rest = _RANK.split(words)
    joined = (part[match.end() :] for part in rest if (match := _AND.match(part)))
    names = [name.strip(" ,.:;()") for name in (first, *joined)]
    names = [name for name in names if 1 < len(name.split()) < 7 and name[0].isupper()]
    return " and ".join(names) or None


def _licence(blocks: Sequence[Block]) -> str | None:
    """The licence that the report's notice grants."""
    for block in reversed(blocks):
        text = block.text
        if _OGL.search(text):
            return "ogl"
        if _NON_COMMERCIAL.search(text):
            return "non_commercial"
    return None
