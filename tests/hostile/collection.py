"""Which bad inputs do we know, and what may become of each?

Everything is made here, from the bundled samples and from bytes; nothing hostile lies in the repository.
"""

import os
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

SAMPLES: Final = Path(__file__).parent.parent.parent / "corpus" / "samples"
PDF: Final = "s01-harrowmere-ilacs-b4-2022-07.pdf"
OLD_PDF: Final = "s02-westleigh-and-thorne-sif-3-2016-06.pdf"
TEXT: Final = "s01-harrowmere-ilacs-b4-2022-07.txt"
OK: Final = frozenset({"ok"})
READ: Final = frozenset({"ok", "partial"})
# PDFium itself aborts when it cannot have the memory it asks for: only the worker dies.
STOPPED: Final = frozenset(
    {"crashed", "timeout", "out_of_memory", "no_text", "not_a_report", "corrupt", "too_big"}
)


LONG: Final = 200_000  # characters of one paragraph: more than any real report has in all of its own


@dataclass(frozen=True, slots=True)
class Bad:
    """A bad input; `allowed` holds the statuses and reasons that may become of it, all where it is empty.

    `sample` is the report that it was made from, `words` are those that it prints: if it is called ok, it
    must hold them.
    """

    name: str
    data: bytes
    allowed: frozenset[str] = frozenset()
    sample: str | None = None
    words: tuple[str, ...] = ()


def bad_inputs(*, seed: int = 0, times: int = 1) -> Iterator[Bad]:
    """Bad files that are soon over; the damaged reports `times` times, each time otherwise."""
    for number in range(times):
        yield from _damaged(random.Random(f"{seed}-{number}"), number)  # noqa: S311
    yield from _strangers()
    yield from _shapes()
    yield from _made_pdfs()
    yield from _texts()


def heavy_inputs() -> Iterator[Bad]:
    """Bad files that try the bounds of time and memory."""
    yield from _bombs()
    report = (SAMPLES / "text" / TEXT).read_text("utf-8")[:2_000]
    for name, words in EXPLOSIVE.items():
        text = report + "\n\n1. " + words * (LONG // len(words)) + "\n"
        yield Bad(f"long-{name}.txt", text.encode(), READ | STOPPED)
    line = report + "\n\n1. " + "children are safe. " * 2_700_000
    yield Bad("fifty-megabytes-one-line.txt", line.encode(), READ | STOPPED)
    numbered = report + "".join(f"\n\n{number}. Visits." for number in range(1, 200_000))
    yield Bad("many-numbers.txt", numbered.encode(), READ | STOPPED)


def make_odd_files(folder: Path) -> dict[str, frozenset[str]]:
    """Put names and files there that are no plain files; returns what may become of each by name."""
    report = (SAMPLES / "text" / TEXT).read_bytes()
    names = ("two\nlines.txt", "-leading-dash.txt", os.fsdecode(b"caf\xe9-\xff.txt"), "\u202etxt.txt")
    for place, name in enumerate(names):
        (folder / name).write_bytes(report + b"\n" * (place + 1))
    os.mkfifo(folder / "pipe.pdf")
    (folder / "device.pdf").symlink_to("/dev/zero")
    (folder / "round.pdf").symlink_to("round.pdf")
    (folder / "nowhere.pdf").symlink_to("absent.pdf")
    (folder / "loop").symlink_to(".")
    (folder / "folder.pdf").mkdir()
    (folder / "folder.pdf" / "inside.txt").write_bytes(report + b"\n" * 9)
    odd = dict.fromkeys((*names, "inside.txt"), OK)
    return odd | {
        "pipe.pdf": frozenset({"not_regular"}),
        "device.pdf": frozenset({"not_regular"}),
        "round.pdf": frozenset({"unreadable"}),
        "nowhere.pdf": frozenset({"unreadable"}),
    }


def _damaged(dice: random.Random, number: int) -> Iterator[Bad]:
    """Reports that were harmed on their way."""
    for name in (PDF, OLD_PDF):
        data = (SAMPLES / "pdf" / name).read_bytes()
        at, length = dice.randrange(len(data)), len(data) // 20
        harmed = {
            "flipped-few": flip_bits(data, 1e-4, dice),
            "flipped": flip_bits(data, 1e-3, dice),
            "flipped-many": flip_bits(data, 1e-2, dice),
            "flipped-structure": flip_bits(data, 0, dice, between_streams=True),
            "cut": data[: dice.randrange(100, len(data))],
            "cut-end": data[: -dice.randrange(1, 200)],
            "zeroed": data[:at] + bytes(length) + data[at + length :],
            "hole": data[:at] + data[at + length :],
            "doubled": data[:at] + data[at : at + length] + data[at:],
            "crlf": data.replace(b"\n", b"\r\n"),
            "no-cr": data.replace(b"\r", b""),
            "page-emptied": _once(data, rb"/Contents", b"/Kontents", dice),
            "page-repeated": _once(data, rb"/Contents \d+", b"/Contents 9", dice),
            "page-lost": _once(data, rb"/Type /Page\n", b"/Type /Pagf\n", dice),
        }
        for kind, harm in harmed.items():
            if harm != data:
                yield Bad(f"{kind}-{number}-{name}", harm, sample=name)


def flip_bits(data: bytes, rate: float, dice: random.Random, *, between_streams: bool = False) -> bytes:
    """The data with this share of its bytes changed by one bit, three at the least."""
    flipped = bytearray(data)
    places: range | list[int] = range(len(data))
    if between_streams:
        inside = [match.span() for match in re.finditer(rb"stream\r?\n.*?endstream", data, re.DOTALL)]
        places = sorted(set(places) - {at for start, end in inside for at in range(start, end)})
    for _ in range(max(3, int(len(data) * rate))):
        flipped[dice.choice(places)] ^= 1 << dice.randrange(8)
    return bytes(flipped)


def _once(data: bytes, pattern: bytes, replacement: bytes, dice: random.Random) -> bytes:
    """The data with one of the places that match replaced."""
    match = dice.choice(list(re.finditer(pattern, data)))
    return data[: match.start()] + replacement + data[match.end() :]


def _strangers() -> Iterator[Bad]:
    """Files that are something else, whatever their name says."""
    yield Bad("zero-bytes.pdf", b"", frozenset({"empty"}))
    yield Bad("blanks.txt", b" \n" * 100, frozenset({"empty"}))
    page = b"<!DOCTYPE html><html><script>alert(1)</script><body>Report not found</body></html>"
    yield Bad("web-page.pdf", page, frozenset({"not_pdf"}))
    yield Bad("word.pdf", b"PK\x03\x04" + bytes(range(256)) * 40, frozenset({"not_pdf"}))
    yield Bad("random.pdf", random.Random(3).randbytes(50_000), frozenset({"not_pdf"}))  # noqa: S311
    yield Bad("random.txt", random.Random(4).randbytes(50_000), frozenset({"not_pdf"}))  # noqa: S311
    yield Bad("letter.txt", b"Dear Sir,\n\nthank you for your letter.\n", frozenset({"not_a_report"}))
    yield Bad("only-a-head.pdf", b"%PDF-1.7\n", frozenset({"corrupt"}))
    yield Bad("tail-only.pdf", b"%PDF-1.7\nstartxref\n99999999\n%%EOF", frozenset({"corrupt"}))


def pdf_of(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of these objects with a true table of their places."""
    body, places = bytearray(b"%PDF-1.7\n"), {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = max(objects) + 1
    table = b"xref\n0 1\n0000000000 65535 f \n" + b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items()
    )
    tail = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, len(body))
    return bytes(body) + table + tail


def one_page(content: bytes, *, box: bytes = b"0 0 595 842", extra: dict[int, bytes] | None = None) -> bytes:
    """A PDF of one page with this content, already a stream with its dictionary."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>" % box
    )
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: page,
            4: content,
            5: font,
        }
        | (extra or {})
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """An uncompressed stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data: bytes, rounds: int = 1) -> bytes:
    """A stream that was compressed so many times."""
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * rounds))


def _bombs() -> Iterator[Bad]:
    """Small PDFs that unpack to very large ones."""
    bomb = b"BT /F1 12 Tf 50 50 Td (a) Tj ET\n" + b" " * (400 << 20)
    yield Bad("flate-bomb.pdf", one_page(flate(bomb)), STOPPED)
    yield Bad("flate-bomb-twice.pdf", one_page(flate(bomb, 2)), STOPPED)
    del bomb
    shown = b"BT /F1 12 Tf 50 50 Td " + b"(Inspection) Tj " * 2_000_000 + b"ET"
    yield Bad("text-bomb.pdf", one_page(flate(shown)), STOPPED)
    nested = b"/X1 Do " * 100
    forms = {
        number: stream(
            nested if number < 14 else b"BT /F1 9 Tf (x) Tj ET",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 %d 0 R >> >>"
            % (number + 1),
        )
        for number in range(6, 16)
    }
    yield Bad("form-bomb.pdf", one_page(stream(nested), extra=forms), STOPPED)


def _shapes() -> Iterator[Bad]:
    """PDFs whose shape makes a reader run or go round."""
    own = stream(
        b"/X1 Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 6 0 R >> >>",
    )
    yield Bad("form-loop.pdf", one_page(stream(b"/X1 Do"), extra={6: own}))
    yield Bad("huge-page.pdf", one_page(stream(b"BT (x) Tj ET"), box=b"0 0 1e30 1e30"))
    yield Bad("inverted-page.pdf", one_page(stream(b"BT (x) Tj ET"), box=b"9 9 -9 -99999999999999999999"))
    loop = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"}
    yield Bad("page-tree-loop.pdf", pdf_of(loop))
    million = {1: loop[1], 2: b"<< /Type /Pages /Kids [] /Count 2000000000 >>"}
    yield Bad("two-thousand-million-pages.pdf", pdf_of(million))
    yield Bad("deep.pdf", one_page(b"[" * 200_000 + b"]" * 200_000))
    yield Bad("brackets.pdf", b"%PDF-1.7\n" + b"(" * 3_000_000)
    yield Bad("streams.pdf", one_page(stream(b"x")) + b">>\nstream\n" * 200_000 + b"%%EOF")
    strong = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /../../../../tmp/evil /ToUnicode 4 0 R >>"
    )
    yield Bad("cmap-by-name.pdf", one_page(stream(b"BT /F1 12 Tf (x) Tj ET"), extra={5: strong}))


def _made_pdfs() -> Iterator[Bad]:
    """PDFs that are whole and yet no report that can be read."""
    yield Bad("blank-pages.pdf", _drawn(5_000), frozenset({"too_big"}))
    yield Bad("few-blank-pages.pdf", _drawn(20), frozenset({"no_text"}))
    yield Bad("scanned.pdf", _drawn(3, picture=True), frozenset({"no_text"}))
    yield Bad(
        "password.pdf", _drawn(2, words="Inspection of Harrowmere", secret=True), frozenset({"encrypted"})
    )


def _drawn(pages: int, *, words: str = "", picture: bool = False, secret: bool = False) -> bytes:
    from PIL import Image
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret", canPrint=0) if secret else None)
    scan = ImageReader(Image.new("L", (400, 600), 200)) if picture else None
    for _ in range(pages):
        if scan:
            canvas.drawImage(scan, 0, 0, 500, 700)
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _texts() -> Iterator[Bad]:
    """Transcripts in every encoding, and such as make patterns explode."""
    report = (SAMPLES / "text" / TEXT).read_text("utf-8")
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"):
        data = report.encode(encoding, errors="replace")
        yield Bad(f"{encoding}.txt", data, sample=TEXT)
    yield Bad("nuls-late.txt", (report + "\0" * 9000).encode(), sample=TEXT)
    yield Bad("nuls.txt", report.replace(" the ", " t\0he ").encode())
    yield Bad("bidi.txt", report.replace(" the ", " \u202ethe\u2066 ").encode(), READ)
    yield Bad("escapes.txt", report.replace(" the ", " \x1b[2J\x1b]0;x\x07the ").encode(), READ)
    yield Bad("not-characters.txt", report.replace(" the ", " \ufffe\uffff the ").encode(), READ)
    yield Bad("half-pairs.txt", report.encode() + b"\n\xed\xa0\x80 half\n", READ | {"not_pdf", "corrupt"})
    for name, ends in (("cr", "\r"), ("crlf", "\r\n"), ("paragraph-separators", "\u2029")):
        yield Bad(f"{name}.txt", report.replace("\n", ends).encode(), sample=TEXT)


EXPLOSIVE: Final = {
    "one-letter": "a",
    "capital": "A",
    "capitals": "Ab Cd ",
    "digits": "1",
    "commas": "1,",
    "points": "1.",
    "spaces": " ",
    "tabs": "\t",
    "hyphens": "-",
    "dashes": "- ",
    "asterisks": "**a",
    "raised": "a¹",
    "brackets": "(",
    "quotes": "‘a’ ",
    "of": "of the ",
    "and": "and ",
    "numbers": "12 of 25 ",
    "per-cents": "12% ",
    "pounds": "£1",
    "dates": "1 March ",
    "months": "March ",
    "years": "2014-",
    "names": "Mr A B ",
    "sentences": "A. ",
    "acronyms": "(AB) ",
    "acts": "Act ",
    "semicolons": "a;\n",
    "bullets": "• ",
    "combining": "e\u0301",
}
