"""What people corrected is learned from, in place of what was coded before; nothing else changes."""

from pathlib import Path
from types import ModuleType

import pytest

from classify.samples import Labels, Silver
from corpus.errors import StoreError
from corpus.ledger import Entry, whole_hash
from corpus.model import VALENCES
from corpus.store import open_store
from ofsight import learning

KEY = "ab" * 8
corrections = learning.corrections_in
TEXTS = ("Visits are late.", "Homes are warm.", "Plans are thin.")


@pytest.fixture
def place(fake: ModuleType, tmp_path: Path) -> Path:
    return fake.write_coded(tmp_path / "s.db", [(text, "finding", "strength", 0.9, False) for text in TEXTS])


def entry(position: int, coder: str, valence: str, **more: object) -> Entry:
    values = {
        "document": KEY,
        "position": position,
        "text_sha256": whole_hash(TEXTS[position - 1]),
        "coder": coder,
        "made_at": "2026-01-06T10:00:00+00:00",
        "valence": valence,
        "themes": (("health", valence),),
    } | more
    return Entry(**values)


ENTRIES = (
    entry(1, "jo", "weakness"),
    *(entry(2, "jo", "strength"), entry(2, "sam", "mixed")),
    *(entry(3, "jo", "strength"), entry(3, "sam", "mixed"), entry(3, "kim", "mixed", resolves=True)),
)


def test_what_counts_in_the_ledger_is_learned_from(place: Path) -> None:
    with open_store(place, "write") as store:
        store.correct(ENTRIES)
        found = learning.corrections_in(store)
        assert [(c.position, c.valence) for c in found] == [(1, "weakness"), (3, "mixed")]
        labels, _ = learning.labels_in(store, corrected=True)
    assert [VALENCES[sample.valence] for sample in labels.coded] == ["weakness", "mixed"]


def test_measuring_never_sees_corrections(place: Path) -> None:
    with open_store(place, "write") as store:
        store.correct(ENTRIES)
        with pytest.raises(StoreError, match="none of the real reports that were coded by hand"):
            learning.labels_in(store)


def test_a_correction_takes_the_place_of_other_codings(place: Path, monkeypatch) -> None:
    with open_store(place, "write") as store:
        store.correct([entry(n, "sam", "neutral") for n in (1, 2, 3)])
        before, _ = learning.labels_in(store, corrected=True)
        known = Labels(before.coded, (Silver(before.coded, frozenset()),))
        monkeypatch.setattr("classify.samples.load_labels", lambda *_: known)
        later = "2026-01-07T10:00:00+00:00"
        monkeypatch.setattr(learning, "corrections_in", lambda _: corrections(store)[:1])
        store.correct([entry(1, "sam", "mixed", made_at=later)])
        after, _ = learning.labels_in(store, corrected=True)
    said = [(s.passage.paragraph.position, VALENCES[s.valence]) for s in after.coded]
    assert said == [(1, "mixed"), (2, "neutral"), (3, "neutral")]
    assert [s.passage.paragraph.position for s in after.teachers[0].samples] == [2, 3]
