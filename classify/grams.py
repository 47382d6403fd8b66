"""Which words and groups of words of a sentence does the model know, as numbers?

Words have ids; a group of words is one 64-bit key made of the ids and the kind of group. All sentences of
a document are looked up at once. A word of contrast (*although*, *but*) makes a group with every other word
of its sentence, which says on which side of it, and in which clause, that word stands: that is how a
concession differs from what is asserted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

import numpy as np
import numpy.typing as npt

from classify.words import MARKS, stem

Ids = npt.NDArray[np.int64]

UNKNOWN: Final = 0
START: Final = 1
END: Final = 2
FIRST_WORD: Final = 3  # ids below are not words
_BITS: Final = 18
_PAIR, _TRIPLE, _GAP, _NEAR_NEGATION, _BEFORE_CONTRAST, _AFTER_CONTRAST, _NEXT_CLAUSE = range(1, 8)
_NEGATIVE: Final = ("not", "no", "never", "without", "few", "lack", "insufficient", "limited", "too")
NEGATIONS: Final = tuple(map(stem, _NEGATIVE))
_CONTRASTING: Final = ("however", "but", "nevertheless", "although", "though", "despite", "while")
CONTRASTS: Final = tuple(map(stem, (*_CONTRASTING, "whilst", "yet", "except")))
_REACH: Final = (2, 3, 4, 5)
_FAR: Final = 40  # words: how far a word of contrast reaches, so that a sentence without end stays cheap


@dataclass(frozen=True, slots=True)
class Bags:
    """The features of each sentence: those of sentence i stand in `indices[starts[i]:starts[i + 1]]`."""

    indices: Ids
    starts: Ids

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, slots=True)
class Tokens:
    """The ids of the words of some sentences one after another, and the number of each word's sentence."""

    ids: Ids
    sentence: Ids
    number: int  # of sentences

    @property
    def starts(self) -> Ids:
        """Where each sentence begins, and where the last one ends."""
        return np.searchsorted(self.sentence, np.arange(self.number + 1))

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Tokens":
        """Return the words of some of the sentences."""
        words = chosen[self.sentence]
        return Tokens(self.ids[words], (np.cumsum(chosen) - 1)[self.sentence[words]], int(chosen.sum()))


@dataclass(frozen=True, slots=True)
class Signs:
    """The ids of the words that shape a sentence: negations, words of contrast, and marks between clauses."""

    negations: Ids
    contrasts: Ids
    marks: Ids


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and groups of words that the model knows: features number words first, then groups."""

    words: tuple[str, ...]
    ids: dict[str, int]
    groups: Ids  # sorted keys

    def __len__(self) -> int:
        return self.size + len(self.groups)

    @property
    def size(self) -> int:
        """How many ids of words there are."""
        return FIRST_WORD + len(self.words)

    def tokens(self, sentences: Sequence[Sequence[str]]) -> Tokens:
        """Return the words of each sentence, in their order."""
        return Tokens(*flatten(sentences, self.ids), len(sentences))

    def bags(self, spoken: Tokens) -> Bags:
        """Return the known features of each sentence."""
        tokens, owner = spoken.ids, spoken.sentence
        keys, key_owner = group_keys(tokens, owner, signs(self.ids))
        place, known = self._find(keys)
        single = tokens >= FIRST_WORD
        features = np.concatenate([tokens[single], place[known] + FIRST_WORD + len(self.words)])
        owners = np.concatenate([owner[single], key_owner[known]])
        order = np.argsort(owners, kind="stable")
        starts = np.searchsorted(owners[order], np.arange(spoken.number + 1))
        return Bags(features[order], starts)

    def _find(self, keys: Ids) -> tuple[Ids, npt.NDArray[np.bool_]]:
        """Return the place of each key among the groups, and whether it stands there; keys come often."""
        once, which = np.unique(keys, return_inverse=True)
        place = np.searchsorted(self.groups, once)
        place[place == len(self.groups)] = 0
        known = self.groups[place] == once if len(self.groups) else np.zeros(len(once), bool)
        return place[which], known[which]


def make_vocabulary(words: Sequence[str], groups: Ids) -> Vocabulary:
    """Return the vocabulary of these words and groups."""
    return Vocabulary(tuple(words), word_ids(words), groups)


def word_ids(words: Sequence[str]) -> dict[str, int]:
    """Number words in their order."""
    return {word: number for number, word in enumerate(words, FIRST_WORD)}


def signs(ids: dict[str, int]) -> Signs:
    """Return the signs that are among these words."""
    known = ([ids[word] for word in words if word in ids] for words in (NEGATIONS, CONTRASTS, MARKS))
    return Signs(*(np.array(numbers, np.int64) for numbers in known))


def flatten(sentences: Sequence[Sequence[str]], ids: dict[str, int]) -> tuple[Ids, Ids]:
    """Return the ids of all words one after another, each sentence between its bounds, and whose they are."""
    unknown = repeat(UNKNOWN)
    flat: list[int] = []
    for words in sentences:
        flat += (START, *map(ids.get, words, unknown), END)
    lengths = np.fromiter((len(words) + 2 for words in sentences), np.int64, len(sentences))
    return np.array(flat, np.int64), np.repeat(np.arange(len(sentences)), lengths)


def group_keys(tokens: Ids, owner: Ids, shaping: Signs) -> tuple[Ids, Ids]:
    """Return the key of every group of words within a sentence, and whose it is."""
    mark = np.isin(tokens, shaping.marks)
    clause = np.cumsum(mark, dtype=np.int64)[~mark]
    tokens, owner = tokens[~mark], owner[~mark]
    keys, owners = [], []

    def add(kind: int, reach: int, middle: bool, only: npt.NDArray[np.bool_] | None = None) -> None:
        if len(tokens) <= reach:
            return
        first, last = tokens[:-reach], tokens[reach:]
        good = (owner[:-reach] == owner[reach:]) & (first != UNKNOWN) & (last != UNKNOWN)
        key = (np.int64(kind) << (3 * _BITS)) | (first << (2 * _BITS)) | last
        if middle:
            between = tokens[1:-1]
            good &= between != UNKNOWN
            key |= between << _BITS
        if only is not None:
            good &= only[:-reach]
        keys.append(key[good])
        owners.append(owner[:-reach][good])

    add(_PAIR, 1, middle=False)
    add(_TRIPLE, 2, middle=True)
    add(_GAP, 2, middle=False)
    negated = np.isin(tokens, shaping.negations)
    for reach in _REACH:
        add(_NEAR_NEGATION, reach, middle=False, only=negated)
    key, place = _contrast_keys(tokens, owner, clause, np.flatnonzero(np.isin(tokens, shaping.contrasts)))
    return np.concatenate([*keys, key]), np.concatenate([*owners, owner[place]])


def _contrast_keys(tokens: Ids, owner: Ids, clause: Ids, contrasts: Ids) -> tuple[Ids, Ids]:
    """Return the key of each word of contrast with each word of its sentence around it, and where it is."""
    starts = np.maximum(np.searchsorted(owner, owner[contrasts]), contrasts - _FAR)
    ends = np.minimum(np.searchsorted(owner, owner[contrasts], side="right"), contrasts + _FAR + 1)
    lengths = ends - starts
    place = np.repeat(contrasts, lengths)
    other = np.arange(len(place)) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    kind = np.where(other < place, _BEFORE_CONTRAST, _AFTER_CONTRAST)
    kind = np.where((other > place) & (clause[other] != clause[place]), _NEXT_CLAUSE, kind).astype(np.int64)
    good = (other != place) & (tokens[other] >= FIRST_WORD)
    key = (kind << (3 * _BITS)) | (tokens[place] << (2 * _BITS)) | tokens[other]
    return key[good], place[good]
