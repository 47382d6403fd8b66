"""Which paragraph comes next: the doubtful ones first, then those of which the program was least sure."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from corpus.ledger import Entry, Place, read_entries, settled, standing, whole_hash
from corpus.rows import paragraph_id
from ofsight.selection import Filter, conditions

Show = Literal["open", "mine", "differ", "other"]

# What the program said decides the order, also where a person has spoken since.
_ORDER: Final = """
    SELECT p.id FROM paragraph p JOIN document d ON d.id = p.document_id
    LEFT JOIN corrected c ON c.paragraph_id = p.id
    WHERE p.role IN ('finding', 'summary', 'improvement') AND (? IS NULL OR d.id = ?) AND {}
    ORDER BY coalesce(c.needs_review, p.needs_review) DESC,
        coalesce(c.valence_probability, p.valence_probability), p.id
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which paragraphs a coder wants to see.

    `show`: those the coder has still to code (`open`), has coded (`mine`), on which coders differ (`differ`),
    or that the coder named in `by` has coded (`other`).
    """

    show: Show = "open"
    authority: str | None = None
    theme: str | None = None
    document: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Paragraphs in the order in which they are shown, and which of them the coder need not see again."""

    keys: tuple[str, ...]
    done: frozenset[str]

    @property
    def waiting(self) -> int:
        """How many there are to come."""
        return sum(key not in self.done for key in self.keys)

    def first(self) -> str | None:
        """The first paragraph that is not done."""
        return next((key for key in self.keys if key not in self.done), None)

    def after(self, key: str) -> str | None:
        """The next one that is not done, from the top again at the end."""
        at = self.keys.index(key) + 1 if key in self.keys else 0
        return next((k for k in (*self.keys[at:], *self.keys[:at]) if k not in self.done and k != key), None)

    def before(self, key: str) -> str | None:
        """The one before, done or not."""
        at = self.keys.index(key) if key in self.keys else 0
        return self.keys[at - 1] if at else None


def line_up(connection: sqlite3.Connection, wish: Wish, coder: str) -> Line:
    """The paragraphs that a coder wants to see, in order.

    Raises:
        ValueError: an unknown theme.
        UnknownAuthorityError: an unknown authority.
    """
    authorities = (wish.authority,) if wish.authority else ()
    where, values = conditions(connection, Filter(theme=wish.theme, authorities=authorities))
    rows = connection.execute(_ORDER.format(where), (wish.document, wish.document, *values))
    keys = [key for (key,) in rows]
    if wish.show == "differ":
        said = standing_now(connection)
        wanted = frozenset(
            paragraph_id(*place) for place, entries in said.items() if settled(entries) is None
        )
        return Line(_among(keys, wanted), frozenset())
    own = _coded_by(connection, coder)
    if wish.show == "open":
        return Line(tuple(keys), own)
    if wish.show == "other":
        return Line(_among(keys, _coded_by(connection, wish.by or "")), own)
    return Line(_among(keys, own), frozenset())


def standing_now(
    connection: sqlite3.Connection, document_id: str | None = None
) -> dict[Place, tuple[Entry, ...]]:
    """What stands in the ledger (of one document) of paragraphs whose text is still the one that was read."""
    texts = {
        (document, position): whole_hash(text)
        for document, position, text in connection.execute(
            "SELECT document_id, position, text FROM paragraph WHERE (document_id, position) IN"
            " (SELECT document_id, position FROM correction WHERE ? IS NULL OR document_id = ?)",
            (document_id, document_id),
        )
    }
    entries = [e for e in read_entries(connection, document_id) if texts.get(e.place) == e.text_sha256]
    return standing(entries)


def coders(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Everybody who has written in the ledger, in order of the alphabet."""
    return tuple(name for (name,) in connection.execute("SELECT DISTINCT coder FROM correction ORDER BY 1"))


def _coded_by(connection: sqlite3.Connection, coder: str) -> frozenset[str]:
    """The paragraphs on which a coder's word stands; asked at every step, so the store does the work."""
    connection.create_function("whole_hash", 1, whole_hash, deterministic=True)
    rows = connection.execute(
        "SELECT p.id FROM correction c JOIN paragraph p USING (document_id, position)"
        " WHERE c.coder = ? AND c.undoes IS NULL AND NOT c.resolves"
        " AND c.entry NOT IN (SELECT undoes FROM correction WHERE undoes IS NOT NULL)"
        " AND c.text_sha256 = whole_hash(p.text)",
        (coder,),
    )
    return frozenset(key for (key,) in rows)


def _among(keys: Sequence[str], wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in wanted)
