"""No page points at something that is not there."""

import re
import runpy
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    page for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if page.parent.name != "reference"
)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.M | re.S)


@pytest.fixture(scope="module", autouse=True)
def reference() -> None:
    """The pages that are made from the code and not kept: a fresh clone lacks them."""
    runpy.run_path(str(ROOT / "docs" / "reference.py"))["write_reference"](ROOT / "docs")


def anchors(page: Path) -> set[str]:
    """The anchors that headings give, as repository hosts and MyST make them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def test_every_page_is_in_the_contents() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in (page for page in PAGES if page.parent != ROOT):
        name = page.relative_to(ROOT / "docs").with_suffix("").as_posix()
        listed = re.findall(r"^[\w*!/[\]-]+$", index, re.M)
        assert name == "index" or any(fnmatch(name, pattern) for pattern in listed), name
