"""How does a report read as a plain-text transcript?

As in the transcripts that people make: no page numbers, straight quotation marks, one line a paragraph, tabs
between table cells, footnotes where the page ended, and a blank line where a page broke a paragraph.
"""

from typing import Final

from corpus.maker.measure import Layout
from corpus.maker.script import FIRST_MARK, Block, Heading, Script, Text

_SUPERSCRIPTS: Final = str.maketrans({FIRST_MARK + n: "⁰¹²³⁴⁵⁶⁷⁸⁹"[n] for n in range(1, 10)})
_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def write_transcript(script: Script, layout: Layout) -> str:
    """Return the report as text."""
    lines: list[str] = []
    page = 1
    previous: Block | None = None
    for block, parts in zip(script.blocks, layout.parts, strict=True):
        for index, part in enumerate(parts):
            if part.page != page:
                lines.extend(_notes(script, layout, page))
                page = part.page
                if index:
                    lines.append("")
            if index == 0:
                lines.extend(_gap(previous, block))
            lines.extend(_lines(block, part.text, first=index == 0))
        previous = block if parts else previous
    lines.extend(_notes(script, layout, page))
    text = "\n".join(lines).strip() + "\n"
    return text.translate(_STRAIGHT).translate(_SUPERSCRIPTS)


def _notes(script: Script, layout: Layout, page: int) -> list[str]:
    """Return the footnotes of a page, as they stand where the page ended."""
    numbers = dict.fromkeys(layout.pages[page - 1].note_numbers)
    return [
        line for number in numbers for line in ("", f"{chr(FIRST_MARK + number)} {script.notes[number]}", "")
    ]


def _gap(previous: Block | None, block: Block) -> list[str]:
    """Return a blank line, but none between the items of one list."""
    if isinstance(previous, Text) and isinstance(block, Text) and _listed(previous) and _listed(block):
        return []
    return [""] if previous is not None else []


def _listed(text: Text) -> bool:
    """Say whether a text is an item of a list."""
    return text.number is not None or text.level is not None


def _lines(block: Block, text: str, *, first: bool) -> list[str]:
    """Return the lines that a part of a block becomes."""
    lead = ""
    if first and isinstance(block, Text):
        lead = (
            f"{block.number}. " if block.number is not None else {1: "- ", 2: " - "}.get(block.level or 0, "")
        )
    if isinstance(block, Heading) and block.cell is not None:
        return [line for line in text.split("\n") if line]
    return [lead + line.rstrip() for line in text.rstrip("\n").split("\n")]
