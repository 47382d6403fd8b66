"""What of the pages of `ofsight serve` is ours passes axe; what is not and fails is known by rule."""

import asyncio
import re
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from urllib.parse import urlencode

import pytest

from ofsight import serving


def ready_queries() -> list[tuple[str, str]]:
    """Every ready query of ours, its fields filled in with words that the reports hold, or left empty."""
    words = {"words": "children", "word": "plan"}
    queries = tomllib.loads(files("ofsight").joinpath("serving.toml").read_text(encoding="utf-8"))["queries"]
    fields = {name: re.findall(r"(?<!:):(\w+)", query["sql"]) for name, query in queries.items()}
    return [(name, urlencode({f: words.get(f, "") for f in asked})) for name, asked in fields.items()]


PAGES = (
    "/",
    "/{store}",
    "/{store}/paragraph",
    "/{store}/paragraph?_facet=role&_facet=valence",
    *(f"/{{store}}/{name}?{fields}" for name, fields in ready_queries()),
)
OURS = ("h1", ".metadata-description", "a[href$='/search_paragraphs']", ".query table.rows-and-columns td")
# The page on serving names them too: language, landmark, headings, filters, buttons, facets, scrolling.
DATASETTES = {
    "color-contrast",
    "heading-order",
    "html-has-lang",
    "label",
    "landmark-one-main",
    "link-in-text-block",
    "region",
    "scrollable-region-focusable",
    "select-name",
}


@pytest.fixture
def served(store, page):
    """A tab in which the pages of the store stand under http://localhost."""
    pytest.importorskip("datasette", reason="Datasette is an extra: pip install 'ofsight[serve]'")
    app = serving.datasette_app(store)
    with ThreadPoolExecutor(1) as apart:

        def answer(route):
            path = route.request.url.removeprefix("http://localhost")
            given = apart.submit(lambda: asyncio.run(app.client.get(path))).result()
            route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.content)

        page.route("http://localhost/**", answer)
        yield page


@pytest.mark.parametrize("path", PAGES)
def test_what_is_ours_passes_axe_and_what_is_not_is_known(served, store, violations, path):
    served.goto(f"http://localhost{path.format(store=store.stem)}")
    assert {found.split(":")[0] for found in violations(served)} <= DATASETTES
    assert violations(served, [part for part in OURS if served.locator(part).count()]) == []
    assert served.evaluate("document.documentElement.scrollWidth") <= served.wide


def test_a_ready_query_is_found_and_asked_with_the_keyboard(served, store):
    served.goto(f"http://localhost/{store.stem}")
    served.get_by_role("link", name="Search the paragraphs").focus()
    served.keyboard.press("Enter")
    served.get_by_label("words").fill("children")
    served.keyboard.press("Enter")
    served.locator("table.rows-and-columns td").first.wait_for()
    assert "children" in served.locator("table.rows-and-columns").inner_text().lower()
