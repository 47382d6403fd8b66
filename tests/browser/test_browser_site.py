"""Can everybody read and search the site of a store, from a folder, without a network?"""

import re

import pytest

from corpus.store import open_store
from reports.site import write_site

KINDS = ("index.html", "heat.html", "search.html", "authorities/*", "themes/*", "documents/*")


@pytest.fixture(scope="module")
def site(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages") / "new"
    with open_store(store) as opened:
        write_site(opened.connection, folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_to_mend_on_the_site(site, page, violations, kind):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(sorted(site.glob(kind))[0].as_uri())
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide
    assert said == []


def test_search_finds_what_the_filters_ask_for_and_leads_to_the_paragraph(site, page):
    page.goto((site / "search.html").as_uri())
    page.fill("#words", "social workers")
    page.select_option("#valence", "strength")
    results = page.locator("#found li")
    assert results.count() > 0
    assert all("social" in text.lower() and "workers" in text.lower() for text in results.all_inner_texts())
    page.fill("#words", "zzzz")
    assert page.inner_text("#count") == "0 paragraphs found."
    page.fill("#words", "social workers")
    page.locator("#found a").first.click()
    page.wait_for_url("**/documents/*#*")
    assert page.locator(":target.strength").count() == 1


def test_the_heat_map_leads_down_to_paragraphs(site, page):
    page.goto((site / "heat.html").as_uri())
    page.locator("td a").first.click()
    page.wait_for_url("**/themes/*#a*")
    page.locator(":target ~ ul a").first.click()
    page.wait_for_url("**/documents/*#*")
    assert page.locator(":target blockquote").count() == 1


def test_every_link_within_the_site_leads_somewhere(site):
    texts = {path: path.read_text() for path in site.rglob("*.html")}
    ids = {path.resolve(): set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    for path, text in texts.items():
        for target in re.findall(r'(?:href|src)="([^":]+)"', text):
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path.resolve()
            assert there.is_file(), (path, target)
            assert not anchor or anchor in ids[there], (path, target)
