"""How complete is the reading of a report, and what was not understood?"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from corpus.model import Certificate
from ingest.lines import Line, count_characters
from ingest.numbering import Numbering
from ingest.pdf import Page
from ingest.structure import Structure

_MOST_WORDS: Final = 20


def certify(
    pages: Sequence[Page],
    lines: Sequence[Line],
    running: Sequence[Line],
    structure: Structure,
    numbering: Numbering,
) -> Certificate:
    """Count what was placed against what the pages hold, and name what is missing."""
    printed = Counter(word for line in lines for word in line.text.split())
    return Certificate(
        path="geometry" if pages else "text",
        characters=sum(page.characters for page in pages) or sum(count_characters(line.text) for line in lines),
        placed=0,
        gaps=numbering.gaps,
        repeats=numbering.repeats,
        missing=tuple(_missing(pages)),
    )


def _missing(pages: Sequence[Page]) -> list[str]:
    """Pages that draw something but hold no text, among pages that do."""
    return [f"page {page.number}: no text" for page in pages if not page.characters and page.objects]
