"""How complete is the reading of a report, and what was not understood?

The count of characters on the pages comes from PDFium, the count of those placed from the finished
paragraphs and headings; what was taken out on purpose (numbers, list glyphs, markers, running matter) is
counted where it is taken out. So a line lost, or used twice, on the way shows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from corpus.model import Certificate
from ingest.block import Block
from ingest.garbled import find_garbled
from ingest.lines import Line, count_characters
from ingest.numbering import MOST_SKIPPED, Numbering
from ingest.paging import find_lost_pages
from ingest.pdf import Page
from ingest.structure import Structure

_MOST_WORDS: Final = 20
_FULL: Final = 200  # characters; two pages with more do not say the same by chance


def certify(
    pages: Sequence[Page],
    lines: Sequence[Line],
    running: Sequence[Line],
    blocks: Sequence[Block],
    structure: Structure,
    numbering: Numbering,
    damage: Iterable[str],
) -> Certificate:
    """Count what was placed against what the pages hold, and name what is missing."""
    texts = [*(p.text for p in structure.paragraphs), *(s.heading for s in structure.sections)]
    printed = sum(page.characters for page in pages) or sum(
        count_characters(line.text) + line.markers for line in lines
    )
    placed = (
        sum(map(count_characters, texts))
        + sum(count_characters(line.text) + line.markers for line in running)
        + sum(block.stripped for block in blocks)
    )
    return Certificate(
        path="geometry" if pages else "text",
        characters=printed,
        placed=placed,
        gaps=numbering.gaps,
        repeats=numbering.repeats,
        unplaced=_unplaced(lines, texts) if placed < printed else (),
        remarks=tuple(_remarks(numbering)),
        missing=(
            *damage,
            *_missing(pages),
            *find_lost_pages(running),
            *find_garbled(structure.paragraphs),
            *_lost(numbering.gaps),
        ),
    )


def _unplaced(lines: Iterable[Line], texts: Iterable[str]) -> tuple[str, ...]:
    """Words of the lines that no paragraph or heading holds."""
    left = Counter(word for line in lines for word in line.text.split())
    left.subtract(word for text in texts for word in text.split())
    return tuple(word for word, count in left.items() if count > 0 and any(map(str.isalpha, word)))[
        :_MOST_WORDS
    ]


def _remarks(numbering: Numbering) -> Iterable[str]:
    """Faults of the printed numbering in plain words."""
    for run in _runs(numbering.gaps):
        if len(run) <= MOST_SKIPPED:
            yield f"No paragraph is numbered {' or '.join(map(str, run))}."
    for number in numbering.repeats:
        yield f"Two paragraphs are numbered {number}."


def _missing(pages: Sequence[Page]) -> Iterable[str]:
    """Pages without text among pages with (no real report has any), and pages that say what another says."""
    first: dict[tuple[str, ...], int] = {}
    for page in pages:
        if page.guessed:
            yield f"page {page.number}: words in a font that does not say which letters it draws"
        if not page.characters:
            yield f"page {page.number}: no text"
        elif page.is_picture:
            yield f"page {page.number}: a picture with few words, which may show more"
        elif page.characters > _FULL:
            other = first.setdefault(tuple(line.text for line in page.lines), page.number)
            if other != page.number:
                yield f"page {page.number}: its own text; it repeats page {other}"


def _lost(gaps: Sequence[int]) -> Iterable[str]:
    """Runs of numbers too long to have been skipped in print."""
    for run in _runs(gaps):
        if len(run) > MOST_SKIPPED:
            yield f"paragraphs {run[0]} to {run[-1]}"


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Numbers that follow one another, together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
