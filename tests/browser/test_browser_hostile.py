"""Whatever a report, a codebook or an address holds: in a real browser nothing of it runs, asks or hides."""

import asyncio
import re
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight import serving
from ofsight.review.desk import Desk
from ofsight.review.server import ReviewServer
from reports.brief import build_briefing
from reports.compare import build_comparison
from reports.render import render
from reports.site import write_site

# Each would set `ran`, show a dialog or ask for something, if it were taken for more than words.
HOSTILE = (
    "<script>ran=1;alert(1)</script>",
    "</script><script>ran=1</script>",
    "<img src=http://evil.example/x onerror=ran=1>",
    "\"><svg onload=ran=1> ' onmouseover=ran=1 autofocus onfocus=ran=1 '",
    "</title></style></textarea><iframe srcdoc='<script>parent.ran=1</script>'>",
    "javascript:ran=1 [words](javascript:ran=1) http://evil.example/",
    "{{ constructor.constructor('ran=1')() }} {% raw %} ${ran=1} #{ran=1} <%= 1 %>",
    "<!-- ]]> &lt;script&gt; \\u003cscript\\u003e \u2028 \u202e../../../../etc/passwd",
    "<base href=http://evil.example/><link rel=stylesheet href=//evil.example/x>",
    "<meta http-equiv=refresh content=0>",
    "<form action=http://evil.example/><button>send</button></form>",
)  # fmt: skip
ALL = " ".join(HOSTILE)
# What a report, a catalogue, a file name, a codebook or a coder can put into a store.
COLUMNS = {
    "authority": ("name", "region", "type"),
    "theme": ("name", "holds"),
    "document": ("title", "authority", "lead_inspector", "source", "kind"),
    "certificate": ("remarks", "missing", "unplaced"),
    "judgement": ("label",),
    "section": ("heading",),
    "paragraph": ("text",),
    "entity": ("name",),
    "mention": ("text",),
    "figure": ("subject", "unit", "period", "comparator"),
    "outcome": ("source", "detail"),
}
PARTS = {"certificate": "json_insert({column}, '$[#]', '{words}')"}


@pytest.fixture(scope="module")
def poisoned(store, tmp_path_factory) -> Path:
    """The store with hostile words behind every text in it, so that what points into a text still does."""
    path = Path(shutil.copy(store, tmp_path_factory.mktemp("hostile") / "s.db"))
    with sqlite3.connect(path) as connection:
        for table, columns in COLUMNS.items():
            for column in columns:
                way = PARTS.get(table, "coalesce({column}, '') || ' ' || '{words}'")
                way = way.format(column=column, words=ALL.replace("'", "''"))
                connection.execute(f"UPDATE {table} SET {column} = {way}")
        connection.execute("UPDATE paragraph SET needs_review = 1")
        connection.execute("INSERT INTO paragraph_fts (paragraph_fts) VALUES ('rebuild')")
    return path


@pytest.fixture
def tab(browser) -> Iterator[object]:
    """A tab that notes all that is said, asked for and thrown, and every dialog."""
    context = browser.new_context()
    opened = context.new_page()
    opened.said, opened.asked = [], []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("dialog", lambda dialog: (opened.said.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()


def look(tab: object, address: str, own: str) -> None:
    """Open a page: nothing ran, was said, was asked for elsewhere, or was put in as an element."""
    tab.goto(address)
    tab.wait_for_load_state("load")
    assert tab.evaluate("typeof ran") == "undefined", address
    assert tab.said == [], address
    assert all(url.startswith((own, "data:")) for url in tab.asked), (address, tab.asked)
    strange = "iframe, base, svg[onload], meta[http-equiv=refresh], form[action*=evil], [onerror], [onfocus]"
    assert tab.locator(strange).count() == 0, address
    links = tab.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    assert not [link for link in links if re.match(r"\s*(javascript|data):", link)], address


@pytest.fixture(scope="module")
def site(poisoned, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "site"
    with open_store(poisoned) as opened:
        write_site(opened.connection, folder)
    return folder


def test_every_kind_of_page_of_a_site_shows_hostile_words_as_words(site, tab):
    kinds: dict[Path, Path] = {}
    for path in sorted(site.rglob("*.html")):
        kinds[path.relative_to(site).parent if path.parent != site else path.relative_to(site)] = path
    assert len(kinds) > 10
    for path in kinds.values():
        look(tab, path.as_uri(), site.as_uri())
    shown = tab.goto(next((site / "documents").glob("*.html")).as_uri()) and tab.inner_text("body")
    assert "<script>ran=1;alert(1)</script>" in shown
    assert "\u202e" not in shown


def test_no_page_of_a_site_lies_outside_its_folder(site):
    assert all(
        re.fullmatch(r"[\w.-]+", part) for path in site.rglob("*") for part in path.relative_to(site).parts
    )


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_search_for_hostile_words_runs_nothing(site, tab, asked):
    look(tab, (site / "search.html").as_uri(), site.as_uri())
    tab.fill("#words", asked)
    tab.locator("#count", has_text="found").wait_for()
    address = f"{(site / 'search.html').as_uri()}#words={asked}&theme={asked}&order={asked}"
    tab.goto("about:blank")
    look(tab, address, site.as_uri())
    assert tab.evaluate("typeof ran") == "undefined"


@pytest.mark.parametrize("kind", ["briefing", "comparison"])
def test_a_briefing_and_a_comparison_show_hostile_words_as_words(poisoned, tab, tmp_path, kind):
    with open_store(poisoned) as opened:
        codes = [
            code for (code,) in opened.connection.execute("SELECT DISTINCT la_code FROM document LIMIT 2")
        ]
        make = {
            "briefing": lambda: build_briefing(opened.connection, codes[0]),
            "comparison": lambda: build_comparison(opened.connection, codes),
        }
        page = tmp_path / "page.html"
        page.write_text(render(make[kind](), ".html"), encoding="utf-8")
    look(tab, page.as_uri(), page.as_uri())
    assert "<script>ran=1;alert(1)</script>" in tab.inner_text("body")


@contextmanager
def reviewing(store: Path) -> Iterator[str]:
    with ReviewServer(Desk(store, ALL).answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


def test_the_review_shows_hostile_words_and_hands_hostile_remarks_back_as_words(poisoned, tab, tmp_path):
    own = Path(shutil.copy(poisoned, tmp_path / "s.db"))
    with reviewing(own) as address:
        look(tab, address, address)
        assert "<script>ran=1;alert(1)</script>" in tab.inner_text("body")
        tab.fill("#theme1", HOSTILE[0])
        tab.check("#valence-mixed")
        tab.click("#keep")
        assert HOSTILE[0] in tab.inner_text("#faults")
        assert tab.evaluate("typeof ran") == "undefined"
        assert [said for said in tab.said if "status of 422" not in said] == []  # our own answer


def test_served_tables_run_nothing_and_ask_for_nothing_elsewhere(poisoned, browser):
    """Through the real answers of Datasette, as a browser gets them."""
    pytest.importorskip("datasette", reason="Datasette is an extra: pip install 'ofsight[serve]'")
    app = serving.with_policy(serving.datasette_app(poisoned).app())
    context = browser.new_context()
    tab = context.new_page()
    said, asked = [], []
    tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("console", lambda message: said.append(message.text))
    with ThreadPoolExecutor(1) as apart:

        def answer(route: object, request: object) -> None:
            asked.append(request.url)
            got = apart.submit(lambda: asyncio.run(ask_app(app, request.url))).result()
            route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

        context.route("**/*", answer)
        for path in (
            "",
            "s/document",
            "s/paragraph",
            "s/newest_reports",
            "s/authority",
            "s?sql=select+title+from+document",
        ):
            tab.goto(f"http://127.0.0.1:1/{path}")
            assert tab.evaluate("typeof ran") == "undefined", path
    context.close()
    assert said == []
    assert all(url.startswith("http://127.0.0.1:1/") for url in asked)


async def ask_app(app: object, address: str) -> object:
    import httpx

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app)) as client:
        return await client.get(address)
