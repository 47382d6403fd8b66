"""A small store of invented authorities, filled by hand."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

import pytest

from corpus.sentences import split_sentences

AUTHORITIES = (
    ("X01", "Northby", "North East"),
    ("X02", "Marlow Vale", "North East"),
    ("X03", "Eastwick", "London"),
    ("X04", "Thornholme", "North East"),
)
THEMES = (
    ("front_door", "Contacts, referrals and thresholds"),
    ("care_leavers", "Care leavers"),
    ("workforce", "Workforce and caseloads"),
    ("health", "Health and emotional well-being"),
)


@dataclass
class Shelf:
    """A store under construction; `add` puts one report on it."""

    connection: sqlite3.Connection
    count: int = field(default=0)

    def add(
        self,
        la_code: str,
        inspected: str | None,
        *,
        judgements: dict[str, str] | None = None,
        findings: Sequence[tuple[str, str, str]] = (),
        improvements: Sequence[str] = (),
        **columns: object,
    ) -> str:
        """Add a report; each finding is (text, theme, valence), numbered from 1, four to a page."""
        self.count += 1
        sha = hashlib.sha256(f"{la_code}{inspected}{self.count}".encode()).hexdigest()
        name = {code: name for code, name, _ in AUTHORITIES}.get(la_code)
        row = {
            "id": sha[:16],
            "sha256": sha,
            "source": f"reports/{sha[:8]}.pdf",
            "media_type": "application/pdf",
            "pages": 9,
            "title": "Inspection",
            "authority": name,
            "la_code": la_code,
            "framework": "ilacs",
            "kind": "standard",
            "inspected_from": inspected,
            "inspected_to": inspected,
            "published": inspected,
            "pipeline_version": "0",
            "ingested_at": "",
            "layout": "",
            "licence": "ogl",
            "codebook_hash": "",
            "model_hash": "",
        } | columns
        self.connection.execute(
            f"INSERT INTO document ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
            tuple(row.values()),
        )
        for area, grade in (judgements or {}).items():
            self.connection.execute(
                "INSERT INTO judgement VALUES (?, ?, ?, ?, 1)", (sha[:16], area, grade, area)
            )
        for position, text in enumerate(improvements, 1):
            self._paragraph(sha[:16], position, None, "improvement", text, "weakness", None)
        for number, (text, theme, valence) in enumerate(findings, 1):
            self._paragraph(sha[:16], len(improvements) + number, number, "finding", text, valence, theme)
        return sha[:16]

    def _paragraph(
        self,
        document: str,
        position: int,
        number: int | None,
        role: str,
        text: str,
        valence: str,
        theme: str | None,
    ) -> None:
        key = f"{document}-{position:04d}"
        page = 2 + position // 4
        self.connection.execute(
            "INSERT INTO paragraph VALUES (?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, 0.9, 0, 0, NULL, '[]', '[]')",
            (key, document, position, number, role, text, page, page, valence),
        )
        if theme:
            self.connection.execute("INSERT INTO coding VALUES (?, ?, 1, ?, 0.9)", (key, theme, valence))
        for place, (start, end) in enumerate(split_sentences(text), 1):
            self.connection.execute(
                "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, 0.9, NULL)",
                (f"{key}-{place}", key, place, start, end, valence, theme),
            )

    def figure(self, document: str, position: int, printed: str, comparator: str | None = "england") -> None:
        """Say that a paragraph states this figure."""
        key = f"{document}-{position:04d}"
        (text,) = self.connection.execute("SELECT text FROM paragraph WHERE id = ?", (key,)).fetchone()
        start = text.index(printed)
        self.connection.execute(
            'INSERT INTO figure (paragraph_id, start, "end", kind, value, unit, comparator)'
            " VALUES (?, ?, ?, 'percent', ?, '%', ?)",
            (key, start, start + len(printed), float(printed.rstrip("%")), comparator),
        )


def make_shelf() -> Shelf:
    """An empty store that knows the invented authorities; X01's neighbours are X03, X02."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript((files("corpus") / "schema.sql").read_text(encoding="utf-8"))
    for code, name, region in AUTHORITIES:
        connection.execute(
            "INSERT INTO authority VALUES (?, ?, ?, ?, 'County', ?, 1000, 0)",
            (code, f"E{code}", f"9{code}", name, region),
        )
    connection.executemany("INSERT INTO neighbour VALUES ('X01', ?, ?)", [(1, "X03"), (2, "X02")])
    connection.executemany(
        "INSERT INTO theme VALUES (?, ?, '', ?)",
        [(key, name, place) for place, (key, name) in enumerate(THEMES)],
    )
    return Shelf(connection)


FIRST = (
    (
        "Decisions on contacts in Northby are timely and thresholds are understood by partners.",
        "front_door",
        "strength",
    ),
    (
        "Too many referrals wait for a decision by a manager, and some children are not seen in time.",
        "front_door",
        "weakness",
    ),
    (
        "Pathway plans for care leavers are late and too few are written with the young person.",
        "care_leavers",
        "weakness",
    ),
    (
        "Health assessments are completed on time for nearly all children who come into care.",
        "health",
        "strength",
    ),
    (
        "Caseloads of social workers are too high and turnover of staff disrupts relationships.",
        "workforce",
        "weakness",
    ),
)
SECOND = (
    (
        "Referrals are screened quickly, children are seen in time and a manager decides on every referral"
        " within a day.",
        "front_door",
        "strength",
    ),
    (
        "Pathway plans for care leavers are still late and are not reviewed when things change.",
        "care_leavers",
        "weakness",
    ),
    ("Health assessments are now delayed for too many children who come into care.", "health", "weakness"),
    (
        "Social workers have manageable caseloads, and turnover of staff has fallen to 12%.",
        "workforce",
        "strength",
    ),
    (
        "Partners understand thresholds, and consent is sought from parents as a matter of course.",
        "front_door",
        "strength",
    ),
)
ELSEWHERE = (
    (
        "Care leavers write their pathway plans together with advisers who know them well.",
        "care_leavers",
        "strength",
    ),
    (
        "Personal advisers keep in touch with nearly all care leavers and visit them often.",
        "care_leavers",
        "strength",
    ),
    (
        "Contacts are passed on quickly, though consent is not always recorded by partners.",
        "front_door",
        "mixed",
    ),
    (
        "Newly qualified staff are well supported and most stay with the council for years.",
        "workforce",
        "strength",
    ),
)
FOUR = {
    "help_and_protection": "good",
    "children_in_care": "good",
    "care_leavers": "requires_improvement",
    "leadership": "good",
}


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    """An empty store."""
    made = make_shelf()
    yield made
    made.connection.close()


@pytest.fixture
def full_shelf(shelf: Shelf) -> Shelf:
    """Northby twice (before and after April 2026), Marlow Vale and Eastwick once, Thornholme never."""
    shelf.add(
        "X01",
        "2019-09-09",
        findings=FIRST,
        improvements=["The timeliness of pathway plans for care leavers."],
        judgements={
            "overall": "requires_improvement",
            "help_and_protection": "requires_improvement",
            "children_in_care_and_care_leavers": "good",
            "leadership": "requires_improvement",
        },
        licence="non_commercial",
    )
    latest = shelf.add(
        "X01",
        "2026-05-11",
        findings=SECOND,
        improvements=["The quality and timeliness of pathway plans."],
        judgements=FOUR,
    )
    shelf.figure(latest, 5, "12%")
    shelf.add("X02", "2024-03-04", findings=ELSEWHERE, judgements={"overall": "good", **FOUR})
    shelf.add("X03", "2022-06-06", findings=ELSEWHERE[:3], judgements={"overall": "outstanding"})
    return shelf


@pytest.fixture
def empty_shelf_maker() -> Callable[[], Shelf]:
    """Makes further stores."""
    return make_shelf
