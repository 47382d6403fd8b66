"""How does the net over groups of words learn from coded sentences and from a teacher's opinions?"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from classify.descent import Chosen, Schedule, Slope, descend
from classify.fit_head import HeadPlan, Lessons, at_random, head_slopes, start_head
from classify.net import Head, Net


@dataclass(frozen=True, slots=True)
class BagPlan:
    """How to train: sizes, speed and how much is left out at random."""

    width: int = 24
    drop_words: float = 0.3
    head: HeadPlan = field(default_factory=HeadPlan)
    schedule: Schedule = field(default_factory=lambda: Schedule(epochs=5, batch=128))
    nets: int = 2  # trained side by side and merged


def fit_net(lessons: Lessons, features: int, plan: BagPlan, seed: int) -> Net:
    """Train a net over words and groups of words on these lessons."""
    rng = np.random.default_rng(seed)
    outputs = lessons.valence.shape[1] + lessons.theme.shape[1]
    arrays = [
        at_random(rng, features, plan.width, 0.1),
        np.zeros((features, outputs), np.float32),
        *start_head(rng, plan.width, outputs, plan.head),
    ]
    bags = lessons.batch.bags
    matrix = csr_matrix(
        (np.ones(len(bags.indices), np.float32), bags.indices, bags.starts), shape=(len(bags), features)
    )

    def slopes(chosen: Chosen) -> list[Slope]:
        vectors, direct = arrays[:2]
        some = _drop(matrix[chosen.sentences], rng, plan.drop_words)
        touched = np.unique(some.indices)
        small = some[:, touched]
        said = small @ vectors[touched], small @ direct[touched]
        near, error, of_head = head_slopes(arrays[2:], said, lessons, chosen, (rng, plan.head))
        turned = small.T.tocsr()
        return [(touched, turned @ near), (touched, turned @ error), *of_head]

    descend(arrays, slopes, lessons.batch.place.paragraph, plan.schedule, rng)
    return Net(np.concatenate(arrays[:2], axis=1), Head(*arrays[2:]))


def _drop(matrix: csr_matrix, rng: np.random.Generator, share: float) -> csr_matrix:
    """Return the bags with some features left out, scaled by the root of how many are left."""
    keep = rng.random(len(matrix.data)) >= share
    counts = np.concatenate([[0], np.cumsum(keep)])[matrix.indptr]
    sizes = np.diff(counts)
    data = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return csr_matrix((data, matrix.indices[keep], counts), shape=matrix.shape)
