"""Which grade does a report print for each area?

By label, never by position: the rows of a table are put together from its cells, each label must be one
that the framework knows, and a grade belongs to the row it stands beside. A sentence or a graded heading is
the second witness: where two disagree, neither is believed in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from corpus.model import Judgement, Reading, Section
from ingest.block import Block
from ingest.layouts import LONGEST_GRADE, JudgementRule, Layout, plain
from ingest.lines import Line, join_texts

_LONGEST_SENTENCE: Final = 500  # characters of a block that pronounces a grade
_MOST_LINES: Final = 4  # of a label and its grade in plain text


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words of one cell with its place."""

    text: str
    page: int | None
    x0: float
    top: float
    bottom: float


def read_judgements(
    cells: Sequence[Line],
    blocks: Sequence[Block],
    sections: Sequence[Section],
    layout: Layout,
    begun: date | None,
) -> tuple[tuple[Judgement, ...], tuple[Reading, ...], tuple[str, ...]]:
    """The judgements of a report, how each was read, and what is odd about them."""
    table = _first_per_area([*_table(cells, layout), *_rows(blocks, layout)])
    spoken = _first_per_area(_sentences(blocks, layout))
    headed = _first_per_area(_headings(sections, layout))
    remarks = []
    judgements: dict[str, Judgement] = {}
    for area in dict.fromkeys(rule.area for rule in layout.judgements):
        witnesses = [each[area] for each in (table, spoken, headed) if area in each]
        if not witnesses:
            continue
        judgements[area] = witnesses[0]
        for other in witnesses[1:]:
            if other.grade != witnesses[0].grade:
                remarks.append(
                    f"The judgement for {area} is {witnesses[0].grade} beside '{witnesses[0].label}' and "
                    f"{other.grade} beside '{other.label}' on page {other.page}."
                )
    readings = tuple(_readings(layout, judgements, begun))
    return tuple(judgements.values()), readings, tuple(remarks)


def _first_per_area(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The first judgement of each area in reading order."""
    found: dict[str, Judgement] = {}
    for judgement in judgements:
        found.setdefault(judgement.area, judgement)
    return found


def _table(cells: Sequence[Line], layout: Layout) -> Iterator[Judgement]:
    """Rows of a table: grade cells, each with the label whose lines it stands beside."""
    for page in dict.fromkeys(cell.page for cell in cells):
        here = [cell for cell in cells if cell.page == page and cell.x0 is not None]
        grades = list(_grade_cells(here, layout))
        if not grades:
            continue
        yield from _match([cell for cell in here if layout.grade(cell.text) is None], grades, layout)


def _grade_cells(cells: Sequence[Line], layout: Layout) -> Iterator[tuple[_Cell, str]]:
    """Cells that are a grade, put together from up to three lines of one column."""
    for start, cell in enumerate(cells):
        if len(cell.text) > LONGEST_GRADE:
            continue
        parts = [cell]
        for _ in range(3):
            grade = layout.grade(join_texts([part.text for part in parts]))
            longer = _below(parts[-1], cells, start)
            joined = (
                layout.grade(join_texts([*(part.text for part in parts), longer.text])) if longer else None
            )
            if grade and not joined:
                text = join_texts([part.text for part in parts])
                yield _Cell(text, cell.page, cell.x0 or 0, cell.top, parts[-1].bottom), grade
                break
            if longer is None:
                break
            parts.append(longer)


def _below(line: Line, cells: Sequence[Line], start: int) -> Line | None:
    """The line right under this one in its column."""
    for other in cells[start + 1 :]:
        if abs((other.x0 or 0) - (line.x0 or 0)) < 3 and 0 < other.top - line.top < 1.6 * (line.size or 12):
            return other
    return None


def _match(
    labels: Sequence[Line], grades: Sequence[tuple[_Cell, str]], layout: Layout
) -> Iterator[Judgement]:
    """Each known label with the grade that stands beside its lines."""
    for rule, lines in _known_labels(sorted(labels, key=lambda line: line.top), layout):
        top, bottom = lines[0].top, lines[-1].bottom
        beside = [
            (min(bottom, cell.bottom) - max(top, cell.top), cell, grade)
            for cell, grade in grades
            if min(bottom, cell.bottom) - max(top, cell.top) > 3
            and cell.x0 > max(line.x1 or 0 for line in lines)
        ]
        if beside:
            _, _, grade = max(beside, key=lambda each: each[0])
            yield Judgement(rule.area, grade, join_texts([line.text for line in lines]), lines[0].page)


def _known_labels(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[JudgementRule, list[Line]]]:
    """Runs of lines that together are a known label, the longest run first."""
    start = 0
    while start < len(lines):
        for length in (4, 3, 2, 1):
            run = list(lines[start : start + length])
            rule = label_rule(join_texts([line.text for line in run]), layout)
            if rule is not None and len(run) == length and _close(run):
                yield rule, run
                start += length
                break
        else:
            start += 1


def _close(run: Sequence[Line]) -> bool:
    """Whether lines follow one another as lines of one cell do."""
    return all(b.top - a.top < 1.7 * (a.size or 12) for a, b in pairwise(run))


def label_rule(text: str, layout: Layout) -> JudgementRule | None:
    """The judgement whose label these words are, or None."""
    words = plain(text)
    return next((r for r in layout.judgements if r.label is not None and r.label.fullmatch(words)), None)


def _rows(blocks: Sequence[Block], layout: Layout) -> Iterator[Judgement]:
    """Label and grade on one line or on a few in a row, as plain text prints the cells of a table."""
    lines = [line.text for block in blocks if block.first.page is None for line in block.lines]
    for start in range(len(lines)):
        for length in range(1, _MOST_LINES + 1):
            text = join_texts(lines[start : start + length]).replace("|", " ")
            words, grade = layout.split_grade(plain(text))
            rule = label_rule(words, layout) if grade else None
            if rule is not None and grade is not None:
                yield Judgement(rule.area, grade, " ".join(text.split()), None)
                break


def _sentences(blocks: Sequence[Block], layout: Layout) -> Iterator[Judgement]:
    """Grades that a sentence pronounces; on the first page it may run over several blocks of type."""
    prose = [b for b in blocks if b.kind in ("heading", "plain") and len(b.text) < _LONGEST_SENTENCE]
    front = [block.text for block in prose[:30] if block.first.page in (None, 1)]
    texts = [(plain(join_texts(front)), prose[0])] if front else []
    for words, block in [*texts, *((plain(block.text), block) for block in prose)]:
        for rule in layout.judgements:
            match = rule.sentence.search(words) if rule.sentence else None
            if match is None:
                continue
            grade = rule.grade or layout.grade(match["grade"])
            if grade:
                yield Judgement(rule.area, grade, match.group(), block.first.page)


def _headings(sections: Sequence[Section], layout: Layout) -> Iterator[Judgement]:
    """Grades that headings of judged areas print."""
    for section in sections:
        rule, grade = layout.heading(section.heading)
        if rule is not None and rule.area and grade:
            yield Judgement(rule.area, grade, section.heading, section.page)


def _readings(layout: Layout, judgements: dict[str, Judgement], begun: date | None) -> Iterator[Reading]:
    """What became of each judgement that the framework gives."""
    for area in dict.fromkeys(rule.area for rule in layout.judgements):
        rule = next(rule for rule in layout.judgements if rule.area == area)
        judgement = judgements.get(area)
        if judgement is not None:
            yield Reading(
                f"judgement.{area}", "read", f"{judgement.label}: {judgement.grade}"[:160], judgement.page
            )
        elif (rule.until is not None and begun is not None and begun > rule.until) or any(
            other in judgements for other in rule.instead
        ):
            yield Reading(f"judgement.{area}", "not_given")
        elif rule.expected:
            yield Reading(f"judgement.{area}", "not_read")
        else:
            yield Reading(f"judgement.{area}", "not_printed")
