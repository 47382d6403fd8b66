"""What was understood on a page? The page's picture with each paragraph framed and named."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2

from corpus.errors import SourceError
from corpus.model import Box, Paragraph, Role

if TYPE_CHECKING:
    from PIL.Image import Image

_SCALE: Final = 2.0  # pixels a point
_COLOURS: Final[dict[Role, tuple[int, int, int]]] = {
    "finding": (0, 90, 180),
    "summary": (120, 60, 160),
    "improvement": (200, 60, 0),
    "profile": (0, 120, 80),
    "note": (140, 110, 0),
    "boilerplate": (130, 130, 130),
}


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
