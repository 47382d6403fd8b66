"""Which words moved a decision?

No guess after the fact: the paragraph is coded again without each word in turn, and a word's effect is the
change of the decision's log-odds. A word that speaks for the decision has a positive effect. Valence is
decided sentence by sentence first, so that a word's effect is on the valence of its own sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from classify.coder import IMPROVEMENT, JUDGED, Coder, Passage, read_passage
from classify.net import Floats
from classify.words import stems
from corpus.model import Document, Paragraph, Valence

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’‑-][^\W\d_]+)*|\d[\d.,]*")
_EDGE: Final = 1e-6
_TOGETHER: Final = 200  # variants of a paragraph that are coded at once


@dataclass(frozen=True, slots=True)
class Effect:
    """How much one word of the paragraph moved a decision."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Why:
    """The words behind a paragraph's valence and behind each of its themes.

    Where the valence follows from where the paragraph stands, `by_place` is true and no word moved it.
    """

    paragraph: int
    valence: Valence
    by_place: bool
    valence_effects: tuple[Effect, ...]
    theme_effects: tuple[tuple[str, tuple[Effect, ...]], ...]


def why(coder: Coder, document: Document, position: int) -> Why:
    """Return the words that moved the decisions on one paragraph.

    Raises:
        KeyError: the document has no paragraph at this position.
    """
    paragraph = {p.position: p for p in document.paragraphs}[position]
    areas = {section.id: section.area for section in document.sections}
    return why_paragraph(coder, paragraph, areas.get(paragraph.section_id or 0))


def why_paragraph(coder: Coder, paragraph: Paragraph, area: str | None) -> Why:
    """Return the words that moved the decisions on a paragraph that stands under this judgement area."""
    passage = read_passage(paragraph, area)
    if paragraph.role not in JUDGED or not passage.spans:
        return Why(paragraph.position, "neutral", True, (), ())
    coding = coder.code_passages([passage])[0]
    places = [match.span() for match in _WORD.finditer(paragraph.text)]
    places = [(a, b) for a, b in places if _sentence_at(passage, a) is not None]
    before = _weigh(coder, [passage])[0]
    after = _weigh(coder, [without(passage, start, end) for start, end in places])
    by_place = paragraph.role == IMPROVEMENT
    sides = [] if by_place else [_sentence_at(passage, start) for start, _ in places]
    themes = [(c.theme, coder.codebook.theme_ids.index(c.theme)) for c in coding.codings]
    return Why(
        paragraph=paragraph.position,
        valence=coding.valence,
        by_place=by_place,
        valence_effects=tuple(
            Effect(*span, _change(before[0][row], other[0][row], int(before[0][row].argmax())))
            for span, other, row in zip(places, after, sides, strict=False)
            if row is not None
        ),
        theme_effects=tuple(
            (
                theme,
                tuple(
                    Effect(*span, _change(before[1], o[1], n)) for span, o in zip(places, after, strict=True)
                ),
            )
            for theme, n in themes
        ),
    )


def without(passage: Passage, start: int, end: int) -> Passage:
    """Return the passage as it would be if the word between `start` and `end` were not there."""
    text = passage.paragraph.text
    spoken = list(passage.words)
    for place, (a, b) in enumerate(passage.spans):
        if a <= start < b:
            spoken[place] = stems(text[a:start] + text[end:b])
    return Passage(passage.paragraph, passage.spans, tuple(spoken), passage.area)


def _sentence_at(passage: Passage, place: int) -> int | None:
    """Return which sentence holds this place of the text."""
    return next((row for row, (start, end) in enumerate(passage.spans) if start <= place < end), None)


def _weigh(coder: Coder, passages: Sequence[Passage]) -> list[tuple[Floats, Floats]]:
    """Return for each passage the probabilities of its sentences' valences and of its own themes."""
    found: list[tuple[Floats, Floats]] = []
    for at in range(0, len(passages), _TOGETHER):
        opinions = coder.weigh(passages[at : at + _TOGETHER])
        found += zip(opinions.sentences.valence, opinions.theme, strict=True)
    return found


def _change(before: Floats, after: Floats, decision: int) -> float:
    """Return by how much the log-odds of a decision fell."""
    odds = [float(np.clip(p[decision], _EDGE, 1 - _EDGE)) for p in (before, after)]
    return round(float(np.log(odds[0] / (1 - odds[0])) - np.log(odds[1] / (1 - odds[1]))), 4)
