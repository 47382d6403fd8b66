"""Who is this authority like, and which of those are found strong where it is found weak?"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, Literal, get_args

from reports.judgements import cells_of
from reports.likeness import load_likeness
from reports.quotations import quotable
from reports.records import Cell, Passage, Source, Tally
from reports.sources import Window, latest_full, load_findings
from reports.views import Exemplar, Group, Neighbour

Against = Literal["neighbours", "region", "grade", "england"]
AGAINST: Final = get_args(Against)

_FEWEST_STRENGTHS: Final = 2
_PEERS: Final = """
    SELECT a.la_code, a.name, a.region, n.rank
    FROM authority a LEFT JOIN neighbour n ON n.neighbour = a.la_code AND n.la_code = ?1
    WHERE a.la_code <> ?1 AND (
        ?2 OR n.rank IS NOT NULL OR a.current >= (SELECT current FROM authority WHERE la_code = ?1)
    )
    ORDER BY n.rank IS NULL, n.rank, a.name
"""


def find_group(
    connection: sqlite3.Connection,
    sources: Sequence[Source],
    la_code: str,
    against: Against | Sequence[str],
    window: Window | None,
) -> Group:
    """The authorities to compare with, each by its latest full inspection in the window.

    Councils that are no more stand beside one of today only where they are named or the window has an end.
    """
    former = not isinstance(against, str) or bool(window and window[1])
    peers = connection.execute(_PEERS, (la_code, former)).fetchall()
    region = _region(connection, la_code)
    own = latest_full(sources, la_code, window)
    if isinstance(against, str):
        kept = [row for row in peers if _belongs(connection, sources, row, against, (region, own, window))]
    else:
        kept = [row for row in peers if row[0] in against]
    found = {name: latest_full(sources, code, window) for code, name, _, _ in kept}
    return Group(
        kind=against if isinstance(against, str) else "named",
        name=_group_name(against, region),
        sources=tuple(source for source in found.values() if source),
        without=tuple(name for name, source in found.items() if source is None),
    )


def _region(connection: sqlite3.Connection, la_code: str) -> str | None:
    row = connection.execute("SELECT region FROM authority WHERE la_code = ?", (la_code,)).fetchone()
    return row[0] if row else None


def _belongs(
    connection: sqlite3.Connection,
    sources: Sequence[Source],
    row: Sequence[object],
    against: str,
    own: tuple[str | None, Source | None, Window | None],
) -> bool:
    la_code, _, region, rank = row
    own_region, own_source, window = own
    if against == "neighbours":
        return rank is not None
    if against == "region":
        return region == own_region
    source = latest_full(sources, str(la_code), window)
    if against == "grade":
        return source is not None and own_source is not None and _same_grade(connection, source, own_source)
    return source is not None


def _same_grade(connection: sqlite3.Connection, one: Source, other: Source) -> bool:
    """Whether both have an overall grade and it is the same."""
    first = cells_of(connection, one).get("overall")
    second = cells_of(connection, other).get("overall")
    return (
        first is not None and second is not None and first.grade is not None and first.grade == second.grade
    )


def _group_name(against: Against | Sequence[str], region: str | None) -> str:
    named = {
        "neighbours": "Statistical neighbours",
        "region": region or "Region",
        "grade": "Authorities with the same overall grade",
        "england": "England",
    }
    return named[against] if isinstance(against, str) else "The named group"


def find_neighbours(
    connection: sqlite3.Connection, sources: Sequence[Source], la_code: str, areas: Sequence[str]
) -> tuple[Neighbour, ...]:
    """The statistical neighbours, closest first, with the judgements of their latest full inspections."""
    found = []
    for code, name, _, rank in connection.execute(_PEERS, (la_code, False)).fetchall():
        if rank is None:
            break
        source = latest_full(sources, code)
        cells = cells_of(connection, source) if source else {}
        row = tuple(cells.get(area) or Cell(area, None, "not_given", None) for area in areas)
        found.append(Neighbour(rank, name, source, row if source else ()))
    return tuple(found)


def find_exemplars(
    connection: sqlite3.Connection,
    sources: Sequence[Source],
    la_code: str,
    tallies: Mapping[str, Mapping[str, Tally]],
    *,
    weak: Mapping[str, Sequence[Passage]],
    names: Mapping[str, str],
    each: int,
) -> tuple[Exemplar, ...]:
    """For each theme, the nearest authorities whose latest report finds strength on it and no weakness.

    `weak` holds what is found weak here, by theme; the strength that speaks most to the same thing is quoted.
    """
    region = _region(connection, la_code)
    peers = connection.execute(_PEERS, (la_code, False)).fetchall()
    ordered = sorted(peers, key=lambda row: (row[3] is None, row[3] or 0, row[2] != region, row[1]))
    latest = {row[0]: latest_full(sources, row[0]) for row in ordered}
    found: list[Exemplar] = []
    for theme, weaknesses in weak.items():
        strong = [
            (row, source, tally)
            for row in ordered
            if (source := latest[row[0]]) is not None
            and (tally := tallies.get(source.document_id, {}).get(theme, Tally())).strength
            >= _FEWEST_STRENGTHS
            and tally.weakness + tally.mixed == 0
        ]
        for row, source, tally in strong[:each]:
            strengths = quotable(load_findings(connection, source), theme, "strength")
            quoted = _answering(strengths, weaknesses)
            found += [Exemplar(theme, names[theme], row[1], _relation(row, region), tally, p) for p in quoted]
    return tuple(found)


def _answering(strengths: Sequence[Passage], weaknesses: Sequence[Passage]) -> Sequence[Passage]:
    """The strength nearest in meaning to any of the weaknesses; none where there is no strength to quote."""
    if not strengths or not weaknesses:
        return strengths[:1]
    likeness = load_likeness()
    good = likeness.vectors([passage.text for passage in strengths])
    bad = likeness.vectors([passage.text for passage in weaknesses])
    nearest = (good @ bad.T).max(axis=1)
    return [strengths[int(nearest.argmax())]]


def _relation(row: Sequence[object], region: str | None) -> str:
    if row[3] is not None:
        return f"statistical neighbour {row[3]} of 10"
    return f"same region, {region}" if row[2] == region else f"{row[2] or 'England'}"
