"""Which theme does a sentence speak of, by the cues of a codebook alone?

For a codebook that no model was trained on: longer cues say more, and a sentence without any cue follows
its paragraph.
"""

import re
from collections.abc import Sequence

import numpy as np

from classify.net import Floats, Ints, paragraph_means
from corpus.codebook import Codebook

_FOLLOW = 0.3  # how much a sentence goes with its paragraph
_SHARPNESS = 1.5  # turns counted cue words into odds


class CueThemes:
    """Gives sentences probabilities of themes by counting cues."""

    def __init__(self, codebook: Codebook) -> None:
        self._patterns = [cue_pattern(theme.cues) for theme in codebook.themes]

    def sentences(self, sentences: Sequence[Sequence[str]], paragraph: Ints) -> Floats:
        """Return for each sentence the probabilities of the themes."""
        counts = np.zeros((len(sentences), len(self._patterns)), np.float32)
        for row, words in enumerate(sentences):
            text = " ".join(words)
            for column, pattern in enumerate(self._patterns):
                counts[row, column] = sum(len(cue.split()) for cue in pattern.findall(text))
        together = counts + _FOLLOW * paragraph_means(counts, paragraph)[paragraph]
        powers = np.exp(_SHARPNESS * np.minimum(together, 10))
        result: Floats = powers / powers.sum(axis=1, keepdims=True)
        return result


def cue_pattern(cues: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of these cues, longest first; a trailing * stands for any ending."""
    longest_first = sorted(cues, key=lambda cue: (-len(cue), cue))
    parts = (re.escape(cue).replace(r"\*", r"[a-z'-]*").replace("’", "'") for cue in longest_first)
    return re.compile(rf"(?<![a-z'-])(?:{'|'.join(parts)})(?![a-z'-])" if cues else r"(?!)")
