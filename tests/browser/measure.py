"""How large and how quick is the site of 500 reports? Prints what the page on the site states.

    python tests/browser/measure.py STORE [REPORTS]

Where the store holds fewer reports, some are taken twice under other dates.
"""

import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from corpus.store import open_store
from reports.site import write_site

QUESTIONS = (
    "caseloads", "social worker high", "life story work", "the", "children in care", "zzz", "s",
    '"return home interviews"', '"children in care"', '"in the" high "social worker"', '"of the" "in the"',
)  # fmt: skip
OPENED = 5  # times that the page is opened anew for each question: one alone may be unlucky
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Until the paragraphs found stand on the page.
ASK = """async ([words]) => {
  const begun = performance.now();
  document.getElementById("words").value = words;
  await search();
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""


def main() -> None:
    """Write the site of a copy of the store and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        store, site = Path(folder) / "s.db", Path(folder) / "site"
        shutil.copy(sys.argv[1], store)
        wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 500
        multiply(store, wanted)
        began, cpu = time.perf_counter(), time.process_time()
        with open_store(store) as opened:
            files = write_site(opened.connection, site).files
        print(f"{wanted} reports, {files:,} files, {_size(site) / 1e6:.0f} MB")
        print(
            f"written in {time.perf_counter() - began:.1f} s, {time.process_time() - cpu:.1f} s of one core"
        )
        for name in ("index.html", "reports.html", "heat.html", "search.html", "data/reports.js"):
            print(f"{name}: {(site / name).stat().st_size / 1000:.0f} kB")
        largest = max(site.rglob("*"), key=lambda path: path.stat().st_size)
        print(f"largest file: {largest.relative_to(site)}, {largest.stat().st_size / 1000:.0f} kB")
        search(site / "search.html")


def multiply(store: Path, wanted: int) -> None:
    """Bring a store to this many reports: too many go, too few are taken twice under other dates."""
    with sqlite3.connect(store) as connection:
        keys = [key for (key,) in connection.execute("SELECT id FROM document ORDER BY id")]
        connection.executemany("DELETE FROM document WHERE id = ?", [(key,) for key in keys[wanted:]])
        connection.execute("DELETE FROM coding WHERE paragraph_id NOT IN (SELECT id FROM paragraph)")
        for place in range(len(keys), wanted):
            old, new = keys[place % len(keys)], f"{place:016x}"
            for table, column in (
                ("document", "id"), ("judgement", "document_id"), ("reading", "document_id"),
                ("section", "document_id"), ("paragraph", "document_id"),
            ):  # fmt: skip
                rows = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (old,)).fetchall()
                _insert(connection, table, rows, old, new)
            rows = connection.execute(
                "SELECT * FROM coding WHERE paragraph_id GLOB ?", (f"{old}-*",)
            ).fetchall()
            _insert(connection, "coding", rows, old, new)
            connection.execute(
                "UPDATE document SET sha256 = ?,"
                " inspected_from = date(coalesce(inspected_from, published), ?) WHERE id = ?",
                (new, f"-{1 + place // len(keys)} days", new),
            )


def _insert(connection: sqlite3.Connection, table: str, rows: list[Any], old: str, new: str) -> None:
    for row in rows:
        renamed = [value.replace(old, new) if isinstance(value, str) else value for value in row]
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", renamed)


def _size(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def search(page: Path) -> None:
    """Print how long the search takes to answer on a page just opened, and again."""
    program = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for question in QUESTIONS:
            first, again, ready = [], [], []
            for _ in range(OPENED):
                tab = browser.new_context(offline=True).new_page()
                ready.append(_ready(tab, page))
                first.append(tab.evaluate(ASK, [question]))
                found = tab.inner_text("#count").split(" in ")[0].rstrip(".")
                tab.evaluate(ASK, ["zzzz"])
                again.append(tab.evaluate(ASK, [question]))
                tab.context.close()
            print(
                f"{question!r}: {median(first):.0f} ms (of {OPENED}: {min(first):.0f} to {max(first):.0f}),"
                f" again {median(again):.0f} ms ({found})"
            )
        print(f"search page ready to search: {median(ready):.0f} ms")
        browser.close()


def _ready(tab: Page, page: Path) -> float:
    began = time.perf_counter()
    tab.goto(page.as_uri())
    tab.locator("#count", has_text="to search").wait_for()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
