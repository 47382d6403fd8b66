"""Is a page a picture of a page, so that its words are shown and yet not there to be read?"""

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

_FEW: Final = 400  # characters; a page that is read has more, unless it is the last or a title page
_LARGE: Final = 0.5  # of the page
_DEEPEST: Final = 3  # forms within forms


def is_picture(page: pdfium.FPDF_PAGE, characters: int) -> bool:
    """Whether a page of few words or none has a picture that covers more than half of it."""
    if characters >= _FEW:
        return False
    needed = _LARGE * pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    objects = (pdfium.FPDFPage_GetObject(page, at) for at in range(pdfium.FPDFPage_CountObjects(page)))
    return any(_area(image) > needed for image in _images(objects, _DEEPEST))


def _images(objects: Iterator[Any], depth: int) -> Iterator[Any]:
    """The pictures among the objects of a page, and within its forms."""
    for each in objects:
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield each
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            count = pdfium.FPDFFormObj_CountObjects(each)
            yield from _images((pdfium.FPDFFormObj_GetObject(each, at) for at in range(count)), depth - 1)


def _area(image: Any) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = pdfium.FPDFPageObj_GetBounds(image, *map(ctypes.byref, (left, bottom, right, top)))
    return (right.value - left.value) * (top.value - bottom.value) if found else 0.0
