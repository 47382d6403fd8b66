"""Is what a report says English, or letters that a damaged font has mixed up?

In prose of eighty characters or more, one word in twelve or more is one of the commonest of the language: so
it is in each of the 35,000 such paragraphs of the real reports. Where letters are taken for others, none is,
and letters stand side by side that never do in English. Where a few letters were changed, capitals and digits
stand amidst small ones.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from corpus.model import Paragraph

_COMMON: Final = re.compile(
    r"\b(?:the|of|and|to|in|a|is|are|for|that|with|as|by|their|on|have|has|been|not|from|be|this|at|or|an|was|were"
    r"|it|they|children|who)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_PIECE: Final = re.compile(r"\w+")
_LONG: Final = 80  # characters
_SHARE: Final = 1 / 25
_PROSE: Final = frozenset({"finding", "summary", "improvement", "profile"})
_ADDRESS: Final = re.compile(r"www|http|@|\.gov|\.uk")
# Begins with a set of rare letters, as every paragraph of every report is searched.
_ODD: Final = re.compile(
    r"[jqvxz!\"#$%*+;<=>?\\^_`{|}](?:(?<=q)[b-hj-tv-z]|(?<=j)[b-df-hj-np-tv-z]|(?<=v)[b-df-hj-nptv-xz]"
    r"|(?<=x)[gjkmnrsvz]|(?<=z)[bcdfgjkmnpqrstvx]|(?<=[a-z][!\"#$%*+;<=>?\\^_`{|}])[a-z])"
)
_AMIDST: Final = re.compile(r"[A-Z\d](?<=[a-z][a-z].)(?=[a-z])")  # opens with what is rarer than letters
# A letter twice running, in a font put in place of its own, is taken for one that was printed twice.
_DOUBLED: Final = ("ll", "ss", "ee", "tt", "oo", "ff", "pp", "rr")
_PAGE: Final = (
    600  # characters of prose; on such a page of a real report five in a thousand or more are doubled
)
_FEWEST: Final = 3 / 1000
# Names from other languages have a few odd pairs, services that write their own name in one a few capitals;
# of 360 real reports none has more than two of both.
_MOST: Final = 5


def find_garbled(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The pages whose words are no English."""
    pages: set[int | None] = set()
    odd, letters, doubled = Counter[int | None](), Counter[int | None](), Counter[int | None]()
    misspelt: dict[str, int | None] = {}
    for paragraph in paragraphs:
        page, text = paragraph.page_from, paragraph.text
        odd[page] += _odd_pairs(text)
        misspelt.update((word, page) for word in _misspelt(text))
        if paragraph.role in _PROSE:
            letters[page] += len(text)
            doubled[page] += sum(map(text.count, _DOUBLED))
            if len(text) >= _LONG and _is_garbled(text):
                pages.add(page)
    pages.update(page for page, n in letters.items() if n >= _PAGE and doubled[page] < _FEWEST * n)
    odd.update(misspelt.values())
    if odd.total() > _MOST:
        pages.update(page for page, count in odd.items() if count)
    for page in sorted(page for page in pages if page is not None):
        yield f"page {page}: words whose letters are mixed up"


def _is_garbled(text: str) -> bool:
    if " the " in text or " and " in text or " of " in text:
        return False  # nearly every paragraph: the count takes its time
    return len(_COMMON.findall(text)) <= _SHARE * len(_WORD.findall(text))


def _odd_pairs(text: str) -> int:
    """How often letters stand side by side as they never do in English."""
    if _ODD.search(text) is None:
        return 0
    return len(_ODD.findall(" ".join(_words(text))))


def _misspelt(text: str) -> Iterator[str]:
    """Words with a capital or a digit amidst small letters, as one changed bit makes them."""
    if _AMIDST.search(text) is not None:
        for word in filter(_AMIDST.search, _words(text)):
            yield from filter(_AMIDST.search, _PIECE.findall(word))


def _words(text: str) -> Iterator[str]:
    """What stands between spaces, but for addresses."""
    return (word for word in text.split() if _ADDRESS.search(word) is None)
