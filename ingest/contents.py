"""What do the streams of a PDF hold: are they whole, is what they draw finished, which pages are in them?

Each compressed stream carries its own checksum, so each one that can hold text is unpacked and checked;
pictures and metadata do not matter here. What a page draws opens and closes texts and marked parts in pairs,
in every real report: where a program has cut it off and packed it again, something stays open.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_FLATE: Final = re.compile(rb"/Filter\s*\[?\s*/FlateDecode")  # as the first or only filter
_OTHER: Final = re.compile(rb"/Filter\s*\[?\s*/")
_NO_TEXT: Final = re.compile(rb"/Subtype\s*/(?:Image|XML)|/Type\s*/Metadata|/N\s+[134]\s*/")
_DICTIONARY: Final = 600  # bytes before a stream that hold its dictionary
_LARGEST: Final = 32 * 1024 * 1024  # a stream that unpacks to more is not text
_APART: Final = rb"(?<![^\s\]>)])(?:%b)(?![^\s\[<(/])"  # an operator, not letters of a word that is shown
_SHOWN: Final = rb"\((?:[^\\()]++|\\.)*+\)|"  # words that are shown may hold such letters too
_PAIRS: Final = re.compile(_SHOWN + _APART % rb"BT|ET|BDC|BMC|EMC", re.DOTALL)
_STATES: Final = re.compile(rb"[qQ](?<![^\s\]>)].)(?![^\s\[<(/])")  # the same; opens with letters to skip to
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_NUMBER: Final = re.compile(rb"(\d+)\s+\d+$")
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm")
_FIRST: Final = re.compile(rb"/First\s+(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Contents:
    """What was seen in the streams; `pages` holds the numbers of the page objects packed into them."""

    broken: int  # streams that do not unpack to a true end
    unfinished: bool  # what the pages draw opens something that it does not close
    pages: frozenset[int]


def look_into(data: bytes) -> Contents:
    """Unpack every stream that may hold text; the PDF must not be encrypted."""
    broken = 0
    still_open: Counter[bytes] = Counter()  # a page may draw in several streams: only the sum must be even
    pages: set[int] = set()
    for dictionary, content in _streams(data):
        if content is None:
            broken += 1
        elif _PACKED.search(dictionary):
            pages.update(_packed_pages(dictionary, content))
        elif b" Tf" in content:
            still_open.update(_left_open(content))
    return Contents(broken, any(still_open.values()), frozenset(pages))


def page_objects(structure: bytes) -> Iterator[int]:
    """The numbers of the pages that stand between the streams, newer versions of one under its one number."""
    for page in _PAGE.finditer(structure):
        begin = structure.rfind(b" obj", 0, page.start())
        if number := _NUMBER.search(structure, max(0, begin - 20), max(0, begin)):
            yield int(number[1])


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes | None]]:
    """Each stream that may hold text, with its dictionary; None for one that is damaged."""
    for match in _STREAM.finditer(data):
        begin = data.rfind(b" obj", max(0, match.start() - _DICTIONARY), match.start())
        dictionary = data[max(0, begin) : match.start()]
        if begin < 0 or _NO_TEXT.search(dictionary):
            continue
        end = data.find(b"endstream", match.end())
        packed = data[match.end() : end if end > 0 else len(data)]
        if _FLATE.search(dictionary):
            yield dictionary, _unpacked(packed)
        elif not _OTHER.search(dictionary):
            yield dictionary, packed


def _unpacked(packed: bytes) -> bytes | None:
    """What a stream holds; None where it does not unpack to its end or its checksum does not hold."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _LARGEST)
    except zlib.error:
        return None
    return content if unpacker.eof or unpacker.unconsumed_tail else None


def _left_open(content: bytes) -> dict[bytes, int]:
    """How many more texts, marked parts and states a stream opens than it closes."""
    count = content.count
    marked = count(b"EMC")
    if count(b"BT") == count(b"ET") and count(b"BDC") + count(b"BMC") == marked:
        found: Counter[bytes] = Counter()  # letters of words could hardly make up for a pair that is broken
    else:
        found = Counter(_PAIRS.findall(content))
    if not marked:
        found.update(_STATES.findall(content))
    return {
        b"text": found[b"BT"] - found[b"ET"],
        b"mark": found[b"BDC"] + found[b"BMC"] - found[b"EMC"],
        b"state": found[b"q"] - found[b"Q"],
    }


def _packed_pages(dictionary: bytes, content: bytes) -> Iterator[int]:
    """The numbers of the pages in a stream of objects, whose head lists number and place of each."""
    first = _FIRST.search(dictionary)
    head = content[: int(first[1])].split() if first else []
    if not all(map(bytes.isdigit, head)):
        return
    places = sorted(zip(map(int, head[1::2]), map(int, head[::2]), strict=False))
    body = content[int(first[1]) :] if first else b""
    ends = [place for place, _ in places[1:]] + [len(body)]
    for (begin, number), end in zip(places, ends, strict=True):
        if _PAGE.search(body, begin, end):
            yield number
