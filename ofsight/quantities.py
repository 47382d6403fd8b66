"""Which figures and indicators do the stored reports state, each with the words it stands in?"""

import difflib
import sqlite3
from typing import Final

from corpus.sentences import split_sentences
from ofsight.selection import Filter, check, conditions
from reports.tables import DataTable

_NEAR: Final = 0.75  # how alike two words have to be to suggest one for the other
_SUGGESTED: Final = 5
_FIGURES: Final = """
    SELECT coalesce(a.name, d.authority), d.la_code, d.id, coalesce(d.inspected_to, d.published), d.framework,
        p.number, p.page_from, f.kind, f.value, f.value2, f.unit, f.approx, f.subject, f.comparator,
        f.period, f.direction, f.start, f."end", p.text
    FROM figure f JOIN paragraph p ON p.id = f.paragraph_id JOIN document d ON d.id = p.document_id
    LEFT JOIN authority a ON a.la_code = d.la_code
"""
_FIGURE_COLUMNS: Final = (
    *("authority", "la_code", "document_id", "inspection_date", "framework", "paragraph", "page", "kind"),
    *(
        "value",
        "value2",
        "unit",
        "approx",
        "subject",
        "comparator",
        "period",
        "direction",
        "words",
        "sentence",
    ),
)
_INDICATORS: Final = """
    SELECT coalesce(a.name, d.authority), d.la_code, d.id, coalesce(d.inspected_to, d.published), i.indicator,
        i.value, i.unit, i.as_of, i.previous_value, i.previous_as_of, i.england, p.page_from, i.doubt
    FROM indicator i JOIN document d ON d.id = i.document_id LEFT JOIN paragraph p ON p.id = i.paragraph_id
    LEFT JOIN authority a ON a.la_code = d.la_code
"""
_INDICATOR_COLUMNS: Final = (
    *("authority", "la_code", "document_id", "inspection_date", "indicator", "value", "unit", "as_of"),
    *("previous_value", "previous_as_of", "england", "page", "doubt"),
)


def figures(
    connection: sqlite3.Connection, wanted: Filter, *, kind: str | None = None, subject: str | None = None
) -> DataTable:
    """Figures with the sentence each stands in, by subject and authority.

    Raises:
        ValueError: an unknown theme, valence or framework, or a kind of which the store holds no figure.
        UnknownAuthorityError: an unknown authority.
    """
    if kind is not None:
        check("kind", kind, [k for (k,) in connection.execute("SELECT DISTINCT kind FROM figure ORDER BY 1")])
    where, values = conditions(connection, wanted)
    rows = connection.execute(
        f"{_FIGURES} WHERE {where} AND (? IS NULL OR f.kind = ?)"
        " AND (? IS NULL OR instr(lower(f.subject), lower(?)))"
        " ORDER BY f.subject IS NULL, lower(f.subject), 1, 4, p.position, f.start",
        (*values, kind, kind, subject, subject),
    )
    return DataTable(
        "figures", _FIGURE_COLUMNS, tuple((*row[:16], *_words(row[18], row[16], row[17])) for row in rows)
    )


def near_subjects(connection: sqlite3.Connection, asked: str) -> tuple[str, ...]:
    """The subjects of figures that are most like what was asked for, the commonest first."""
    rows = connection.execute(
        "SELECT lower(subject), count(*) FROM figure WHERE subject IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    words = sorted({word for subject, _ in rows for word in subject.split()})
    meant = {
        near
        for word in asked.lower().split()
        for near in difflib.get_close_matches(word, words, n=3, cutoff=_NEAR)
    }
    fitting = [(len(meant & set(subject.split())), subject) for subject, _ in rows]
    best = sorted((pair for pair in fitting if pair[0]), key=lambda pair: -pair[0])
    return tuple(subject for _, subject in best[:_SUGGESTED])


def indicators(connection: sqlite3.Connection, wanted: Filter, indicator: str | None = None) -> DataTable:
    """Indicators of the area profiles, one row for each value, by indicator and authority.

    Raises:
        ValueError: an indicator of which the store holds no value.
        UnknownAuthorityError: an unknown authority.
    """
    if indicator is not None:
        held = [name for (name,) in connection.execute("SELECT DISTINCT indicator FROM indicator ORDER BY 1")]
        check("indicator", indicator, held)
    where, values = conditions(connection, wanted)
    rows = connection.execute(
        f"{_INDICATORS} WHERE {where} AND (? IS NULL OR i.indicator = ?) ORDER BY i.indicator, 1, 4",
        (*values, indicator, indicator),
    )
    return DataTable("indicators", _INDICATOR_COLUMNS, tuple(rows))


def _words(text: str, start: int, end: int) -> tuple[str, str]:
    """The figure's own words, and the sentence that holds them."""
    for first, last in split_sentences(text):
        if first <= start < last:
            return text[start:end], text[first:last]
    return text[start:end], text
