"""How far do two coders agree, beyond what chance would give, and on which paragraphs do they not?

A paragraph counts where both have coded the text as it is now. What resolves a difference is no coding of its
own and does not count; neither does a sentence that was marked.
"""

import sqlite3
from collections.abc import Mapping, Sequence
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
    measures = _measures([_counts(a, b) for a, b in both])
    return Agreement(one[0], other[0], len(both), sum(a.blind and b.blind for a, b in both), *measures)


def _counts(a: Entry, b: Entry) -> tuple[int, ...]:
    """What a paragraph adds: both valences, the same primary theme, shared and all themes, and pairs."""
    themes = [{theme for theme, _ in entry.themes} for entry in (a, b)]
    pairs = [set(entry.themes) for entry in (a, b)]
    return (
        VALENCES.index(a.valence),
        VALENCES.index(b.valence),
        _primary(a) == _primary(b),
        *(len(themes[0] & themes[1]), len(themes[0]) + len(themes[1])),
        *(len(pairs[0] & pairs[1]), len(pairs[0]) + len(pairs[1])),
    )


def _measures(counts: Sequence[tuple[int, ...]]) -> list[Measure]:
    """Each measure with what lies between 2.5 and 97.5 % of always the same draws of paragraphs."""
    import numpy as np

    rows = np.array(counts)
    values = _values(rows)
    if len(rows) < _ENOUGH:
        return [Measure(round(value, 4)) for value in values]
    draw = np.random.default_rng(1)
    draws = [_values(rows[draw.integers(len(rows), size=len(rows))]) for _ in range(_DRAWS)]
    low, high = np.quantile(np.array(draws), (0.025, 0.975), axis=0)
    rounded = (
        tuple(round(float(part), 4) for part in parts) for parts in zip(values, low, high, strict=True)
    )
    return [Measure(*parts) for parts in rounded]


def _values(rows: Any) -> tuple[float, ...]:
    """Equal valences, kappa, equal primary themes, F1 of themes and of pairs; 1 where there is no theme."""
    from classify.metrics import kappa

    told, said, primary, *sums = rows.T
    shared_themes, all_themes, shared_pairs, all_pairs = (int(column.sum()) for column in sums)
    return (
        float((told == said).mean()),
        kappa(told, said),
        float(primary.mean()),
        2 * shared_themes / all_themes if all_themes else 1.0,
        2 * shared_pairs / all_pairs if all_pairs else 1.0,
    )


def _primary(entry: Entry) -> str | None:
    return entry.themes[0][0] if entry.themes else None
