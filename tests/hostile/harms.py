"""What can happen to a real PDF between its writer and us, and how much of its text is then left?

`python tests/hostile/harms.py FOLDER REPORTS [SEED] [HARM...]` harms so many of the PDFs below a folder in
every way, reads each in a bounded worker, and prints per harm what became of them; the words of one that is
called ok are counted against those of the whole report.
"""

import io
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pypdf
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    StreamObject,
)

sys.path.insert(0, str(Path(__file__).parent))

from collection import flip_bits

import ingest
from corpus.errors import SourceError
from ofsight.limits import Limits
from ofsight.pool import Failure, Pool

Dice = random.Random
Harm = Callable[[bytes, Dice], bytes]
Page = pypdf.PageObject
WHOLE: Final = 0.99
_STREAMS: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def on_the_way(data: bytes, dice: Dice) -> dict[str, Callable[[], bytes]]:
    """What transports, disks and programs that take a PDF for text do to its bytes."""
    at, length = dice.randrange(len(data)), max(1, len(data) // 20)
    return {
        "one byte in a thousand": lambda: flip_bits(data, 1e-3, dice),
        "three bytes": lambda: flip_bits(data, 0, dice),
        "three bytes of structure": lambda: flip_bits(data, 0, dice, between_streams=True),
        "cut": lambda: data[: dice.randrange(100, len(data))],
        "cut and ended": lambda: data[: dice.randrange(100, len(data))] + b"\n%%EOF\n",
        "end cut": lambda: data[: -dice.randrange(1, 200)],
        "a twentieth of noughts": lambda: data[:at] + bytes(length) + data[at + length :],
        "a twentieth lost": lambda: data[:at] + data[at + length :],
        "a sector of noughts": lambda: _sector(data, dice, lambda old: bytes(len(old))),
        "a sector of noise": lambda: _sector(data, dice, lambda old: dice.randbytes(len(old))),
        "a sector lost": lambda: _sector(data, dice, lambda _: b""),
        "a sector twice": lambda: _sector(data, dice, lambda old: old + old),
        "ends of lines for Windows": lambda: data.replace(b"\n", b"\r\n"),
        "ends of lines for Unix": lambda: data.replace(b"\r\n", b"\n"),
        "ends of lines for old Macs": lambda: data.replace(b"\n", b"\r"),
        "returns lost": lambda: data.replace(b"\r", b""),
        "seven bits": lambda: bytes(byte & 127 for byte in data),
        "taken for text": lambda: data.decode("utf-8", "replace").encode(),
        "taken for Latin": lambda: data.decode("latin-1").encode(),
        "head lost": lambda: data[dice.randrange(10, 2000) :],
        "a stream of noughts": lambda: _stream(data, dice, lambda old: bytes(len(old))),
        "a stream lost": lambda: _stream(data, dice, lambda _: b""),
        "half a stream lost": lambda: _stream(data, dice, lambda old: old[: len(old) // 2]),
        "table astray": lambda: _once(data, rb"startxref\s+\d", b"startxref\n9", dice),
        "a length too small": lambda: _once(data, rb"/Length \d", b"/Length 0", dice),
        "a page forgotten": lambda: _once(data, rb"/Type ?/Page\b", b"/Type/Pagf", dice),
        "contents forgotten": lambda: _once(data, rb"/Contents", b"/Kontents", dice),
        "letters forgotten": lambda: _once(data, rb"/ToUnicode", b"/ToUnikode", dice),
        "coding forgotten": lambda: _once(data, rb"/Encoding", b"/Encodinf", dice),
        "packing forgotten": lambda: _once(data, rb"/FlateDecode", b"/FlateDecodf", dice),
        "font forgotten": lambda: _once(data, rb"/FontFile", b"/FontFyle", dice),
    }


def _sector(data: bytes, dice: Dice, harm: Callable[[bytes], bytes]) -> bytes:
    at = dice.randrange(len(data)) // 512 * 512
    return data[:at] + harm(data[at : at + 512]) + data[at + 512 :]


def _stream(data: bytes, dice: Dice, harm: Callable[[bytes], bytes]) -> bytes:
    found = dice.choice([match for match in _STREAMS.finditer(data) if len(match[1]) > 50])
    return data[: found.start(1)] + harm(found[1]) + data[found.end(1) :]


def _once(data: bytes, pattern: bytes, replacement: bytes, dice: Dice) -> bytes:
    """The data with one of the places that match replaced; as it was, where none does."""
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    match = dice.choice(found)
    return data[: match.start()] + replacement + data[match.end() :]


def by_programs(data: bytes, dice: Dice) -> dict[str, Callable[[], bytes]]:
    """What a program does that writes the whole file anew, so that every table and checksum is true."""
    ways: dict[str, Callable[[pypdf.PdfWriter, Page, Dice], None]] = {
        "a page emptied": lambda _, page, __: _put(page, b""),
        "half a page": lambda _, page, __: _put(page, _drawn(page)[: len(_drawn(page)) // 2]),
        "half a page, cut between words": lambda _, page, __: _put(page, _half(_drawn(page))),
        "a page's contents null": lambda _, page, __: _set(page, "/Contents", NullObject()),
        "letters shifted": lambda writer, _, dice: _shift_letters(writer, dice),
        "letters swapped": lambda writer, _, dice: _swap_letters(writer, dice),
        "letters emptied": lambda writer, _, dice: _empty_letters(writer, dice),
        "fonts swapped": lambda _, page, dice: _swap_fonts(page, dice),
        "a font lost": lambda _, page, dice: _lose_font(page, dice),
        "a page deleted": lambda writer, _, dice: _delete(writer, dice),
        "count too small": lambda writer, _, dice: _count(writer, -dice.randrange(1, 4)),
        "count too large": lambda writer, _, dice: _count(writer, dice.randrange(1, 4)),
        "a page taken from the tree": lambda writer, _, dice: _from_tree(writer, dice),
        "a page scanned": lambda writer, page, _: _scan(writer, page),
        "a page scanned but for its foot": lambda writer, page, _: _scan(writer, page, foot=True),
        "words into a note": lambda writer, page, _: _into_note(writer, page),
        "other words for what is shown": lambda _, page, __: _instead(page),
        "half the page cropped": lambda _, page, __: _crop(page),
        "stream packed wrongly": lambda _, page, dice: _repacked(page, dice),
    }
    made = {name: lambda way=way: _through(data, way, dice) for name, way in ways.items()}  # type: ignore[misc]
    return made | {"a page deleted on top": lambda: _added(data, lambda writer: _delete(writer, dice))}


def _delete(writer: pypdf.PdfWriter, dice: Dice) -> None:
    writer.remove_page(dice.randrange(1, len(writer.pages)))


def without_harm(data: bytes, dice: Dice) -> dict[str, Callable[[], bytes]]:
    """What leaves every word where it can be read: the report must be found whole."""
    ways: dict[str, Callable[[pypdf.PdfWriter, Page, Dice], None]] = {
        "saved again": lambda _, __, ___: None,
        "turned": lambda _, page, __: _set(page, "/Rotate", NumberObject(90)),
        "larger units": lambda _, page, __: _set(page, "/UserUnit", FloatObject(2.5)),
        "words in a form": _into_form,
        "white words": lambda _, page, __: _put(page, b"1 g 1 G 1 rg " + _drawn(page)),
        "clipped words": lambda _, page, __: _put(page, b"q 0 0 1 1 re W n " + _drawn(page) + b" Q"),
        "unseen words": lambda _, page, __: _put(page, b"3 Tr " + _drawn(page)),
        "two contents": lambda writer, page, __: _in_two(writer, page),
        "a lock without a key": lambda writer, _, __: writer.encrypt("", algorithm="AES-256"),
        "an old lock without a key": lambda writer, _, __: writer.encrypt("", algorithm="RC4-40"),
    }
    made = {name: lambda way=way: _through(data, way, dice) for name, way in ways.items()}  # type: ignore[misc]
    return made | {
        "words behind the end": lambda: data + b"\n<!-- served from a store -->\n",
        "said twice": lambda: _added(data, lambda writer: writer.add_metadata({"/Title": "x"})),
    }


def _through(data: bytes, way: Callable[[pypdf.PdfWriter, Page, Dice], None], dice: Dice) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    way(writer, writer.pages[dice.randrange(1, len(writer.pages))], dice)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _added(data: bytes, way: Callable[[pypdf.PdfWriter], Any]) -> bytes:
    """The file with a newer version of some of its objects behind it."""
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    way(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _drawn(page: Page) -> bytes:
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


def _put(page: Page, content: bytes) -> None:
    page[NameObject("/Contents")] = page.pdf._add_object(_packed(content))


def _packed(content: bytes) -> StreamObject:
    plain = DecodedStreamObject()
    plain.set_data(content)
    return plain.flate_encode()


def _set(holder: DictionaryObject, key: str, value: Any) -> None:
    holder[NameObject(key)] = value


def _half(content: bytes) -> bytes:
    ends = [match.end() for match in re.finditer(rb"\bET\b", content)]
    return content[: ends[len(ends) // 2]] if ends else b""


def _fonts(page: Page) -> DictionaryObject:
    return page["/Resources"].get_object().get("/Font", DictionaryObject()).get_object()


def _letters(writer: pypdf.PdfWriter) -> list[DictionaryObject]:
    """Every font that has a table of its letters."""
    found = {}
    for page in writer.pages:
        for font in _fonts(page).values():
            each = font.get_object()
            if "/ToUnicode" in each:
                found[id(each)] = each
    return list(found.values())


def _shift_letters(writer: pypdf.PdfWriter, dice: Dice) -> None:
    if fonts := _letters(writer):
        font = dice.choice(fonts)
        table = font["/ToUnicode"].get_object().get_data()
        moved = re.sub(
            rb"(?<=<)(00[2-7][0-9A-Fa-f])(?=>\s*[\r\n])", lambda m: b"%04X" % (int(m[1], 16) + 1), table
        )
        font[NameObject("/ToUnicode")] = writer._add_object(_packed(moved))


def _swap_letters(writer: pypdf.PdfWriter, dice: Dice) -> None:
    fonts = _letters(writer)
    if len(fonts) > 1:
        one, other = dice.sample(fonts, 2)
        a, b = one.raw_get("/ToUnicode"), other.raw_get("/ToUnicode")
        one[NameObject("/ToUnicode")], other[NameObject("/ToUnicode")] = b, a


def _empty_letters(writer: pypdf.PdfWriter, dice: Dice) -> None:
    if fonts := _letters(writer):
        dice.choice(fonts)[NameObject("/ToUnicode")] = writer._add_object(_packed(b""))


def _swap_fonts(page: Page, dice: Dice) -> None:
    fonts = _fonts(page)
    if len(fonts) > 1:
        one, other = dice.sample(sorted(fonts), 2)
        a, b = fonts.raw_get(one), fonts.raw_get(other)
        fonts[NameObject(one)], fonts[NameObject(other)] = b, a


def _lose_font(page: Page, dice: Dice) -> None:
    fonts = _fonts(page)
    if fonts:
        del fonts[dice.choice(sorted(fonts))]


def _count(writer: pypdf.PdfWriter, by: int) -> None:
    pages = writer.root_object["/Pages"].get_object()
    pages[NameObject("/Count")] = NumberObject(max(1, len(writer.pages) + by))


def _from_tree(writer: pypdf.PdfWriter, dice: Dice) -> None:
    """A page that is still there and that no list names."""
    pages = writer.root_object["/Pages"].get_object()
    kids = pages["/Kids"]
    kids.pop(dice.randrange(1, len(kids)))
    pages[NameObject("/Count")] = NumberObject(len(kids))


def _scan(writer: pypdf.PdfWriter, page: Page, *, foot: bool = False) -> None:
    """The page as a picture, with or without words at its foot."""
    picture = _packed(bytes(100 * 100))
    for key, value in (("/Type", "/XObject"), ("/Subtype", "/Image"), ("/ColorSpace", "/DeviceGray")):
        picture[NameObject(key)] = NameObject(value)
    for key, number in (("/Width", 100), ("/Height", 100), ("/BitsPerComponent", 8)):
        picture[NameObject(key)] = NumberObject(number)
    names = DictionaryObject({NameObject("/Scan"): writer._add_object(picture)})
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject("/XObject"): names,
            NameObject("/Font"): DictionaryObject({NameObject("/Foot"): writer._add_object(font)}),
        }
    )
    words = b"BT /Foot 9 Tf 72 30 Td (Scanned copy, page 3) Tj ET" if foot else b""
    _put(page, b"q 595 0 0 842 0 0 cm /Scan Do Q " + words)


def _into_note(writer: pypdf.PdfWriter, page: Page) -> None:
    """The words as the picture of an annotation instead of on the page."""
    form = _form(page)
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/FreeText"),
            NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 595, 842)]),
            NameObject("/F"): NumberObject(4),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(form)}),
        }
    )
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    _put(page, b"")


def _form(page: Page) -> StreamObject:
    form = _packed(_drawn(page))
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 600, 850)])
    form[NameObject("/Resources")] = page.raw_get("/Resources")
    return form


def _into_form(writer: pypdf.PdfWriter, page: Page, _: Dice) -> None:
    form = writer._add_object(_form(page))
    names = DictionaryObject({NameObject("/Whole"): form})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
    _put(page, b"/Whole Do")


def _in_two(writer: pypdf.PdfWriter, page: Page) -> None:
    """Contents in two streams, parted between two operators."""
    content = _drawn(page)
    first = _half(content)
    parts = [writer._add_object(_packed(part)) for part in (first, content[len(first) :])]
    page[NameObject("/Contents")] = ArrayObject(parts)


def _instead(page: Page) -> None:
    """The page's words, for whom copies or reads them aloud, are said to be others."""
    _put(page, b"/Span << /ActualText (\\376\\377\\000x) >> BDC " + _drawn(page) + b" EMC")


def _crop(page: Page) -> None:
    for box in ("/MediaBox", "/CropBox"):
        page[NameObject(box)] = ArrayObject([NumberObject(n) for n in (0, 421, 595, 842)])


def _repacked(page: Page, dice: Dice) -> None:
    """Bytes of the content changed, and packed again with a true checksum."""
    _put(page, flip_bits(_drawn(page), 0.01, dice))


KINDS: Final = (on_the_way, by_programs, without_harm)


def harms(data: bytes, dice: Dice) -> dict[str, Callable[[], bytes]]:
    """Every way by its name."""
    return {name: harm for kind in KINDS for name, harm in kind(data, dice).items()}


def words(document: Any) -> Counter[str]:
    """The words of a report, headings included, with how often each stands there."""
    texts = [*(each.text for each in document.paragraphs), *(each.heading for each in document.sections)]
    return Counter(word for text in texts for word in text.split())


class Trial:
    """Harms a report and reads what is left."""

    def __init__(self) -> None:
        self._whole: dict[Path, Counter[str]] = {}

    def __call__(self, task: tuple[Path, str, int]) -> dict[str, Any]:
        """Status or reason, the share of words that is left, and what is said to be missing."""
        path, name, seed = task
        data = path.read_bytes()
        if path not in self._whole:
            self._whole[path] = words(ingest.read_bytes(data, "x.pdf"))
        harmed = harms(data, random.Random(f"{path.name}-{name}-{seed}"))[name]()  # noqa: S311
        if harmed == data:
            return {"status": "not harmed", "share": 1.0}
        try:
            document = ingest.read_bytes(harmed, "x.pdf")
        except SourceError as error:
            return {"status": error.reason, "share": 0.0, "missing": [error.detail]}
        before, missing = self._whole[path], document.certificate.missing
        share = (before & words(document)).total() / max(1, before.total())
        return {"status": "partial" if missing else "ok", "share": share, "missing": missing}


def main() -> int:
    """Print what became of each, and every silent loss."""
    folder, count, seed = Path(sys.argv[1]), int(sys.argv[2]), int((sys.argv[3:] or ["1"])[0])
    paths = sorted(path for path in folder.rglob("*.pdf") if path.read_bytes()[:5] == b"%PDF-")
    paths = random.Random(seed).sample(paths, min(count, len(paths)))  # noqa: S311
    names = sys.argv[4:] or list(harms(paths[0].read_bytes(), random.Random(seed)))  # noqa: S311
    ended: dict[str, Counter[str]] = {name: Counter() for name in names}
    lost = 0
    with Pool(Trial(), 1, Limits(cpu_s=120, wall_s=240)) as pool:
        for (path, name, _), answer in pool.run((path, name, seed) for path in paths for name in names):
            if isinstance(answer, Failure):
                answer = {"status": answer.reason, "share": 0.0, "missing": [answer.detail]}
            ended[name][answer["status"]] += 1
            if answer["status"] == "crashed" or (answer["status"] == "ok" and answer["share"] < WHOLE):
                lost += 1
                print(f"{path.name}: {name}: {answer}", flush=True)
    for name, counts in ended.items():
        print(f"{name:<36}{', '.join(f'{status} {n}' for status, n in counts.most_common())}")
    print(f"{len(paths)} reports, {len(names)} harms, {lost} silent losses or crashes")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
