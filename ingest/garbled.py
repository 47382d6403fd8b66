"""Is the prose of a report English, or letters that a damaged font has mixed up?

In prose of eighty characters or more, one word in twelve or more is one of the commonest of the language: so
it is in each of the 35,000 such paragraphs of the real reports. Where letters are taken for others, none is.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from corpus.model import Paragraph

_COMMONEST: Final = (
    "the of and to in a is are for that with as by their on have has been not from be this at or an was were"
    " it they children who"
)
_WORDS: Final = frozenset(_COMMONEST.split())
_COMMON: Final = re.compile(rf"\b(?:{'|'.join(_COMMONEST.split())})\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONG: Final = 80  # characters
_SHARE: Final = 1 / 25
_PROSE: Final = frozenset({"finding", "summary", "improvement", "profile"})


def find_garbled(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The pages on which prose is no English."""
    pages = {
        p.page_from for p in paragraphs if p.role in _PROSE and len(p.text) >= _LONG and _is_garbled(p.text)
    }
    for page in sorted(page for page in pages if page is not None):
        yield f"page {page}: words whose letters are mixed up"


def _is_garbled(text: str) -> bool:
    between_spaces = sum(map(_WORDS.__contains__, text.lower().split()))
    if between_spaces > _SHARE * (len(text) + 1) / 2:
        return False  # enough for any number of words; so it is nearly always, and quicker to see
    return len(_COMMON.findall(text)) <= _SHARE * len(_WORD.findall(text))
