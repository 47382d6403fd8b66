"""Which pages does a PDF hold, and can it be opened at all?"""

import io
from dataclasses import dataclass
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.errors import SourceError
from ingest.lines import Line, count_characters
from ingest.page_text import PageText
from ingest.scanned import is_picture

MAX_PAGES: Final = 400
_PASSWORD: Final = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its lines in the order of the file, and how many characters it holds."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    characters: int
    objects: int  # drawn objects, so that an empty page can be told from one whose text is lost
    guessed: int = 0  # characters whose font does not say which letters they are
    is_picture: bool = False  # of few words; what it shows cannot be read
    cells: tuple[Line, ...] = ()  # on some pages the lines cut at the gaps between table columns


def read_pages(data: bytes, *, cells_on: int = 2) -> tuple[Page, ...]:
    """Read every page of a PDF; the first `cells_on` and the last, where judgements stand, also as cells.

    Raises:
        SourceError: the file is encrypted, damaged beyond reading, or has too many pages.
    """
    document = _open(data)
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise SourceError("too_big", f"{count} pages; the limit is {MAX_PAGES}.")
        tables = {*range(cells_on), count - 1}
        return tuple(_read_page(document, index, with_cells=index in tables) for index in range(count))
    finally:
        document.close()


def unlocked(data: bytes) -> bytes:
    """The PDF without its encryption, if it has one that asks for no password: only so its streams unpack."""
    if b"/Encrypt" not in data:
        return data
    document, copy = _open(data), io.BytesIO()
    try:
        document.save(copy, flags=pdfium.FPDF_REMOVE_SECURITY)
    finally:
        document.close()
    return copy.getvalue()


def _open(data: bytes) -> pypdfium2.PdfDocument:
    """Open the document, naming why it cannot be opened."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == _PASSWORD or "assword" in str(error):
            raise SourceError("encrypted", "The PDF asks for a password; save a copy without one.") from error
        raise SourceError("corrupt", f"The PDF cannot be opened ({error}); fetch it again.") from error


def _read_page(document: pypdfium2.PdfDocument, index: int, *, with_cells: bool) -> Page:
    """Read one page; a page that cannot be loaded counts as one without text.

    Pages are opened and closed here, since what pypdfium2 keeps of each takes a tenth of the time of reading.
    """
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return Page(index + 1, 0.0, 0.0, (), 0, 1)
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        reader = PageText(text_page, index + 1, height)
        lines = tuple(reader.lines())
        characters = count_characters(reader.text)
        return Page(
            index + 1,
            width,
            height,
            tuple(reader.rows(lines)),
            characters,
            pdfium.FPDFPage_CountObjects(page),
            reader.guessed(),
            is_picture(page, characters),
            tuple(reader.cells(lines)) if with_cells else (),
        )
    finally:
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
