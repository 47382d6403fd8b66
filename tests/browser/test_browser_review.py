"""Can everybody review codings in a real browser: with keys alone, on a narrow screen, without a script?"""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.ledger import read_entries
from corpus.store import open_store
from ofsight.review.desk import Desk
from ofsight.review.server import ReviewServer


@pytest.fixture
def place(store: Path, tmp_path: Path) -> Path:
    """A copy of the store for one coder to change."""
    return Path(shutil.copy(store, tmp_path / "s.db"))


@contextmanager
def served(place: Path, coder: str = "jo", **how: bool) -> Iterator[str]:
    with ReviewServer(Desk(place, coder, **how).answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def tab(browser, request) -> Iterator[object]:
    """A tab that may reach this machine, wide and narrow."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    opened = context.new_page()
    opened.wide = request.param
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    yield opened
    context.close()


both_widths = pytest.mark.parametrize("tab", [1280, 320], indirect=True, ids=lambda width: f"{width}px")
wide = pytest.mark.parametrize("tab", [1280], indirect=True, ids=["1280px"])


def kept(place: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    with open_store(place) as store:
        found = read_entries(store.connection)
    return [(e.coder, e.valence, tuple(theme for theme, _ in e.themes)) for e in found]


@both_widths
@pytest.mark.parametrize("blind", [False, True], ids=["open", "blind"])
def test_axe_finds_nothing_to_mend_in_the_review(tab, place: Path, violations: Callable, blind: bool) -> None:
    with served(place, blind=blind) as address:
        tab.goto(address)
        for part in tab.locator("details").all():
            part.evaluate("part => part.open = true")
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= tab.wide
        tab.fill("#theme1", "Moon")
        tab.check("#valence-mixed")
        tab.click("#keep")
        assert violations(tab) == []
        assert tab.evaluate("document.activeElement.id") == "faults"
        assert "No theme is called “Moon”" in tab.inner_text("#faults")
        assert tab.get_attribute("#theme1", "aria-invalid") == "true"
        tab.keyboard.press("?")
        assert tab.is_visible("#help")
        assert violations(tab) == []
        tab.goto(address + "?theme=adoption&document=none")
        assert violations(tab) == []
        tab.goto(address + "help")
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= tab.wide
        assert [line for line in tab.said if "422" not in line] == []


@wide
def test_a_paragraph_is_coded_with_keys_alone(tab, place: Path) -> None:
    with served(place) as address:
        tab.goto(address)
        first = tab.inner_text("h1")
        tab.keyboard.press("m")
        assert tab.is_checked("#valence-mixed")
        tab.keyboard.press("t")
        tab.keyboard.type("health")
        tab.keyboard.press("Escape")
        tab.keyboard.press("a")
        tab.wait_for_url("**said=kept*")
        second = tab.inner_text("h1")
        assert second != first
        assert "Kept" in tab.inner_text("[role=status]")
        tab.keyboard.press("k")
        tab.wait_for_function(f"document.querySelector('h1').innerText !== {second!r}")
        tab.keyboard.press("j")
        tab.wait_for_function(f"document.querySelector('h1').innerText === {second!r}")
        assert kept(place) == [("jo", "mixed", ("health",))]
        tab.keyboard.press("u")
        tab.wait_for_url("**said=undone*")
        assert tab.inner_text("h1") == first
    assert len(kept(place)) == 2


@wide
def test_who_types_too_fast_codes_one_paragraph_once(tab, place: Path) -> None:
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }))"
    with served(place) as address:
        tab.goto(address)
        tab.evaluate(f"() => {{ {press}; {press}; }}")
        tab.wait_for_url("**said=kept*")
    assert len(kept(place)) == 1


@wide
def test_letters_that_are_typed_do_nothing_else_and_keys_can_be_turned_off(tab, place: Path) -> None:
    with served(place) as address:
        tab.goto(address)
        here = tab.url
        tab.keyboard.press("c")
        tab.keyboard.type("a weak case, skip u")
        assert tab.input_value("#note") == "a weak case, skip u"
        tab.keyboard.press("Escape")
        tab.keyboard.press("?")
        tab.uncheck("#keys-on")
        tab.keyboard.press("Escape")
        for key in "kjua":
            tab.keyboard.press(key)
        tab.wait_for_timeout(200)
        assert tab.url == here
    assert kept(place) == []


@wide
def test_blind_coding_shows_the_program_after_the_answer(tab, place: Path) -> None:
    with served(place, blind=True) as address:
        tab.goto(address)
        assert tab.locator("#program").count() == tab.locator("blockquote mark").count() == 0
        tab.keyboard.press("s")
        tab.fill("#theme1", "Health")
        tab.click("#keep")
        assert tab.locator("#program").count() == 1
        tab.keyboard.press("k")
        tab.wait_for_function("!document.getElementById('program')")


def test_without_a_script_everything_works(browser, place: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    with served(place) as address:
        tab = context.new_page()
        tab.goto(address)
        tab.check("#valence-neutral")
        tab.fill("#theme1", "health")
        tab.click("#keep")
        assert "Kept" in tab.inner_text("[role=status]")
        tab.click("#help-link")
        assert "Keys and help" in tab.inner_text("h1")
    context.close()
    assert [valence for _, valence, _ in kept(place)] == ["neutral"]


def test_no_other_site_can_change_anything(browser, place: Path) -> None:
    """Even one that knows the address: its form is refused, its frame is empty, its script reads nothing."""
    context = browser.new_context()
    tab = context.new_page()
    with served(place) as address:
        tab.goto(address)
        target = tab.url
        body = (
            f'<form method="post" action="{target}"><input name="valence" value="neutral"></form>'
            f'<iframe src="{address}"></iframe>'
        )
        page = {"body": body, "content_type": "text/html"}
        tab.route("http://elsewhere.example/", lambda route: route.fulfill(**page))
        tab.goto("http://elsewhere.example/")
        read = tab.evaluate("url => fetch(url).then(a => a.text()).catch(() => 'refused')", address)
        assert read == "refused"
        assert tab.frames[1].locator("#coding").count() == 0
        tab.evaluate("document.forms[0].submit()")
        tab.wait_for_url("http://127.0.0.1:*/**")
        assert "Changes are taken from the review page alone" in tab.content()
    context.close()
    assert kept(place) == []
