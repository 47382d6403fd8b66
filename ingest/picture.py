"""What was understood on a page? The page's picture with each paragraph framed and named, or as it is."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2

from corpus.errors import SourceError
from corpus.model import Box, Paragraph, Role

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE: Final = 2.0  # pixels a point
_SMALL: Final = 1.5  # pixels a point where many pages are kept
_MOST: Final = 4_000_000  # pixels of a page, whatever size the file says it has
_LOGO: Final = 0.15  # of the page: a smaller image is a logo, a larger one may be the page itself, scanned
_GREYS: Final = bytes(
    85 * (value // 64) for value in range(256)
)  # four: a third of the size, still easy to read
_COLOURS: Final[dict[Role, tuple[int, int, int]]] = {
    "finding": (0, 90, 180),
    "summary": (120, 60, 160),
    "improvement": (200, 60, 0),
    "profile": (0, 120, 80),
    "note": (140, 110, 0),
    "boilerplate": (130, 130, 130),
}


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as it is printed: a WebP image in four greys, and the page's size in points."""

    page: int
    width: float
    height: float
    data: bytes


def page_images(data: bytes) -> Iterator[PageImage]:
    """Every page of a PDF as a small image, without logos: the licence of the words does not cover them.

    Raises:
        SourceError: the bytes cannot be opened as a PDF.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise SourceError("corrupt", f"The file cannot be opened as a PDF ({error}).") from error
    try:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            scale = min(_SMALL, sqrt(_MOST / max(width * height, 1)))
            _remove_logos(page, _LOGO * width * height)
            image: Image = page.render(scale=scale, grayscale=True).to_pil()
            yield PageImage(number, width, height, _small(image))
    finally:
        document.close()


def _remove_logos(page: pypdfium2.PdfPage, most: float) -> None:
    """Take the images off the page whose area is less than `most`; nothing is written to the file."""
    for image in list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=1)):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < most:
            page.remove_obj(image)


def _small(image: "Image") -> bytes:
    file = io.BytesIO()
    image.convert("L").point(_GREYS).convert("RGB").save(file, "WEBP", lossless=True, quality=30, method=3)
    return file.getvalue()


def draw_page(path: Path, page: int, paragraphs: Iterable[Paragraph]) -> "Image":
    """Draw a page of a PDF with a frame around each of its paragraphs, coloured by role and named by number.

    Raises:
        SourceError: the file cannot be opened as a PDF.
        ValueError: the PDF has no such page.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise SourceError("corrupt", f"{path} cannot be opened as a PDF ({error}).") from error
    try:
        if not 1 <= page <= len(document):
            raise ValueError(f"The report has {len(document)} pages; there is no page {page}.")
        image: Image = document[page - 1].render(scale=_SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    for paragraph in paragraphs:
        for box in paragraph.boxes:
            if box.page == page:
                _frame(image, box, paragraph)
    return image


def _frame(image: "Image", box: Box, paragraph: Paragraph) -> None:
    """Draw one frame with the paragraph's name beside it."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    colour = _COLOURS[paragraph.role]
    x0, top, x1, bottom = (
        round(_SCALE * each) for each in (box.x0 - 3, box.top - 1, box.x1 + 3, box.bottom + 1)
    )
    draw.rectangle((x0, top, max(x0, x1), max(top, bottom)), outline=colour, width=2)
    name = (
        str(paragraph.position)
        if paragraph.number is None
        else f"{paragraph.position} no. {paragraph.number}"
    )
    draw.text((max(2, x0 - 62), top), f"{name}\n{paragraph.role[:8]} {paragraph.level or ''}", fill=colour)
