"""What does a second, independent reader say where the first one found a fault in the numbering?

The second reader is pdfplumber. It costs fifty times what PDFium costs, so it looks at exactly the pages
between which a number is missing or on which one is repeated. It never gets a file that PDFium refused, and
loads no file by a name that a PDF gives (`ingest.fence`).
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from corpus.model import Paragraph
from ingest.fence import fence_maps

_MOST_PAGES: Final = 6  # a fault that spans more is damage, which the certificate names by itself
_MOST_FAULTS: Final = 8
# What pdfminer lets out of damaged files beside its own errors.
_ESCAPING: Final = (RecursionError, LookupError, TypeError, ValueError, AttributeError)


def second_reading(
    data: bytes, paragraphs: Sequence[Paragraph], gaps: Sequence[int], repeats: Sequence[int]
) -> tuple[str, ...]:
    """One remark for each number that is missing or repeated: whether the second reader agrees."""
    if len(gaps) + len(repeats) > _MOST_FAULTS:
        return ()
    return tuple(_remarks(data, paragraphs, gaps, repeats))


def _remarks(
    data: bytes, paragraphs: Sequence[Paragraph], gaps: Sequence[int], repeats: Sequence[int]
) -> Iterator[str]:
    for number, expected in (*((n, 0) for n in gaps), *((n, 2) for n in repeats)):
        pages = _pages_around(paragraphs, number)
        if not 0 < len(pages) <= _MOST_PAGES:
            continue
        found = _count(data, pages, number)
        where = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]} to {pages[-1]}"
        if found is None:
            yield f"A second reader (pdfplumber) could not read {where}."
        else:
            verdict, advice = ("agrees", "") if found == expected else ("differs", "; look there")
            said = f"{number} stands {_times(found)} on {where}"
            yield f"A second reader (pdfplumber) {verdict}: {said}{advice}."


def _pages_around(paragraphs: Iterable[Paragraph], number: int) -> list[int]:
    """The pages on which the number stands, or must stand by its neighbours."""
    near = [p for p in paragraphs if p.number is not None and abs(p.number - number) <= 1]
    pages = [page for p in near for page in (p.page_from, p.page_to) if page is not None]
    return list(range(min(pages), max(pages) + 1)) if pages else []


def _count(data: bytes, pages: Sequence[int], number: int) -> int | None:
    """How many lines of these pages begin with the number and a full stop; None where they cannot be read."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import PdfminerException

    fence_maps()
    start = re.compile(rf"{number}\.(?:\s|$)")
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(pages)) as document:
            texts = [page.extract_text() for page in document.pages]
    except (PdfminerException, PDFException, PSException, *_ESCAPING):
        return None
    return sum(bool(start.match(line)) for text in texts for line in text.splitlines())


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")
