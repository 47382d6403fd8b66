"""A real Chromium, axe-core, and a store of invented reports; without them, a skip that says why."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from ofsight.engine import Options, run
from ofsight.progress import Silence

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "pdf"
CHOSEN = ("s03-*sif-1a*", "s03-*ilacs-a*", "s05-*ilacs-b5*", "s09-*area-send*")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Rules for WCAG 2.2 that axe leaves off unless they are asked for.
OPTIONS = {"rules": {"target-size": {"enabled": True}}}


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A headless Chromium."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no Chromium here (looked for {', '.join(BROWSERS)})")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 320], ids=lambda width: f"{width}px")
def page(browser, request) -> Iterator[object]:
    """An empty tab, once as wide as a desk and once as narrow as a telephone (or 400% zoom)."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, offline=True)
    opened = context.new_page()
    opened.wide = request.param
    yield opened
    context.close()


@pytest.fixture
def violations() -> Callable[..., list[str]]:
    """Every rule of axe-core that the page in this tab breaks, or these parts of it, with the elements."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

    def find(tab: object, parts: Sequence[str] = ()) -> list[str]:
        context = {"include": [[part] for part in parts]} if parts else None
        found = axe.Axe().run(tab, context=context, options=OPTIONS).response["violations"]
        return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]

    return find


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> Path:
    """A store made from four of the invented reports: two of one authority, one each of two others."""
    path = tmp_path_factory.mktemp("browser") / "s.db"
    reports = sorted(report for pattern in CHOSEN for report in SAMPLES.glob(pattern))
    made = run(reports, path, Options(jobs=1), Silence())
    assert made.counts == {"ok": len(CHOSEN)}, made
    return path
