"""Can everybody read the digest of what is new, in a real browser, wide and narrow?"""

import pytest

from corpus.store import open_store
from reports.digest import Aside, build_digest
from reports.digest_files import render_digest


@pytest.fixture(scope="module")
def digest(store, tmp_path_factory):
    """The digest of everything in the store, with something of every section."""
    path = tmp_path_factory.mktemp("digest") / "news.html"
    with open_store(store) as opened:
        ids = {key for (key,) in opened.connection.execute("SELECT id FROM document")}
        addresses = {key: f"https://reports.example.org/{key}" for key in ids}
        asides = [
            Aside("Harrowmere: a letter", "not a report: it is a letter", "https://reports.example.org/1")
        ]
        made = build_digest(opened.connection, ids, addresses, asides, asides)
    assert made.moved
    path.write_text(render_digest(made, ".html"), encoding="utf-8")
    return path.as_uri()


def test_axe_finds_nothing_to_mend_in_a_digest(digest, page, violations):
    page.goto(digest)
    assert violations(page) == []


def test_nobody_has_to_scroll_a_digest_sideways(digest, page):
    page.goto(digest)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide


def test_a_digest_asks_for_nothing_and_breaks_no_rule_of_its_own_policy(digest, page):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(digest)
    assert asked == [digest]
    assert said == []


def test_every_entry_of_the_contents_leads_somewhere(digest, page):
    page.goto(digest)
    for link in page.locator("nav[aria-label=Contents] a").all():
        assert page.locator(link.get_attribute("href")).count() == 1
