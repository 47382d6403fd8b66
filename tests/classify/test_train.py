"""Does the trainer learn what it is shown, always the same, and is what it made kept safe?"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classify import Coder
from classify.artefact import Model, load_model, save_model
from classify.descent import Schedule
from classify.evaluate import evaluate
from classify.fit import BagPlan
from classify.fit_convolution import ConvolutionPlan
from classify.fit_head import HeadPlan
from classify.masked_words import GuessingPlan
from classify.samples import Correction, Labels, Reading, Sample, gather, gather_corrections
from classify.train import Plan, train
from classify.trunk import TrunkPlan
from corpus.annotations import Annotation, CodedSentence, letters_hash, text_hash
from corpus.codebook import Codebook, load_codebook
from corpus.errors import ModelError
from corpus.sentences import split_sentences

SAID = {
    "strength": ["Visits are warm.", "Carers are warm.", "Staff are warm."],
    "weakness": ["Visits are cold.", "Carers are cold.", "Staff are cold."],
}
THEME = {"Visits": "assessment_planning", "Carers": "placements", "Staff": "workforce"}
SMALL, FAST = HeadPlan(hidden=8, drop_hidden=0.0), Schedule(epochs=25, batch=128, rate=0.02)
QUICK = Plan(
    groups=BagPlan(width=8, drop_words=0.0, head=SMALL, schedule=FAST, nets=1),
    guessing=GuessingPlan(schedule=Schedule(epochs=2, batch=8)),
    order=ConvolutionPlan(TrunkPlan(width=8, size=8), drop=0.0, head=SMALL, schedule=FAST),
)


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def annotate(document: Any, paragraph: Any) -> Annotation:
    """Code an invented paragraph as its words plainly say."""
    spans = split_sentences(paragraph.text)
    parts = [paragraph.text[a:b] for a, b in spans]
    sides: list[Any] = ["strength" if "warm" in part else "weakness" for part in parts]
    themes = [THEME[part.split()[0]] for part in parts]
    sentences = tuple(
        CodedSentence(*span, letters_hash(part), side, theme)
        for span, part, side, theme in zip(spans, parts, sides, themes, strict=True)
    )
    whole: Any = sides[0] if len(set(sides)) == 1 else "mixed"
    codings = tuple((t, sides[0] if whole != "mixed" else "mixed") for t in dict.fromkeys(themes))
    return Annotation(
        document.id, paragraph.number, None, text_hash(paragraph.text), whole, codings, sentences, "us"
    )


@pytest.fixture(scope="module")
def texts() -> list[str]:
    good, bad = SAID["strength"], SAID["weakness"]
    return [
        *good,
        *bad,
        *(f"{g} However, {b.lower().capitalize()}" for g in good for b in bad if g[:3] == b[:3]),
    ]


@pytest.fixture(scope="module")
def samples(make_document: Any, texts: list[str], codebook: Codebook) -> tuple[Sample, ...]:
    documents = [
        make_document(*(t.replace("However, ", "") for t in texts), name=f"{n:016x}") for n in range(8)
    ]
    return gather(documents, [annotate(d, p) for d in documents for p in d.paragraphs], codebook)


@pytest.fixture(scope="module")
def model(samples: tuple[Sample, ...], codebook: Codebook) -> Model:
    return train(samples, (), codebook, plan=QUICK)


def test_it_learns_what_it_is_shown(model: Model, codebook: Codebook, make_document: Any) -> None:
    coder = Coder(codebook, model)
    warm, cold, both = coder.code(
        make_document("Staff are warm.", "Visits are cold.", "Staff are warm. Staff are cold.")
    )
    assert [c.valence for c in (warm, cold, both)] == ["strength", "weakness", "mixed"]
    assert warm.codings[0].theme == "workforce"
    assert [(c.theme, c.valence) for c in both.codings] == [("workforce", "mixed")]


def test_the_same_data_give_the_same_model(
    model: Model, samples: tuple[Sample, ...], codebook: Codebook
) -> None:
    again = train(tuple(reversed(samples)), (), codebook, plan=QUICK)
    assert np.array_equal(again.nets.groups.rows, model.nets.groups.rows)
    assert np.array_equal(again.nets.order.words, model.nets.order.words)
    assert again.facts == model.facts


def test_a_saved_model_codes_the_same(
    tmp_path: Path, model: Model, codebook: Codebook, make_document: Any, texts: list[str]
) -> None:
    save_model(model, tmp_path / "m.npz")
    document = make_document(*texts)
    before = Coder(codebook, model).code(document)
    after = Coder(codebook, load_model(tmp_path / "m.npz")).code(document)
    assert [(c.valence, [d.theme for d in c.codings]) for c in before] == [
        (c.valence, [d.theme for d in c.codings]) for c in after
    ]


def test_a_damaged_model_is_refused(tmp_path: Path, model: Model) -> None:
    path = tmp_path / "m.npz"
    save_model(model, path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelError, match="is not the file that its card describes"):
        load_model(path)


def test_a_missing_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read as a model"):
        load_model(tmp_path / "none.npz")


def test_a_model_of_another_format_is_refused(tmp_path: Path, model: Model) -> None:
    path = tmp_path / "m.npz"
    save_model(model, path)
    facts = path.with_suffix(".json")
    facts.write_text(facts.read_text().replace('"format": 3', '"format": 99'))
    with pytest.raises(ModelError, match="format 99"):
        load_model(path)


def test_evaluation_holds_every_authority_out_once(samples: tuple[Sample, ...], codebook: Codebook) -> None:
    found = evaluate(Labels(samples, ()), codebook, plan=QUICK)
    assert found.overall.paragraphs == len(samples)
    assert found.overall.kappa > 0.9
    assert sum(map(sum, found.confusion)) == len(samples)


def test_not_even_the_words_of_a_tested_authority_are_read(
    samples: tuple[Sample, ...], codebook: Codebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    authorities = sorted({sample.authority for sample in samples})
    words = ["staff", "are", "warm"]
    readings = tuple(Reading(f"{n:016x}", name, 2019, (words,)) for n, name in enumerate(authorities))
    read: list[set[str]] = []

    def watched(coded: Any, taught: Any, codebook: Codebook, *, readings: Any, plan: Any) -> Model:
        assert {reading.authority for reading in readings} == {sample.authority for sample in coded}
        read.append({reading.authority for reading in readings})
        return train(coded, taught, codebook, readings=readings, plan=plan)

    monkeypatch.setattr("classify.evaluate.train", watched)
    evaluate(Labels(samples, (), readings), codebook, plan=QUICK)
    assert set.union(*read) == set(authorities)
    assert set.intersection(*read) == set()


def test_reports_that_nobody_coded_teach_what_words_mean(
    model: Model, samples: tuple[Sample, ...], codebook: Codebook
) -> None:
    readings = [Reading("0" * 16, "E06000001", 2019, tuple(s.passage.words[0] for s in samples))]
    more = train(samples, (), codebook, readings=readings, plan=QUICK)
    assert more.facts["read_reports"] == 1
    assert model.facts["read_reports"] == 0
    assert not np.array_equal(more.nets.order.words, model.nets.order.words)


def test_labels_that_mean_nothing_are_not_learned(
    make_document: Any, texts: list[str], codebook: Codebook
) -> None:
    """With valences dealt out by chance, agreement on unseen authorities must be near none."""
    documents = [make_document(*texts[:6], name=f"{n:016x}") for n in range(8)]
    rng = np.random.default_rng(5)
    annotations = []
    for document in documents:
        for paragraph in document.paragraphs:
            one = annotate(document, paragraph)
            side: Any = ["strength", "weakness"][int(rng.integers(2))]
            sentence = one.sentences[0]
            coded = CodedSentence(sentence.start, sentence.end, sentence.letters, side, sentence.theme)
            themes = ((one.themes[0][0], side),)
            annotations.append(
                Annotation(one.document, one.number, None, one.text_sha256, side, themes, (coded,), "chance")
            )
    found = evaluate(Labels(gather(documents, annotations, codebook), ()), codebook, plan=QUICK)
    assert abs(found.overall.kappa) < 0.4


def test_a_correction_counts_only_for_the_text_that_was_read(make_document: Any, codebook: Codebook) -> None:
    import hashlib

    document = make_document("Staff are warm.", "Visits are cold.")
    right = hashlib.sha256(b"Staff are warm.").hexdigest()
    themes = (("workforce", "strength"),)
    corrections = [
        Correction(document.id, 1, right, "strength", themes),
        Correction(document.id, 2, right, "strength", themes),
    ]
    found = gather_corrections([document], corrections, codebook)
    assert [(s.passage.paragraph.position, s.valence) for s in found] == [(1, 0)]


def test_a_single_authority_is_too_little_to_learn_from(
    samples: tuple[Sample, ...], codebook: Codebook
) -> None:
    one = [sample for sample in samples if sample.authority == samples[0].authority]
    with pytest.raises(ValueError, match="too few authorities"):
        train(one, (), codebook, plan=QUICK)
