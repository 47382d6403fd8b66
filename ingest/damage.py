"""Is a PDF whole, although it opens?

PDFium reads a damaged file as far as it can and says nothing of what it lost. Compressed streams carry
their own checksum and are unpacked and checked (`ingest.contents`). The table of objects says where each
begins: a byte lost, added or changed there shows. Between the streams nothing stands but numbers, names,
strings and a few words. And each page that lies in the file must be one of those that were read.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.contents import look_into, page_objects

_TABLE: Final = re.compile(rb"xref(?<![a-z]xref)\s+(?=\d)")  # opens with letters: the engine skips to them
_PART: Final = re.compile(rb"(\d{1,10}) (\d{1,10})[ \r\n]{1,3}((?:\d{10} \d{5} [nf][ \r\n]{1,2})+)")
_PLACE: Final = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_APART: Final = rb"(?![^\s\x00()<>\[\]{}/%])"
_KNOWN: Final = re.compile(
    rb"(?:[\s\[\]]++|\d++(?:\.\d*+)?+"
    + _APART
    + rb"|/[!-$&'*-.0-;=?-Z\\^-z|~\x80-\xff]*+"  # a name
    + rb"|R"
    + _APART
    + rb"|<<|>>|<[\da-fA-F\s]*+>"
    + rb"|\((?>(?:[^\\()]++|\\.|\((?>(?:[^\\()]++|\\.|\((?>(?:[^\\()]++|\\.)*+)\))*+)\))*+)\)"  # a string
    + rb"|(?:[+-]?(?:\d++\.?\d*+|\.\d++)|(?:end)?(?:obj|stream)|true|false|null|xref|trailer|startxref|[nf])"
    + _APART
    + rb"|%[^\r\n]*+)++"  # a comment
    + rb"|(\(.*+)",  # a string that never ends: everything behind it is lost
    re.DOTALL,
)
_COMPOSITE: Final = re.compile(rb"/Subtype\s*/Type0\b")
_TAIL: Final = 2048
_END: Final = b"%%EOF"


def find_damage(data: bytes, unlocked: bytes, pages: int) -> Iterator[str]:
    """What is broken in a PDF that was opened, in plain words.

    `unlocked` is its copy whose streams unpack, `pages` the number of pages that were found in it.
    """
    end = data.rfind(_END, max(0, len(data) - _TAIL))
    if end < 0:
        yield "the end of the file is cut off"
    if displaced := sum(_displaced(data)):
        yield f"{displaced} of the file's objects are not where its table says: words may be lost anywhere"
    # What a server has added behind the end is no part of the file.
    structure = b"\n".join(_between_streams(data[: end + len(_END)] if end >= 0 else data))
    if garbled := len(_KNOWN.sub(rb"\1", structure)):
        yield f"{garbled} bytes of the file's structure are garbled: words may be lost anywhere"
    if codeless := sum(_codeless(data)):
        yield f"{codeless} of the file's fonts do not say how letters are coded: words may be lost anywhere"
    contents = look_into(unlocked)
    if contents.broken:
        yield f"{contents.broken} of the file's compressed streams are damaged: words may be lost anywhere"
    if contents.unfinished:
        yield "what a page draws is cut off: words may be lost anywhere"
    unlisted = len(contents.pages.union(page_objects(structure))) - pages
    if unlisted > 0:
        yield f"{unlisted} of the file's pages are not in its list of pages"


def _displaced(data: bytes) -> Iterator[int]:
    """For each part of each table of objects, how many of them do not begin at their place."""
    for table in _TABLE.finditer(data):
        at = table.end()
        while part := _PART.match(data, at):
            first, count, places = int(part[1]), int(part[2]), _PLACE.findall(part[3])
            yield abs(count - len(places))
            for number, (place, generation, kind) in enumerate(places, first):
                begins = b"%d %d obj" % (number, int(generation))
                # Some writers leave a line end or two before the object.
                begin = int(place)
                yield kind == b"n" and begins not in data[begin : begin + len(begins) + 4]
            at = part.end()


def _between_streams(data: bytes) -> Iterator[bytes]:
    """What stands outside the streams."""
    at = 0
    while True:
        stream = data.find(b"stream", at)
        while stream >= 0 and not data[max(0, stream - 12) : stream].rstrip().endswith(b">>"):
            stream = data.find(b"stream", stream + 6)
        yield data[at : stream if stream >= 0 else len(data)]
        end = data.find(b"endstream", stream)
        if stream < 0 or end < 0:
            return
        at = end + len(b"endstream")


def _codeless(data: bytes) -> Iterator[bool]:
    """For each font of many letters, whether it lacks its encoding: PDFium then leaves its words out."""
    for font in _COMPOSITE.finditer(data):
        begin, end = data.rfind(b" obj", 0, font.start()), data.find(b"endobj", font.end())
        yield b"/Encoding" not in data[max(0, begin) : end if end > 0 else len(data)]
