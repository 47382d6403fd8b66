"""What cannot be read is refused with a reason; what was lost of a damaged file is named."""

import pytest

import ingest
from corpus.errors import SourceError


def refuse(data: bytes, source: str = "x.pdf") -> SourceError:
    with pytest.raises(SourceError) as caught:
        ingest.read_bytes(data, source)
    return caught.value


@pytest.mark.parametrize(
    ("data", "source", "reason"),
    [
        (b"", "x.pdf", "empty"),
        (b" \n\t ", "x.txt", "empty"),
        (b"<!DOCTYPE html><html><body>Report not found</body></html>", "x.pdf", "not_pdf"),
        (b"PK\x03\x04\0\0\0\0", "x.docx", "not_pdf"),
        (b"just words", "x.pdf", "not_pdf"),
        (b"%PDF-1.7\nnothing that a reader could use", "x.pdf", "corrupt"),
        (b"Minutes of the parish council\n\n1. Apologies\n2. Drains\n", "x.txt", "not_a_report"),
        (b"x" * (ingest.MAX_BYTES + 1), "x.txt", "too_big"),
    ],
)
def test_reason(data, source, reason):
    assert refuse(data, source).reason == reason


def test_other_pdf(draw):
    assert refuse(draw([[(70, 100, "Minutes of the parish council", 12, False)]])).reason == "not_a_report"


def test_pictures_of_pages_are_sent_to_ocr(draw):
    error = refuse(draw([[]]))
    assert error.reason == "no_text"
    assert "OCRmyPDF" in error.detail


def test_password(draw, flat_pages):
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert refuse(draw(flat_pages, encrypt=StandardEncryption("secret"))).reason == "encrypted"


def test_folder_and_absent_file(tmp_path):
    for path in (tmp_path, tmp_path / "absent.pdf"):
        with pytest.raises(SourceError) as caught:
            ingest.read(path)
        assert caught.value.reason == "not_regular"


def test_damage_in_a_page_is_named(draw, flat_pages):
    data = draw(flat_pages, pageCompression=1)
    whole = ingest.read_bytes(data, "x.pdf")
    streams = [
        at for at in range(len(data)) if data.startswith(b"stream\n", at) and data[at - 3 : at] != b"end"
    ]
    damaged = bytearray(data)
    at = streams[1] + 200
    damaged[at : at + 60] = bytes(60)
    document = ingest.read_bytes(bytes(damaged), "x.pdf")
    assert not whole.certificate.missing
    assert document.certificate.characters < whole.certificate.characters
    assert any("damaged" in words for words in document.certificate.missing)


def test_a_file_cut_off_at_the_end_is_refused_or_named(draw, flat_pages):
    data = draw(flat_pages)
    cut = data[: data.rindex(b"startxref")]
    try:
        missing = ingest.read_bytes(cut, "x.pdf").certificate.missing
    except SourceError as error:
        assert error.reason == "corrupt"
    else:
        assert "the end of the file is cut off" in missing
