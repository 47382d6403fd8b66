"""How is the whole model learned from coded paragraphs, a teacher's opinions and reports that nobody coded?

The paragraph models must learn from sentence probabilities as bad as those of unseen reports. So the sentence
model is trained several times, each time without the codings of some authorities, and speaks only of those.
"""

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from operator import attrgetter
from typing import Any, Final

import numpy as np

from classify.artefact import Model
from classify.cascade import Nets, scores
from classify.fit import BagPlan, fit_net
from classify.fit_convolution import ConvolutionPlan, fit_convolution
from classify.fit_paragraphs import Said, fit_paragraphs
from classify.grams import Vocabulary
from classify.lessons import learn_vocabulary, make_lessons
from classify.masked_words import GuessingPlan, learn_words
from classify.net import Floats, Ints, merge_nets
from classify.samples import Reading, Sample
from classify.trunk import start_trunk
from corpus.codebook import Codebook

FOLDS: Final = 3
REPEAT_CODED: Final = 2  # a person's coding counts as much as so many of the teacher's opinions


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train the nets."""

    groups: BagPlan = field(default_factory=BagPlan)
    guessing: GuessingPlan = field(default_factory=GuessingPlan)
    order: ConvolutionPlan = field(default_factory=ConvolutionPlan)
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Course:
    """What is the same for all nets: the words that they may know, what these came to mean, and the plan."""

    vocabulary: Vocabulary
    meanings: list[Floats]
    plan: Plan


def train(
    coded: Sequence[Sample],
    taught: Sequence[Sample],
    codebook: Codebook,
    *,
    readings: Sequence[Reading] = (),
    plan: Plan | None = None,
) -> Model:
    """Train a model on coded paragraphs, with a teacher's opinions on others beside them.

    `readings` are reports from which it is learned how words are used; without any, this is learned from the
    codings alone.

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
    readings = sorted(readings, key=attrgetter("document"))
    vocabulary = learn_vocabulary([*coded, *taught])
    course = Course(vocabulary, learn_meanings(readings, vocabulary, plan), plan)
    fold = np.array([fold_of(sample.authority) for sample in coded])
    learned = fit_paragraphs(coded, cross_speak(coded, taught, fold, course), fold, len(codebook.themes))
    nets = fit_sentences(coded, taught, course)
    facts = _facts(coded, taught, codebook, plan) | {
        "read_reports": len(readings),
        "theme_threshold": learned.theme_threshold,
        "review_below": learned.review_below,
    }
    return Model(vocabulary, nets, learned.valence, learned.theme, learned.theme_valence, facts)


def learn_meanings(readings: Sequence[Reading], vocabulary: Vocabulary, plan: Plan) -> list[Floats]:
    """Return the arrays from which the net over words in their order starts to learn."""
    trunk = plan.order.trunk
    if not readings:
        return start_trunk(np.random.default_rng((plan.seed, 0)), vocabulary.size, trunk)
    tokens = vocabulary.tokens([spoken for reading in readings for spoken in reading.sentences])
    return learn_words(tokens, vocabulary.size, trunk, plan.guessing, plan.seed)


def cross_speak(coded: Sequence[Sample], taught: Sequence[Sample], fold: Ints, course: Course) -> list[Said]:
    """Return what a sentence model that saw no coding of its authority says of each coded sample."""
    said: list[Said] = [(np.empty(0), np.empty(0))] * len(coded)
    for left_out in range(FOLDS):
        rest = [sample for sample, f in zip(coded, fold, strict=True) if f != left_out]
        others = [sample for sample in taught if fold_of(sample.authority) != left_out]
        nets = fit_sentences(rest, others, course)
        asked = [number for number, f in enumerate(fold) if f == left_out]
        answers = speak(nets, course.vocabulary, [coded[n] for n in asked])
        for number, score in zip(asked, answers, strict=True):
            said[number] = score
    return said


def fold_of(authority: str) -> int:
    """Return the part into which an authority falls, the same on every machine."""
    return zlib.crc32(authority.encode()) % FOLDS


def fit_sentences(coded: Sequence[Sample], taught: Sequence[Sample], course: Course) -> Nets:
    """Train the nets; where a teacher is heard, coded paragraphs count several times.

    The net over words in their order learns from people alone.
    """
    vocabulary, plan = course.vocabulary, course.plan
    repeated = [*coded] * (REPEAT_CODED if taught else 1)
    lessons = make_lessons([*repeated, *taught], vocabulary)
    seeds = range(plan.seed, plan.seed + plan.groups.nets)
    groups = merge_nets([fit_net(lessons, len(vocabulary), plan.groups, seed) for seed in seeds])
    order = fit_convolution(make_lessons(coded, vocabulary), course.meanings, plan.order, plan.seed)
    return Nets(groups, order)


def speak(nets: Nets, vocabulary: Vocabulary, samples: Sequence[Sample]) -> list[Said]:
    """Return what a sentence model says of each sample's sentences, and of the whole."""
    if not samples:
        return []
    lessons = make_lessons(samples, vocabulary)
    ends = np.cumsum([len(sample.passage.words) for sample in samples])[:-1]
    sentences, wholes = scores(nets, lessons.batch)
    return list(zip(np.split(sentences, ends), wholes, strict=True))


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
