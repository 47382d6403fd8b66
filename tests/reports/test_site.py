"""What stands in the site of a store."""

import json
import xml.etree.ElementTree as ElementTree

import pytest

from reports.site import write_site

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def site(full_shelf, tmp_path):
    write_site(full_shelf.connection, tmp_path / "pages")
    return tmp_path / "pages"


def test_there_is_a_page_for_each_authority_theme_and_report(site, full_shelf):
    (reports,) = full_shelf.connection.execute("SELECT count(*) FROM document").fetchone()
    assert {path.stem for path in (site / "authorities").iterdir()} == {"X01", "X02", "X03"}
    assert len(list((site / "documents").iterdir())) == reports
    assert (site / "themes" / "care_leavers.html").is_file()


def test_a_report_page_names_its_licence(site, full_shelf):
    (key,) = full_shelf.connection.execute(
        "SELECT id FROM document WHERE licence = 'non_commercial'"
    ).fetchone()
    assert "older notice" in (site / "documents" / f"{key}.html").read_text()


def test_the_feeds_give_the_newest_report_first(site):
    feed = ElementTree.fromstring((site / "feeds" / "X01.atom").read_text())  # noqa: S314 - our own
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert [title[-4:] for title in titles] == ["2026", "2019"]
    same = json.loads((site / "feeds" / "X01.json").read_text())
    assert [item["title"] for item in same["items"]] == titles


def test_words_of_a_report_never_become_markup(shelf, tmp_path):
    shelf.add("X01", "2024-01-10", findings=[("See <script>alert(1)</script>.", "front_door", "strength")])
    write_site(shelf.connection, tmp_path / "pages")
    (page,) = (tmp_path / "pages" / "documents").iterdir()
    assert "&lt;script&gt;alert" in page.read_text()
    assert "<script" not in page.read_text()


def test_a_folder_that_holds_something_is_left_alone(full_shelf, tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(ValueError, match="not empty"):
        write_site(full_shelf.connection, tmp_path)
