"""Can everybody read, filter and search the site of a store, from a folder, without a network?"""

import re

import pytest

from corpus.store import open_store
from ofsight.pictures import drawer
from reports.site import write_site
from reports.site_search import SEARCHED, words_in

KINDS = (
    "index.html",
    "reports.html",
    "heat.html",
    "search.html",
    "feeds.html",
    "about.html",
    "authorities/*",
    "neighbours/*",
    "findings/*",
    "regions/*",
    "themes/*",
    "documents/*",
)


@pytest.fixture(scope="module")
def site(store, tmp_path_factory):
    """The site with the pictures of the pages."""
    folder = tmp_path_factory.mktemp("pages") / "new"
    with open_store(store) as opened:
        write_site(opened.connection, folder, draw=drawer(opened.connection))
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_to_mend_on_the_site(site, page, violations, kind):
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(sorted(site.glob(kind))[0].as_uri())
    page.wait_for_load_state("networkidle")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide
    assert said == []
    assert all(url.startswith(site.as_uri()) for url in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_the_content_first_and_everything_that_scrolls(site, page, kind):
    page.goto(sorted(site.glob(kind))[0].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    frames = page.locator(".scroll")
    assert all(frames.nth(place).get_attribute("tabindex") == "0" for place in range(frames.count()))


def test_axe_finds_nothing_to_mend_among_the_results_of_a_search(site, page, violations):
    page.goto(f"{(site / 'search.html').as_uri()}#words=social")
    page.locator("#found li").first.wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide


def test_search_finds_what_the_filters_ask_for_and_leads_to_the_paragraph(site, page):
    page.goto((site / "search.html").as_uri())
    page.fill("#words", "social worker")
    page.select_option("#valence", "strength")
    results = page.locator("#found li.strength")
    results.first.wait_for()
    assert all("social" in text.lower() and "worker" in text.lower() for text in results.all_inner_texts())
    assert results.first.locator("mark").first.inner_text().lower().startswith(("social", "worker"))
    page.fill("#words", "zzzz")
    page.locator("#count", has_text="0 paragraphs found.").wait_for()
    assert page.locator("#found li").count() == 0
    page.fill("#words", "social worker")
    page.locator("#found a").first.click()
    page.wait_for_url("**/documents/*#*")
    assert page.locator(":target.strength").count() == 1


def test_a_phrase_is_found_as_it_stands_and_marked_whole(site, page):
    page.goto((site / "search.html").as_uri())
    page.fill("#words", "social workers")
    found = page.locator("#count", has_text="found in")
    found.wait_for()
    apart = int(found.inner_text().split()[0])
    page.fill("#words", '"social workers"')
    page.wait_for_function("document.querySelector('#found mark')?.textContent.includes(' ')")
    assert 0 < int(found.inner_text().split()[0]) <= apart
    marked = page.locator("#found li").evaluate_all(
        "all => all.map(li => li.querySelector('mark').textContent)"
    )
    assert {words.lower() for words in marked} == {"social workers"}
    page.fill("#words", '"workers social"')
    page.locator("#count", has_text="0 paragraphs found").wait_for()
    page.fill("#words", '"social work')  # while it is still being written
    page.wait_for_function("document.querySelectorAll('#found li').length > 0")
    page.fill("#words", '"social worker"')
    alone = "[...document.querySelectorAll('#found mark')].every(m => /^social worker$/i.test(m.textContent))"
    page.wait_for_function(alone)


@pytest.mark.parametrize("phrase", ["of the", "in the", "children and their families", "the the"])
def test_a_phrase_of_common_words_is_found_in_every_paragraph_that_holds_it_and_no_other(
    site, page, store, phrase
):
    with open_store(store) as opened:
        texts = opened.connection.execute(
            f"SELECT text FROM paragraph WHERE role IN ({', '.join('?' * len(SEARCHED))})", SEARCHED
        )
        holding = sum(f" {phrase} " in f" {' '.join(words_in(text))} " for (text,) in texts)
    page.goto(f"{(site / 'search.html').as_uri()}#words=%22{phrase}%22")
    page.locator("#count", has_text="found").wait_for()
    assert page.inner_text("#count").startswith(f"{holding:,} paragraph")


def test_the_most_relevant_comes_first_unless_the_newest_is_asked_for(site, page):
    page.goto(f"{(site / 'search.html').as_uri()}#words=plans")
    page.locator("#count", has_text="the most relevant first").wait_for()
    while page.locator("#more").is_visible():
        page.click("#more")
    share = """all => all.map(li => li.querySelectorAll("mark").length
        / li.querySelector("blockquote").textContent.split(" ").length)"""
    shares = page.locator("#found li").evaluate_all(share)
    assert len(shares) > 3
    assert shares[0] > 2 * shares[-1]  # a short paragraph that says it often, before a long one that names it
    page.select_option("#order", "newest")
    page.locator("#count", has_text="the newest report first").wait_for()
    assert page.evaluate("hits.every((n, k) => !k || hits[k - 1] < n)")
    assert page.url.endswith("#words=plans&order=newest")


def test_the_first_page_asks_and_the_keyboard_reaches_the_first_result(site, page):
    page.goto((site / "index.html").as_uri())
    page.locator("#words").focus()
    page.keyboard.type("caseloads")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html#words=caseloads")
    page.locator("#found li").first.wait_for()
    page.locator("#words").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.matches('#found li:first-child a')")


def test_a_licence_notice_stands_once_above_the_results_that_point_to_it(site, page):
    page.goto(f"{(site / 'search.html').as_uri()}#words=children")
    page.locator("#found li").first.wait_for()
    notice = page.locator("[data-notice=non_commercial]")
    assert notice.is_visible()
    marked = page.locator("#found li .small", has_text="Older licence notice")
    assert marked.count() > 1
    assert "non-commercial purposes" not in page.inner_text("#found")
    page.select_option("#from", index=1)  # the latest year
    page.wait_for_function("document.querySelector('[data-notice=non_commercial]').hidden")
    assert not page.locator("#found li .small", has_text="Older licence notice").count()


def test_the_address_of_a_search_brings_it_back(site, page):
    address = (site / "search.html").as_uri()
    page.goto(address)
    page.select_option("#theme", "care_leavers")
    page.select_option("#valence", "weakness")
    page.locator("#count", has_text="found").wait_for()
    found, kept = page.inner_text("#count"), page.url
    assert kept == f"{address}#theme=care_leavers&valence=weakness"
    page.goto("about:blank")
    page.goto(kept)
    page.locator("#count", has_text="found").wait_for()
    assert page.inner_text("#count") == found
    assert page.input_value("#theme") == "care_leavers"
    page.click("#clear")
    page.locator("#count", has_text="to search").wait_for()
    assert page.url == f"{address}#"


def test_a_choice_in_an_address_that_the_site_does_not_offer_is_none(site, page):
    page.goto(f"{(site / 'search.html').as_uri()}#words=plans&theme=nothing_of_ours")
    page.locator("#count", has_text="found in").wait_for()
    assert page.eval_on_selector("#theme", "one => one.selectedOptions[0].text") == "Any"


def test_the_names_of_themes_stay_in_sight_over_a_long_heat_map(site, page):
    page.goto((site / "heat.html").as_uri())
    page.evaluate("""() => {
        const body = document.querySelector("table.heat tbody:last-child");
        for (let n = 0; n < 80; n++) body.append(body.lastElementChild.cloneNode(true));
    }""")
    last = page.locator("table.heat tbody tr:last-child td a").first
    last.scroll_into_view_if_needed()
    head = page.locator("table.heat thead th").nth(1).bounding_box()
    assert 0 <= head["y"] < head["y"] + head["height"] <= last.bounding_box()["y"]


@pytest.mark.parametrize("name", ["authority", "region", "framework", "kind", "from", "to", "grade"])
def test_each_filter_narrows_the_list_of_reports_and_the_search(site, page, name):
    page.goto((site / "reports.html").as_uri())
    options = page.eval_on_selector_all(f"#{name} option", "all => all.map(one => one.value)")
    shown = {}
    for value in options:
        page.select_option(f"#{name}", value)
        shown[value] = page.locator("#reports tbody tr:visible").count()
        assert page.inner_text("#count").startswith(f"{shown[value]} report")
    narrowest = min(options, key=shown.get)
    assert 0 < shown[narrowest] < shown[""]
    page.goto(f"{(site / 'search.html').as_uri()}#words=the&{name}={narrowest}")
    count = page.locator("#count", has_text="found")
    count.wait_for()
    assert f"in {shown[narrowest]} report" in count.inner_text()


def test_more_results_come_on_demand_and_take_the_focus(site, page):
    page.goto(f"{(site / 'search.html').as_uri()}#words=children")
    page.locator("#found li").first.wait_for()
    assert page.locator("#found li").count() == 10
    page.click("#more")
    page.locator("#found li").nth(10).wait_for()
    assert page.evaluate("document.activeElement.closest('li').previousElementSibling !== null")


def test_the_heat_map_leads_down_to_paragraphs(site, page):
    page.goto((site / "heat.html").as_uri())
    page.locator("td a").first.click()
    page.wait_for_url("**/findings/*#*")
    page.locator("section:has(:target) figcaption a").first.click()
    page.wait_for_url("**/documents/*#*")
    assert page.locator(":target blockquote").count() == 1


def test_a_paragraph_shows_its_place_on_the_picture_of_the_page(site, page):
    key = next(path.parent.name for path in site.glob("pictures/*/1.webp"))
    page.goto((site / "documents" / f"{key}.html").as_uri())
    page.locator("a[href='#frame-p1']").click()
    frame, image = page.locator("rect:target").bounding_box(), page.locator(".sheet:has(:target) img")
    image.evaluate("image => image.decode()")
    assert image.evaluate("image => image.naturalWidth") > 500
    around = image.bounding_box()
    assert around["y"] <= frame["y"]
    assert frame["y"] + frame["height"] <= around["y"] + around["height"]


def test_every_link_within_the_site_leads_somewhere(site):
    texts = {path: path.read_text() for path in site.rglob("*.html")}
    ids = {path.resolve(): set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    for path, text in texts.items():
        for target in re.findall(r'(?:href|src)="([^":]+)"', text):
            file, _, anchor = target.partition("#")
            there = (path.parent / file).resolve() if file else path.resolve()
            assert there.is_file(), (path, target)
            if there.name in ("search.html", "reports.html"):
                continue  # what stands after the # is a choice there
            assert not anchor or anchor in ids[there], (path, target)


def test_every_page_can_be_reached_from_the_first(site):
    reached, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop().resolve()
        if page not in reached:
            reached.add(page)
            links = re.findall(r'href="([^":#]+\.html)', page.read_text())
            waiting += [page.parent / link for link in links]
    assert {path.resolve() for path in site.rglob("*.html")} <= reached
