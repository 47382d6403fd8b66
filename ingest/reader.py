"""How is one file read into a document, or refused with a reason?"""

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from corpus.errors import SourceError
from corpus.model import Document, Judgement
from ingest.blocks import build_blocks
from ingest.certificate import certify
from ingest.damage import find_damage
from ingest.judgements import read_judgements
from ingest.layouts import Layout, layouts, plain
from ingest.lines import Line
from ingest.markers import settle_markers
from ingest.metadata import Metadata, find_title, front_text, read_metadata
from ingest.notes import find_notes
from ingest.numbering import find_numbering
from ingest.ocr import as_recognised, is_scanned, recognise, with_remark
from ingest.pdf import Page, read_pages, unlocked
from ingest.plain import read_text_lines
from ingest.running import split_running
from ingest.second import second_reading
from ingest.structure import Structure, build_structure

MAX_BYTES: Final = 64 * 1024 * 1024
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", re.IGNORECASE)


def read(path: Path, *, ocr: bool = False) -> Document:
    """Read a report from a file; with `ocr`, scanned pages by way of OCRmyPDF.

    Raises:
        SourceError: the file cannot be read as an inspection report; carries the reason.
    """
    try:
        if not path.is_file():
            raise SourceError("not_regular", f"{path} is not a regular file.")
        if path.stat().st_size > MAX_BYTES:
            raise SourceError("too_big", f"{path.stat().st_size} bytes; the limit is {MAX_BYTES}.")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError("unreadable", f"{path} cannot be read: {error.strerror or error}.") from error
    # A name may hold bytes that are no text; the store and JSON take only text.
    return read_bytes(data, os.fsencode(path).decode("utf-8", "backslashreplace"), ocr=ocr)


def read_bytes(data: bytes, source: str, *, ocr: bool = False) -> Document:
    """Read a report from the bytes of a PDF or a plain text; `source` says where they came from.

    Raises:
        SourceError: the bytes cannot be read as an inspection report; carries the reason.
    """
    if len(data) > MAX_BYTES:
        raise SourceError("too_big", f"{len(data)} bytes; the limit is {MAX_BYTES}.")
    if not data.strip():
        raise SourceError("empty", "The file holds nothing.")
    if b"%PDF-" in data[:1024]:
        return _read_pdf(data, source, ocr=ocr)
    return _read_text(data, source)


def _read_pdf(data: bytes, source: str, *, ocr: bool = False) -> Document:
    """Read a report from a PDF by its lines and their geometry."""
    pages = read_pages(data)
    if ocr and is_scanned(pages):
        return _read_scan(data, source, pages)
    if not any(page.characters for page in pages):
        raise SourceError(
            "no_text",
            "The PDF holds pictures of pages and no text. Install OCRmyPDF, then run again with --retry.",
        )
    lines, running = split_running(pages)
    return _assemble(data, source, lines, running, pages)


def _read_scan(data: bytes, source: str, pages: Sequence[Page]) -> Document:
    """Read what OCRmyPDF recognised; the document stays the file that was given, and says how it was read."""
    try:
        document = _read_pdf(recognise(data), source)
    except SourceError as error:
        if not any(page.characters for page in pages):
            raise
        document = _read_pdf(data, source)
        return replace(document, certificate=with_remark(document.certificate, error.detail))
    digest, certificate = hashlib.sha256(data).hexdigest(), as_recognised(document.certificate, pages)
    return replace(document, id=digest[:16], sha256=digest, certificate=certificate)


def _read_text(data: bytes, source: str) -> Document:
    """Read a report from a plain-text transcript."""
    if _HTML.match(data[:512]):
        raise SourceError(
            "not_pdf", "The file is a web page, whatever its name says; fetch the report again."
        )
    if source.lower().endswith(".pdf") or b"\0" in data[:4096]:
        raise SourceError("not_pdf", "The file is neither a PDF nor a plain text.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return _assemble(data, source, list(read_text_lines(text)), [], ())


def _assemble(
    data: bytes, source: str, lines: list[Line], running: list[Line], pages: tuple[Page, ...]
) -> Document:
    """Put the document together from its lines."""
    damage = tuple(find_damage(data, unlocked(data), len(pages))) if pages else ()
    notes = find_notes(lines)
    lines, unanswered = settle_markers(lines, notes)
    layout, title, authority = _identify(lines, damage)
    numbering = find_numbering(lines)
    blocks = build_blocks(lines, notes, numbering, layout)
    structure = build_structure(blocks, layout)
    metadata = read_metadata(lines, blocks, layout, title, authority)
    cells = [cell for page in pages for cell in page.cells]
    judgements, readings, remarks = read_judgements(
        cells, blocks, structure.sections, layout, metadata.inspected_from
    )
    losses = (*damage, *_lost_end(structure, layout)) if pages else ()
    certificate = certify(pages, lines, running, blocks, structure, numbering, losses)
    if pages and not damage:
        remarks = (
            *remarks,
            *second_reading(data, structure.paragraphs, certificate.gaps, certificate.repeats),
        )
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=digest[:16],
        sha256=digest,
        source=source,
        media_type="application/pdf" if pages else "text/plain",
        pages=len(pages) or None,
        title=metadata.title,
        authority=metadata.authority,
        la_code=metadata.la_code,
        framework=layout.framework,
        kind=_kind(layout, metadata),
        layout=_layout_code(layout, title, structure, judgements, bool(numbering.starts)),
        inspected_from=metadata.inspected_from,
        inspected_to=metadata.inspected_to,
        published=metadata.published,
        lead_inspector=metadata.lead_inspector,
        licence=metadata.licence,
        sections=structure.sections,
        paragraphs=structure.paragraphs,
        judgements=judgements,
        readings=(*metadata.readings, *readings),
        certificate=replace(
            certificate, remarks=(*certificate.remarks, *unanswered, *_paused(metadata), *remarks)
        ),
    )


def _identify(lines: Sequence[Line], damage: Sequence[str]) -> tuple[Layout, str, str | None]:
    """The framework whose report this is, with its title and its authority."""
    found = find_title(front_text(lines), layouts())
    if found is not None:
        return found
    if damage:
        raise SourceError("corrupt", f"The PDF is damaged ({'; '.join(damage)}); fetch it again.")
    raise SourceError(
        "not_a_report", "No title of an inspection report that is known stands on its first page."
    )


def _lost_end(structure: Structure, layout: Layout) -> Iterable[str]:
    """That nowhere stand the words with which the publisher closes every report of this framework."""
    from_the_end = reversed(structure.paragraphs)  # nearly always in the last ones
    if layout.closing and not any(plain(p.text).startswith(layout.closing) for p in from_the_end):
        yield "the publisher's closing words; pages may be missing at the end"


def _kind(layout: Layout, metadata: Metadata) -> str:
    """The kind of inspection, by title or by how long inspectors were on site."""
    days = sum((last - first).days for first, last in metadata.on_site) if metadata.on_site else None
    for rule in layout.kinds:
        if rule.title is not None and metadata.title and rule.title.search(metadata.title):
            return rule.kind
        if rule.days is not None and days is not None and days < rule.days:
            return rule.kind
    return layout.kind


def _paused(metadata: Metadata) -> Iterable[str]:
    """That inspectors left and came back, which first and last day alone would hide."""
    if len(metadata.on_site) > 1:
        stays = " and ".join(f"{_printed(first)} to {_printed(last)}" for first, last in metadata.on_site)
        yield f"Inspectors were on site in {len(metadata.on_site)} stays: {stays}."


def _printed(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _layout_code(
    layout: Layout, title: str, structure: Structure, judgements: Sequence[Judgement], numbered: bool
) -> str:
    """The first layout family of the framework that fits the report."""
    areas = {judgement.area for judgement in judgements}
    tagged = any(paragraph.tags for paragraph in structure.paragraphs)
    for rule in layout.layouts:
        fits = (
            (rule.numbered is None or rule.numbered == numbered)
            and (rule.tagged is None or rule.tagged == tagged)
            and (rule.title is None or rule.title.fullmatch(title) is not None)
            and areas.issuperset(rule.areas)
            and areas.isdisjoint(rule.without)
            and (
                rule.heading is None
                or any(rule.heading.fullmatch(plain(s.heading)) for s in structure.sections)
            )
        )
        if fits:
            return rule.code
    return layout.name
