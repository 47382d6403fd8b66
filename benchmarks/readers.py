"""What does plain text extraction cost, by PDFium and by the other readers of PDFs?"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds for so many pages and words, and the peak of the process in MB."""

    name: str
    seconds: float
    pages: int
    words: int
    peak: float
    stage: bool = False
    ratio: float = 1.0  # to plain PDFium on the same files

    def beside(self, plain: "Cost | None") -> "Cost":
        """This cost as a multiple of the yardstick."""
        return replace(self, ratio=self.seconds / plain.seconds) if plain else self


def measure_reader(name: str, files: Sequence[Path]) -> Cost:
    """Processor seconds of one reader over all files; a file that it cannot read counts as none."""
    read = READERS[name]
    for _ in read(files[0]):
        pass  # what it imports and loads once is not what a page costs
    pages = words = 0
    started = time.process_time()
    for file in files:
        with suppress(Exception):
            for text in read(file):
                pages += 1
                words += len(text.split())
    return Cost(name, time.process_time() - started, pages, words, peak())


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_by_pdfium(path: Path) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()
    document.close()


def read_by_pypdf(path: Path) -> Iterator[str]:
    import pypdf

    for page in pypdf.PdfReader(path).pages:
        yield page.extract_text()


def read_by_pdfminer(path: Path) -> Iterator[str]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    for page in extract_pages(path):
        yield " ".join(part.get_text() for part in page if isinstance(part, LTTextContainer))


def read_by_pdfplumber(path: Path) -> Iterator[str]:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            yield page.extract_text()
            page.close()


READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "plain PDFium": read_by_pdfium,
    "pypdf": read_by_pypdf,
    "pdfminer.six": read_by_pdfminer,
    "pdfplumber": read_by_pdfplumber,
}
