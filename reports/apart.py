"""What sets each member of a comparison apart from the others, in findings and in words?"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reports.keyness import CLEAR, count_words, distinctions, words_of
from reports.records import Apart, Distinction, Source, Tally
from reports.sources import Finding
from reports.views import Group

_MOST_THEMES: Final = 6
_MOST_WORDS: Final = 10
_FEWEST_USES: Final = 3


def apart(
    connection: sqlite3.Connection,
    findings: Sequence[Sequence[Finding]],
    group: Group | None,
    tallies: Mapping[str, Mapping[str, Tally]],
    names: Mapping[str, str],
) -> tuple[Apart, ...]:
    """For each member, the findings and words more typical of its report than of the rest."""
    members = [each[0].source for each in findings if each]
    texts = {each[0].source.document_id: [finding.text for finding in each] for each in findings if each}
    rest = group.sources if group else tuple(members)
    for source in rest:
        if source.document_id not in texts:
            texts[source.document_id] = _texts(connection, source)
    places = frozenset().union(*(words_of(source.authority) for source in (*members, *rest)))
    words = {document_id: count_words(texts[document_id], places) for document_id in texts}
    said = {document_id: _said(tallies.get(document_id, {}), names) for document_id in texts}
    background = _sum(_said(tally, names) for tally in tallies.values())
    return tuple(
        Apart(
            member.authority,
            _typical(said, member, rest, background)[:_MOST_THEMES],
            _typical(words, member, rest, _sum(words.values()))[:_MOST_WORDS],
        )
        for member in members
    )


def _texts(connection: sqlite3.Connection, source: Source) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM paragraph WHERE document_id = ? AND role = 'finding' ORDER BY position",
        (source.document_id,),
    )
    return [text for (text,) in rows]


def _said(tallies: Mapping[str, Tally], names: Mapping[str, str]) -> Counter[str]:
    """Findings as terms: a mixed paragraph holds a strength and a weakness."""
    counted: Counter[str] = Counter()
    for theme, tally in tallies.items():
        counted[f"Strengths: {names[theme]}"] += tally.strength + tally.mixed
        counted[f"Weaknesses: {names[theme]}"] += tally.weakness + tally.mixed
    return counted


def _sum(many: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counted in many:
        total.update(counted)
    return total


def _typical(
    counted: Mapping[str, Counter[str]], member: Source, rest: Sequence[Source], background: Counter[str]
) -> tuple[Distinction, ...]:
    others = _sum(
        [counted[source.document_id] for source in rest if source.document_id != member.document_id]
    )
    scored = distinctions(counted[member.document_id], others, background)
    return tuple(found for found in scored if found.z >= CLEAR and found.count >= _FEWEST_USES)
