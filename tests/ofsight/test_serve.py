"""What a person finds who opens a store in the browser."""

import asyncio
import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ofsight import cli, serving
from ofsight.engine import Options, run
from ofsight.progress import Silence

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "text"
ASKED = {  # a question to each ready query, and a word of its answer
    "search_paragraphs": ({"words": "children", "valence": "strength", "theme": ""}, "Harrowmere"),
    "judgements_of_an_authority": ({"authority": "arrowm"}, "help_and_protection"),
    "themes_of_an_authority": ({"authority": "Harrowmere"}, "Care leavers"),
    "theme_by_year": ({"theme": "care_leavers"}, "2022"),
    "what_needs_to_improve": ({"word": "the"}, "Harrowmere"),
    "figures_about": ({"word": ""}, "Harrowmere"),
    "where_something_is_named": ({"name": "plan"}, "plan"),
    "newest_reports": ({}, "ilacs"),
    "codings_to_look_at": ({}, "Harrowmere"),
    "inputs_not_read": ({}, "not_a_report"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of two invented reports, with one input that was no report."""
    folder = tmp_path_factory.mktemp("serve")
    other = folder / "letter.txt"
    other.write_text("Dear all, the meeting is at ten. " * 20)
    reports = [SAMPLES / f"s01-harrowmere-{name}.txt" for name in ("ilacs-b4-2022-07", "sif-1b-2014-05")]
    made = run([*reports, other], folder / "reports.db", Options(jobs=1), Silence())
    assert made.counts == {"ok": 2, "rejected": 1}, made
    with sqlite3.connect(folder / "reports.db") as connection:
        connection.execute("UPDATE paragraph SET needs_review = 1 WHERE id = (SELECT min(id) FROM paragraph)")
    return folder / "reports.db"


@pytest.fixture
def ask(store):
    """Asks the pages of the store."""
    pytest.importorskip("datasette", reason="Datasette is an extra: pip install 'ofsight[serve]'")
    app = serving.datasette_app(store)
    with ThreadPoolExecutor(1) as apart:  # where a browser test ran before, this thread has a loop already
        yield lambda path, **asked: apart.submit(
            lambda: asyncio.run(app.client.get(path, params=asked))
        ).result()


def test_every_ready_query_is_asked_here():
    offered = serving.describe("reports")["databases"]["reports"]["queries"]
    assert offered.keys() == ASKED.keys()
    for name, query in offered.items():
        assert set(re.findall(r":(\w+)", query["sql"])) == ASKED[name][0].keys(), name


@pytest.mark.parametrize("name", ASKED)
def test_a_ready_query_answers(ask, name):
    asked, answer = ASKED[name]
    rows = ask(f"/reports/{name}.json", _shape="array", **asked)
    assert rows.status_code == 200
    assert answer in rows.text, json.dumps(rows.json()[:3])


def test_every_table_opens_with_its_meaning_and_its_facets(ask, store):
    with sqlite3.connect(store) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")
        ]
    described = serving.describe("reports")["databases"]["reports"]["tables"]
    for name in names:
        if not name.startswith("sqlite_"):
            page = ask(f"/reports/{name}")
            assert page.status_code == 200, name
            assert described[name]["description"].split(".")[0].split("'")[0] in page.text
            for facet in described[name].get("facets", ()):
                assert f'data-column="{facet}"' in page.text


def test_a_column_is_shown_with_what_it_means(store):
    shown = serving.describe("reports")["databases"]["reports"]["tables"]
    assert shown["document"]["columns"]["inspected_from"] == "First day of the inspection"
    assert shown["figure"]["columns"]["value2"].startswith("Upper end of a range")


def test_every_reference_of_the_schema_is_a_link_to_a_column_that_is_there(store):
    links = serving._offered()["links"]
    with sqlite3.connect(store) as connection:
        for table, column, other, there in connection.execute(
            'SELECT t.name, f."from", f."table", f."to"'
            " FROM pragma_table_list t, pragma_foreign_key_list(t.name) f"
        ):
            assert links[table][column] == f"{other}.{there or ('la_code' if other == 'authority' else 'id')}"
        for table, columns in links.items():
            for column, there in columns.items():
                other, _, key = there.partition(".")
                connection.execute(f"SELECT a.{column}, b.{key} FROM {table} a, {other} b LIMIT 1")


def test_a_report_leads_to_what_hangs_on_it(ask):
    (report, *_) = ask("/reports/document.json", _shape="array").json()
    page = ask(f"/reports/document/{report['id']}").text
    assert re.search(r"\d+ rows?\s*</a>\s*from document_id in paragraph", page)
    assert ">Harrowmere<" in ask("/reports/document").text


def test_the_store_cannot_be_changed(ask, store):
    before = store.read_bytes()
    assert ask("/reports", sql="DELETE FROM document").status_code == 400
    assert ask("/reports", sql="SELECT 1; DROP TABLE document").status_code == 400
    assert store.read_bytes() == before


def test_pages_load_nothing_from_elsewhere(ask):
    for path in ("/", "/reports", "/reports/paragraph", "/reports/newest_reports"):
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', ask(path).text)
        assert loaded
        assert all(there.startswith(("/", "http://localhost/")) for there in loaded)


def test_without_the_extra_the_message_says_how_to_get_it(store, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "datasette.app", None)
    assert cli.run_command(["serve", "--store", str(store)]) == 2
    assert 'pip install ".[serve]"' in capsys.readouterr().err


def test_a_port_that_is_taken_is_said_so(store, capsys):
    pytest.importorskip("datasette", reason="Datasette is an extra: pip install 'ofsight[serve]'")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert cli.run_command(["serve", "--store", str(store), "--port", port]) == 2
    assert "Name another with --port" in capsys.readouterr().err


def test_the_command_serves_this_machine_only_and_ends_in_order(store):
    pytest.importorskip("datasette", reason="Datasette is an extra: pip install 'ofsight[serve]'")
    command = [
        sys.executable,
        "-c",
        "from ofsight.cli import main; main()",
        "serve",
        "--store",
        str(store),
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", served.stdout.readline())[0]
            with urllib.request.urlopen(address, timeout=150) as page:  # noqa: S310 - our own
                assert b"ofsight" in page.read()
            strange = urllib.request.Request(address, headers={"Host": "elsewhere.example"})  # noqa: S310
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(strange, timeout=150)  # noqa: S310
        finally:
            served.terminate()
    assert served.returncode == 143
