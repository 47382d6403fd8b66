"""What stands in the site of a store."""

import json
import re
import xml.etree.ElementTree as ElementTree

import pytest

from reports.site import write_site
from reports.site_documents import Picture, lay_out
from reports.site_shelf import load_shelf

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(full_shelf, tmp_path):
    write_site(full_shelf.connection, tmp_path / "pages")
    return tmp_path / "pages"


def words(page):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", " ", page.read_text(), flags=re.S).split())


def document(shelf, la_code):
    """The id of an authority's latest report."""
    return shelf.connection.execute(
        "SELECT id FROM document WHERE la_code = ? ORDER BY inspected_from DESC", (la_code,)
    ).fetchone()[0]


def test_there_is_a_page_for_each_authority_region_theme_and_report(site, full_shelf):
    (reports,) = full_shelf.connection.execute("SELECT count(*) FROM document").fetchone()
    for folder in ("authorities", "neighbours", "findings"):
        assert {path.stem for path in (site / folder).iterdir()} == {"X01", "X02", "X03"}
    assert {path.stem for path in (site / "regions").iterdir()} == {"london", "north-east"}
    assert len(list((site / "documents").iterdir())) == reports
    assert (site / "themes" / "care_leavers.html").is_file()


def test_a_region_holds_its_own_authorities_only(site):
    page = words(site / "regions" / "north-east.html")
    assert "Northby" in page
    assert "Marlow Vale" in page
    assert "Eastwick" not in page


def test_neighbours_stand_closest_first_and_those_without_a_report_are_named(site, full_shelf):
    page = (site / "neighbours" / "X01.html").read_text()
    order = [
        page.index(f'<th scope="row" class="wide"><a href="../authorities/{code}.html"')
        for code in ("X01", "X03", "X02")
    ]
    assert order == sorted(order)
    assert "No full inspection in the store" not in page
    full_shelf.connection.execute("INSERT INTO neighbour VALUES ('X01', 3, 'X04')")
    write_site(full_shelf.connection, site)
    assert "No full inspection in the store: Thornholme." in words(site / "neighbours" / "X01.html")


def test_a_cell_of_the_heat_map_leads_to_the_paragraphs_it_counts(site):
    heat = (site / "heat.html").read_text()
    assert '<a href="findings/X01.html#front_door">2/0/0</a>' in heat
    page = (site / "findings" / "X01.html").read_text()
    part = page.split('<h2 id="front_door">')[1].split("</section>")[0]
    assert part.count("<blockquote>") == 2
    assert part.count("Strength.") == 2


def test_a_report_page_names_its_licence(site, full_shelf):
    (key,) = full_shelf.connection.execute(
        "SELECT id FROM document WHERE licence = 'non_commercial'"
    ).fetchone()
    assert "older notice" in (site / "documents" / f"{key}.html").read_text()


def test_a_paragraph_says_where_it_stands_and_whether_the_program_is_unsure(full_shelf, tmp_path):
    key = document(full_shelf, "X01")
    full_shelf.connection.execute(
        "UPDATE paragraph SET needs_review = 1 WHERE document_id = ? AND number = 2", (key,)
    )
    write_site(full_shelf.connection, tmp_path / "pages")
    page = words(tmp_path / "pages" / "documents" / f"{key}.html")
    assert "Paragraph 1 , page 2. Contacts, referrals and thresholds: strength." in page
    assert page.count("Unsure: read it yourself.") == 1


def test_a_coding_that_a_person_made_says_so(full_shelf, tmp_path):
    key = document(full_shelf, "X01")
    full_shelf.connection.execute(
        "INSERT INTO corrected (paragraph_id, coder, needs_review, codings) VALUES (?, 'me', 1, '[]')",
        (f"{key}-0003",),
    )
    write_site(full_shelf.connection, tmp_path / "pages")
    assert words(tmp_path / "pages" / "documents" / f"{key}.html").count("Coded by a person.") == 1


def test_a_page_stands_beside_its_picture_with_its_paragraphs_framed(full_shelf, tmp_path):
    key = document(full_shelf, "X01")
    full_shelf.connection.execute(
        "UPDATE paragraph SET boxes = '[[2, 50, 100, 500, 140], [3, 50, 40, 500, 60]]'"
        " WHERE document_id = ? AND number = 1",
        (key,),
    )
    asked = []

    def draw(document_id):
        asked.append(document_id)
        if document_id == key:
            yield from (Picture(page, 595.0, 842.0, b"RIFF") for page in (1, 2, 3))

    written = write_site(full_shelf.connection, tmp_path / "pages", draw=draw)
    assert written.without_pictures == len(asked) - 1 == 3
    page = (tmp_path / "pages" / "documents" / f"{key}.html").read_text()
    assert page.count('<img src="../pictures/') == 3
    assert page.count("<rect") == 2
    assert '<a href="#frame-p1">shown on page 2</a>' in page
    assert "No paragraph begins on this page." in page
    write_site(full_shelf.connection, tmp_path / "pages", draw=draw)
    assert asked.count(key) == 1
    assert (tmp_path / "pages" / "pictures" / key / "2.webp").read_bytes() == b"RIFF"


def test_the_feeds_give_the_newest_report_first(site):
    feed = ElementTree.fromstring((site / "feeds" / "X01.atom").read_text())  # noqa: S314 - our own
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert [title[-4:] for title in titles] == ["2026", "2019"]
    same = json.loads((site / "feeds" / "X01.json").read_text())
    assert [item["title"] for item in same["items"]] == titles


def test_the_feed_of_a_region_holds_its_reports_and_says_their_grades(site):
    items = json.loads((site / "feeds" / "region-london.json").read_text())["items"]
    assert [item["content_text"] for item in items] == ["Overall effectiveness: Outstanding"]


def test_the_feed_of_a_theme_holds_the_reports_that_speak_of_it_and_says_how(site):
    items = json.loads((site / "feeds" / "theme-health.json").read_text())["items"]
    assert [item["content_text"] for item in items] == [
        "Health and emotional well-being: 1 weakness.",
        "Health and emotional well-being: 1 strength.",
    ]


@pytest.mark.parametrize("ending", ["atom", "json"])
def test_the_links_of_a_feed_lead_to_the_address_of_the_site(full_shelf, tmp_path, ending):
    write_site(full_shelf.connection, tmp_path / "pages", address="https://example.org/reports")
    feed = (tmp_path / "pages" / "feeds" / f"all.{ending}").read_text()
    key = document(full_shelf, "X01")
    assert f"https://example.org/reports/documents/{key}.html" in feed
    assert f"https://example.org/reports/feeds/all.{ending}" in feed
    assert "../" not in feed


def test_an_address_that_is_none_is_refused(full_shelf, tmp_path):
    with pytest.raises(ValueError, match="whole address"):
        write_site(full_shelf.connection, tmp_path / "pages", address="example.org")


def test_words_of_a_report_never_become_markup(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", findings=[("See <script>alert(1)</script>.", "front_door", "strength")])
    write_site(shelf.connection, tmp_path / "pages")
    for page in [*(tmp_path / "pages").glob("documents/*"), tmp_path / "pages" / "findings" / "X01.html"]:
        assert "&lt;script&gt;alert" in page.read_text()
        assert "<script" not in page.read_text()


def test_letters_that_turn_the_order_of_reading_are_named(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", findings=[("Plans are \u202eetal\u202c.", "front_door", "weakness")])
    write_site(shelf.connection, tmp_path / "pages")
    every = [path.read_text() for path in (tmp_path / "pages").rglob("*") if path.is_file()]
    assert not any("\u202e" in text for text in every)
    assert sum("[U+202E]etal" in text for text in every) == 3  # its page, the findings, the search


def test_a_page_asks_for_no_script_that_it_does_not_need(site):
    for page in site.rglob("*.html"):
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page.read_text())[1]
        assert "unsafe" not in policy
        assert ("script-src 'none'" in policy) == (page.name not in ("search.html", "reports.html"))


def test_a_style_and_a_page_of_the_users_own_take_the_place_of_ours(full_shelf, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "site.css").write_text("h1 { color: #003366; }")
    (mine / "site_about.html.j2").write_text(
        '{% extends "site_base.html.j2" %}{% block content %}<p>Our own words.</p>{% endblock %}'
    )
    write_site(full_shelf.connection, tmp_path / "pages", templates=mine)
    assert "h1 { color: #003366; }" in (tmp_path / "pages" / "index.html").read_text()
    assert "Our own words." in words(tmp_path / "pages" / "about.html")


def test_a_store_without_reports_still_makes_a_site(shelf, tmp_path):
    write_site(shelf.connection, tmp_path / "pages")
    assert "0 reports" in words(tmp_path / "pages" / "reports.html")
    assert "No latest full inspection" in words(tmp_path / "pages" / "themes" / "health.html")


def test_a_report_of_nobody_we_know_is_listed_and_has_its_page(shelf, tmp_path):
    key = shelf.add(None, None, authority="Nowhere", framework="other", kind="letter")
    write_site(shelf.connection, tmp_path / "pages")
    assert f'href="documents/{key}.html">Nowhere' in (tmp_path / "pages" / "reports.html").read_text()
    assert "Nowhere" in words(tmp_path / "pages" / "documents" / f"{key}.html")


def test_an_authority_that_was_only_visited_has_no_findings_to_count(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", kind="focused_visit", findings=[("Plans are late.", "health", "weakness")])
    write_site(shelf.connection, tmp_path / "pages")
    assert not (tmp_path / "pages" / "findings").exists()
    assert "findings/" not in (tmp_path / "pages" / "authorities" / "X01.html").read_text()
    assert "None of them has a full inspection" in words(tmp_path / "pages" / "neighbours" / "X01.html")
    assert "Northby" not in words(tmp_path / "pages" / "heat.html")


@pytest.mark.parametrize(
    ("valences", "leaning"),
    [
        (["strength"], "more"),
        (["strength"] * 3, "more clear"),
        (["strength", "weakness"], "even"),
        (["weakness", "mixed"], "fewer"),
        (["weakness"] * 4 + ["strength"], "fewer clear"),
    ],
)
def test_the_heat_map_is_darker_only_where_the_difference_is_clear(shelf, tmp_path, valences, leaning):
    shelf.add("X01", "2024-01-10", findings=[("Plans are as they are.", "health", v) for v in valences])
    write_site(shelf.connection, tmp_path / "pages")
    assert f'<td class="{leaning}">' in (tmp_path / "pages" / "heat.html").read_text()


def test_the_list_of_reports_says_the_overall_grade_or_that_there_is_none(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", judgements={"overall": "requires_improvement", "leadership": "good"})
    shelf.add("X02", "2026-05-11", judgements={"leadership": "outstanding", "help_and_protection": "good"})
    shelf.add("X03", "2025-01-10", framework="area_send", judgements={"send_outcome": "inconsistent"})
    write_site(shelf.connection, tmp_path / "pages")
    rows = (tmp_path / "pages" / "reports.html").read_text().split("<tr data-")[1:]
    graded = [re.findall(r'<td class="(?:grade|state)[^>]*>(.*?)</td>', row) for row in rows]
    assert graded == [
        ["Not given by this framework"],
        ["Inconsistent experiences and outcomes"],
        ["Requires improvement to be good"],
    ]


def test_the_newest_reports_say_when_they_came_out(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", published="2024-03-01")
    shelf.add("X02", None, published="2023-05-02")
    write_site(shelf.connection, tmp_path / "pages")
    page = (tmp_path / "pages" / "index.html").read_text()
    assert "10 January 2024</a>, published 1 March 2024" in page
    assert page.count("published 2 May 2023") == 1


@pytest.mark.parametrize(("headings", "listed"), [(3, False), (8, True)])
def test_the_headings_of_a_long_report_lead_into_it(shelf, tmp_path, headings, listed):
    key = shelf.add("X01", "2024-01-10", findings=[("Plans are late.", "health", "weakness")] * headings)
    for place in range(1, headings + 1):
        shelf.connection.execute(
            "INSERT INTO section VALUES (?, ?, NULL, ?, NULL, 'finding', ?, NULL, 2)",
            (key, place, f"Practice {place}", place),
        )
        shelf.connection.execute("UPDATE paragraph SET section_id = number WHERE number = ?", (place,))
    write_site(shelf.connection, tmp_path / "pages")
    page = (tmp_path / "pages" / "documents" / f"{key}.html").read_text()
    assert '<h3 id="before-p1">Practice 1</h3>' in page
    assert ('<a href="#before-p1">Practice 1, page 2</a>' in page) == listed


def test_a_chart_says_whose_paragraphs_it_counts_and_by_what(site):
    assert "Paragraphs on Care leavers, by region: the counts" in words(site / "themes" / "care_leavers.html")
    assert "Paragraphs by theme, Northby: the counts" in words(site / "authorities" / "X01.html")


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Leadership and governance Good", "Leadership and governance: Good"),
        ("Help and protection Requires improvement", "Help and protection: Requires improvement"),
        ("Capacity to improve Grade 3 (Adequate)", "Capacity to improve: Grade 3 (Adequate)"),
        ("Leadership and governance: Good", "Leadership and governance: Good"),
        ("The board is Good", "The board is Good"),
        ("Within three months:", "Within three months"),
    ],
)
def test_a_grade_beneath_a_heading_is_set_apart_from_it(full_shelf, printed, shown):
    key = document(full_shelf, "X01")
    full_shelf.connection.execute(
        "INSERT INTO section (document_id, id, heading, role, position) VALUES (?, 99, ?, 'findings', 1)",
        (key, printed),
    )
    full_shelf.connection.execute("UPDATE paragraph SET section_id = 99 WHERE document_id = ?", (key,))
    shelf = load_shelf(full_shelf.connection)
    [source] = [source for source in shelf.sources if source.document_id == key]
    headings = [heading for leaf in lay_out(shelf.shown(source), {}) for heading, _ in leaf.parts if heading]
    assert headings == [shown]


def test_the_judgements_of_an_inspection_stand_one_beneath_the_other(site):
    page = (site / "authorities" / "X01.html").read_text()
    assert "<li>Overall effectiveness: " in page


def test_the_name_of_a_report_says_when_it_was(site):
    row = words(site / "reports.html").split("Kind Framework")[1]
    assert re.search(r"Northby \d+ \w+ ", row)
