"""How alike in meaning are two passages, when they share few words?

Every word has a vector, and a passage is the sum of its words. The vectors in `likeness.npz` were learnt by
ridge regression: from the words of sentences of inspection reports to the embeddings that a larger public
model (all-MiniLM-L6-v2, Apache licence 2.0) gives the same sentences, so that "too many changes of worker"
lies near "turnover". Nothing of that model is needed here. No sentence of the authorities on which this
project measures itself was used, and no label. To learn them again from a file of embeddings:

    python -m reports.likeness SENTENCES.txt EMBEDDINGS.npy
"""

import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.selection import terms

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_FILE: Final = Path(__file__).parent / "likeness.npz"
_DIMENSIONS: Final = 128
_FEWEST: Final = 4  # sentences in which a word has to stand
_RIDGE: Final = 1.0
_SEED: Final = 0


@dataclass(frozen=True, slots=True)
class Likeness:
    """Vectors of words, weighted by how rare each word is."""

    places: dict[str, int]
    words: "NDArray[numpy.float32]"

    def vectors(self, texts: Sequence[str]) -> "NDArray[numpy.float32]":
        """One unit vector for each text; zero for a text of unknown words."""
        import numpy

        rows = numpy.zeros((len(texts), self.words.shape[1]), dtype=numpy.float32)
        for row, text in enumerate(texts):
            for term, count in Counter(terms(text)).items():
                if term in self.places:
                    rows[row] += (1 + math.log(count)) * self.words[self.places[term]]
        lengths = numpy.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / numpy.where(lengths == 0, 1, lengths)).astype(numpy.float32)


@cache
def load_likeness() -> Likeness:
    """The vectors as shipped."""
    import numpy

    with numpy.load(_FILE, allow_pickle=False) as held:
        scale = held["scale"].astype(numpy.float32)
        return Likeness(
            {str(term): place for place, term in enumerate(held["terms"])},
            held["vectors"].astype(numpy.float32) * scale[:, None],
        )


def learn(sentences: Sequence[str], embeddings: "NDArray[numpy.float32]", target: Path) -> int:
    """Learn the vectors of words from embeddings of sentences, write them, and return how many there are."""
    import numpy
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    centred = embeddings - embeddings.mean(axis=0)
    centred /= numpy.linalg.norm(centred, axis=1, keepdims=True)
    counter = TfidfVectorizer(analyzer=terms, min_df=_FEWEST, sublinear_tf=True)
    matrix = counter.fit_transform(sentences)
    fitted = Ridge(alpha=_RIDGE, fit_intercept=False, solver="sparse_cg").fit(matrix, centred)
    weighted: Any = fitted.coef_.T * counter.idf_[:, None]
    axes = TruncatedSVD(_DIMENSIONS, random_state=_SEED).fit(centred).components_
    weighted = weighted @ axes.T
    scale = numpy.abs(weighted).max(axis=1) / 127
    numpy.savez_compressed(
        target,
        terms=numpy.array(counter.get_feature_names_out(), dtype=str),
        vectors=numpy.round(weighted / scale[:, None]).astype(numpy.int8),
        scale=scale.astype(numpy.float32),
    )
    return len(scale)


def main(sentences: str, embeddings: str) -> None:
    """Learn from a file with one sentence a line and an array with one row for each."""
    import numpy

    lines = Path(sentences).read_text(encoding="utf-8").splitlines()
    learn(lines, numpy.load(embeddings, allow_pickle=False), _FILE)


if __name__ == "__main__":
    main(*sys.argv[1:])
