"""What does the store hold that a statement could be checked against?"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from corpus.authorities import register
from reports.filters import inspected
from reports.records import Source
from reports.sources import load_every_source

_QUOTES: Final = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "..."}
)
DATE: Final = re.compile(
    r"\b(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{4})\b"
)
YEAR: Final = re.compile(r"\b(20[012]\d)\b")
_NUMBER: Final = re.compile(r"\bpara(?:graph)?s?\.?\s*(\d+)", re.IGNORECASE)
_PAGE: Final = re.compile(r"\b(?:pages?|pp?\.)\s*(\d+)", re.IGNORECASE)
_FIGURES: Final = """
    SELECT p.number, p.page_from, v.value, v.unit,
           coalesce(v.about, '') || ' ' || substr(p.text, max(v.start - :near, 0) + 1, 2 * :near)
    FROM paragraph p JOIN (
        SELECT paragraph_id, value, unit, subject AS about, start FROM figure
        UNION ALL SELECT paragraph_id, value2, unit, subject, start FROM figure
        UNION ALL SELECT paragraph_id, value, unit, indicator, 0 FROM indicator
    ) v ON v.paragraph_id = p.id WHERE p.document_id = :document AND v.value IS NOT NULL ORDER BY p.position
"""
_BESIDE: Final = 150  # characters on each side of a figure that say of what it is
_WORD: Final = re.compile(r"\w+")
_PHRASE_WORDS: Final = 12
_NEAR: Final = 0.72


@dataclass(frozen=True, slots=True)
class Stated:
    """A paragraph of the store, ready to be compared."""

    source: Source
    number: int | None
    role: str
    page_from: int | None
    page_to: int | None
    text: str

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        number = f"paragraph {self.number}" if self.number is not None else "an unnumbered paragraph"
        page = f", page {self.page_from}" if self.page_from else ""
        return f"{self.source.authority}, {inspected(self.source)}, {number}{page}"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation names, as far as it does."""

    la_code: str | None
    day: date | None
    year: int | None
    number: int | None
    page: int | None

    @property
    def empty(self) -> bool:
        """Whether it names nothing that can be looked up."""
        return self.la_code is None and self.number is None


def plain(text: str) -> str:
    """The text with typographic quotes, dashes and white space made plain, for comparison only."""
    return " ".join(text.translate(_QUOTES).split())


class Evidence:
    """The store as evidence; reads each report once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.sources = load_every_source(connection)
        self._paragraphs: dict[str, tuple[Stated, ...]] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of authorities and what else they are called, small, longest first, with their codes."""
        named: dict[str, str] = {}
        for name, code in self.connection.execute("SELECT name, la_code FROM authority"):
            known = register().get(code)
            for called in (*(known.also_known_as if known else ()), name):
                named[called.lower()] = code
        return dict(sorted(named.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def authorities_in(self, text: str) -> tuple[str, ...]:
        """The codes of the authorities that a text names, each once, longer names first."""
        left, found = text, []
        for name, code in self.names.items():
            pattern = (
                rf"(?<!\w)(?=[A-Z])(?i:{re.escape(name)})(?!\w)"  # "reading" with a small r is no council
            )
            if re.search(pattern, left):
                found.append(code)
                left = re.sub(pattern, " ", left)
        return tuple(dict.fromkeys(found))

    def reference(self, text: str, la_code: str | None = None) -> Reference:
        """What a citation names; `la_code` is the authority of the draft where the citation names none."""
        named = self.authorities_in(text)
        day = DATE.search(text)
        number, page, year = _NUMBER.search(text), _PAGE.search(text), YEAR.search(text)
        return Reference(
            la_code=named[0] if named else la_code,
            day=_day(day[1]) if day else None,
            year=int(year[1]) if year else None,
            number=int(number[1]) if number else None,
            page=int(page[1]) if page else None,
        )

    def cited(self, reference: Reference) -> tuple[Source, ...]:
        """The reports that a citation can mean."""
        return tuple(
            source
            for source in self.sources
            if (reference.la_code is None or source.la_code == reference.la_code)
            and (reference.day is None or reference.day in _days(source))
            and (reference.day or reference.year is None or reference.year in {d.year for d in _days(source)})
        )

    def paragraphs(self, source: Source) -> tuple[Stated, ...]:
        """All paragraphs of a report."""
        if source.document_id not in self._paragraphs:
            rows = self.connection.execute(
                "SELECT number, role, page_from, page_to, text FROM paragraph WHERE document_id = ?"
                " ORDER BY position",
                (source.document_id,),
            )
            self._paragraphs[source.document_id] = tuple(
                Stated(source, number, role, first, last, plain(text))
                for number, role, first, last, text in rows
            )
        return self._paragraphs[source.document_id]

    def agrees(self, stated: Stated, reference: Reference) -> bool:
        """Whether the paragraph stands where the citation says."""
        if reference.number is not None and stated.number != reference.number:
            return False
        first, last = stated.page_from, stated.page_to or stated.page_from
        return reference.page is None or first is None or last is None or first <= reference.page <= last

    def grades(self, source: Source) -> dict[str, str]:
        """The printed grades of a report by area."""
        rows = self.connection.execute(
            "SELECT area, grade FROM judgement WHERE document_id = ?", (source.document_id,)
        )
        return dict(rows.fetchall())

    def figures(self, sources: Sequence[Source]) -> Iterator[tuple[str, float, str | None, str]]:
        """Where figures and indicators of these reports stand: value, unit and the words beside them too."""
        for source in sources:
            rows = self.connection.execute(_FIGURES, {"document": source.document_id, "near": _BESIDE})
            for numbered, page, value, unit, words in rows:
                number = f"paragraph {numbered}" if numbered is not None else "an unnumbered paragraph"
                where = f"{source.authority}, {inspected(source)}, {number}, page {page}"
                yield where, value, unit, words

    def holding(self, words: str, sources: Sequence[Source]) -> Iterator[Stated]:
        """The paragraphs of these reports that hold exactly these words."""
        for source in sources:
            for stated in self.paragraphs(source):
                if words in stated.text:
                    yield stated

    def anywhere(self, words: str) -> Stated | None:
        """A paragraph of any report that holds exactly these words."""
        phrase = " ".join(_WORD.findall(words)[:_PHRASE_WORDS])
        for stated in self._search(f'"{phrase}"', 50):
            if words in stated.text:
                return stated
        return None

    def nearest(self, words: str) -> tuple[Stated, str] | None:
        """The paragraph whose words are most like these, and those words; None where nothing is like them."""
        terms = sorted(set(_WORD.findall(words.lower())), key=lambda term: (-len(term), term))[:_PHRASE_WORDS]
        best: tuple[float, Stated, str] | None = None
        for stated in self._search(" OR ".join(f'"{term}"' for term in terms), 8):
            likeness, passage = _closest(words, stated.text)
            if likeness >= _NEAR and (best is None or likeness > best[0]):
                best = (likeness, stated, passage)
        return (best[1], best[2]) if best else None

    def _search(self, query: str, most: int) -> Iterator[Stated]:
        if not query.strip('" '):
            return
        by_id = {source.document_id: source for source in self.sources}
        rows = self.connection.execute(
            "SELECT p.document_id, p.number, p.role, p.page_from, p.page_to, p.text FROM paragraph_fts f"
            " JOIN paragraph p ON p.rowid = f.rowid WHERE paragraph_fts MATCH ? ORDER BY rank, p.id LIMIT ?",
            (query, most),
        )
        for document_id, number, role, first, last, text in rows.fetchall():
            yield Stated(by_id[document_id], number, role, first, last, plain(text))


def _closest(words: str, text: str) -> tuple[float, str]:
    """The stretch of a text most like the words, by words in order, and how like it is from 0 to 1."""
    wanted, held = words.split(), text.split()
    best = (0.0, "")
    step = max(1, len(wanted) // 8)
    for start in range(0, max(1, len(held) - len(wanted) // 2), step):
        window = held[start : start + len(wanted) + step]
        matcher = SequenceMatcher(
            None, [w.lower() for w in wanted], [w.lower() for w in window], autojunk=False
        )
        likeness = (
            2 * sum(block.size for block in matcher.get_matching_blocks()) / (len(wanted) + len(window))
        )
        if likeness > best[0]:
            best = (likeness, " ".join(window))
    return best


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %B %Y").date()
    except ValueError:
        return None


def _days(source: Source) -> set[date]:
    return {day for day in (source.inspected_from, source.inspected_to, source.published) if day}
