"""Which passages represent the rest: typical, and different from one another?

Passages are TF-IDF vectors; the typical one lies nearest to the centroid, and each further one is chosen by
maximal marginal relevance (Carbonell and Goldstein 1998). Ties fall to the earlier passage, so the same store
always gives the same choice.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import Final

from reports.wording import wording

Vector = dict[str, float]

_WORD: Final = re.compile(r"[a-z]{3,}")
_BALANCE: Final = 0.5  # typical against diverse
_ENDINGS: Final = re.compile(r"(?:ations?|ments?|ings?|ness|edly|ed|es|ly|s|ies|y|e)$")


def terms(text: str) -> list[str]:
    """The words of a text, lower case, without function words, endings cut roughly."""
    ignored = wording().function_words
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in ignored]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return _ENDINGS.sub("", word) if len(word) > 5 else word


def vectors(texts: Sequence[str], named: Sequence[Sequence[str]] = ()) -> list[Vector]:
    """One unit vector for each text, weighted by how rare its terms are among these texts.

    `named` gives for each text further terms of it, such as the entities that it names.
    """
    further: Iterable[Sequence[str]] = chain(named, repeat(()))
    keys = [(text, tuple(names)) for text, names in zip(texts, further, strict=False)]
    often = Counter(keys)  # each sentence of a long paragraph comes with the whole paragraph
    counted = {key: Counter([*terms(key[0]), *map(entity_term, key[1])]) for key in often}
    seen: Counter[str] = Counter()
    for key, counts in counted.items():
        seen.update(dict.fromkeys(counts, often[key]))
    units = {
        key: _unit({t: (1 + math.log(n)) * rarity(seen[t], len(texts)) for t, n in counts.items()})
        for key, counts in counted.items()
    }
    return [units[key] for key in keys]


def entity_term(entity: str) -> str:
    """The term that stands for an entity in a vector, where words are terms too."""
    return f"@{entity}"


def rarity(seen: int, texts: int) -> float:
    """Smoothed inverse document frequency."""
    return math.log((1 + texts) / (1 + seen)) + 1


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else vector


def cosine(one: Vector, other: Vector) -> float:
    """The similarity of two unit vectors."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(weight * long[term] for term, weight in short.items() if term in long)


def choose(texts: Sequence[str], count: int) -> tuple[int, ...]:
    """The places of up to `count` texts that are typical of all and unlike one another."""
    placed = vectors(texts)
    centroid: Vector = {}
    for vector in placed:
        for term, weight in vector.items():
            centroid[term] = centroid.get(term, 0.0) + weight
    centroid = _unit(centroid)
    typical = [cosine(vector, centroid) for vector in placed]
    chosen: list[int] = []
    while len(chosen) < min(count, len(texts)):
        left = [place for place in range(len(texts)) if place not in chosen]
        chosen.append(max(left, key=lambda place: (_worth(place, chosen, placed, typical), -place)))
    return tuple(chosen)


def _worth(place: int, chosen: Sequence[int], placed: Sequence[Vector], typical: Sequence[float]) -> float:
    nearest = max((cosine(placed[place], placed[other]) for other in chosen), default=0.0)
    return round(_BALANCE * typical[place] - (1 - _BALANCE) * nearest, 9)
