"""What does the store hold, as DataFrames?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from corpus.store import Store
from ofsight.selection import Filter, conditions, search

if TYPE_CHECKING:
    from reports.tables import DataTable

_DATES: Final = ("inspected_from", "inspected_to", "published", "inspection_date")
_WHOLE: Final = ("number", "page_from", "page_to", "paragraph", "page")  # even where one is missing
_PARAGRAPHS: Final = """
    SELECT p.id, p.document_id, a.name AS authority, d.la_code, d.framework, d.inspected_to, p.number, p.role,
        s.heading, s.area, p.page_from, p.page_to, p.text, p.valence, p.valence_probability, p.needs_review
    FROM paragraph p JOIN document d ON d.id = p.document_id LEFT JOIN authority a ON a.la_code = d.la_code
    LEFT JOIN section s ON s.document_id = d.id AND s.id = p.section_id
"""
_CODINGS: Final = """
    SELECT c.paragraph_id, p.document_id, d.la_code, d.framework, d.inspected_to, p.number, c.theme, c.rank,
        c.valence, c.probability
    FROM coding c JOIN paragraph p ON p.id = c.paragraph_id JOIN document d ON d.id = p.document_id
"""


class Frames:
    """An open store whose tables come out as DataFrames; closes at the end of a `with` block."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> "Frames":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def sql(self, query: str, values: Sequence[object] | Mapping[str, object] = ()) -> pd.DataFrame:
        """The rows of any query over the store; give values as `?`, never inside the text."""
        frame = pd.read_sql_query(query, self._store.connection, params=values)  # type: ignore[arg-type]
        for name in frame.columns.intersection(list(_DATES)):
            frame[name] = pd.to_datetime(frame[name])
        return frame

    def documents(self) -> pd.DataFrame:
        """One row for each document, the oldest inspection first."""
        return self.sql("SELECT * FROM document ORDER BY inspected_to, id")

    def judgements(self) -> pd.DataFrame:
        """One row for each judgement, with authority and date."""
        return self.sql(
            "SELECT j.document_id, d.la_code, d.framework, d.inspected_to, j.area, j.grade FROM judgement j"
            " JOIN document d ON d.id = j.document_id ORDER BY d.inspected_to, j.document_id, j.area"
        )

    def paragraphs(
        self,
        *,
        theme: str | None = None,
        valence: str | None = None,
        authority: str | None = None,
        framework: str | None = None,
    ) -> pd.DataFrame:
        """One row for each paragraph, in reading order; each condition narrows the choice.

        Raises:
            ValueError: an unknown theme, valence or framework.
            UnknownAuthorityError: an unknown authority.
        """
        wanted = Filter(theme, valence, (authority,) if authority else (), framework)
        where, values = conditions(self._store.connection, wanted)
        return _with_whole(self.sql(f"{_PARAGRAPHS} WHERE {where} ORDER BY p.id", values))

    def codings(self) -> pd.DataFrame:
        """One row for each theme of each paragraph; rank 1 is the primary theme."""
        return _with_whole(self.sql(f"{_CODINGS} ORDER BY c.paragraph_id, c.rank"))

    def mentions(self) -> pd.DataFrame:
        """One row for each place where an entity is named."""
        return self.sql(
            'SELECT m.paragraph_id, m.start, m."end", m.label, m.text, m.entity_id, e.name FROM mention m'
            " LEFT JOIN entity e ON e.id = m.entity_id ORDER BY m.paragraph_id, m.start"
        )

    def figures(self, *, theme: str | None = None, subject: str | None = None) -> pd.DataFrame:
        """One row for each stated quantity, with the sentence it stands in."""
        from ofsight.quantities import figures

        return _frame(figures(self._store.connection, Filter(theme=theme), subject=subject))

    def indicators(self, indicator: str | None = None) -> pd.DataFrame:
        """One row for each measure of an area profile."""
        from ofsight.quantities import indicators

        return _frame(indicators(self._store.connection, Filter(), indicator))

    def search(self, words: str, *, limit: int = 100) -> pd.DataFrame:
        """The paragraphs that hold all the words, the best first.

        Raises:
            ValueError: no word to search for.
        """
        _, found = search(self._store.connection, words, Filter(), limit)
        columns = ("id", "document_id", "authority", "inspected_to", "number", "page_from", "valence", "text")
        rows = [[getattr(one, name) for name in columns] for one in found]
        return _with_whole(pd.DataFrame(rows, columns=list(columns)))


def _with_whole(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns.intersection(list(_WHOLE)):
        frame[name] = frame[name].astype("Int64")
    return frame


def _frame(table: "DataTable") -> pd.DataFrame:
    frame = pd.DataFrame(list(table.rows), columns=list(table.columns))
    frame["inspection_date"] = pd.to_datetime(frame["inspection_date"])
    return _with_whole(frame)
