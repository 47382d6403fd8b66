"""Is a PDF whole, although it opens?

PDFium reads a damaged file as far as it can and says nothing of what it lost. Compressed streams carry
their own checksum, so each one that can hold text is unpacked and checked; pictures, fonts and metadata do
not matter here.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_FLATE: Final = re.compile(rb"/Filter\s*\[?\s*/FlateDecode")  # as the first or only filter
_NO_TEXT: Final = re.compile(rb"/Subtype\s*/(?:Image|XML)|/Type\s*/Metadata|/Length1\b|/N\s+[134]\s*/")
_DICTIONARY: Final = 600  # bytes before a stream that hold its dictionary
_TAIL: Final = 2048
_LARGEST: Final = 32 * 1024 * 1024  # a stream that unpacks to more is not text


def find_damage(data: bytes) -> Iterator[str]:
    """What is broken in a PDF that was opened, in plain words."""
    if b"%%EOF" not in data[-_TAIL:]:
        yield "the end of the file is cut off"
    broken = sum(not whole for whole in _streams(data))
    if broken:
        yield f"{broken} of the file's compressed streams are damaged: words may be lost anywhere"


def _streams(data: bytes) -> Iterator[bool]:
    """For each compressed stream that may hold text, whether it is whole."""
    for match in _STREAM.finditer(data):
        begin = data.rfind(b" obj", max(0, match.start() - _DICTIONARY), match.start())
        dictionary = data[max(0, begin) : match.start()]
        if begin < 0 or not _FLATE.search(dictionary) or _NO_TEXT.search(dictionary):
            continue
        yield _is_whole(data, match.end())


def _is_whole(data: bytes, start: int) -> bool:
    """Whether a stream unpacks to its end and its checksum holds."""
    end = data.find(b"endstream", start)
    unpacker = zlib.decompressobj()
    try:
        unpacker.decompress(data[start : end if end > 0 else len(data)], _LARGEST)
    except zlib.error:
        return False
    return unpacker.eof or len(unpacker.unconsumed_tail) > 0
