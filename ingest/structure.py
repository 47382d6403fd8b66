"""What does each block mean: which section is it in, which role does it play, what does it belong to?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.model import Box, Paragraph, Role, Section
from ingest.block import Block
from ingest.layouts import HeadingRule, Layout, plain
from ingest.lines import Line
from ingest.tags import find_tags

_UNKNOWN_LEVEL: Final = 9
_SLANTED_LEVEL: Final = 10
_SAME_PLACE: Final = 4.0  # points
_LONGEST_HEADING: Final = 6  # lines
_LEADS_IN: Final = -100.0  # where a paragraph that announces a list stands, left of any item
_PROSE: Final = 100  # characters from which a block of a first page is prose, not a label


@dataclass(slots=True)
class _Open:
    """A section that later blocks may fall into."""

    section: Section
    level: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections and paragraphs of a report, in reading order."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]


def build_structure(blocks: Sequence[Block], layout: Layout) -> Structure:
    """Turn blocks into sections and paragraphs with their roles, nesting and places."""
    builder = _Builder(layout, numbered=any(block.number is not None for block in blocks))
    for block in blocks:
        builder.add(block)
    return Structure(tuple(builder.sections), tuple(builder.paragraphs))


class _Builder:
    """Takes blocks one by one and keeps what is open."""

    def __init__(self, layout: Layout, *, numbered: bool) -> None:
        self._layout = layout
        self._unnumbered = layout.unnumbered if numbered else None
        self.sections: list[Section] = []
        self.paragraphs: list[Paragraph] = []
        self._open: list[_Open] = []
        self._front = True
        self._closing = False
        self._contents = False
        self._table_head = False
        self._margin: float | None = None  # where the column that names who must act begins
        self._positions: dict[int, int] = {}
        self._items: list[tuple[float, int, int]] = []  # indent, level, position of the open list items

    def add(self, block: Block) -> None:
        """Place one block."""
        rule, grade = None, None
        short = len(block.lines) < _LONGEST_HEADING
        if block.kind in ("heading", "plain") and short and not block.slanted:
            rule, grade = self._layout.heading(block.text, [each.section.heading for each in self._open])
        heads = block.kind == "heading" or (rule is not None and self._is_plain_heading(block, grade))
        if self._table_head and self._layout.grade(block.text):
            self._grade_section(block)
        elif not (self._table_head and rule is not None and grade is None):
            self._table_head = self._is_table_head(block)
        if self._table_head and self._open and self._open[-1].section.role == "improvement":
            self._margin = block.first.x0
        if heads and self._is_section(block, rule):
            self._add_section(block, rule, grade)
            return
        if block.kind != "note" and plain(block.parts[0]).startswith(self._layout.closing):
            self._closing = True
        self._add_paragraph(block)

    def _grade_section(self, block: Block) -> None:
        """A grade in a cell of its own is that of the section whose table it stands in."""
        if self._open:
            graded = replace(self._open[-1].section, grade=self._layout.grade(block.text))
            self._open[-1].section = self.sections[graded.id - 1] = graded

    def _is_plain_heading(self, block: Block, grade: str | None) -> bool:
        """Whether words in plain type are a known heading: on a line alone, or a table's row with a grade."""
        if grade is not None:
            listed = bool(self._open) and self._open[-1].section.role == "profile"
            return self._table_head or not listed
        return len(block.lines) == 1 and not self._closing and not self._table_head

    def _is_table_head(self, block: Block) -> bool:
        """Whether a block is the head of a table of judgements."""
        if len(block.lines) >= _LONGEST_HEADING:
            return False
        words = plain(block.text)
        return any(head.fullmatch(words) for head in self._layout.table_heads)

    def _is_section(self, block: Block, rule: HeadingRule | None) -> bool:
        """Whether a heading opens a section: not on the title page, in the contents, or as a table's head."""
        if self._table_head:
            return False
        if self._closing and rule is None:
            return False
        if self._front:
            return rule is not None and not _is_front_label(block, self._layout)
        if self._contents:
            beyond = self._open[-1].section.page != block.first.page
            return (rule is not None or beyond) and not re.search(r"\s\d{1,3}$", block.text)
        return rule is not None or block.first.page is not None

    def _add_section(self, block: Block, rule: HeadingRule | None, grade: str | None) -> None:
        """Open a section under those that are open at a higher level."""
        level = rule.level if rule else _SLANTED_LEVEL if block.slanted else _UNKNOWN_LEVEL
        while self._open and (self._contents or self._open[-1].level >= level):
            self._contents = False
            self._open.pop()
        parent = self._open[-1].section if self._open else None
        section = Section(
            id=len(self.sections) + 1,
            parent_id=parent.id if parent else None,
            heading=block.text,
            area=_area(rule, parent),
            role=_section_role(rule, parent),
            position=len(self.paragraphs) + 1,
            grade=grade,
            page=block.first.page,
        )
        self.sections.append(section)
        self._open.append(_Open(section, level))
        self._front = self._closing = False
        self._margin = None
        self._contents = plain(block.text) == "contents"
        self._items = []

    def _add_paragraph(self, block: Block) -> None:
        """Keep a block as a paragraph."""
        if not block.text and block.number is None:
            return  # a list glyph without words
        position = len(self.paragraphs) + 1
        self._positions[id(block)] = position
        section = self._open[-1].section if self._open and not self._closing else None
        level, parent = self._nesting(block, position)
        text = block.text
        pages = [line.page for line in block.lines if line.page is not None]
        self.paragraphs.append(
            Paragraph(
                position=position,
                number=block.number,
                section_id=section.id if section else None,
                role=self._role(block, section, text),
                text=text,
                page_from=min(pages, default=None),
                page_to=max(pages, default=None),
                level=level,
                parent=parent,
                tags=find_tags(text),
                boxes=find_boxes(block.lines),
            )
        )

    def _role(self, block: Block, section: Section | None, text: str) -> Role:
        """The role a paragraph plays, by what it is and where it stands."""
        if block.kind == "note" or self._names_who_acts(block):
            return "note"
        if section is None:
            prose = block.kind == "plain" and len(text) >= _PROSE and not (self._contents or self._closing)
            prose = prose and not _is_front_label(block, self._layout)
            return self._layout.front if prose else "boilerplate"
        if block.kind == "heading" or self._table_head:
            return "boilerplate"
        if block.number is not None:
            # The numbered summary points of early 2014 are coded findings like any other.
            return "finding" if section.role == "summary" else section.role
        return self._unnumbered or "finding" if section.role == "finding" else section.role

    def _names_who_acts(self, block: Block) -> bool:
        """Whether a block stands in the left column of a table of actions: it names who must act."""
        if self._margin is None or block.first.x0 is None or block.kind != "plain" or self._table_head:
            return False
        return abs(block.first.x0 - self._margin) < _SAME_PLACE

    def _nesting(self, block: Block, position: int) -> tuple[int, int | None]:
        """Depth in a list and the paragraph that a sub-item or a note belongs to."""
        if block.kind == "note":
            return 0, self._positions.get(id(block.hanging))
        if self._names_who_acts(block):
            return 0, position + 1
        if block.kind != "item":
            self._items = [(_LEADS_IN, 0, position)] if block.text.endswith(":") else []
            return 0, None
        indent = block.first.x0 if block.first.x0 is not None else 10.0 * block.first.indent
        while self._items and self._items[-1][0] >= indent - 6:
            self._items.pop()
        level = self._items[-1][1] + 1 if self._items else 1
        parent = self._items[-1][2] if self._items else None
        self._items.append((indent, level, position))
        return level, parent


def _area(rule: HeadingRule | None, parent: Section | None) -> str | None:
    """A section's judgement area: its own, else that of the section it stands in."""
    if rule is not None and (rule.area or rule.role == "boilerplate"):
        return rule.area
    return parent.area if parent else None


def _section_role(rule: HeadingRule | None, parent: Section | None) -> Role:
    """A section's role: its own, a judged area's findings, else that of the section it stands in."""
    if rule is not None and (rule.role or rule.area):
        return rule.role or "finding"
    return parent.role if parent else "finding"


def _is_front_label(block: Block, layout: Layout) -> bool:
    """Whether a heading on the first page is a row of the judgement table."""
    if block.first.page not in (None, 1):
        return False
    words, _ = layout.split_grade(plain(block.text))
    return any(rule.label is not None and rule.label.fullmatch(words) for rule in layout.judgements)


def find_boxes(lines: Sequence[Line]) -> tuple[Box, ...]:
    """One rectangle per page around the lines of a paragraph."""
    places: dict[int, list[float]] = {}
    for line in lines:
        page, x0, x1 = line.page, line.x0, line.x1
        if page is None or x0 is None or x1 is None:
            continue
        edges = places.setdefault(page, [x0, line.top, x1, line.bottom])
        if x0 < edges[0]:
            edges[0] = x0
        if line.top < edges[1]:
            edges[1] = line.top
        if x1 > edges[2]:
            edges[2] = x1
        if line.bottom > edges[3]:
            edges[3] = line.bottom
    return tuple(
        Box(page, round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
        for page, (x0, top, x1, bottom) in sorted(places.items())
    )
