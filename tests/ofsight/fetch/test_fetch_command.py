"""`ofsight fetch` as it is typed: what it prints, how it ends, and that nothing else reaches the network."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ofsight import cli
from ofsight.commands import COMMANDS
from ofsight.fetch.archive import Archive
from ofsight.fetch.fetching import Event
from ofsight.fetch.saying import FetchBar, fetch_line

ROOT = Path(__file__).parent.parent.parent.parent


def test_what_is_new_is_listed(ofsight, site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = "reports"
    code, out, err = ofsight("fetch", "--to", folder)
    said = " ".join(out.split())
    assert (code, err) == (0, "")
    assert f"9 new in {folder} (5 authorities, 9 reports listed, 9 of them asked for)." in said
    assert "Saltmere Bay Area SEND full inspection 2024-06-12 50100006.pdf" in said
    code, out, _ = ofsight("fetch", "--to", folder)
    assert code == 0
    assert " ".join(out.split()).startswith(f"Nothing new for {folder} (5 authorities")


def test_what_is_wanted_is_asked_for_in_words(ofsight, site, folder):
    asked = (
        "--authority",
        "calderwick",
        "--authority",
        "Harrowmere",
        "--kind",
        "inspection",
        "--since",
        "2022",
    )
    code, _, _ = ofsight("fetch", "--to", folder, *asked)
    assert code == 0
    assert sorted(path.stem for path in folder.glob("*.pdf")) == ["50100003", "50100007"]


def test_a_date_before_which_there_was_nothing_is_no_failure(ofsight, site, folder):
    code, out, _ = ofsight("fetch", "--to", folder, "--since", "2026")
    assert code == 0
    assert "0 of them asked for" in " ".join(out.split())


def test_a_dry_run_says_what_would_come(ofsight, site, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = Path("reports")
    code, out, _ = ofsight("fetch", "--to", folder, "--dry-run", "--kind", "joint")
    said = " ".join(out.split())
    assert code == 0
    assert f"1 to be fetched into {folder}" in said
    assert "Calderwick Joint area child protection inspection 30 January 2025" in said
    assert said.endswith("Nothing was written (--dry-run).")
    assert not folder.exists()


def test_a_program_reads_json(ofsight, site, play, folder):
    site.always["/v1/file/50100007"] = play.status(403)
    site.report("50100002").label = "Minutes"
    code, out, _ = ofsight("fetch", "--to", folder, "--json")
    said = json.loads(out)
    assert (code, said["exit_code"], len(said["new"]), said["left"]) == (1, 1, 7, {"Minutes": 1})
    assert said["failed"][0]["about"].startswith("Calderwick")
    assert {"file", "sha256", "label_date", "address"} <= set(said["new"][0])
    assert {one["licence"] for one in said["new"]} == {"ogl", "non_commercial", "unknown"}


def test_what_went_wrong_is_told_with_what_to_do(ofsight, site, play, folder):
    site.always["/v1/file/50100007"] = play.status(403)
    site.always["/v1/file/50100006"] = lambda handler: handler.file("0")
    site.report("50100005").href = "//evil.example/v1/file/5"
    site.report("50100002").label = "Minutes"
    code, out, _ = ofsight("fetch", "--to", folder)
    said = " ".join(out.split())
    assert code == 1
    assert "Listed, but the site says that the report is not there: 1 Saltmere Bay: Area SEND" in said
    assert "Could not be fetched; the next fetch tries again: 1" in said
    assert "leads to the unknown host evil.example" in said
    assert "(--kind other fetches them): Minutes (1)." in said


def test_the_list_says_under_which_licence_each_report_is(ofsight, site, folder):
    ofsight("fetch", "--to", folder, "--authority", "Calderwick", "--authority", "Harrowmere")
    said = {entry.id: entry.licence for entry in Archive(folder)}
    assert said == {
        "50100001": "non_commercial",
        "50100002": "unknown",  # a letter that cannot be read
        "50100003": "ogl",
        "50100007": "ogl",
        "50100008": "unknown",
    }


def test_a_report_that_kills_its_reader_costs_no_fetch(ofsight, site, folder, monkeypatch):
    import os

    monkeypatch.setattr("ingest.read", lambda _: os.abort())
    assert ofsight("fetch", "--to", folder, "--authority", "Calderwick")[0] == 0
    assert {entry.licence for entry in Archive(folder)} == {"unknown"}


def test_another_address_may_be_asked(play, site, folder, tmp_path, capsys):
    """The description that comes along, but for the number of authorities, at the address given."""
    text = play.described("https://reports.example.org")
    (tmp_path / "mine.toml").write_text(text)
    arguments = [
        "fetch",
        "--to",
        str(folder),
        "--base-url",
        f"{site.base}/",
        "--site",
        str(tmp_path / "mine.toml"),
    ]
    assert cli.run_command(arguments) == 2
    assert "private address 127.0.0.1" in capsys.readouterr().err
    assert cli.run_command([*arguments, "--allow-private"]) == 0


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (
            ("--kind", "inspections"),
            "There is no kind of publication 'inspections'. Did you mean inspection?",
        ),
        (("--authority", "Atlantis"), "No local authority is called 'Atlantis'"),
        (("--since", "May"), "'May' is no date"),
    ],
)
def test_wrong_wishes_are_one_line(ofsight, site, folder, more, says):
    code, out, err = ofsight("fetch", "--to", folder, *more)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert site.asked == []


def test_a_changed_site_is_one_line_and_exit_code_2(ofsight, site, play, folder):
    site.always["/search"] = play.page(play.PAGE.format(title="Search", body=""))
    code, out, err = ofsight("fetch", "--to", folder)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "lists 0 local authorities" in err


def test_whoever_stops_it_learns_that_nothing_is_lost(ofsight, site, folder):
    def stop(_):
        import _thread

        _thread.interrupt_main()

    site.then["/v1/file/50100006"] = [stop]
    code, _, err = ofsight("fetch", "--to", folder)
    assert code == 130
    assert f"What was fetched is safe in {folder}; the same command goes on from there." in err
    assert (folder / "50100008.pdf").exists()
    assert ofsight("fetch", "--to", folder)[0] == 0
    assert len(list(folder.glob("*.pdf"))) == 9


def test_who_watches_sees_how_far_it_is():
    stream = io.StringIO()
    stream.isatty = lambda: True
    bar = FetchBar(stream)
    bar.tell(Event("page", "Leeds\x1b[31m", done=40, total=160))
    bar.tell(Event("new", "Leeds"))
    bar.end()
    assert "40/160 pages read" in stream.getvalue()
    assert "\x1b[31m" not in stream.getvalue()
    line = fetch_line(Event("file", "x", done=10, total=40), 20.0)
    assert line == "[######------------------]  10/40 reports fetched  1 min left  x"


def test_nobody_watching_no_bar():
    stream = io.StringIO()
    bar = FetchBar(stream)
    bar.tell(Event("page", "Leeds", done=1, total=2))
    bar.end()
    assert stream.getvalue() == ""


def test_only_fetch_and_watch_can_reach_the_network():
    """No other module of the program imports a library that speaks to the web."""
    speaks = re.compile(
        r"^\s*(?:import|from) (?:httpx|httpcore|requests|urllib\.request|http\.client|aiohttp|ftplib)\b", re.M
    )
    rooms = ("ofsight", "reports", "ingest", "extract", "classify", "corpus")
    found = {
        path for room in rooms for path in (ROOT / room).rglob("*.py") if speaks.search(path.read_text())
    }
    assert found == {ROOT / "ofsight" / "fetch" / "client.py", ROOT / "ofsight" / "fetch" / "wire.py"}


@pytest.mark.parametrize("name", [entry.name for entry in COMMANDS if entry.name not in ("fetch", "watch")])
def test_no_other_command_imports_the_client(name):
    program = (
        f"import sys; from ofsight.group import load_command; load_command({name!r});"
        "print(sorted({'httpx', 'httpcore', 'ofsight.fetch.client'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
