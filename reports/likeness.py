"""How alike in meaning are two passages, when they share few words?

Words that stand in the same paragraphs get vectors that point the same way (latent semantic analysis:
Deerwester and others 1990), so that "too many changes of worker" lies near "turnover". The vectors of single
words are kept in `likeness.npz`; they were learnt, without labels, from the paragraphs of a store:

    python -m reports.likeness STORE
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
_DIMENSIONS: Final = 96
_FEWEST: Final = 12  # paragraphs in which a word has to stand
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


def learn(texts: Sequence[str], target: Path) -> int:
    """Learn the vectors from paragraphs and sentences, write them, and return the number of words."""
    import numpy
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    counter = TfidfVectorizer(analyzer=terms, min_df=_FEWEST, sublinear_tf=True)
    matrix = counter.fit_transform(texts)
    svd = TruncatedSVD(_DIMENSIONS, random_state=_SEED).fit(matrix)
    names = counter.get_feature_names_out()
    weighted: Any = svd.components_.T * counter.idf_[:, None]
    scale = numpy.abs(weighted).max(axis=1) / 127
    vectors = numpy.round(weighted / scale[:, None]).astype(numpy.int8)
    numpy.savez_compressed(
        target, terms=numpy.array(names, dtype=str), vectors=vectors, scale=scale.astype(numpy.float32)
    )
    return len(names)


def main(store: str) -> None:
    """Learn from the findings and improvement points of a store."""
    from corpus.store import open_store

    with open_store(store) as opened:
        rows = opened.connection.execute(
            "SELECT text FROM paragraph WHERE role IN ('finding', 'improvement') ORDER BY id"
        ).fetchall()
    learn([text for (text,) in rows], _FILE)


if __name__ == "__main__":
    main(sys.argv[1])
