"""How far do two coders agree, beyond what chance would give, and on which paragraphs do they not?

A paragraph counts where both have coded the text as it is now. What resolves a difference is no coding of its
own and does not count; neither does a sentence that was marked.
"""

import random
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

from corpus.corrected import program_said
from corpus.ledger import Entry, Place, by_place, settled
from corpus.model import VALENCES, Valence
from corpus.rows import paragraph_id
from ofsight.queries import Passage, by_id
from ofsight.review.queue import standing_now

PROGRAM: Final = "the program"
_ENOUGH: Final = 10  # paragraphs below which an interval says nothing
_DRAWS: Final = 500

Both = Sequence[tuple[Entry, Entry]]
Words = tuple[Valence, tuple[tuple[str, Valence], ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure from 0 to 1 (kappa may be negative), with its 95 % interval where there is enough."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on the paragraphs that both have coded; `blind`: how many both coded blind."""

    first: str
    second: str
    paragraphs: int
    blind: int
    same_valence: Measure
    valence_kappa: Measure
    same_primary_theme: Measure
    theme_f1: Measure
    pair_f1: Measure


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A paragraph on which coders differ, with what each says and what was resolved."""

    paragraph_id: str
    authority: str | None
    inspected_to: str | None
    number: int | None
    page: int | None
    text: str
    said: tuple[tuple[str, Words], ...]  # by coder
    resolved_by: str | None
    resolved: Words | None


def agreements(connection: sqlite3.Connection) -> tuple[Agreement, ...]:
    """Every two coders with a paragraph in common, in order of their names; the program is the last."""
    said = standing_now(connection)
    names = sorted({e.coder for entries in said.values() for e in entries if not e.resolves})
    coded = {name: by_place(said, name) for name in names}
    names.append(PROGRAM)
    coded[PROGRAM] = _program(connection, said)
    pairs = (_agreement((one, coded[one]), (other, coded[other])) for one, other in combinations(names, 2))
    return tuple(found for found in pairs if found)


def _program(connection: sqlite3.Connection, said: Mapping[Place, Sequence[Entry]]) -> dict[Place, Entry]:
    """What the program said of the paragraphs that somebody coded, as if it were a coder who sees nobody."""
    found = {}
    for place, entries in said.items():
        program = program_said(connection, paragraph_id(*place))
        if program:
            found[place] = replace(
                entries[0], coder=PROGRAM, valence=program.valence, themes=program.themes, blind=True
            )
    return found


def disagreements(connection: sqlite3.Connection) -> tuple[Disagreement, ...]:
    """The paragraphs on which coders differ, those that nobody has resolved first."""
    found = [
        _disagreement(by_id(connection, paragraph_id(*place)), entries)
        for place, entries in standing_now(connection).items()
        if settled([entry for entry in entries if not entry.resolves] or entries) is None
    ]
    return tuple(sorted(found, key=lambda d: (d.resolved is not None, d.authority or "", d.paragraph_id)))


def _disagreement(passage: Passage, entries: Sequence[Entry]) -> Disagreement:
    resolving = next((entry for entry in entries if entry.resolves), None)
    return Disagreement(
        passage.id,
        passage.authority,
        passage.inspected_to,
        passage.number,
        passage.page_from,
        passage.text,
        tuple((e.coder, (e.valence, e.themes)) for e in entries if not e.resolves),
        resolving.coder if resolving else None,
        (resolving.valence, resolving.themes) if resolving else None,
    )


def _agreement(
    one: tuple[str, Mapping[Place, Entry]], other: tuple[str, Mapping[Place, Entry]]
) -> Agreement | None:
    both = [(one[1][place], other[1][place]) for place in sorted(one[1].keys() & other[1].keys())]
    if not both:
        return None
    return Agreement(
        one[0],
        other[0],
        len(both),
        sum(a.blind and b.blind for a, b in both),
        same_valence=_measure(both, _same_valence),
        valence_kappa=_measure(both, _kappa),
        same_primary_theme=_measure(both, _same_primary),
        theme_f1=_measure(both, _theme_f1),
        pair_f1=_measure(both, _pair_f1),
    )


def _measure(both: Both, read: Callable[[Both], float]) -> Measure:
    """The value, and between what it lies for 95 % of always the same draws of paragraphs."""
    value = round(read(both), 4)
    if len(both) < _ENOUGH:
        return Measure(value)
    draw = random.Random(1)  # noqa: S311 (a sample, no secret)
    values = sorted(read(draw.choices(both, k=len(both))) for _ in range(_DRAWS))
    low, high = (values[round(share * (_DRAWS - 1))] for share in (0.025, 0.975))
    return Measure(value, round(low, 4), round(high, 4))


def _same_valence(both: Both) -> float:
    return sum(a.valence == b.valence for a, b in both) / len(both)


def _kappa(both: Both) -> float:
    import numpy as np

    from classify.metrics import kappa

    return kappa(
        *(np.array([VALENCES.index(entry.valence) for entry in side]) for side in zip(*both, strict=True))
    )


def _same_primary(both: Both) -> float:
    return sum(_first(a) == _first(b) for a, b in both) / len(both)


def _theme_f1(both: Both) -> float:
    return _f1([({theme for theme, _ in a.themes}, {theme for theme, _ in b.themes}) for a, b in both])


def _pair_f1(both: Both) -> float:
    return _f1([(set(a.themes), set(b.themes)) for a, b in both])


def _f1(sets: Sequence[tuple[Any, Any]]) -> float:
    """Two coders who give no theme anywhere agree."""
    from classify.metrics import f1

    return f1(sets) if any(a or b for a, b in sets) else 1.0


def _first(entry: Entry) -> str | None:
    return entry.themes[0][0] if entry.themes else None
