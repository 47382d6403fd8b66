"""Can everybody read a comparison and a briefing, in a real browser, wide and narrow?"""

import pytest

from corpus.store import open_store
from reports import write
from reports.brief import build_briefing
from reports.compare import build_comparison

AUTHORITIES = "SELECT DISTINCT la_code FROM document ORDER BY la_code"
NAMES = ("briefing", "comparison", "against")


@pytest.fixture(scope="module")
def made(store, tmp_path_factory):
    """The pages under test, written as a user gets them."""
    folder = tmp_path_factory.mktemp("documents")
    with open_store(store) as opened:
        connection = opened.connection
        codes = [code for (code,) in connection.execute(AUTHORITIES)]
        write(build_briefing(connection, codes[0]), folder / "briefing.html")
        write(build_comparison(connection, codes), folder / "comparison.html")
        write(build_comparison(connection, codes[:1], against="england"), folder / "against.html")
    return folder


def test_the_rules_are_applied(page, violations):
    """A page with a picture that says nothing and pale text does not pass."""
    page.set_content('<html><body><img src="data:,"><p style="color:#bbb">Pale</p></body></html>')
    broken = {found.split(":")[0] for found in violations(page)}
    assert {"image-alt", "color-contrast", "html-has-lang", "document-title"} <= broken


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_to_mend(made, page, violations, name):
    page.goto((made / f"{name}.html").as_uri())
    assert violations(page) == []


@pytest.mark.parametrize("name", NAMES)
def test_nobody_has_to_scroll_sideways_to_read(made, page, name):
    """WCAG 1.4.10: only tables scroll, each in a frame of its own."""
    page.goto((made / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= page.wide


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_reaches_the_content_first_and_every_table(made, page, name):
    page.goto((made / f"{name}.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    frames = page.locator(".scroll")
    assert frames.count() > 0
    assert all(frames.nth(place).get_attribute("tabindex") == "0" for place in range(frames.count()))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_breaks_no_rule_of_its_own_policy(made, page, name):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((made / f"{name}.html").as_uri())
    assert (len(asked), said) == (1, [])
