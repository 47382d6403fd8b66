"""Which lines does one page of a PDF print, where, and in what type?

PDFium reads the words; per line it is asked for two character boxes, size and weight, which costs little
beside the extraction itself. What needs each character (cells of a table, raised footnote markers) asks
only for the few characters in question.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pypdfium2.raw as pdfium

from ingest.lines import Line, clean
from ingest.markers import lift_raised, lower_digits, raise_digits

_BOLD_FROM: Final = 600
_RAISED: Final = 0.8  # a marker's size relative to the text it hangs on
_DIGITS: Final = re.compile(r"\d+")
_LONGEST_MARKER: Final = 2
_DIGIT: Final = re.compile(r"\d")
_HYPHEN: Final = "\ufffe"
_OTHER_TYPE: Final = 1.0  # points
_SCALED: Final = 4.0
_MARKER: Final = 9.0
_TEXT: Final = 10.7  # footnotes are set in 10 points, the text in 11 or more
_CELL_GAP: Final = 14.0
_COLUMN: Final = 60.0  # columns of a table stand at least this far apart
_SPACED: Final = 6.0  # a space between words is narrower
_LONGEST_ROW: Final = 90  # characters; a longer line is prose
_SPACE: Final = re.compile(r"\s+")
# What no report prints often, and what glyph numbers look like where a font keeps its letters to itself.
_STRANGE: Final = re.compile(r"[^\t\n\r\x20-\x7e\xa0£‘’“”–•…\ufffe]")


def _quick(function: Any, result: Any) -> Any:
    """A function of PDFium that is asked for every line: to check its arguments takes thrice the call itself.

    It must be given the page as a `c_void_p`, whole numbers, and pointers. Python keeps its lock meanwhile,
    since to let go of it and take it again is a part of the call that shows.
    """
    return ctypes.cast(function, ctypes.PYFUNCTYPE(result))


_get_box = _quick(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
_get_size = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_get_weight = _quick(pdfium.FPDFText_GetFontWeight, ctypes.c_int)
_get_matrix = _quick(pdfium.FPDFText_GetMatrix, ctypes.c_int)
_is_guess = _quick(pdfium.FPDFText_HasUnicodeMapError, ctypes.c_int)
_index_of = _quick(pdfium.FPDFText_GetCharIndexFromTextIndex, ctypes.c_int)


class PageText:
    """The text page while it is open; character questions go straight to PDFium."""

    def __init__(self, raw: pdfium.FPDF_TEXTPAGE, number: int, height: float) -> None:
        self._raw = ctypes.cast(raw, ctypes.c_void_p)
        self._number = number
        self._height = height
        count = max(0, pdfium.FPDFText_CountChars(raw))
        buffer = (ctypes.c_ushort * (count + 1))()
        length = pdfium.FPDFText_GetText(raw, 0, count, buffer) if count else 0
        self.text = ctypes.string_at(buffer, max(0, length - 1) * 2).decode("utf-16-le", errors="replace")
        self._direct = len(self.text) == count
        self._rect = pdfium.FS_RECTF()
        self._to_rect = ctypes.pointer(self._rect)
        self._matrix = pdfium.FS_MATRIX()
        self._to_matrix = ctypes.pointer(self._matrix)
        self._spans = tuple(self._ranges())

    def lines(self) -> Iterator[Line]:
        """Each line that holds a word, in the order of the file."""
        for start, end in self._spans:
            yield self._line(start, end)

    def cells(self, lines: Iterable[Line]) -> Iterator[Line]:
        """Each of the lines cut where a gap as wide as between table columns opens."""
        for (start, end), line in zip(self._spans, lines, strict=True):
            begin = start
            if end - start < _LONGEST_ROW:
                for space in _SPACE.finditer(self.text, start, end):
                    if self._gap(*space.span()) > _CELL_GAP:
                        yield self._line(begin, space.start())
                        begin = space.end()
            yield line if begin == start else self._line(begin, end)

    def rows(self, lines: Sequence[Line]) -> Iterator[Line]:
        """The lines, in two where one holds words of two cells: the next begins under the second."""
        for index, (start, end) in enumerate(self._spans):
            line, following = lines[index], lines[index + 1] if index + 1 < len(lines) else None
            space = self._column(start, end, line, following)
            if space is None:
                yield line
            else:
                yield self._line(start, space[0])
                yield self._line(space[1], end)

    def _column(self, start: int, end: int, line: Line, following: Line | None) -> tuple[int, int] | None:
        """The space of a line behind which its words stand in the column that the next line begins in."""
        left, column = line.x0 or 0, following.x0 or 0 if following is not None else 0
        if following is None or not left + _COLUMN < column < (line.x1 or 0) - _COLUMN:
            return None
        if not line.top < following.top < line.bottom + _CELL_GAP:
            return None
        for space in _SPACE.finditer(self.text, start, end):
            if self._gap(*space.span()) > _SPACED and abs(self._rect.left - column) < _SPACED:
                return space.span()
        return None

    def guessed(self) -> int:
        """Strange characters that PDFium took from a glyph's number, as the font names no letter for it."""
        places = (match.start() for match in _STRANGE.finditer(self.text))
        return sum(_is_guess(self._raw, self._index(at)) > 0 for at in places)

    def _gap(self, start: int, end: int) -> float:
        """How far the words on both sides of a space stand apart."""
        self._ask_box(start - 1)
        right = self._rect.right
        self._ask_box(end)
        return float(self._rect.left - right)

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """The half-open range of each line without its surrounding white space."""
        position = 0
        for raw_line in self.text.split("\n"):
            stripped = raw_line.strip()
            if stripped:
                start = position + raw_line.index(stripped)
                yield from self._parted(start, start + len(stripped))
            position += len(raw_line) + 1

    def _parted(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """PDFium joins what follows a hyphen at the end of a line, even a footnote in smaller type."""
        at = self.text.find(_HYPHEN, start + 1, end - 1)
        while at >= 0:
            if abs(self._size(at - 1) - self._size(at + 1)) > _OTHER_TYPE:
                yield start, at + 1
                start = at + 1
            at = self.text.find(_HYPHEN, at + 1, end - 1)
        yield start, end

    def _line(self, start: int, end: int) -> Line:
        """The line with its place and type, footnote markers taken out."""
        rect = self._rect
        self._ask_box(start)
        x0, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        self._ask_box(end - 1)
        size = self._size(start)
        if size < _MARKER and (later := self._size(self._last_letter(start, end))) > _TEXT:
            size = later  # the line only begins with a raised number
        words, printed = self._words(start, end, size)
        return Line(
            words,
            self._number,
            self._height - max(top, rect.top),
            self._height - min(bottom, rect.bottom),
            x0,
            rect.right if rect.right > rect.left else right,
            size,
            self._bold(start) and self._bold(self._last_letter(start, end)),
            self._slanted(start),
            printed=printed,
        )

    def _words(self, start: int, end: int, size: float) -> tuple[str, str | None]:
        """The line's words without raised digits, and, where it has any, with them."""
        text = self.text[start:end]
        if size <= _MARKER or _DIGIT.search(text) is None:
            return clean(text), None
        printed: list[str] = []
        last = 0
        for match in _DIGITS.finditer(text):
            at = self._raised_from(start, match, size)
            if at < match.end() and self._size(start + at) / _RAISED < self._beside(start, start + at, end):
                printed += (text[last:at], raise_digits(text[at : match.end()]))
                last = match.end()
        if not printed:
            return clean(text), None
        with_raised = clean("".join([*printed, text[last:]]))
        return lower_digits(lift_raised(with_raised, begins=True)), with_raised

    def _raised_from(self, start: int, digits: re.Match[str], size: float) -> int:
        """Where in the line digits begin that are smaller than it: a year may stand right before a marker."""
        at = digits.end()
        while at > digits.start() and self._size(start + at - 1) / _RAISED < size:
            at -= 1
            if digits.end() - at > _LONGEST_MARKER:
                return digits.end()
        return at

    def _beside(self, start: int, at: int, end: int) -> float:
        """The size of the letter before a place: a line may begin with a large bullet (Sunderland, 2015)."""
        before = self._last_letter(start, at)
        return self._size(before if self.text[before].isalpha() else self._last_letter(start, end))

    def _last_letter(self, start: int, end: int) -> int:
        """The last letter of a range: a colon or a marker behind a bold heading is often not bold."""
        at = end - 1
        while at > start and not self.text[at].isalpha():
            at -= 1
        return at

    def _index(self, at: int) -> int:
        """PDFium's character index of a place in the text."""
        return at if self._direct else int(_index_of(self._raw, at))

    def _ask_box(self, at: int) -> None:
        """Put the box of a character into `_rect`; PDFium measures from the foot of the page."""
        _get_box(self._raw, at if self._direct else self._index(at), self._to_rect)

    def _size(self, at: int) -> float:
        """The size in points; some files set type of size 1 and scale it (Cheshire East, September 2015)."""
        size: float = _get_size(self._raw, at if self._direct else self._index(at))
        if size < _SCALED:
            _get_matrix(self._raw, self._index(at), self._to_matrix)
            size *= abs(self._matrix.d)
        return size

    def _bold(self, at: int) -> bool:
        return bool(_get_weight(self._raw, at if self._direct else self._index(at)) >= _BOLD_FROM)

    def _slanted(self, at: int) -> bool:
        """Whether the glyph is skewed by its matrix: the synthetic italic of theme headings of 2014-15."""
        _get_matrix(self._raw, at if self._direct else self._index(at), self._to_matrix)
        return bool(abs(self._matrix.c) > 0.1 * abs(self._matrix.a or 1.0))
