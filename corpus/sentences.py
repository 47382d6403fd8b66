"""Where does each sentence of a paragraph begin and end?"""

import re
from functools import lru_cache
from typing import Final

_BREAK: Final = re.compile(r"[.?!;](?:(?<!;)[\"'’”)\]]*(?=\s+[\"'‘“(\[]?[A-Z0-9£])|(?<=;)\s(?=[•■◼▪]))")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|approx|vs|para|paras|p|pp|ref|Cllr|Rev|Sgt)"
    r"|\be\.g|\bi\.e|\bcf|\betc|\b[A-Z])\.$"
)


_REACH: Final = 8  # characters: no abbreviation is longer


@lru_cache(maxsize=2048)  # each stage asks for the same paragraphs; the longest report has some 1,200
def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open range of each sentence, in order, without surrounding white space."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(
            text, max(start, match.start() - _REACH), match.start() + 1
        ):
            continue
        _append(text, start, match.end(), spans)
        start = match.end()
    _append(text, start, len(text), spans)
    return tuple(spans)


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Add the range without its surrounding white space, unless nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
