"""Which words moved the coding of a paragraph?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import OfsightError
from corpus.store import Store
from ofsight.queries import Passage

if TYPE_CHECKING:
    from classify.why import Effect

_SHOWN: Final = 8
_LEAST: Final = 0.05  # below this, in log-odds, a word moved nothing


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how much it spoke for a decision, in log-odds; below zero it spoke against."""

    text: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """A decision (a valence or a theme) and the words that moved it most."""

    decision: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a paragraph is coded as it is; `by_place` where its valence follows from where it stands."""

    by_place: bool
    valence: Reason
    themes: tuple[Reason, ...]


def explain(store: Store, document_id: str, passage: Passage) -> Reasons:
    """Code the paragraph again and say which words moved each decision.

    Raises:
        OfsightError: the store was coded with another codebook than ours.
    """
    from classify import load_coder
    from classify.why import why

    coder = load_coder()
    made_with = store.connection.execute("SELECT codebook_hash FROM document WHERE id = ?", (document_id,))
    if made_with.fetchone()[0] != coder.codebook.hash:
        raise OfsightError("The store was coded with another codebook; --why explains ours only.")
    found = why(coder, store.load(document_id), passage.position)
    return Reasons(
        found.by_place,
        Reason(found.valence, _strongest(passage.text, found.valence_effects)),
        tuple(Reason(theme, _strongest(passage.text, effects)) for theme, effects in found.theme_effects),
    )


def _strongest(text: str, effects: "Iterable[Effect]") -> tuple[Word, ...]:
    words = [Word(text[e.start : e.end], e.start, e.end, round(e.weight, 3)) for e in effects]
    moved = [word for word in words if abs(word.weight) >= _LEAST]
    return tuple(sorted(moved, key=lambda word: (-abs(word.weight), word.start))[:_SHOWN])
