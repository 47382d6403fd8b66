"""Which shapes of PDF do public collections of bad files hold, and what may become of each?

Each is laid round one small report in which number 6 is missing, so that the second reader (pdfminer, by way
of pdfplumber) is made to look at it as well. Where a shape harms no word, its report must be found whole.
"""

import random
import zlib
from collections.abc import Iterator
from typing import Final

from collection import READ, STOPPED, Bad, pdf_of, stream

Objects = dict[int, bytes]

TITLE: Final = ("Inspection of Harrowmere local", "authority children's services")
LINES: Final = (
    "Inspection dates: 4 to 8 March 2024",
    "What needs to improve",
    "1. Social workers know the children of Harrowmere well, and visit them often.",
    "2. Managers seldom record why they decide as they do, and plans drift for months.",
    "3. Care leavers are proud of their homes, and of the help that they are given.",
    "4. Assessments are timely and thoughtful, and families say that they are fair.",
    "5. Too many children move from one home to another, and change their schools.",
    "7. Staff enjoy good support, and few of them leave the service in the year.",
    "8. Health assessments come late, and some children wait for weeks for theirs.",
)
CLOSING: Final = "The Office for Standards in Education closes every report with words like these."
WORDS: Final = tuple(word for word in " ".join((*TITLE, *LINES)).split() if not word.endswith("."))
FONT: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
PAGE: Final = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << %s >> %s >>"
)
FORM: Final = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] "
SHARP: Final = (
    b"BT /F2 12 Tf 72 300 Td (abc) Tj ET"  # words in the second font, which each case makes its own
)
IMAGE: Final = (
    b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray "
)
HARMED: Final = READ | STOPPED | {"encrypted"}


def report(
    content: bytes = b"", extra: Objects | None = None, *, page: bytes = b"", catalog: bytes = b""
) -> bytes:
    """The small report, with this behind its words, and these objects instead of or beside its own."""
    resources = b"/Font << /F1 5 0 R /F2 7 0 R >> /XObject << /X1 6 0 R >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [20 0 R 3 0 R] /Count 2 >>",
        3: PAGE % (4, resources, page),
        4: stream(_words(12, 700, (*LINES, CLOSING)) + content),
        5: FONT,
        20: PAGE % (21, resources, b""),
        21: stream(_words(24, 700, TITLE)),
    }
    return pdf_of(objects | (extra or {}))


def _words(size: int, top: int, lines: tuple[str, ...]) -> bytes:
    """These lines as a content stream."""
    return b"".join(
        b"BT /F1 %d Tf 72 %d Td (%s) Tj ET\n" % (size, top - 40 * place, line.encode())
        for place, line in enumerate(lines)
    )


def odd_shapes() -> Iterator[Bad]:
    """All that are soon over; `report.pdf` is the control."""
    yield Bad("report.pdf", report(), frozenset({"ok"}))
    yield from (Bad(f"shape-{name}.pdf", data, HARMED) for name, data in _harmed())
    for name, data in _harmless():
        yield Bad(f"whole-{name}.pdf", data, READ, words=WORDS)


def heavy_shapes() -> Iterator[Bad]:
    """Those that try the bounds of time and memory."""
    many = {
        "operators": report(b"q Q " * 5_000_000),
        "unbalanced": report(b"q " * 3_000_000),
        "texts": report(b"BT (a) Tj ET " * 1_000_000),
        "annotations": _annotations(100_000),
        "kids": pdf_of({1: b"<< /Pages 2 0 R >>", 2: b"<< /Kids [%s] /Count 1 >>" % (b"2 0 R " * 500_000)}),
        "contents": report(page=b"/Contents [%s]" % (b"4 0 R " * 20_000)),
        "letters": report(SHARP, _type0(_cmap(b"".join(b"<%04x> <0041>\n" % n for n in range(65_536)) * 4))),
        "font-program": report(SHARP, _program(random.Random(9).randbytes(8 << 20))),  # noqa: S311
        "widths": report(SHARP, {7: FONT[:-2] + b"/FirstChar 0 /Widths [%s] >>" % (b"500 " * 1_000_000)}),
        "drawn-forms": _doubling_forms(18),
        "run-length-bomb": report(b"", {4: _filtered(b"/RunLengthDecode", b"\x81 " * 3_000_000)}),
        "nested-flate": report(b"", {4: _layers(b" " * (64 << 20), 8)}),
        "picture": report(b"/X1 Do", {6: stream(b"\0", IMAGE % (200_000, 200_000))}),
    }
    yield from (Bad(f"heavy-{name}.pdf", data, HARMED) for name, data in many.items())


def _harmed() -> Iterator[tuple[str, bytes]]:
    """Broken structure: anything of the closed list may become of it, and nothing else."""
    whole = report()
    table, tail = whole.index(b"xref\n"), whole.index(b"trailer")
    yield "no-table", whole[:table] + whole[tail:]
    yield "no-trailer", whole[:tail] + b"%%EOF\n"
    yield "table-of-zeros", whole[:table] + b"xref\n0 9\n" + b"0000000000 00000 n \n" * 9 + whole[tail:]
    yield "table-before-itself", whole.replace(b"/Root", b"/Prev %d /Root" % table)
    yield "size-of-two-thousand-million", whole.replace(b"/Size ", b"/Size 200000000")
    yield "start-below-nothing", whole.replace(b"startxref\n", b"startxref\n-")
    yield "root-is-a-page", whole.replace(b"/Root 1", b"/Root 3")
    yield "root-is-itself", report(extra={1: b"1 0 R"})
    yield "references-in-a-ring", report(extra={4: b"8 0 R", 8: b"9 0 R", 9: b"8 0 R"})
    yield (
        "table-stream-of-noise",
        report(extra={8: stream(b"noise" * 99, b"/Type /XRef /W [9 9 9] /Size 99")}),
    )
    yield "ring-of-pages", report(extra={2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"})
    yield "deep-tree-of-pages", _deep_tree(20_000)
    yield "objects-in-themselves", report(extra={8: _object_stream(b"8 0 ", b"<<>>", b"/Extends 8 0 R")})
    yield "objects-without-end", report(extra={8: _object_stream(b"9 0 ", b"<<", b"/N 2000000000")})
    for name, length in (("short", b"3"), ("long", b"99999999"), ("negative", b"-1"), ("own", b"4 0 R")):
        yield (
            f"length-{name}",
            whole.replace(b"/Length %d" % len(_words(12, 700, (*LINES, CLOSING))), b"/Length " + length),
        )
    for version in (1, 2, 4, 5, 6):
        lock = b"/Filter /Standard /V %d /R %d /Length 256 /P -4 /O <%s> /U <%s>" % (
            min(version, 5),
            version,
            b"00" * 48,
            b"ff" * 48,
        )
        yield f"locked-{version}", whole.replace(b"/Root", b"/Encrypt << %s >> /Root" % lock)
    yield "locked-by-a-stranger", whole.replace(b"/Root", b"/Encrypt << /Filter /Nobody /V 1 >> /Root")
    yield "locked-by-itself", whole.replace(b"/Root", b"/Encrypt 1 0 R /Root")
    for name in (b"ASCIIHexDecode", b"ASCII85Decode", b"LZWDecode", b"RunLengthDecode", b"Crypt", b"Nobody"):
        yield f"filter-{name.decode()}", report(extra={4: _filtered(b"/" + name, b"\x80\x0b<~z>" * 99)})
    yield "filters-in-a-hundred", report(extra={4: _filtered(b"/ASCIIHexDecode " * 100, b"41" * 99)})
    yield "predictor", report(extra={4: _layers(b"x" * 99, 1, b"/Columns 2147483647 /Predictor 15")})
    yield "no-box", report().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [a (b)]    ")
    yield "million-digits", report(b"9" * 1_000_000 + b" w")
    yield "string-without-end", report(b"BT (" + b"((" * 50_000)
    yield "picture-without-end", report(b"BI /W 9 /H 9 ID " + b"x" * 9_999)
    yield "brackets-in-contents", report(b"[" * 100_000 + b"<<" * 100_000)


def _harmless() -> Iterator[tuple[str, bytes]]:
    """Odd things beside words that are whole: the report must be found, with every word."""
    ring = b"<< /Title (x) /First 8 0 R /Last 8 0 R /Next 8 0 R /Parent 8 0 R /Count 9 >>"
    yield "outline-in-a-ring", report(extra={8: ring}, catalog=b"/Outlines 8 0 R")
    yield "names-in-a-ring", report(extra={8: b"<< /Kids [8 0 R] >>"}, catalog=b"/Names << /Dests 8 0 R >>")
    fields = b"/AcroForm << /Fields [8 0 R] >>"
    yield "fields-in-a-ring", report(extra={8: b"<< /T (x) /Kids [8 0 R] /Parent 8 0 R >>"}, catalog=fields)
    tree = b"/StructTreeRoot 8 0 R /MarkInfo << /Marked true >>"
    yield "structure-in-a-ring", report(extra={8: b"<< /S /P /K 8 0 R /P 8 0 R >>"}, catalog=tree)
    script = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    yield "script", report(catalog=script)
    launch = b"/OpenAction << /S /Launch /F (/bin/sh) >> /AA << /WC << /S /URI /URI (http://x) >> >>"
    yield "launch", report(catalog=launch)
    yield "annotations", _annotations(300)
    own = b"/Resources << /XObject << /X1 6 0 R >> >>"
    yield "form-in-itself", report(b"/X1 Do", {6: stream(b"/X1 Do", FORM + own)})
    mask = b"/Resources << /ExtGState << /G << /SMask << /S /Alpha /G 6 0 R >> >> >> >>"
    yield "mask-in-itself", report(b"/X1 Do", {6: stream(b"/G gs", FORM + mask)})
    for name in (b"JBIG2Decode", b"JPXDecode", b"DCTDecode", b"CCITTFaxDecode", b"Nobody"):
        noise = random.Random(name).randbytes(3_000)  # noqa: S311
        entries = IMAGE % (4_000, 4_000) + b"/Filter /" + name
        yield f"picture-{name.decode()}", report(b"/X1 Do", {6: stream(noise, entries)})
    globals_ = b"/Filter /JBIG2Decode /DecodeParms << /JBIG2Globals 6 0 R >>"
    yield "picture-in-itself", report(b"/X1 Do", {6: stream(b"\x97JB2", IMAGE % (9, 9) + globals_)})
    yield "font-in-itself", report(SHARP, {7: b"<< /Type /Font /Subtype /Type0 /DescendantFonts [7 0 R] >>"})
    drawn = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0]"
    procs = b" /FirstChar 97 /LastChar 97 /Widths [9] /CharProcs << /a 8 0 R >> /Resources << /Font"
    glyph = {
        7: drawn + procs + b" << /F2 7 0 R >> >> /Encoding << /Differences [97 /a] >> >>",
        8: stream(SHARP),
    }
    yield "font-drawn-with-itself", report(SHARP, glyph)
    yield "font-of-noise", report(SHARP, _program(random.Random(5).randbytes(20_000)))  # noqa: S311
    for name in (b"/../../../../tmp/evil", b"/GBK-EUC-H", b"/#2e#2e#2fevil", b"/a#00b", b"/" + b"x" * 9_000):
        font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding %s /DescendantFonts [9 0 R] >>" % name
        yield f"letters-by-name-{len(name)}", report(SHARP, {7: font, 9: b"<< /Subtype /CIDFontType2 >>"})
    yield "letters-of-letters", report(SHARP, _type0(_cmap(b"/OwnMap usecmap\n", own=True)))
    yield (
        "letters-without-end",
        report(SHARP, _type0(stream(b"1 beginbfrange <00> <ffffffff> <41> endbfrange"))),
    )
    yield "words-outside-the-page", report(b"BT /F1 12 Tf 9000 9000 Td (Nobody sees this.) Tj ET")
    yield "words-unseen", report(b"BT /F1 12 Tf 3 Tr 72 200 Td (Nobody sees this.) Tj ET")
    hidden = b"/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] >> >>"
    yield "words-switched-off", report(extra={8: b"<< /Type /OCG /Name (x) >>"}, catalog=hidden)
    yield "page-of-a-kilometre", report(page=b"/UserUnit 1000000000 /Rotate 91 /CropBox [0 0 0 0]")


def _annotations(count: int) -> bytes:
    note = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x) >> >>"
    places = b"".join(b"%d 0 R " % number for number in range(30, 30 + count))
    return report(extra=dict.fromkeys(range(30, 30 + count), note), page=b"/Annots [%s]" % places)


def _deep_tree(depth: int) -> bytes:
    nodes = {
        30 + at: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (31 + at if at + 1 < depth else 3)
        for at in range(depth)
    }
    return report(extra={2: b"<< /Type /Pages /Kids [30 0 R] /Count 1 >>", **nodes})


def _object_stream(heads: bytes, body: bytes, entries: bytes) -> bytes:
    return stream(heads + body, b"/Type /ObjStm /First %d /N 1 %s" % (len(heads), entries))


def _filtered(filters: bytes, data: bytes) -> bytes:
    return stream(data, b"/Filter [%s]" % filters)


def _layers(data: bytes, rounds: int, parameters: bytes = b"") -> bytes:
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    entries = b"/DecodeParms << %s >>" % parameters if parameters else b""
    return stream(data, b"/Filter [%s] %s" % (b"/FlateDecode " * rounds, entries))


def _doubling_forms(depth: int) -> bytes:
    """Forms of which each draws the next one twice."""
    numbers = range(30, 30 + depth)
    forms = {
        at: stream(b"/X1 Do /X1 Do", FORM + b"/Resources << /XObject << /X1 %d 0 R >> >>" % (at + 1))
        for at in numbers
    }
    last = stream(b"BT /F1 9 Tf (x) Tj ET", FORM)
    return report(b"/X1 Do", {6: forms[30], **forms, 30 + depth: last})


def _type0(letters: bytes) -> Objects:
    """A font of two-byte codes that names its letters in this stream."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H"
    links = b" /DescendantFonts [9 0 R] /ToUnicode 8 0 R >>"
    return {7: font + links, 8: letters, 9: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>"}


def _cmap(body: bytes, *, own: bool = False) -> bytes:
    head = b"/CIDInit /ProcSet findresource begin begincmap /CMapName /OwnMap def\n"
    entries = b"/Type /CMap /CMapName /OwnMap /UseCMap 8 0 R" if own else b""
    return stream(head + b"1 beginbfchar\n" + body + b"endbfchar endcmap", entries)


def _program(data: bytes) -> Objects:
    """A TrueType font whose program is this."""
    font = b"<< /Type /Font /Subtype /TrueType /FirstChar 97 /Widths [9 9 9] /FontDescriptor 8 0 R >>"
    return {
        7: font,
        8: b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 9 0 R >>",
        9: stream(data),
    }
