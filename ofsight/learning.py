"""Which hand codings can be learned from, given the reports in a store?"""

from typing import TYPE_CHECKING

from corpus.codebook import Codebook, load_codebook
from corpus.errors import StoreError
from corpus.store import Store

if TYPE_CHECKING:
    from classify.samples import Labels


def labels_in(store: Store) -> "tuple[Labels, Codebook]":
    """The codings that come along and whose reports are in the store, with our codebook.

    Raises:
        StoreError: the store holds none of those reports.
    """
    from classify.samples import load_labels

    keys = [key for (key,) in store.connection.execute("SELECT id FROM document ORDER BY id")]
    codebook = load_codebook()
    labels = load_labels([store.load(key) for key in keys], codebook)
    if not labels.coded:
        raise StoreError("The store holds no report that was coded by hand; add reports with: ofsight run")
    return labels, codebook
