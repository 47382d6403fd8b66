"""Which words of a paragraph are quoted, so that nobody can say that they were cut to turn their meaning."""

from datetime import date

import pytest

from corpus.model import Valence
from reports.brief import build_briefing
from reports.quotations import pick
from reports.records import Source
from reports.sources import Finding, Said

SOURCE = Source(
    "d1", "X01", None, None, "Northby", None, "ilacs", "standard", date(2026, 5, 11), None, None, None, ""
)
BUT = "However, a few families waited too long for a first visit."


def finding(number: int, *said: tuple[str, Valence], theme: str = "front_door") -> Finding:
    """A paragraph of these sentences, all on one theme."""
    text = " ".join(words for words, _ in said)
    valences = {valence for _, valence in said if valence != "neutral"}
    valence: Valence = next(iter(valences)) if len(valences) == 1 else "mixed"
    sentences = []
    for words, found in said:
        start = text.index(words)
        sentences.append(Said(start, start + len(words), found, theme, 0.9))
    return Finding(
        SOURCE,
        f"p{number}",
        number,
        number,
        2,
        2,
        "finding",
        text,
        valence,
        ((theme, valence),),
        tuple(sentences),
    )


def quoted(findings: list[Finding], valence: Valence) -> list[str]:
    return [passage.text for passage in pick(findings, "front_door", valence, 1)]


@pytest.mark.parametrize(
    "turn", [BUT, "But drift is not challenged.", "Despite this, some plans drift for months."]
)
def test_a_strength_that_the_next_sentence_takes_back_is_quoted_last(turn: str) -> None:
    whole = "Referrals are screened well by managers who know the families in question."
    halved = "Referrals are screened well by managers who know the families and the schools."
    weak: tuple[str, Valence] = (turn, "weakness")
    assert quoted([finding(1, (halved, "strength"), weak), finding(2, (whole, "strength"))], "strength") == [
        whole
    ]
    assert quoted([finding(1, (halved, "strength"), weak)], "strength") == [halved]


def test_a_weakness_that_is_being_put_right_is_quoted_last() -> None:
    left = "Children in this area wait too long for a decision about their referral."
    mended = "Children in some villages wait too long for a decision about a referral."
    answer: tuple[str, Valence] = ("A new plan is already making a clear difference to waiting.", "strength")
    found = [finding(1, (mended, "weakness"), answer), finding(2, (left, "weakness"))]
    assert quoted(found, "weakness") == [left]


def test_a_paragraph_that_finds_strength_alone_is_quoted_rather_than_a_mixed_one() -> None:
    whole = "Referrals are screened well by managers who know the families in question."
    part = "Referrals are screened well by managers who know the families and the schools."
    between: tuple[str, Valence] = ("The team sits in the town hall.", "neutral")
    weak: tuple[str, Valence] = ("Files are kept late in two offices.", "weakness")
    found = [finding(1, (part, "strength"), between, weak), finding(2, (whole, "strength"))]
    assert quoted(found, "strength") == [whole]


def test_where_no_sentence_is_weak_alone_the_mixed_one_is_quoted() -> None:
    mixed = "Although support is effective, pressure on places has delayed reviews for a few children."
    found = [finding(1, ("Support for disabled children has improved.", "strength"), (mixed, "mixed"))]
    assert quoted(found, "weakness") == [mixed]
    assert quoted(found, "strength") == ["Support for disabled children has improved."]


def test_a_sentence_that_says_this_is_never_quoted_without_what_this_is() -> None:
    found = finding(
        1,
        ("These investments have settled teams, although some pressure remains.", "strength"),
        ("This has led to changes of social worker for a small number of children.", "weakness"),
    )
    assert quoted([found], "weakness") == [found.text]


def test_themes_alike_weak_are_ordered_by_what_speaks_against_them(shelf) -> None:
    weak = "Plans in this service are too often late, and nobody has noticed it for months."
    strong = "Plans in this service are clear, and parents understand what is asked of them."
    shelf.add(
        "X01",
        "2026-05-11",
        findings=[
            (weak, "front_door", "weakness"),
            *[(f"{strong} {number}", "front_door", "strength") for number in range(3)],
            (weak, "workforce", "weakness"),
        ],
    )
    shelf.add("X02", "2025-05-11", findings=[(f"{strong} {n}", "workforce", "strength") for n in range(2)])
    briefing = build_briefing(shelf.connection, "X01")
    assert [quote.theme for quote in briefing.weaknesses] == ["workforce", "front_door"]


def test_peers_are_sought_first_for_what_the_report_asks_to_improve(shelf) -> None:
    mixed = "Plans are clear; for a very small number of children, they come late in the year."
    strong = "Plans are clear, and parents understand what is asked of them by each service."
    key = shelf.add(
        "X01",
        "2026-05-11",
        improvements=["The health of children."],
        findings=[
            (mixed, "front_door", "mixed"),
            *[(f"{strong} {number}", "front_door", "strength") for number in range(5)],
            (mixed, "care_leavers", "mixed"),
        ],
    )
    shelf.connection.execute("INSERT INTO coding VALUES (?, 'health', 1, 'weakness', 0.9)", (f"{key}-0001",))
    for code in ("X02", "X03"):
        themes = ("front_door", "care_leavers", "health")
        shelf.add(
            code, "2025-05-11", findings=[(f"{strong} {n}", t, "strength") for t in themes for n in range(2)]
        )
    briefing = build_briefing(shelf.connection, "X01")
    assert list(dict.fromkeys(e.theme for e in briefing.exemplars)) == ["health", "care_leavers"]
