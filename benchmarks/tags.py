"""Do the tags of the real PDFs say the same paragraphs as our reading of lines and their places?

Nearly all reports are tagged: the program that wrote them left a tree of headings, paragraphs and list items
in the file, which our reading never looks at. So the two can be held against each other. For each paragraph
of a store, the tree's element on the same page that says the same is looked for, by letters and digits alone:

    equal       one element says exactly this, or its two parts do on two pages
    marker      the same but for the number of a footnote, which is no text
    otherwise   no element does; --show prints where

    python benchmarks/tags.py STORE                 every report of the store
    python benchmarks/tags.py STORE --every 4       each fourth
    python benchmarks/tags.py STORE --every 4 --show
"""

import argparse
import ctypes
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.store import open_store

# The elements that begin a paragraph of their own.
BLOCKS = {"LI", "P", "Note", "FENote", "H", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "TOCI", "Caption"}
LABEL = re.compile(r"\s*(?:\d{1,3}\.?|[^\w\s])\s*")
FEWEST = 20  # elements of a report that counts as tagged
PARAGRAPHS = (
    "SELECT d.source, d.id, p.number, p.role, p.text, p.page_from, p.page_to FROM paragraph p"
    " JOIN document d ON d.id = p.document_id WHERE d.media_type = 'application/pdf'"
    " AND p.role != 'boilerplate' AND p.text != '' ORDER BY d.source, p.position"
)


def main(store: Path, every: int, *, show: bool) -> None:
    """Compare and print what agrees."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    seconds, tagged, reports = 0.0, 0, 0
    with open_store(store) as opened:
        rows = defaultdict(list)
        for row in opened.connection.execute(PARAGRAPHS):
            rows[row[0]].append(row)
    for source in list(rows)[::every]:
        started = time.process_time()
        elements = read_elements(Path(source))
        seconds += time.process_time() - started
        reports += 1
        if sum(map(len, elements.values())) < FEWEST:
            continue
        tagged += 1
        for _, _, number, role, text, first, last in rows[source]:
            kind = "numbered" if number is not None else role
            words = letters(f"{number or ''} {text}")
            verdict = agree(words, elements[first], elements[last] if last > first else ())
            found[kind][verdict] += 1
            if show and verdict == "otherwise":
                print(f"{Path(source).name} page {first}, {kind} {number or ''}: {text[:70]}")
    print(f"{tagged} of {reports} reports are tagged; reading the tags took {seconds:.1f} seconds\n")
    for kind, verdicts in sorted(found.items()):
        whole = sum(verdicts.values())
        same = verdicts["equal"] + verdicts["marker"]
        print(
            f"{kind:12} {same:6,} of {whole:6,} agree ({same / whole:.2%}),"
            f" {verdicts['marker']} but for a marker"
        )


def agree(words: str, here: Sequence[str], beyond: Sequence[str]) -> str:
    """Whether an element says the words, alone or with the first words of an element of the last page."""
    if words in here:
        return "equal"
    for element in here:
        rest = words.removeprefix(element)
        if element and beyond and rest != words and any(rest.startswith(each) for each in beyond if each):
            return "equal"
    plain = without_digits(words)
    return "marker" if any(without_digits(element) == plain for element in here) else "otherwise"


def letters(text: str) -> str:
    """Letters and digits alone: hyphens, quotation marks and spaces are drawn in many ways."""
    return "".join(filter(str.isalnum, text.lower()))


def without_digits(words: str) -> str:
    return "".join(filter(str.isalpha, words))


def read_elements(path: Path) -> dict[int, list[str]]:
    """For each page what its tagged elements say, in letters and digits."""
    elements: dict[int, list[str]] = defaultdict(list)
    with closing(pypdfium2.PdfDocument(path)) as document:
        for number in range(1, len(document) + 1):
            page = document[number - 1]
            text_page = page.get_textpage()
            tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
            if tree:
                texts = texts_by_mark(page.raw, text_page.raw)
                roots = range(pdfium.FPDF_StructTree_CountChildren(tree))
                for root in (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in roots):
                    parts: list[list[str]] = [[]]
                    gather(root, texts, parts)
                    elements[number] += (words for part in parts if (words := letters("".join(part))))
                pdfium.FPDF_StructTree_Close(tree)
            text_page.close()
            page.close()
    return elements


def gather(element: Any, texts: dict[int, str], parts: list[list[str]]) -> None:
    """What an element and those in it say; a new part where a paragraph begins, its label aside."""
    before = "".join(parts[-1])
    if type_of(element) in BLOCKS and before.strip() and not LABEL.fullmatch(before):
        parts.append([])
    for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
        if mark >= 0:
            parts[-1].append(texts.get(mark, ""))
        elif child:
            gather(child, texts, parts)


def type_of(element: Any) -> str:
    """The name of an element's type."""
    buffer = (ctypes.c_ushort * 64)()
    length = pdfium.FPDF_StructElement_GetType(element, buffer, 128)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le")


def texts_by_mark(page: Any, text_page: Any) -> dict[int, str]:
    """What the page's drawn text says, by the number that the tree knows it by."""
    found: dict[int, str] = defaultdict(str)
    for drawn in texts_of(
        pdfium.FPDFPage_GetObject(page, n) for n in range(pdfium.FPDFPage_CountObjects(page))
    ):
        length = pdfium.FPDFTextObj_GetText(drawn, text_page, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        pdfium.FPDFTextObj_GetText(drawn, text_page, buffer, length)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        found[mark] += bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")
    return found


def texts_of(drawn: Iterable[Any]) -> Iterator[Any]:
    """The text objects among what is drawn, forms opened."""
    for each in drawn:
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield each
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = range(pdfium.FPDFFormObj_CountObjects(each))
            yield from texts_of(pdfium.FPDFFormObj_GetObject(each, index) for index in inside)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("store", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    main(asked.store, asked.every, show=asked.show)
