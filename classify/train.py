"""How is the whole model learned from coded paragraphs and a teacher's opinions?

The paragraph models must learn from sentence probabilities as bad as those of unseen reports. So the sentence
model is trained several times, each time without some authorities, and speaks only of those.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any, Final

import numpy as np

from classify.artefact import Model
from classify.cascade import Nets, scores
from classify.coder import Passage
from classify.fit import BagPlan, fit_net
from classify.fit_convolution import ConvolutionPlan, fit_convolution
from classify.grams import Vocabulary
from classify.lessons import learn_vocabulary, make_lessons
from classify.linear import Linear, fit_linear
from classify.net import Floats, merge_nets, softmax
from classify.paragraph import (
    Sentences,
    pad,
    sigmoid,
    theme_features,
    theme_valence_features,
    valence_features,
    with_habits,
)
from classify.samples import Sample
from classify.verdicts import choose_themes, with_verdict
from corpus.codebook import Codebook
from corpus.model import VALENCES

FOLDS: Final = 3
REPEAT_CODED: Final = 2  # a person's coding counts as much as so many of the teacher's opinions
REVIEWED_SHARE: Final = 0.10  # of the findings are marked for review
_THRESHOLDS: Final = tuple(np.round(np.arange(0.25, 0.61, 0.05), 2).tolist())


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train both nets."""

    groups: BagPlan = field(default_factory=BagPlan)
    order: ConvolutionPlan = field(default_factory=ConvolutionPlan)
    seed: int = 1


Said = tuple[Floats, Floats]  # scores of a paragraph's sentences (rows), and of the whole


@dataclass(frozen=True, slots=True)
class Learned:
    """The paragraph models with their thresholds."""

    valence: Linear
    theme: Linear
    theme_valence: Linear
    theme_threshold: float
    review_below: float


def train(
    coded: Sequence[Sample], taught: Sequence[Sample], codebook: Codebook, *, plan: Plan | None = None
) -> Model:
    """Train a model on coded paragraphs, with a teacher's opinions on others beside them.

    Raises:
        ValueError: the coded paragraphs come from too few authorities.
    """
    plan = plan or Plan()
    if len({fold_of(sample.authority) for sample in coded}) <= 1:
        raise ValueError(
            "There are too few authorities with coded paragraphs here to learn from. Bring reports of more"
            " authorities into the store: ofsight run REPORTS"
        )
    coded = sorted(coded, key=_place)
    taught = sorted(taught, key=_place)
    vocabulary = learn_vocabulary([*coded, *taught])
    said = cross_speak(coded, taught, vocabulary, plan)
    learned = fit_paragraphs(coded, said, len(codebook.themes))
    nets = fit_sentences(coded, taught, vocabulary, plan)
    facts = _facts(coded, taught, codebook, plan) | {
        "theme_threshold": learned.theme_threshold,
        "review_below": learned.review_below,
    }
    return Model(vocabulary, nets, learned.valence, learned.theme, learned.theme_valence, facts)


def cross_speak(
    coded: Sequence[Sample], taught: Sequence[Sample], vocabulary: Vocabulary, plan: Plan
) -> list[Said]:
    """Return what a sentence model that saw no report of its authority says of each coded sample."""
    fold = np.array([fold_of(sample.authority) for sample in coded])
    said: list[Said] = [(np.empty(0), np.empty(0))] * len(coded)
    for left_out in range(FOLDS):
        rest = [sample for sample, f in zip(coded, fold, strict=True) if f != left_out]
        others = [sample for sample in taught if fold_of(sample.authority) != left_out]
        nets = fit_sentences(rest, others, vocabulary, plan)
        asked = [number for number, f in enumerate(fold) if f == left_out]
        for number, score in zip(asked, speak(nets, vocabulary, [coded[n] for n in asked]), strict=True):
            said[number] = score
    return said


def fold_of(authority: str) -> int:
    """Return the part into which an authority falls, the same on every machine."""
    return zlib.crc32(authority.encode()) % FOLDS


def fit_sentences(
    coded: Sequence[Sample], taught: Sequence[Sample], vocabulary: Vocabulary, plan: Plan
) -> Nets:
    """Train the nets; where a teacher is heard, coded paragraphs count several times.

    The net over words in their order learns from people alone.
    """
    repeated = [*coded] * (REPEAT_CODED if taught else 1)
    lessons = make_lessons([*repeated, *taught], vocabulary)
    seeds = range(plan.seed, plan.seed + plan.groups.nets)
    groups = merge_nets([fit_net(lessons, len(vocabulary), plan.groups, seed) for seed in seeds])
    order = fit_convolution(make_lessons(coded, vocabulary), vocabulary.size, plan.order, plan.seed)
    return Nets(groups, order)


def speak(nets: Nets, vocabulary: Vocabulary, samples: Sequence[Sample]) -> list[Said]:
    """Return what a sentence model says of each sample's sentences, and of the whole."""
    if not samples:
        return []
    lessons = make_lessons(samples, vocabulary)
    ends = np.cumsum([len(sample.passage.words) for sample in samples])[:-1]
    sentences, wholes = scores(nets, lessons.batch)
    return list(zip(np.split(sentences, ends), wholes, strict=True))


def laid_out(passages: Sequence[Passage], said: Sequence[Said]) -> Sentences:
    """Return sentences with their probabilities, padded by paragraph."""
    score = np.concatenate([sentences for sentences, _ in said])
    whole = np.stack([verdict for _, verdict in said])
    spoken = [words for passage in passages for words in passage.words]
    split = len(VALENCES)
    lengths = [len(passage.words) for passage in passages]
    return pad(lengths, spoken, softmax(score[:, :split]), softmax(score[:, split:]), whole)


def fit_paragraphs(coded: Sequence[Sample], said: Sequence[Said], themes: int) -> Learned:
    """Train the paragraph models on what the sentence models said of reports that they had not seen."""
    sentences = laid_out([sample.passage for sample in coded], said)
    judged = np.array([not sample.improvement for sample in coded])
    fold = np.array([fold_of(sample.authority) for sample in coded])
    valence = np.array([sample.valence for sample in coded])
    features = valence_features(sentences)
    whole = _cross_predict(features, valence, fold, judged)
    whole = with_verdict(whole, softmax(sentences.whole_valence))
    model = fit_linear(features[judged], valence[judged], len(VALENCES))
    wanted = np.zeros((len(coded), themes), np.int64)
    for row, sample in enumerate(coded):
        wanted[row, [theme for theme, _ in sample.themes]] = 1
    by_theme = with_habits(theme_features(sentences), themes)
    width = by_theme.shape[2]
    held_out = _cross_themes(by_theme, wanted, fold)
    held_out = with_verdict(held_out, sigmoid(sentences.whole_theme))
    sides = theme_valence_features(sentences, whole)
    rows, columns, side = _theme_rows(coded)
    return Learned(
        valence=model,
        theme=fit_linear(by_theme.reshape(-1, width), wanted.reshape(-1), 1),
        theme_valence=fit_linear(sides[rows, columns], side, len(VALENCES)),
        theme_threshold=_best_threshold(held_out, wanted),
        review_below=float(np.quantile(whole[judged].max(axis=1), REVIEWED_SHARE)),
    )


def _theme_rows(coded: Sequence[Sample]) -> tuple[Any, Any, Any]:
    """Return row, theme and valence of every coding of a finding."""
    triples = [(r, t, v) for r, s in enumerate(coded) if not s.improvement for t, v in s.themes]
    rows, columns, side = (np.array(part) for part in zip(*triples, strict=True))
    return rows, columns, side


def _cross_predict(features: Floats, labels: Floats, fold: Floats, judged: Floats) -> Floats:
    """Return probabilities for each row from a model that was fitted without its part."""
    result = np.zeros((len(features), len(VALENCES)), np.float32)
    for left_out in np.unique(fold):
        use, ask = judged & (fold != left_out), fold == left_out
        model = fit_linear(features[use], labels[use], len(VALENCES))
        result[ask] = softmax(model.scores(features[ask]))
    return result


def _cross_themes(features: Floats, wanted: Floats, fold: Floats) -> Floats:
    """Return the probability of each theme from a model that was fitted without the row's part."""
    result = np.zeros(wanted.shape, np.float32)
    width = features.shape[2]
    for left_out in np.unique(fold):
        use, ask = fold != left_out, fold == left_out
        model = fit_linear(features[use].reshape(-1, width), wanted[use].reshape(-1), 1)
        result[ask] = sigmoid(model.scores(features[ask])[..., 0])
    return result


def _best_threshold(probability: Floats, wanted: Floats) -> float:
    """Return the threshold for further themes that agrees best with the readers (micro-F1)."""

    def agreement(threshold: float) -> float:
        chosen = np.zeros_like(wanted)
        for row, values in enumerate(probability):
            chosen[row, choose_themes(values, threshold)] = 1
        return float(2 * (chosen & wanted).sum() / (chosen.sum() + wanted.sum()))

    best: float = max(_THRESHOLDS, key=agreement)
    return best


def _place(sample: Sample) -> tuple[str, int]:
    """The order in which samples are learned, whatever the order of the files."""
    return sample.document, sample.passage.paragraph.position


def _facts(
    coded: Sequence[Sample], taught: Sequence[Sample], codebook: Codebook, plan: Plan
) -> dict[str, Any]:
    """Return where a model comes from."""
    content = [
        (
            s.document,
            s.passage.paragraph.number,
            s.passage.spans,
            s.valence,
            s.themes,
            s.sentence_valence.tolist(),
        )
        for s in (*coded, *taught)
    ]
    return {
        "themes": list(codebook.theme_ids),
        "codebook_hash": codebook.hash,
        "data_sha256": hashlib.sha256(json.dumps(content, default=int).encode()).hexdigest(),
        "coded_paragraphs": len(coded),
        "coded_sentences": sum(len(s.passage.words) for s in coded),
        "taught_paragraphs": len(taught),
        "authorities": len({s.authority for s in coded}),
        "plan": asdict(plan),
        "versions": {name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
    }
