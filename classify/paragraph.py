"""What does a whole paragraph say, given what its sentences say?

A strength and a weakness that each stand on their own make a paragraph mixed; a concession does not. Which
it is shows in how sure, how many, in what order and behind which contrast words the sentences are, and a
small linear model weighs that. All paragraphs of a document are done at once, padded to the longest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from classify.net import Floats, Ints, softmax
from classify.words import stem

Flags = npt.NDArray[np.bool_]
_Value = TypeVar("_Value", bound=np.generic)

STRENGTH, WEAKNESS, MIXED, NEUTRAL = range(4)
_CONTRAST_WORDS: Final = (
    "however",
    "but",
    "nevertheless",
    "nonetheless",
    "although",
    "though",
    "despite",
    "while",
)
CONTRAST: Final = frozenset(map(stem, (*_CONTRAST_WORDS, "whilst", "yet", "conversely", "except")))
_REMAINDER_WORDS: Final = (
    "some",
    "few",
    "minority",
    "occasional",
    "occasionally",
    "sometimes",
    "always",
    "small",
)
REMAINDER: Final = frozenset(map(stem, (*_REMAINDER_WORDS, "all")))
_SURE: Final = 0.5
_EDGE: Final = 1e-3
_CLEAR: Final = (-7.0, 7.0)  # log-odds beyond which more says nothing


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is known of each sentence of some paragraphs, padded: axes are paragraph, sentence, value."""

    valence: Floats
    theme: Floats
    share: Floats  # of the paragraph's length
    opens_contrast: Flags
    holds_contrast: Flags
    remainder: Flags
    counts: Ints
    whole_valence: (
        Floats  # log-probabilities of the paragraph's valence, as the verdict on the whole has them
    )
    whole_theme: Floats  # log-odds of the paragraph's themes

    @property
    def there(self) -> Flags:
        """Which places hold a sentence."""
        return np.arange(self.share.shape[1])[None, :] < self.counts[:, None]


def pad(
    lengths: Sequence[int], words: Sequence[Sequence[str]], valence: Floats, theme: Floats, verdict: Floats
) -> Sentences:
    """Lay the sentences of paragraphs side by side; `lengths` are numbers of sentences, none of them 0.

    `verdict` holds the scores of whole paragraphs: valences, then themes.
    """
    counts = np.array(lengths, np.int64)
    split = valence.shape[1]
    shape = (len(counts), int(counts.max(initial=1)))
    there = np.arange(shape[1])[None, :] < counts[:, None]
    sizes = np.array([len(w) + 1 for w in words], np.float32)
    share = _laid(sizes, there)
    return Sentences(
        valence=_laid(valence, there),
        theme=_laid(theme, there),
        share=share / share.sum(axis=1, keepdims=True),
        opens_contrast=_laid(np.array([bool(w) and w[0] in CONTRAST for w in words]), there),
        holds_contrast=_laid(np.array([not CONTRAST.isdisjoint(w) for w in words]), there),
        remainder=_laid(np.array([not REMAINDER.isdisjoint(w) for w in words]), there),
        counts=counts,
        whole_valence=np.log(np.maximum(softmax(verdict[:, :split]), _EDGE)),
        whole_theme=np.clip(verdict[:, split:], *_CLEAR),
    )


def _laid(flat: npt.NDArray[_Value], there: Flags) -> npt.NDArray[_Value]:
    """Return values one after another as rows of paragraphs, padded with nothing."""
    result = np.zeros((*there.shape, *flat.shape[1:]), flat.dtype)
    result[there] = flat
    return result


def valence_features(sentences: Sentences) -> Floats:
    """Return one row a paragraph: how its sentences speak for strength and weakness, and in what order."""
    there = sentences.there
    strength, weakness, mixed, neutral = (sentences.valence[:, :, v] for v in range(4))
    bad, good = weakness + mixed, strength + mixed
    count = sentences.counts.astype(np.float32)
    last = np.arange(len(count)), sentences.counts - 1
    sure_bad, sure_good = (bad > _SURE).sum(axis=1), (good > _SURE).sum(axis=1)
    columns = [
        *(odds(1 - np.prod(1 - side, axis=1)) for side in (bad, good)),
        *(odds(side.max(axis=1)) for side in (bad, good, mixed)),
        odds(np.where(there, neutral, 1).min(axis=1)),
        *(side.sum(axis=1) / count for side in (bad, good, mixed, neutral)),
        *((side * sentences.share).sum(axis=1) for side in (bad, good)),
        *(value for side in (bad, good) for value in (side[:, 0], side[last])),
        *(odds(value) for side in (bad, good) for value in (side[:, 0], side[last])),
        np.log(count),
        count == 1,
        *((bad * flag).max(axis=1) for flag in (sentences.opens_contrast, sentences.holds_contrast)),
        (bad * sentences.remainder).max(axis=1),
        bad.sum(axis=1),
        good.sum(axis=1),
        sure_bad / count,
        sure_good / count,
        sure_bad == 1,
        bad.max(axis=1) * good.max(axis=1),
        bad.max(axis=1) * sure_bad / count,
        np.minimum(sure_bad, 3) * np.minimum(sure_good, 3),
        *(value for side in (bad, good, mixed) for value in _largest(side)),
        *sentences.whole_valence.T,
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def theme_features(sentences: Sentences) -> Floats:
    """Return for each paragraph and theme how its sentences speak for the theme."""
    theme, there = sentences.theme, sentences.there
    count = sentences.counts.astype(np.float32)[:, None]
    number = theme.shape[2]
    mean = theme.sum(axis=1) / count
    best = mean.max(axis=1, keepdims=True)
    rank = (-mean).argsort(axis=1, kind="stable").argsort(axis=1)
    chosen = (theme.argmax(axis=2)[:, :, None] == np.arange(number)) & there[:, :, None]
    votes = chosen.sum(axis=1)
    last = theme[np.arange(len(theme)), sentences.counts - 1]
    columns = [
        odds(theme.max(axis=1)),
        odds(mean),
        odds((theme * sentences.share[:, :, None]).sum(axis=1)),
        odds(theme[:, 0]),
        odds(last),
        votes / count,
        votes,
        chosen[:, 0],
        mean - best,
        *(rank == place for place in range(3)),
        rank,
        np.broadcast_to(np.log(count), mean.shape),
        1 - np.prod(1 - theme, axis=1),
        theme.max(axis=1) * (count == 1),
        np.broadcast_to(best, mean.shape),
        mean,
        sentences.whole_theme,
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=2)


def with_habits(features: Floats, themes: int, *, known: bool = True) -> Floats:
    """Return features of paragraphs and themes with a column for each theme that the model knows.

    Themes of another codebook have no habits that the model could know.
    """
    rows, number = features.shape[:2]
    which = np.eye(themes, dtype=np.float32) if known else np.zeros((number, themes), np.float32)
    return np.concatenate([features, np.broadcast_to(which, (rows, number, themes))], axis=2)


def theme_valence_features(sentences: Sentences, paragraph: Floats) -> Floats:
    """Return for each paragraph and theme which valences its sentences bring to the theme.

    `paragraph` holds the probabilities of the paragraph's own valence.
    """
    theme, valence = sentences.theme, sentences.valence
    chosen = (theme.argmax(axis=2)[:, :, None] == np.arange(theme.shape[2])) & sentences.there[:, :, None]
    soft = _weighted(theme, valence)
    hard = np.where(chosen.any(axis=1)[:, :, None], _weighted(chosen.astype(np.float32), valence), soft)
    bad = valence[:, :, WEAKNESS] + valence[:, :, MIXED]
    good = valence[:, :, STRENGTH] + valence[:, :, MIXED]
    tops = [(theme * side[:, :, None]).max(axis=1) for side in (bad, good)]
    shape = (*tops[0].shape, paragraph.shape[1])
    whole = np.broadcast_to(paragraph[:, None, :], shape)
    parts = [soft, hard, whole, whole * hard, np.stack(tops, axis=2), chosen.sum(axis=1)[:, :, None]]
    return np.concatenate([np.asarray(part, np.float32) for part in parts], axis=2)


def _weighted(weights: Floats, valence: Floats) -> Floats:
    """Return the mean of the sentences' valences, weighted for each theme."""
    total = np.maximum(weights.sum(axis=1), _EDGE)[:, :, None]
    result: Floats = np.matmul(weights.transpose(0, 2, 1), valence) / total
    return result


def odds(probability: Floats) -> Floats:
    """Return log-odds, kept away from certainty."""
    kept = np.clip(probability, _EDGE, 1 - _EDGE)
    result: Floats = np.log(kept / (1 - kept))
    return result


def _largest(values: Floats) -> list[Floats]:
    """Return the three largest values of each row."""
    ordered = -np.sort(-values, axis=1)
    padded = np.pad(ordered, ((0, 0), (0, 3)))
    return [padded[:, place] for place in range(3)]


def sigmoid(score: Floats) -> Floats:
    """Return the probability of yes."""
    result: Floats = 1 / (1 + np.exp(-score))
    return result
