"""What verify says of our own drafts, of tampered ones and of a user's own words."""

import os
import random
from pathlib import Path

import pytest

from corpus.authorities import register
from ofsight.drafts import read_pdf_draft
from reports import write
from reports.blocks import Heading, Text
from reports.brief import build_briefing
from reports.compare import build_comparison
from reports.render import markdown
from reports.typeset import to_pdf
from reports.verify import Claim, verify_blocks, verify_file


def verdicts(shelf, tmp_path: Path, text: str, name: str = "draft.md") -> list[Claim]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return verify_file(shelf.connection, path)


@pytest.mark.parametrize("ending", ["html", "md", "docx"])
def test_our_own_drafts_pass_whole(full_shelf, tmp_path: Path, ending: str) -> None:
    views = [build_briefing(full_shelf.connection, code) for code in ("X01", "X02", "X03", "X04")]
    views.append(build_comparison(full_shelf.connection, ["X01", "X02", "X03"]))
    views.append(build_comparison(full_shelf.connection, ["X01"], against="region"))
    for place, view in enumerate(views):
        path = tmp_path / f"{place}.{ending}"
        write(view, path)
        claims = verify_file(full_shelf.connection, path)
        assert claims
        assert [claim for claim in claims if claim.verdict != "supported"] == []


@pytest.mark.parametrize(
    ("written", "tampered", "verdict", "detail"),
    [
        ("decides on every referral", "decides on most referrals", "differs", "every referral"),
        ("paragraph 1, page 2", "paragraph 4, page 2", "differs", "paragraph 1"),
        ("paragraph 1, page 2", "paragraph 1, page 7", "differs", "page 2"),
        ("Northby, 11 May 2026, paragraph 1", "Eastwick, 6 June 2022, paragraph 1", "differs", "Northby"),
        ("Resolved: 2 of 4 earlier points", "Resolved: 3 of 4 earlier points", "differs", "2 of 4"),
        (
            "Leadership: Requires improvement to be good",
            "Leadership: Good",
            "differs",
            "Requires",
        ),
        ("| Care leavers | 0 | 0 | 1 |", "| Care leavers | 1 | 0 | 0 |", "differs", "0 | 0 | 1"),
    ],
)
def test_a_tampered_briefing_is_caught(
    full_shelf, tmp_path: Path, written: str, tampered: str, verdict: str, detail: str
) -> None:
    text = markdown(build_briefing(full_shelf.connection, "X01"))
    assert written in text
    claims = verdicts(full_shelf, tmp_path, text.replace(written, tampered, 1))
    caught = [claim for claim in claims if claim.verdict != "supported"]
    assert caught
    assert caught[0].verdict == verdict
    assert detail in caught[0].detail


@pytest.mark.parametrize(
    ("sentence", "kind", "verdict"),
    [
        (
            "Inspectors found that “a manager decides on every referral within a day” in Northby.",
            "quotation",
            "supported",
        ),
        (
            "In Northby “referrals are never screened by anybody who has any training at all”.",
            "quotation",
            "not_found",
        ),
        (
            "“Referrals are screened … within a day” (Northby, 11 May 2026, paragraph 1).",
            "quotation",
            "supported",
        ),
        ("Northby was judged good for leadership in 2026.", "grade", "supported"),
        ("Northby was judged outstanding for leadership in 2026.", "grade", "differs"),
        ("Northby’s overall effectiveness was judged good in 2019.", "grade", "differs"),
        ("Thornholme was judged good for leadership in 2026.", "grade", "not_found"),
        ("Northby and Eastwick were judged good for leadership.", "grade", "not_checked"),
        ("Turnover in Northby is 12%.", "number", "supported"),
        ("Turnover in Northby is 34%.", "number", "not_found"),
        ("Turnover is 34% somewhere.", "number", "not_checked"),
        ("Absence in Northby is 12%.", "number", "not_checked"),  # 12% is stated, but of something else
        ("Pathway plans are late (Northby, 11 May 2026, paragraph 2).", "citation", "supported"),
        ("Pathway plans are late (Northby, 11 May 2026, paragraph 99).", "citation", "differs"),
    ],
)
def test_a_users_own_words(full_shelf, tmp_path: Path, sentence: str, kind: str, verdict: str) -> None:
    claims = verdicts(full_shelf, tmp_path, sentence)
    assert (kind, verdict) in {(claim.kind, claim.verdict) for claim in claims}


def test_plain_text_and_html_are_read_too(full_shelf, tmp_path: Path) -> None:
    words = "“a manager decides on every referral within a day”"
    for name, text in (("a.txt", words), ("a.html", f"<p>{words}</p>")):
        (claim,) = verdicts(full_shelf, tmp_path, text, name)
        assert claim.verdict == "supported"
    with pytest.raises(ValueError, match=r"\.docx"):
        verify_file(full_shelf.connection, tmp_path / "a.odt")


def test_what_stands_before_a_table_is_checked_once(full_shelf, tmp_path: Path) -> None:
    text = "Turnover in Northby is 12%.\n\n| Theme | Words |\n| --- | --- |\n| Plans | none |\n"
    assert [claim.text for claim in verdicts(full_shelf, tmp_path, text)] == ["12%"]


GOOD, TO_IMPROVE = "Good", "Requires improvement to be good"


@pytest.mark.parametrize(
    ("grade", "date", "verdict"),
    [(GOOD, "", "supported"), (TO_IMPROVE, "", "differs"), (TO_IMPROVE, " in 2019", "supported")],
)
def test_a_grade_in_a_table_without_a_date_is_that_of_the_latest_report(
    full_shelf, tmp_path: Path, grade: str, date: str, verdict: str
) -> None:
    table = f"# Northby\n\n| Judgement | Grade{date} |\n| --- | --- |\n| Leadership | {grade} |\n"
    assert [claim.verdict for claim in verdicts(full_shelf, tmp_path, table)] == [verdict]


SUBJECTS = (
    "Plans",
    "Visits to children",
    "Decisions “at the door”",
    "Checks by managers (paragraph 7, page 3)",
    "Reviews | records",
    'The "front door"',
    "Services in Eastwick",
    "Plans made by ofsight brief X02.",
)
ENDINGS = (
    "are timely.",
    "are too often late; 1 in 3 is missed.",
    "are *clear*, but 12% are not.",
    "vary <much> & often …",
    "were judged good in 2019 and inadequate on 6 June 2022.",
    "are late: 3.5 days, against £1,200 & 40%.",
    "need work\u200b, [see above](#x) and `there`.",
)


def random_store(shelf, chance: random.Random) -> None:
    """Up to four reports of each council, of any framework, with words that could be taken for markup."""
    for code in ("X01", "X02", "X03", "X04"):
        for year in chance.sample(range(2014, 2027), chance.randrange(5)):
            findings = [
                (
                    f"{chance.choice(SUBJECTS)} {chance.choice(ENDINGS)} In case {chance.randrange(99)} too.",
                    chance.choice(("front_door", "care_leavers", "workforce", "health")),
                    chance.choice(("strength", "weakness", "mixed", "neutral")),
                )
                for _ in range(chance.randrange(30))
            ]
            key = shelf.add(
                code,
                f"{year}-06-01",
                findings=findings,
                improvements=["Plans that are clear.", "Decisions “at the door”."][: chance.randrange(3)],
                judgements={
                    area: chance.choice(("outstanding", "good", "requires_improvement", "inadequate"))
                    for area in ("overall", "leadership", "care_leavers")
                    if chance.random() < 0.7
                },
                framework="sif" if year < 2018 else "ilacs",
                kind=chance.choice(("standard", "standard", "short", "focused_visit")),
                licence=chance.choice(("ogl", "non_commercial")),
            )
            stated = [
                position
                for position, text in shelf.connection.execute(
                    "SELECT position, text FROM paragraph WHERE document_id = ?", (key,)
                )
                if "40%" in text
            ]
            for position in stated[:3]:
                shelf.figure(key, position, "40%")


def test_many_random_stores_give_briefings_that_pass(empty_shelf_maker, tmp_path: Path) -> None:
    """24 briefings here; all thousand with OFSIGHT_BRIEFINGS=1000."""
    chance = random.Random(20261123)  # noqa: S311 - a fixed sequence of examples, no secret
    endings = ("html", "md", "docx", "md")
    for place in range(int(os.environ.get("OFSIGHT_BRIEFINGS", "24")) // len(endings)):
        shelf = empty_shelf_maker()
        random_store(shelf, chance)
        for code, ending in zip(("X01", "X02", "X03", "X04"), endings, strict=True):
            path = tmp_path / f"draft.{ending}"
            write(build_briefing(shelf.connection, code), path)
            claims = verify_file(shelf.connection, path)
            doubted = [claim for claim in claims if claim.verdict != "supported"]
            assert doubted == [], (place, code, ending)
        shelf.connection.close()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Northby: note for Monday\n\nThe council was judged outstanding overall in 2019.", "differs"),
        ("Northby is a county.\n\nThe council was judged inadequate overall in 2019.", "differs"),
        ("The council was judged outstanding overall in 2019, said the leader of Northby.", "differs"),
        (
            "Northby: note\n\nThe council was judged to require improvement in 2019, requires improvement"
            " overall.",
            "supported",
        ),
        ("The council was judged outstanding overall in 2019.", "not_checked"),
    ],
)
def test_a_grade_in_plain_text_belongs_to_the_council_that_the_text_is_about(
    full_shelf, tmp_path: Path, text: str, verdict: str
) -> None:
    (claim,) = [c for c in verdicts(full_shelf, tmp_path, text, "note.txt") if c.kind == "grade"]
    assert claim.verdict == verdict


def test_our_own_pdf_passes_whole_and_a_tampered_one_does_not(full_shelf, tmp_path: Path) -> None:
    path = tmp_path / "northby.pdf"
    view = build_briefing(full_shelf.connection, "X01")
    write(view, path)
    blocks = read_pdf_draft(path)
    assert blocks[1] == Heading(1, "Northby: what the inspection reports say")
    claims = verify_blocks(full_shelf.connection, blocks)
    assert {claim.kind for claim in claims} >= {"quotation", "number"}
    assert [claim for claim in claims if claim.verdict != "supported"] == []
    full_shelf.connection.execute(
        "UPDATE paragraph SET text = replace(text, 'within a day', 'within a week')"
    )
    claims = verify_blocks(full_shelf.connection, blocks)
    assert "differs" in {claim.verdict for claim in claims if claim.kind == "quotation"}


def test_paragraphs_of_a_pdf_that_stand_close_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "close.pdf"
    said = (
        "In Northby children are seen within a day of a referral, and managers check each week that this "
        "happens for all of them, also where a family has moved to another team or where a visit was missed.",
        "Made from a store holding 360 reports.",
        "Caseloads are published each quarter.",
    )
    path.write_bytes(to_pdf([Heading(1, "Northby"), *map(Text, said)], "Close"))
    assert [b.text for b in read_pdf_draft(path) if isinstance(b, Text)] == list(said)


def test_a_pdf_of_a_users_own_is_read_by_paragraphs(full_shelf, tmp_path: Path) -> None:
    path = tmp_path / "own.pdf"
    text = (
        Heading(1, "Northby"),
        Text("Northby was judged outstanding for leadership in 2026. Turnover in Northby is 12%."),
        Text("Elsewhere we saw that “a manager decides on every referral within a day”."),
    )
    path.write_bytes(to_pdf(text, "Own"))
    claims = verify_blocks(full_shelf.connection, read_pdf_draft(path))
    assert [(claim.kind, claim.verdict) for claim in claims] == [
        ("grade", "differs"),
        ("number", "supported"),
        ("quotation", "supported"),
    ]


TABLE = "\n\n| Judgement | Grade |\n| --- | --- |\n| Leadership | {grade} |\n"


@pytest.mark.parametrize(
    ("above", "grade", "verdict"),
    [
        ("# Northby\n\n## Inspection of 9 September 2019", TO_IMPROVE, "supported"),
        ("# Northby\n\n## Inspection of 9 September 2019", GOOD, "differs"),
        ("# Northby\n\n## Inspection of 2019\n\n### Judgements", TO_IMPROVE, "supported"),
        ("# Northby\n\n## 2019\n\nSome words.\n\n## Now", GOOD, "supported"),
        ("# Northby\n\nJudgements, September 2019", TO_IMPROVE, "supported"),
        ("# Northby\n\nMuch has changed. The judgements of 2019 were:", TO_IMPROVE, "supported"),
        ("# Northby\n\nMuch has changed since 2019.", GOOD, "supported"),
        ("# Northby\n\n## Progress since 2019", GOOD, "supported"),
        ("# Northby\n\n## Plan 2019-26", GOOD, "supported"),
        ("# Northby\n\n## 2019 and 2026", GOOD, "supported"),
        ("# Northby: a briefing of 23 November 2025", GOOD, "supported"),
        ("# Northby: the inspection of 2019", TO_IMPROVE, "supported"),
        ("# Northby\n\n## Inspection of 4 May 2016", GOOD, "not_checked"),
        ("# Three councils\n\n## Northby, 2019\n\nWords.\n\n## Eastwick, 2022", GOOD, "differs"),
        ("# Three councils\n\nOf Eastwick, too.\n\n## Northby, 2019", TO_IMPROVE, "supported"),
    ],
)
def test_a_table_speaks_of_the_inspection_that_the_headings_above_it_name(
    full_shelf, tmp_path: Path, above: str, grade: str, verdict: str
) -> None:
    (claim,) = verdicts(full_shelf, tmp_path, above + TABLE.format(grade=grade))
    assert (claim.kind, claim.verdict) == ("grade", verdict)


def test_a_sentence_speaks_of_the_inspection_that_the_headings_above_it_name(
    full_shelf, tmp_path: Path
) -> None:
    text = "# Northby\n\n## Inspection of {year}\n\nThe council was judged good for leadership.\n"
    for year, verdict in (("2019", "differs"), ("2026", "supported")):
        (claim,) = verdicts(full_shelf, tmp_path, text.format(year=year))
        assert claim.verdict == verdict


def test_a_wrong_grade_is_answered_with_the_report_that_was_looked_at(full_shelf, tmp_path: Path) -> None:
    (claim,) = verdicts(full_shelf, tmp_path, "Northby was judged outstanding for leadership in 2019.")
    assert claim.detail == "the report of 9 September 2019 prints: Requires improvement to be good"
    (claim,) = verdicts(full_shelf, tmp_path, "Northby was judged good for adoption in 2019.")
    assert claim.detail == "the report of 9 September 2019 prints no such grade"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Hull", "810"), ("Kingston upon Hull", "810"), ("Bristol", "801"), ("BCP", "839"), ("LEEDS", "383")],
)
def test_a_council_is_known_in_a_draft_by_the_names_that_people_use(
    full_shelf, tmp_path: Path, name: str, code: str
) -> None:
    known = register().get(code)
    row = (code, None, None, known.name, "County", "London", 1000, 0)
    full_shelf.connection.execute("INSERT INTO authority VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    full_shelf.add(code, "2024-03-04", judgements={"overall": "good"})
    (claim,) = verdicts(full_shelf, tmp_path, f"{name} was judged good overall.")
    assert claim.verdict == "supported"


def test_a_word_that_is_also_a_council_is_no_council(full_shelf, tmp_path: Path) -> None:
    row = ("870", None, None, "Reading", "Unitary Authority", "South East", 1000, 0)
    full_shelf.connection.execute("INSERT INTO authority VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    text = "# Northby\n\nStaff spend 12% of their time reading files; turnover is 12%.\n"
    assert {claim.verdict for claim in verdicts(full_shelf, tmp_path, text)} == {"supported"}


@pytest.mark.parametrize(
    ("beside", "kind", "verdict"),
    [
        ("Leadership was judged outstanding in 2026.", "grade", "differs"),
        ("Leadership was judged good in 2026.", "grade", "supported"),
        ("Turnover is 34%.", "number", "not_found"),
    ],
)
def test_what_stands_beside_a_quotation_is_checked_too(
    full_shelf, tmp_path: Path, beside: str, kind: str, verdict: str
) -> None:
    quotation = "“a manager decides on every referral within a day” (paragraph 1, page 2)"
    for line in (f"{beside} {quotation}.", f"{quotation}. {beside}"):
        claims = verdicts(full_shelf, tmp_path, f"# Northby\n\n{line}\n")
        assert {(c.kind, c.verdict) for c in claims} == {("quotation", "supported"), (kind, verdict)}


def test_a_grade_added_beside_a_quotation_of_our_own_draft_is_caught(full_shelf, tmp_path: Path) -> None:
    text = markdown(build_briefing(full_shelf.connection, "X01"))
    added = text.replace("paragraph 1, page 2", "paragraph 1, page 2. Leadership was judged outstanding.", 1)
    assert added != text
    claims = verdicts(full_shelf, tmp_path, added)
    assert [(c.kind, c.verdict) for c in claims if c.verdict != "supported"] == [("grade", "differs")]
