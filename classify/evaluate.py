"""How well would we code the reports of authorities that we have never seen?

Every figure comes from paragraphs of authorities that neither the model nor its teacher was trained on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from classify.artefact import Model
from classify.coder import Coder
from classify.metrics import Answer, Scores, confusion, interval, kappa, risk_coverage, score
from classify.samples import Labels, Sample, Silver
from classify.train import FOLDS, Plan, fold_of, train
from corpus.codebook import Codebook
from corpus.model import VALENCES, ParagraphCoding

WORST: Final = 40
NEW_PERIOD: Final = 2025
_PERIODS: Final = ((2013, 2017), (2018, 2021), (2022, 2024), (NEW_PERIOD, 2099))
_MEASURES: Final = ("kappa", "accuracy", "theme_micro_f1", "pair_micro_f1")


@dataclass(frozen=True, slots=True)
class Error:
    """A paragraph on which we and the reader differ, the surest mistakes first."""

    document: str
    number: int | None
    text: str
    told: str
    told_themes: tuple[str, ...]
    said: str
    said_themes: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured."""

    overall: Scores
    intervals: dict[str, tuple[float, float]]
    findings: Scores  # without improvement points, whose valence follows from where they stand
    by_theme: dict[str, Scores]
    by_framework: dict[str, Scores]
    by_period: dict[str, Scores]
    coverage: tuple[tuple[float, int, float], ...]
    confusion: tuple[tuple[int, ...], ...]
    sentence_accuracy: float
    sentence_kappa: float
    worst: tuple[Error, ...]
    new_period: Scores | None = None  # trained on the years before, where asked for


@dataclass(frozen=True, slots=True)
class Judged:
    """A coded sample with what we say of it."""

    sample: Sample
    said: ParagraphCoding


def evaluate(labels: Labels, codebook: Codebook, *, plan: Plan | None = None) -> Evaluation:
    """Train without some authorities and code theirs; report the agreement with the readers.

    With teachers, each one's unseen authorities are the test; without, all authorities in turn.

    Raises:
        ValueError: none of the coded reports are there to be tested on.
    """
    judged: list[Judged] = []
    for held_out, taught in _splits(labels.coded, labels.teachers):
        rest = [sample for sample in labels.coded if sample.authority not in held_out]
        others = [sample for sample in taught if sample.authority not in held_out]
        readings = [reading for reading in labels.readings if reading.authority not in held_out]
        model = train(rest, others, codebook, readings=readings, plan=plan)
        judged += judge(model, codebook, [s for s in labels.coded if s.authority in held_out])
    if not judged:
        raise ValueError("None of the reports that were coded by hand and held out for testing are here.")
    return summarise(judged, codebook)


def evaluate_new_period(labels: Labels, codebook: Codebook, *, plan: Plan | None = None) -> Evaluation:
    """Train on the years before 2025 and test on those from then on, with no teacher."""
    before = [s for s in labels.coded if s.year is not None and s.year < NEW_PERIOD]
    after = [s for s in labels.coded if s.year is not None and s.year >= NEW_PERIOD]
    readings = [r for r in labels.readings if r.year is not None and r.year < NEW_PERIOD]
    model = train(before, (), codebook, readings=readings, plan=plan)
    return summarise(judge(model, codebook, after), codebook)


def _splits(
    coded: Sequence[Sample], teachers: Sequence[Silver]
) -> list[tuple[frozenset[str], Sequence[Sample]]]:
    """Return who is held out each time, and the teacher's opinions that may be heard."""
    if teachers:
        return [(teacher.unseen, teacher.samples) for teacher in teachers]
    authorities = {sample.authority for sample in coded}
    return [(frozenset(a for a in authorities if fold_of(a) == fold), ()) for fold in range(FOLDS)]


def judge(model: Model, codebook: Codebook, samples: Sequence[Sample]) -> list[Judged]:
    """Code samples with a model."""
    said = Coder(codebook, model).code_passages([sample.passage for sample in samples])
    return [Judged(sample, coding) for sample, coding in zip(samples, said, strict=True)]


def summarise(judged: Sequence[Judged], codebook: Codebook) -> Evaluation:
    """Return every measure of these judgements."""
    answers = [_answer(j, codebook) for j in judged]
    overall = score(answers)
    sentences = _sentences(judged)
    return Evaluation(
        overall=overall,
        intervals={name: interval(answers, _measure(name)) for name in _MEASURES},
        findings=score([a for a, j in zip(answers, judged, strict=True) if not j.sample.improvement]),
        by_theme=_groups(answers, [_theme_names(a, codebook) for a in answers]),
        by_framework=_groups(answers, [(j.sample.framework,) for j in judged]),
        by_period=_groups(answers, [_period(j.sample) for j in judged]),
        coverage=risk_coverage(answers),
        confusion=confusion(answers),
        sentence_accuracy=sentences[0],
        sentence_kappa=sentences[1],
        worst=_worst(judged, codebook),
    )


def _measure(name: str) -> Callable[[Scores], float]:
    """Return the function that reads one measure."""
    return lambda scores: float(getattr(scores, name))


def _answer(judged: Judged, codebook: Codebook) -> Answer:
    """Put what was told beside what was said."""
    sample, said = judged.sample, judged.said
    place = {theme: number for number, theme in enumerate(codebook.theme_ids)}
    codings = [(place[c.theme], VALENCES.index(c.valence)) for c in said.codings]
    return Answer(
        authority=sample.authority,
        valence=sample.valence or 0,
        themes=frozenset(sample.themes),
        primary=sample.themes[0][0] if sample.themes else -1,
        said_valence=VALENCES.index(said.valence),
        said_probability=said.probability,
        said_themes=frozenset(codings),
        said_primary=codings[0][0],
    )


def _theme_names(answer: Answer, codebook: Codebook) -> tuple[str, ...]:
    """The themes that the reader gave."""
    return tuple(codebook.theme_ids[theme] for theme, _ in sorted(answer.themes))


def _period(sample: Sample) -> tuple[str, ...]:
    """The period in which a report falls."""
    return tuple(f"{a}-{b}" for a, b in _PERIODS if sample.year is not None and a <= sample.year <= b)


def _groups(answers: Sequence[Answer], names: Sequence[tuple[str, ...]]) -> dict[str, Scores]:
    """Score the paragraphs under each name."""
    groups: dict[str, list[Answer]] = {}
    for answer, under in zip(answers, names, strict=True):
        for name in under:
            groups.setdefault(name, []).append(answer)
    return {name: score(groups[name]) for name in sorted(groups)}


def _sentences(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the accuracy and kappa on the valence of single sentences of findings."""
    findings = [j for j in judged if not j.sample.improvement]
    told = np.concatenate([j.sample.sentence_valence.argmax(axis=1) for j in findings])
    said = np.array([VALENCES.index(s.valence) for j in findings for s in j.said.sentences])
    return float((told == said).mean()), kappa(told, said)


def _worst(judged: Sequence[Judged], codebook: Codebook) -> tuple[Error, ...]:
    """Return the mistakes about valence that we were surest of."""
    errors = [
        Error(
            document=j.sample.document,
            number=j.sample.passage.paragraph.number,
            text=j.sample.passage.paragraph.text,
            told=VALENCES[j.sample.valence or 0],
            told_themes=tuple(f"{codebook.theme_ids[t]}: {VALENCES[v]}" for t, v in j.sample.themes),
            said=j.said.valence,
            said_themes=tuple(f"{c.theme}: {c.valence}" for c in j.said.codings),
            probability=j.said.probability,
        )
        for j in judged
        if VALENCES[j.sample.valence or 0] != j.said.valence
    ]
    return tuple(sorted(errors, key=lambda e: (-e.probability, e.document, e.number or 0))[:WORST])
