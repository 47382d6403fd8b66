"""Which themes and words set one authority's report apart from the others?

Weighted log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin'
Words: lexical feature selection and evaluation for identifying the content of political conflict",
Political Analysis 16(4), equations 15, 16 and 22). The prior is the background: what reports in general say.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from reports.records import Distinction
from reports.wording import wording

CLEAR: Final = 1.96
_PRIOR_SHARE: Final = 0.25  # the weight of the background, as a share of the smaller side's terms
_WORD: Final = re.compile(r"[a-z]+(?:[-’'][a-z]+)*")


def distinctions(
    one: Mapping[str, int], others: Mapping[str, int], background: Mapping[str, int]
) -> tuple[Distinction, ...]:
    """Every term of `one` or `others` with its z, those most typical of `one` first."""
    total, rest, back = sum(one.values()), sum(others.values()), sum(background.values())
    if not total or not rest or not back:
        return ()
    size = _PRIOR_SHARE * min(total, rest)
    scored = []
    for term in one.keys() | others.keys():
        prior = size * max(background.get(term, 0), 0.5) / back
        a, b = one.get(term, 0), others.get(term, 0)
        delta = _log_odds(a, total, prior, size) - _log_odds(b, rest, prior, size)
        spread = math.sqrt(1 / (a + prior) + 1 / (b + prior))
        scored.append(Distinction(term, round(delta / spread, 2), a, total, b, rest))
    return tuple(sorted(scored, key=lambda found: (-found.z, found.term)))


def _log_odds(count: int, total: int, prior: float, size: float) -> float:
    return math.log((count + prior) / (total + size - count - prior))


def count_words(texts: Iterable[str], without: frozenset[str] = frozenset()) -> Counter[str]:
    """The words of the texts, counted once in each, common words and `without` left out."""
    ignored = wording().common | without
    counted: Counter[str] = Counter()
    for text in texts:
        found = {word.removesuffix("’s") for word in _WORD.findall(text.lower().replace("'", "’"))}
        counted.update(word for word in found - ignored if len(word) > 2)
    return counted


def words_of(name: str) -> frozenset[str]:
    """The words of a name, so that a place is not found to be typical of itself."""
    return frozenset(_WORD.findall(name.lower().replace("'", "’")))
