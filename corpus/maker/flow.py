"""Where does the next line go? Keeps pages, frames around passages, footnotes and footers."""

from collections.abc import Sequence
from typing import Final

from corpus.maker.measure import (
    BOLD,
    LEFT,
    REGULAR,
    RIGHT,
    Page,
    Part,
    Run,
    raised,
    width_of,
    wrap,
)
from corpus.maker.script import FIRST_MARK, Script, marks

TOP: Final = 84.0
INSET: Final = 5.0
_BOTTOM: Final = 778.0
_NOTE_SIZE: Final = 10.0
_NOTE_LEADING: Final = 12.0
_RULE_ABOVE_NOTES: Final = 26.0


class Flow:
    """The pages of one report as they fill; `y` is the base line of the next line."""

    def __init__(self, script: Script) -> None:
        self.pages: list[Page] = []
        self.parts: list[list[Part]] = []
        self.y = 0.0
        self.frame_top: float | None = None
        self._script = script
        self.new_page()

    def finish(self) -> None:
        """Set the footnotes and the footer of every page."""
        for number, page in enumerate(self.pages, start=1):
            self._set_notes(page)
            self._set_footer(page, number)

    def new_page(self) -> None:
        """Start a page; an open frame is closed below and opened again above."""
        framed = self.frame_top is not None
        if framed:
            self.close_frame()
        self.pages.append(Page())
        self.y = TOP
        if framed:
            self.frame_top = TOP - 14

    def close_frame(self) -> None:
        """Draw the frame around what was set since it was opened."""
        if self.frame_top is not None:
            self.box(LEFT - INSET, self.frame_top, RIGHT + INSET, self.y - 6)
            self.frame_top = None
            self.y += 10

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Draw a rectangle."""
        rules = self.pages[-1].rules
        rules.extend(
            ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom))
        )

    def room(self, height: float, text: str = "") -> None:
        """Start a page if a line of this height, with the notes that it points at, does not fit."""
        page = self.pages[-1]
        extra = sum(self._note_height(number) for number in marks(text))
        if extra and not page.note_height:
            extra += _RULE_ABOVE_NOTES
        if self.y + height + extra > _BOTTOM - page.note_height and self.y > TOP:
            self.new_page()
            page = self.pages[-1]
            extra += _RULE_ABOVE_NOTES if extra and not page.note_height else 0
        page.note_height += extra
        page.note_numbers.extend(marks(text))

    def put(self, runs: Sequence[Run]) -> None:
        """Draw runs; a footnote marker becomes a small raised figure."""
        for run in runs:
            self.pages[-1].runs.extend(raised(run))

    def remember(self, line: str) -> None:
        """Add a line to what the block has on this page."""
        parts, page = self.parts[-1], len(self.pages)
        if parts and parts[-1].page == page:
            parts[-1] = Part(page, parts[-1].text + line)
        else:
            parts.append(Part(page, line))

    def _note_height(self, number: int) -> float:
        """Return how high a footnote is."""
        lines = wrap(f"{number} {self._script.notes[number]}", REGULAR, _NOTE_SIZE, RIGHT - LEFT)
        return len(lines) * _NOTE_LEADING + 2

    def _set_notes(self, page: Page) -> None:
        """Set the footnotes of a page at its foot."""
        y = _BOTTOM - page.note_height + _RULE_ABOVE_NOTES + 4
        numbers = list(dict.fromkeys(page.note_numbers))
        if numbers:
            page.rules.append((LEFT, y - 20, LEFT + 144, y - 20))
        for number in numbers:
            text = chr(FIRST_MARK + number) + f" {self._script.notes[number]}"
            for line in wrap(text, REGULAR, _NOTE_SIZE, RIGHT - LEFT):
                page.notes.extend(raised(Run(LEFT, y, line, REGULAR, _NOTE_SIZE)))
                y += _NOTE_LEADING
            y += 2

    def _set_footer(self, page: Page, number: int) -> None:
        """Set the page number, and the running title where the edition has one."""
        lines = self._script.footer
        if lines and number == 1:
            return
        size = 8 if len(lines) == 2 else 9
        for index, line in enumerate(lines):
            font = BOLD if len(lines) == 2 else REGULAR
            page.footer.append(Run(LEFT, 804 + index * 10, line, font, size))
        left = self._script.framework == "sif" and number % 2 == 0
        x = LEFT if left else RIGHT - width_of(str(number), REGULAR) * 20
        page.footer.append(Run(x, 812, str(number), REGULAR, 20))
        page.rules.append((LEFT, 793, RIGHT, 793))
