"""How are samples laid out for the trainer, and which of their words may the model know?"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from classify.fit_head import Lessons
from classify.grams import FIRST_WORD, Vocabulary, flatten, group_keys, make_vocabulary, signs, word_ids
from classify.net import Floats, lay_out
from classify.samples import Sample
from corpus.model import VALENCES

MIN_PLACES: Final = 8  # authorities that must use a group of words before the model may know it
MIN_PLACES_WORD: Final = 2


def learn_vocabulary(samples: Sequence[Sample]) -> Vocabulary:
    """Return the words and groups of words that enough authorities' reports use."""
    sentences = [spoken for sample in samples for spoken in sample.passage.words]
    places = {authority: n for n, authority in enumerate(sorted({s.authority for s in samples}))}
    whose = np.repeat([places[s.authority] for s in samples], [len(s.passage.words) for s in samples])
    everything = sorted({word for spoken in sentences for word in spoken})
    tokens, owner = flatten(sentences, word_ids(everything))
    real = tokens >= FIRST_WORD
    enough = _common(tokens[real], whose[owner[real]], MIN_PLACES_WORD)
    known = [everything[number - FIRST_WORD] for number in enough]
    ids = word_ids(known)
    keys, key_owner = group_keys(*flatten(sentences, ids), signs(ids))
    return make_vocabulary(known, _common(keys, whose[key_owner], MIN_PLACES))


def _common(values: Floats, places: Floats, minimum: int) -> Floats:
    """Return the values that occur in at least so many places, sorted."""
    pairs = np.unique(np.stack([values, places], axis=1), axis=0)
    found, numbers = np.unique(pairs[:, 0], return_counts=True)
    return found[numbers >= minimum]


def make_lessons(samples: Sequence[Sample], vocabulary: Vocabulary) -> Lessons:
    """Lay samples out for the trainer; the valence of improvement points is not learned."""
    sentences = [spoken for sample in samples for spoken in sample.passage.words]
    lengths = [len(sample.passage.words) for sample in samples]
    batch = lay_out(vocabulary, sentences, lengths, [sample.passage.area for sample in samples])
    valence = np.concatenate([sample.sentence_valence for sample in samples])
    theme = np.concatenate([sample.sentence_theme for sample in samples])
    judged = np.array([not sample.improvement for sample in samples], np.float32)
    coded = np.array([sample.valence is not None for sample in samples], np.float32)
    return Lessons(
        batch=batch,
        valence=valence,
        theme=theme,
        valence_weight=judged[batch.place.paragraph] * (valence.sum(axis=1) > 0),
        theme_weight=(theme.sum(axis=1) > 0).astype(np.float32),
        whole=np.stack([_whole(sample) for sample in samples]),
        whole_valence_weight=judged * coded,
        whole_theme_weight=coded,
    )


def _whole(sample: Sample) -> Floats:
    """Return what a person said of the paragraph: a 1 for its valence, and one for each of its themes."""
    row = np.zeros(len(VALENCES) + sample.sentence_theme.shape[1], np.float32)
    if sample.valence is not None:
        row[sample.valence] = 1
        row[[len(VALENCES) + theme for theme, _ in sample.themes]] = 1
    return row
