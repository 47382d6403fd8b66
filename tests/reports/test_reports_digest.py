"""The digest: what moved is set beside the inspection before it, and nothing else is claimed."""

from xml.etree import ElementTree

import pytest

from reports.digest import Aside, Moved, build_digest, latest_news
from reports.digest_files import atom_of_news, render_digest

GOOD = {"overall": "good", "leadership": "requires_improvement"}
BETTER = {"overall": "outstanding", "leadership": "good"}
FINDINGS = (
    ("Contacts are answered on the day.", "front_door", "strength"),
    ("Caseloads are too high.", "workforce", "weakness"),
)


def one(shelf, new: str):
    """The only news of a digest of one document."""
    [news] = build_digest(shelf.connection, {new}, {}).news
    return news


def test_judgements_are_set_beside_the_full_inspection_before(shelf):
    shelf.add("X01", "2015-01-12", judgements=BETTER)
    before = shelf.add("X01", "2020-01-13", judgements=GOOD)
    shelf.add("X01", "2021-06-01", kind="focused_visit")
    shelf.add("X02", "2022-06-01", judgements=BETTER)
    new = shelf.add("X01", "2024-01-15", judgements=BETTER)
    news = one(shelf, new)
    assert news.before.document_id == before
    assert news.moved == (
        Moved("overall", "good", "outstanding", True),
        Moved("leadership", "requires_improvement", "good", True),
    )


def test_a_report_that_comes_late_is_not_set_beside_a_later_one(shelf):
    shelf.add("X01", "2024-01-15", judgements=BETTER)
    news = one(shelf, shelf.add("X01", "2020-01-13", judgements=GOOD))
    assert (news.before, news.moved) == (None, ())


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ("good", "inadequate", False),
        ("inadequate", "requires_improvement", True),
        ("adequate", "requires_improvement", None),
        ("not_judged", "good", None),
    ],
)
def test_only_grades_of_one_scale_are_better_or_worse(shelf, before, after, better):
    shelf.add("X01", "2020-01-13", judgements={"overall": before})
    [moved] = one(shelf, shelf.add("X01", "2024-01-15", judgements={"overall": after})).moved
    assert (moved.before, moved.after, moved.better) == (before, after, better)


def test_area_send_is_set_beside_area_send(shelf):
    shelf.add("X01", "2020-01-13", judgements={"overall": "good"})
    shelf.add(
        "X01",
        "2021-01-13",
        framework="area_send",
        kind="inspection",
        judgements={"send_outcome": "inconsistent"},
    )
    later = shelf.add(
        "X01",
        "2024-01-15",
        framework="area_send",
        kind="inspection",
        judgements={"send_outcome": "typically_positive"},
    )
    assert one(shelf, later).moved == (Moved("send_outcome", "inconsistent", "typically_positive", True),)


def test_another_framework_is_said(shelf):
    shelf.add("X01", "2015-01-12", framework="sif", kind="inspection", judgements=GOOD)
    new = shelf.add("X01", "2024-01-15", judgements=BETTER)
    assert one(shelf, new).other_framework
    text = render_digest(build_digest(shelf.connection, {new}, {}), ".txt")
    assert "another framework, so not the same measure" in text


def test_another_version_of_a_report_is_said(shelf):
    shelf.add("X01", "2024-01-15", judgements=GOOD)
    news = one(shelf, shelf.add("X01", "2024-01-15", judgements=GOOD))
    assert (news.again, news.before) == (True, None)


def test_findings_are_told_by_authority_and_by_theme(shelf):
    ids = {
        shelf.add(code, "2024-01-15", findings=FINDINGS, improvements=["How fast visits follow."])
        for code in ("X02", "X01")
    }
    digest = build_digest(shelf.connection, ids, {key: f"https://reports.example.org/{key}" for key in ids})
    assert [news.source.authority for news in digest.news] == ["Marlow Vale", "Northby"]
    assert [(theme.name, len(theme.reports)) for theme in digest.themes] == [
        ("Contacts, referrals and thresholds", 2),
        ("Workforce and caseloads", 2),
    ]
    for suffix in (".html", ".txt"):
        text = render_digest(digest, suffix)
        assert "Contacts, referrals and thresholds" in text
        assert "“How fast visits follow.”" in text
        assert text.count("https://reports.example.org/") == 2
        assert "Open Government Licence" in text


def test_what_is_not_there_has_no_section(shelf):
    digest = build_digest(
        shelf.connection, (), {}, gone=[Aside("Northby: a letter", "since 2024-05-01T06:00:00Z")]
    )
    assert not digest.empty
    text = render_digest(digest, ".txt")
    assert "NO LONGER LISTED" in text
    assert "NEW REPORTS BY AUTHORITY" not in text
    assert build_digest(shelf.connection, (), {}).empty


def test_the_feed_says_what_changed_and_lets_readers_filter(shelf):
    shelf.add("X01", "2020-01-13", judgements=GOOD)
    new = shelf.add("X01", "2024-01-15", judgements={"overall": "inadequate"})
    news = latest_news(shelf.connection, [new, "gone"], {new: "https://reports.example.org/7?a=1&b=2"})
    feed = ElementTree.fromstring(atom_of_news([(news[0], "2024-05-01T06:00:00+00:00")]))  # noqa: S314 (ours)
    atom = "{http://www.w3.org/2005/Atom}"
    [entry] = feed.findall(f"{atom}entry")
    assert [c.get("term") for c in entry.findall(f"{atom}category")] == ["X01", "judgement-worse"]
    assert (
        "Overall effectiveness: worse, from Good (ILACS standard inspection, 13 January 2020) to Inadequate."
        in (entry.findtext(f"{atom}summary"))
    )
    assert entry.find(f"{atom}link").get("href") == "https://reports.example.org/7?a=1&b=2"
    assert entry.findtext(f"{atom}updated") == feed.findtext(f"{atom}updated") == "2024-05-01T06:00:00+00:00"


def test_an_empty_feed_is_a_feed():
    assert ElementTree.fromstring(atom_of_news([])).tag.endswith("feed")  # noqa: S314 (ours)


def test_no_other_format_is_offered(shelf):
    with pytest.raises(ValueError, match=r"ending in \.html, \.txt, \.atom"):
        render_digest(build_digest(shelf.connection, (), {}), ".pdf")


def test_two_new_reports_of_one_council_are_told_apart_by_theme(shelf):
    new = {shelf.add("X01", f"{year}-01-15", findings=FINDINGS) for year in (2020, 2024)}
    digest = build_digest(shelf.connection, new, {})
    for suffix in (".txt", ".html"):
        said = render_digest(digest, suffix)
        assert "Northby, 15 January 2020: 1 strength" in said
        assert "Northby, 15 January 2024: 1 strength" in said
        assert "Shares" not in said  # there are none in a digest
