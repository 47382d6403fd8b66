"""How many paragraphs find a strength or a weakness on each theme, and how sure is a share of them?

The interval is Wilson's score interval at 95% (Wilson 1927), which stays sensible where n is small.
Counts of paragraphs are not performance: inspectors write more about what they looked at longer.
"""

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reports.records import Bar, Share, Tally, ThemeRow

FEWEST: Final = 5  # below this many paragraphs a share says more about chance than about a council
_Z: Final = 1.959964
_COUNTED: Final = """
    SELECT p.document_id, c.theme, c.valence, count(*) FROM paragraph p JOIN coding c ON c.paragraph_id = p.id
    WHERE p.role = 'finding' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def tally_reports(connection: sqlite3.Connection) -> dict[str, dict[str, Tally]]:
    """For every report, its findings by theme; a paragraph counts once for each of its themes."""
    tallies: dict[str, dict[str, Tally]] = {}
    for document_id, theme, valence, count in connection.execute(_COUNTED):
        themes = tallies.setdefault(document_id, {})
        themes[theme] = themes.get(theme, Tally()) + Tally(**{valence: count})
    return tallies


def add_tallies(many: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Several tallies as one."""
    total: dict[str, Tally] = {}
    for tallies in many:
        for theme, tally in tallies.items():
            total[theme] = total.get(theme, Tally()) + tally
    return total


def share(part: int, whole: int) -> Share:
    """The share with its interval, or without one where there are too few paragraphs."""
    if whole < FEWEST:
        return Share(part, whole, None, None)
    low, high = wilson(part, whole)
    return Share(part, whole, math.floor(100 * low), math.ceil(100 * high))


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95% score interval of a proportion."""
    if not 0 <= part <= whole or whole == 0:
        raise ValueError(f"{part} of {whole} is no proportion")
    p, z2 = part / whole, _Z * _Z
    middle = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    reach = _Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def theme_rows(columns: Sequence[Mapping[str, Tally]], names: Mapping[str, str]) -> tuple[ThemeRow, ...]:
    """One row for every theme that any column speaks of, in the codebook's order."""
    rows = []
    for theme, name in names.items():
        tallies = tuple(column.get(theme, Tally()) for column in columns)
        if any(tally != Tally() for tally in tallies):
            shares = tuple(share(tally.strength, tally.judged) for tally in tallies)
            rows.append(ThemeRow(theme, name, tallies, shares))
    return tuple(rows)


def bars(tallies: Mapping[str, Tally], names: Mapping[str, str]) -> tuple[Bar, ...]:
    """The bars of a chart of one column: weaknesses to the left, strengths to the right."""
    shown = [(name, tallies[theme]) for theme, name in names.items() if theme in tallies]
    longest = max((max(t.strength, t.weakness + t.mixed) for _, t in shown), default=1)
    return tuple(Bar(name, t.strength, t.mixed, t.weakness, max(longest, 1)) for name, t in shown)
