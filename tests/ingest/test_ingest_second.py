"""Where a number is missing or printed twice, a second reader looks at the page."""

from pathlib import Path

import pytest

from corpus.model import Paragraph
from ingest.second import second_reading

SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "samples" / "pdf"


def numbered(number: int, page: int) -> Paragraph:
    return Paragraph(number, number, 1, "finding", "Assessments are timely.", page, page)


def sample() -> tuple[bytes, int, int]:
    """A report of ours, a number in it and the page on which that number stands."""
    import ingest

    path = sorted(SAMPLES.glob("*ilacs*.pdf"))[0]
    paragraph = next(p for p in ingest.read(path).paragraphs if p.number == 5)
    assert paragraph.page_from is not None
    return path.read_bytes(), 5, paragraph.page_from


def test_a_number_that_is_on_the_page_after_all_is_reported() -> None:
    data, number, page = sample()
    neighbours = [numbered(number - 1, page), numbered(number + 1, page)]
    (remark,) = second_reading(data, neighbours, [number], [])
    assert remark.startswith(f"A second reader (pdfplumber) differs: {number} stands once on page")


def test_a_number_that_was_never_printed_is_confirmed() -> None:
    data, _, page = sample()
    neighbours = [numbered(899, page), numbered(901, page)]
    (remark,) = second_reading(data, neighbours, [900], [])
    assert remark == f"A second reader (pdfplumber) agrees: 900 stands nowhere on page {page}."


def test_a_sequence_without_fault_needs_no_second_reader() -> None:
    assert second_reading(b"never opened", [numbered(1, 1)], [], []) == ()


def test_bytes_that_the_second_reader_cannot_open_are_said_to_be_so() -> None:
    (remark,) = second_reading(b"%PDF-1.4 and nothing more", [numbered(1, 1), numbered(3, 1)], [2], [])
    assert remark == "A second reader (pdfplumber) could not read page 1."


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "remark"),
    [
        ("50146539.pdf", "agrees: 15 stands nowhere on pages 5 to 6"),
        ("50296623.pdf", "agrees: 57 stands twice on page"),
    ],
)
def test_the_two_printed_faults_are_confirmed(shared: Path, file: str, remark: str) -> None:
    import ingest

    document = ingest.read(shared / "reports" / "childrens-services" / file)
    assert any(remark in said for said in document.certificate.remarks), document.certificate.remarks
