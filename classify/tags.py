"""Do our themes agree with the national-framework references that inspectors print themselves?

A check that no coding enters: improvement points with a bracketed reference, stripped of it, against the
themes that fit the reference, beside what themes dealt out by chance would reach.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from classify.coder import Coder
from corpus.model import Document


@dataclass(frozen=True, slots=True)
class TagAgreement:
    """How many tagged points have a fitting primary theme, and what share would by chance."""

    points: int
    fitting: int
    by_chance: float

    @property
    def share(self) -> float:
        """The share of points with a fitting primary theme."""
        return self.fitting / self.points if self.points else 0.0


def tag_agreement(coder: Coder, documents: Iterable[Document]) -> TagAgreement:
    """Return how often the primary theme of a tagged improvement point fits its references."""
    fitting = load_fitting_themes()
    pairs: list[tuple[str, frozenset[str]]] = []
    for document in documents:
        tagged = {p.position: p.tags for p in document.paragraphs if p.tags}
        if not tagged:
            continue
        for coding in coder.code(document):
            fits = frozenset(t for tag in tagged.get(coding.paragraph, ()) for t in fitting.get(tag, ()))
            if fits and coding.codings:
                pairs.append((coding.codings[0].theme, fits))
    return TagAgreement(len(pairs), sum(theme in fits for theme, fits in pairs), _by_chance(pairs))


def load_fitting_themes() -> dict[str, tuple[str, ...]]:
    """Return the themes that fit each reference."""
    text = (files("classify") / "framework_tags.toml").read_text(encoding="utf-8")
    return {tag: tuple(entry["themes"]) for tag, entry in tomllib.loads(text).items()}


def _by_chance(pairs: Sequence[tuple[str, frozenset[str]]]) -> float:
    """Return the share that would fit if every theme were as likely to stand at every point."""
    hits = sum(theme in fits for theme, _ in pairs for _, fits in pairs)
    return hits / max(len(pairs) ** 2, 1)
