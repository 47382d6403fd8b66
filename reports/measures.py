"""Which figures and indicators do the reports state, next to each other?"""

import sqlite3
from collections.abc import Sequence

from corpus.model import Role
from corpus.sentences import split_sentences
from reports.records import IndicatorCell, IndicatorRow, Passage, Source, StatedFigure
from reports.sources import Finding, Said, load_findings
from reports.wording import wording


def indicator_rows(connection: sqlite3.Connection, sources: Sequence[Source]) -> tuple[IndicatorRow, ...]:
    """The indicators of the area profiles (2014 to 2017), one cell for every report."""
    columns = [_indicators(connection, source) for source in sources]
    rows = []
    for indicator, name in wording().indicator.items():
        cells = tuple(column.get(indicator) for column in columns)
        if any(cells):
            rows.append(IndicatorRow(indicator, name, cells))
    return tuple(rows)


def _indicators(connection: sqlite3.Connection, source: Source) -> dict[str, IndicatorCell]:
    rows = connection.execute(
        "SELECT indicator, value, as_of, england, doubt, paragraph_id FROM indicator WHERE document_id = ?"
        " ORDER BY paragraph_id",
        (source.document_id,),
    ).fetchall()
    if not rows:
        return {}
    roles: tuple[Role, ...] = ("profile", "finding", "summary")
    profile = {finding.paragraph_id: finding for finding in load_findings(connection, source, roles)}
    found: dict[str, IndicatorCell] = {}
    for indicator, value, as_of, england, doubt, paragraph_id in rows:
        finding = profile.get(paragraph_id)
        passage = finding.passage() if finding else None
        found.setdefault(indicator, IndicatorCell(value, as_of, england, passage, doubt))
    return found


def compared_figures(
    connection: sqlite3.Connection, findings: Sequence[Finding], most: int
) -> tuple[StatedFigure, ...]:
    """Figures of one report that are set against something or said to have moved, in reading order."""
    by_id = {finding.paragraph_id: finding for finding in findings}
    if not findings:
        return ()
    rows = connection.execute(
        'SELECT f.paragraph_id, f.start, f."end", f.subject, f.comparator, f.direction, f.period'
        " FROM paragraph p JOIN figure f ON f.paragraph_id = p.id WHERE p.document_id = ?"
        " ORDER BY f.kind = 'duration', (f.comparator IS NULL) + (f.direction IS NULL), p.position, f.start",
        (findings[0].source.document_id,),
    )
    chosen: dict[tuple[str, int], StatedFigure] = {}
    for paragraph_id, start, end, subject, comparator, direction, period in rows:
        finding = by_id.get(paragraph_id)
        if finding is None or (comparator is None and direction is None) or len(chosen) == most:
            continue
        passage = _sentence_around(finding, start, end)
        chosen.setdefault(
            (paragraph_id, passage.start),
            StatedFigure(finding.text[start:end], subject, comparator, direction, period, passage),
        )
    return tuple(sorted(chosen.values(), key=lambda figure: figure.passage.position))


def _sentence_around(finding: Finding, start: int, end: int) -> Passage:
    """The sentence that states the figure."""
    for first, last in split_sentences(finding.text):
        if first <= start and end <= last:
            return finding.passage(Said(first, last, finding.valence, None, 0.0))
    return finding.passage()
