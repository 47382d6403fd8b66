"""Which codings by people can be learned from, given the reports and the ledger in a store?"""

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.codebook import Codebook, load_codebook
from corpus.errors import StoreError
from corpus.ledger import read_entries, settled, standing
from corpus.store import Store

if TYPE_CHECKING:
    from classify.samples import Correction, Labels, Sample


def labels_in(store: Store, *, corrected: bool = False) -> "tuple[Labels, Codebook]":
    """The codings that come along and whose reports are in the store, with our codebook.

    `corrected` adds what counts in the store's ledger, in place of other codings of the same paragraphs.
    People correct what is doubtful, so corrections are for learning, never for measuring.

    Raises:
        StoreError: the store holds none of those reports.
    """
    from classify.samples import gather_corrections, load_labels

    keys = [key for (key,) in store.connection.execute("SELECT id FROM document ORDER BY id")]
    codebook = load_codebook()
    documents = [store.load(key) for key in keys]
    labels = load_labels(documents, codebook)
    if corrected:
        labels = _with(labels, gather_corrections(documents, corrections_in(store), codebook))
    if not labels.coded:
        raise StoreError(
            "The store holds none of the real reports that were coded by hand (the invented ones were not);"
            " bring them with: ofsight fetch --to reports/, then: ofsight run reports/"
        )
    return labels, codebook


def corrections_in(store: Store) -> "list[Correction]":
    """What counts in the ledger: where coders differ and nobody resolved it, nothing does."""
    from classify.samples import Correction

    counting = map(settled, standing(read_entries(store.connection)).values())
    return [
        Correction(entry.document, entry.position, entry.text_sha256, entry.valence, entry.themes)
        for entry in counting
        if entry is not None
    ]


def _with(labels: "Labels", own: "tuple[Sample, ...]") -> "Labels":
    """The labels with a store's own codings first."""
    places = {_place(sample) for sample in own}

    def others(samples: "tuple[Sample, ...]") -> "tuple[Sample, ...]":
        return tuple(sample for sample in samples if _place(sample) not in places)

    teachers = tuple(replace(teacher, samples=others(teacher.samples)) for teacher in labels.teachers)
    return replace(labels, coded=(*own, *others(labels.coded)), teachers=teachers)


def _place(sample: "Sample") -> tuple[str, int]:
    return sample.document, sample.passage.paragraph.position
