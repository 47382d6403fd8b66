"""What the small picture of a page shows, and what it leaves out."""

import io

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import SourceError
from ingest.picture import page_images

BLACK = ImageReader(Image.new("RGB", (50, 50)))


def pdf(draw, size=(600, 800)):
    """A PDF of one page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def grey_at(image, x, y):
    """How light the picture is at a point of the page, counted from its top left corner."""
    picture = Image.open(io.BytesIO(image.data)).convert("L")
    scale = picture.width / image.width
    return picture.getpixel((round(x * scale), round(y * scale)))


def test_a_page_is_shown_as_it_is_printed():
    [image] = page_images(pdf(lambda canvas: canvas.rect(100, 600, 200, 100, fill=1)))
    assert (image.page, image.width, image.height) == (1, 600, 800)
    assert grey_at(image, 200, 150) == 0
    assert grey_at(image, 400, 150) == 255


def test_a_logo_is_left_out_but_a_scanned_page_is_not():
    [logo] = page_images(pdf(lambda canvas: canvas.drawImage(BLACK, 450, 700, 100, 60)))
    assert grey_at(logo, 500, 70) == 255
    [scanned] = page_images(pdf(lambda canvas: canvas.drawImage(BLACK, 20, 20, 560, 760)))
    assert grey_at(scanned, 300, 400) == 0


def test_a_page_that_says_it_is_huge_stays_a_small_picture():
    [image] = page_images(pdf(lambda canvas: canvas.rect(0, 0, 9, 9), size=(14_000, 14_000)))
    width, height = Image.open(io.BytesIO(image.data)).size
    assert width * height <= 4_010_000


def test_what_is_no_pdf_is_refused():
    with pytest.raises(SourceError, match="cannot be opened as a PDF"):
        list(page_images(b"not a report"))
