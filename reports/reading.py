"""What does a draft say: ours or a user's, in Word, Markdown, HTML or plain text?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from corpus.errors import OfsightError
from reports.blocks import Block, Heading, Items, Table, Text
from reports.page_reader import read_html

_ESCAPED: Final = re.compile(r"\\([\\`*_\[\]<>|#~!.)+-])")
_CELL: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"^\|?[\s:|-]+\|?$")


def read_draft(path: Path) -> tuple[Block, ...]:
    """The blocks of a draft, by the ending of its name.

    Raises:
        OfsightError: a file that cannot be read as what its name says.
        ValueError: an ending that is no format of ours.
    """
    readers = {".html": _from_html, ".htm": _from_html, ".md": _from_markdown, ".docx": _from_word}
    reader = readers.get(path.suffix.lower(), _from_text if path.suffix.lower() == ".txt" else None)
    if reader is None:
        raise ValueError(f"Verify a .docx, .pdf, .html, .md or .txt file, not '{path.suffix}'.")
    try:
        return tuple(reader(path))
    except UnicodeDecodeError as error:
        raise OfsightError(f"'{path}' is not UTF-8 text: {error}.") from error


def _from_html(path: Path) -> tuple[Block, ...]:
    return read_html(path.read_text(encoding="utf-8"))


def _from_text(path: Path) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        if part.strip():
            yield Text(" ".join(part.split()))


def _from_markdown(path: Path) -> Iterator[Block]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for sort, group in groupby(lines, key=_sort_of_line):
        part = list(group)
        match sort:
            case "heading":
                for line in part:
                    level = len(line) - len(line.lstrip("#"))
                    yield Heading(min(level, 6), _unescape(line.lstrip("#")))
            case "item":
                yield Items(tuple(_unescape(re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", line)) for line in part))
            case "table":
                yield _markdown_table(part)
            case "quote":
                yield from _quoted_lines(part)
            case "text":
                yield Text(_unescape(" ".join(part)))


def _sort_of_line(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        return "blank"
    if stripped.startswith("|"):
        return "table"
    if stripped.startswith(">"):
        return "quote"
    if re.match(r"#{1,6}\s", stripped):
        return "heading"
    return "item" if re.match(r"(?:[-*+]|\d+[.)])\s", stripped) else "text"


def _quoted_lines(lines: Iterable[str]) -> Iterator[Block]:
    """A quotation and its citation in one block, so that they are read together."""
    text = " ".join(_unescape(line.lstrip("> ")) for line in lines)
    yield Text(" ".join(text.split()), "quote")


def _markdown_table(lines: Sequence[str]) -> Table:
    """A table; the paragraph before it, which may be its caption, is a block of its own."""
    rows = [
        tuple(_unescape(cell) for cell in _CELL.split(line.strip().strip("|")))
        for line in lines
        if not _RULE.match(line.strip())
    ]
    return Table("", rows[0] if rows else (), tuple(rows[1:]))


def _unescape(text: str) -> str:
    plain = re.sub(r"(?<!\\)\*\*|(?<!\\)__|(?<!\\)`", "", text)
    return " ".join(_ESCAPED.sub(r"\1", plain).split())


def _from_word(path: Path) -> Iterator[Block]:
    import docx
    from docx.table import Table as WordTable

    try:
        document = docx.Document(str(path))
    except Exception as error:  # python-docx lets through whatever zip and XML raise
        raise OfsightError(f"'{path}' cannot be read as a Word document: {error}.") from error
    held = ""
    for part in document.iter_inner_content():
        if isinstance(part, WordTable):
            yield _word_table(part)
            continue
        style, text = _style_of(part), " ".join(part.text.split())
        if held:
            yield Text(f"{held} {text}", "quote")
            held = ""
        elif style == "Quote":
            held = text
        elif style.startswith("Heading") or style == "Title":
            yield Heading(int(style[-1]) if style[-1].isdigit() else 1, text)
        elif style.startswith("List"):
            yield Items((text,))
        elif text:
            yield Text(text)
    if held:
        yield Text(held, "quote")


def _style_of(paragraph: Any) -> str:
    return str(paragraph.style.name) if paragraph.style is not None else ""


def _word_table(table: Any) -> Table:
    rows = [tuple(" ".join(cell.text.split()) for cell in row.cells) for row in table.rows]
    return Table("", rows[0] if rows else (), tuple(rows[1:]))
