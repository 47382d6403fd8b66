"""`ok` means complete: whatever harms a report's words on the way is named, and what harms none is not."""

import io
import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

import ingest
from corpus.errors import SourceError

sys.path.insert(0, str(Path(__file__).parent))

from collection import PDF, SAMPLES, flip_bits, stream
from shapes import FONT, SHARP, report

WHOLE = 0.99
SYSTEM = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"


def words(document) -> Counter[str]:
    return Counter(word for paragraph in document.paragraphs for word in paragraph.text.split())


def missing(data: bytes) -> str:
    return "; ".join(ingest.read_bytes(data, "x.pdf").certificate.missing)


def composite(*entries: bytes) -> dict[int, bytes]:
    """A font whose letters are coded in two bytes, with these entries."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /DescendantFonts [9 0 R] %s >>" % b" ".join(entries)
    return {7: font, 9: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X %s >>" % SYSTEM}


def test_words_in_a_font_that_does_not_name_its_letters_are_no_words():
    assert "page 2: words in a font that does not say which letters it draws" in missing(
        report(SHARP, {**composite(b"/Encoding /Identity-H /ToUnicode 8 0 R"), 8: stream(b"")})
    )


def test_a_font_without_its_coding_loses_words():
    assert "fonts do not say how letters are coded" in missing(report(SHARP, composite()))


def test_a_usual_font_is_no_fault():
    assert not missing(report(SHARP, {7: FONT}))


@pytest.fixture(params=["RC4-128", "AES-128"])
def locked(request) -> bytes:
    """A report that anybody may read, and only its owner change."""
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO((SAMPLES / "pdf" / PDF).read_bytes()))
    if request.param == "AES-128":
        pytest.importorskip("cryptography")
    writer.encrypt("", owner_password="owner", algorithm=request.param)  # noqa: S106
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_report_that_only_forbids_changes_is_whole(locked):
    assert not missing(locked)
    assert words(ingest.read_bytes(locked, "x.pdf")) == words(ingest.read(SAMPLES / "pdf" / PDF))


def test_damage_is_seen_through_encryption(locked):
    streams = re.finditer(rb"stream\r?\n(.*?)endstream", locked, re.DOTALL)
    longest = max(streams, key=lambda each: len(each[1]))
    at = (longest.start(1) + longest.end(1)) // 2
    assert "damaged" in missing(locked[:at] + bytes(64) + locked[at + 64 :])


HARMS = {
    "one byte in a thousand": lambda data, dice: flip_bits(data, 1e-3, dice),
    "three bytes": lambda data, dice: flip_bits(data, 0, dice),
    "three bytes of structure": lambda data, dice: flip_bits(data, 0, dice, between_streams=True),
    "cut": lambda data, dice: data[: dice.randrange(100, len(data))],
    "cut and ended": lambda data, dice: data[: dice.randrange(100, len(data))] + b"\n%%EOF\n",
    "a sector of noughts": lambda data, dice: sector(data, dice, lambda old: bytes(len(old))),
    "a sector of noise": lambda data, dice: sector(data, dice, lambda old: dice.randbytes(len(old))),
    "a sector lost": lambda data, dice: sector(data, dice, lambda _: b""),
    "a sector twice": lambda data, dice: sector(data, dice, lambda old: old + old),
    "ends of lines for Windows": lambda data, _: data.replace(b"\n", b"\r\n"),
    "ends of lines for Unix": lambda data, _: data.replace(b"\r\n", b"\n"),
    "ends of lines for old Macs": lambda data, _: data.replace(b"\n", b"\r"),
    "seven bits": lambda data, _: bytes(byte & 127 for byte in data),
    "taken for text": lambda data, _: data.decode("utf-8", "replace").encode(),
}


def sector(data: bytes, dice: random.Random, harm) -> bytes:
    """The data with one sector of a disk harmed."""
    at = dice.randrange(len(data)) // 512 * 512
    return data[:at] + harm(data[at : at + 512]) + data[at + 512 :]


@pytest.mark.real
@pytest.mark.parametrize("harm", HARMS)
def test_no_word_of_a_real_report_is_lost_in_silence(shared, harm):
    paths = sorted((shared / "reports").glob("*/*.pdf"))
    dice = random.Random(harm)  # noqa: S311
    for path in dice.sample([path for path in paths if path.stat().st_size < 400_000], 2):
        data = path.read_bytes()
        if b"%PDF" not in data[:1024]:
            continue
        before = words(ingest.read_bytes(data, "x.pdf"))
        try:
            after = ingest.read_bytes(HARMS[harm](data, dice), "x.pdf")
        except SourceError:
            continue
        if not after.certificate.missing:
            assert (before & words(after)).total() >= WHOLE * before.total(), path
