"""The reference is written from the code, and leaves nothing out."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from corpus.store import open_store
from ofsight.commands import COMMANDS

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_reference", ROOT / "docs" / "reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_has_its_entry(reference: ModuleType) -> None:
    page = reference.commands_page()
    for entry in COMMANDS:
        assert re.search(rf"^### ofsight {entry.name}\b", page, re.M)
    assert "--store" in page


def test_every_table_and_column_of_a_store_is_listed(reference: ModuleType, tmp_path: Path) -> None:
    page = reference.store_page()
    with open_store(tmp_path / "s.db", "write") as store:
        tables = store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'paragraph_fts_%'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (name,) in tables:
            part = page.split(f"## {name}\n")[1].split("\n## ")[0]
            if name != "paragraph_fts":
                columns = [row[1] for row in store.connection.execute(f"PRAGMA table_info({name})")]
                assert re.findall(r"^\| `(\w+)`", part, re.M) == columns


def test_every_exported_column_is_explained(reference: ModuleType, laid_desk: Path, tmp_path: Path) -> None:
    from ofsight.cli import run_command

    assert run_command(["export", str(tmp_path / "t"), "--store", str(laid_desk / "ofsight.db")]) == 0
    page = reference.exports_page()
    for file in (tmp_path / "t").glob("*.csv"):
        head = file.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        part = page.split(f"## {file.stem}\n")[1].split("\n## ")[0]
        assert re.findall(r"^\| `(\w+)`", part, re.M) == head


def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("sphinx", reason="the pages are built with the extra `docs`")
    import warnings

    from sphinx.application import Sphinx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the generator and its parts, not ours
        app = Sphinx(
            ROOT / "docs", ROOT / "docs", tmp_path / "html", tmp_path / "trees", "html", warningiserror=True
        )
        app.build()
    assert (tmp_path / "html" / "reference" / "commands.html").is_file()
    assert app.statuscode == 0
