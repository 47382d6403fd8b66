"""A watch fetches, reads and tells: everything once, nothing never."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from corpus.store import open_store
from ofsight.fetch.archive import Archive
from ofsight.fetch.telling import told_so_far
from ofsight.stages import current_versions

ATOM = "{http://www.w3.org/2005/Atom}"
NO_PUBLISHED = "Children's services inspection"


@pytest.fixture
def small(site):
    """Two authorities: one with an inspection after another still to come, one with a letter of no layout."""
    harrowmere, calderwick = site.providers["SAMPLE01"], site.providers["SAMPLE05"]
    site.providers = {"SAMPLE01": ("Harrowmere", harrowmere[1][2:]), "SAMPLE05": calderwick}
    site.rows = 5
    return site


@pytest.fixture
def watch(ofsight, description, folder, tmp_path):
    """Watch the small site: `watch("--digest", file)` gives exit code, output and errors."""
    description.write_text(description.read_text().replace("fewest = 5", "fewest = 2"))

    def do(*more: object) -> tuple[int, str, str]:
        return ofsight("watch", "--to", folder, "--store", tmp_path / "s.db", "--jobs", 1, *more)

    return do


def test_what_is_new_is_told_once(watch, small, play, tmp_path, folder):
    news, text, feed = (tmp_path / f"news{suffix}" for suffix in (".html", ".txt", ".atom"))
    wanted = ("--digest", news, "--digest", text, "--digest", feed)
    code, out, _ = watch(*wanted)
    assert code == 1  # the joint inspection's letter is none of the layouts we read
    assert "2 new in the store; 1 could not be read." in out
    assert "Harrowmere: SIF inspection" in news.read_text()
    assert "Calderwick: Joint area child protection inspection, 30 January 2025: corrupt" in text.read_text()
    for path in (news, text):
        path.unlink()

    code, out, _ = watch(*wanted)
    assert code == 0  # the letter is still there, and is told of only once
    assert "Nothing new to tell." in out
    assert not news.exists()
    assert len(entries(feed)) == 2

    later = play.LISTED[("SAMPLE01", "Harrowmere")][0]
    body = next(play.SAMPLES.glob("s01-harrowmere-ilacs*")).read_bytes()
    small.providers["SAMPLE01"][1].insert(0, play.Report(*later[:3], body))
    small.providers["SAMPLE05"] = ("Calderwick", small.providers["SAMPLE05"][1][1:])
    _, out, _ = watch(*wanted)
    assert "1 new in the store, 1 with changed judgements; 1 no longer listed." in out
    page = news.read_text()
    assert "Overall effectiveness" in page and "(other framework)" in page
    gone = page.split('id="gone"')[1]
    assert re.search(r"child protection inspection, 30 January 2025: since \d{1,2} \w+ 20\d\d<", gone)
    assert f'href="{small.base}/v1/file/50100003"' in page
    assert "SIF inspection, " not in page.split('id="reports"')[1]
    assert entries(feed)[0].find(f"{ATOM}link").get("href") == f"{small.base}/v1/file/50100003"


def entries(feed) -> list[ElementTree.Element]:
    return ElementTree.parse(feed).getroot().findall(f"{ATOM}entry")  # noqa: S314 (our own file)


def test_licences_that_were_read_come_into_the_list(watch, small, folder):
    watch()
    with (folder / "manifest.csv").open(newline="") as file:
        licences = {row["id"]: row["licence"] for row in csv.DictReader(file)}
    assert licences["50100007"] == "ogl"
    assert licences["50100008"] == ""  # a letter that could not be read


def test_the_log_is_lines_of_json(watch, small):
    code, out, _ = watch("--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["event"] for line in lines].count("new") == 3
    assert {line["status"] for line in lines if line["event"] == "read"} == {"ok", "rejected"}
    assert lines[-1]["event"] == "end"
    assert (lines[-1]["exit_code"], lines[-1]["news"], lines[-1]["unread"]) == (code, 2, 1)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["at"]) for line in lines)


def test_after_an_upgrade_all_is_read_again_and_nothing_told_again(watch, small, monkeypatch):
    watch()
    now = current_versions()
    monkeypatch.setattr("ofsight.engine.current_versions", lambda *_: replace(now, pipeline="next"))
    code, out, _ = watch()
    assert "3 inputs" in out and "2 ok, 1 rejected" in out
    assert (code, "Nothing new to tell." in out) == (0, True)


def test_the_log_of_a_quiet_day_is_one_line(watch, small):
    watch()
    _, out, _ = watch("--json")
    assert [json.loads(line)["event"] for line in out.splitlines()] == ["end"]


def test_the_log_says_why_nothing_could_be_done(watch, small, play):
    small.always["/search"] = play.status(500)
    code, out, err = watch("--json")
    [line] = [json.loads(line) for line in out.splitlines()]
    assert (code, line["event"], line["exit_code"]) == (2, "end", 2)
    assert "answers 500" in line["error"] and line["error"] in err


def test_what_was_read_before_the_first_watch_is_no_news(watch, ofsight, small, folder, tmp_path):
    from ofsight import cli

    ofsight("fetch", "--to", folder)
    assert cli.run_command(["run", str(folder), "--store", str(tmp_path / "s.db"), "--jobs", "1"]) == 1
    _, out, _ = watch()
    assert "Nothing new to tell." in out


def test_a_digest_that_could_not_be_written_is_told_next_time(watch, small, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "news.txt")

    with monkeypatch.context() as patched:
        patched.setattr("ofsight.fetch.watching.write_whole", full)
        code, _, err = watch("--digest", tmp_path / "news.txt")
    assert (code, err) == (2, "ofsight: No space left on device: news.txt\n")
    _, out, _ = watch("--digest", tmp_path / "news.txt")
    assert "2 new in the store; 1 could not be read." in out


def test_a_report_that_is_listed_and_not_there_is_told(watch, small, tmp_path):
    small.always["/v1/file/50100007"] = lambda handler: handler.file("0")
    code, _, _ = watch("--digest", tmp_path / "news.txt")
    assert code == 1
    assert "Calderwick: Children's services inspection, 22 July 2024: the publisher lists it" in (
        tmp_path / "news.txt"
    ).read_text().replace("’", "'")


def test_when_the_site_is_down_nothing_is_read_and_nothing_marked(watch, small, play, tmp_path):
    small.always["/search"] = play.status(500)
    code, out, err = watch()
    assert (code, out) == (2, "")
    assert "answers 500" in err
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("news.pdf", "ending in .html, .txt, .atom"),
        ("no/news.txt", "no folder"),
        ("archive/n.txt", "in the archive"),
    ],
)
def test_a_digest_goes_to_a_fitting_place(watch, small, folder, tmp_path, name, says):
    folder.mkdir()
    code, _, err = watch("--digest", tmp_path / name)
    assert code == 2
    assert says in err
    assert small.asked == []


def test_two_watches_do_not_tell_at_once(watch, small, tmp_path):
    from ofsight.lock import hold

    with hold(tmp_path / "s.db.watch"):
        code, _, err = watch()
    assert code == 2
    assert re.search(r"The watch .* is in use by another run", err)


def test_a_watch_waits_for_no_run(watch, small, tmp_path):
    from ofsight.lock import hold

    with hold(tmp_path / "s.db"):
        code, _, err = watch("--digest", tmp_path / "news.txt")
    assert code == 2
    assert re.search(r"The store .* is in use by another run", err)
    _, out, _ = watch("--digest", tmp_path / "news.txt")
    assert "2 new in the store; 1 could not be read." in out


def test_hostile_words_of_a_report_and_a_site_do_no_harm(watch, small, tmp_path):
    small.report("50100008").label = "<script>alert(1)</script> joint \u202e{{ 7 * 7 }}"
    watch("--digest", tmp_path / "news.html", "--digest", tmp_path / "news.atom")
    page = (tmp_path / "news.html").read_text()
    assert "<script>" not in page and "49" not in page.split('id="unread"')[1].split("</ul>")[0]
    assert "\u202e" not in page
    ElementTree.parse(tmp_path / "news.atom")  # noqa: S314 (our own file)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_watch_that_is_ended_while_fetching_is_taken_up(
    watch, small, description, folder, tmp_path, number
):
    """The last file does not come until we are ended; what had come before stays, and comes only once."""
    small.always["/v1/file/50100001"] = lambda handler: time.sleep(30)
    arguments = [
        "watch",
        "--to",
        folder,
        "--store",
        tmp_path / "s.db",
        "--site",
        description,
        "--allow-private",
    ]
    program = "import sys; from ofsight.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while "/v1/file/50100001" not in small.asked:
        time.sleep(0.05)
        assert process.poll() is None, process.stderr.read()
    os.kill(process.pid, number)
    process.communicate(timeout=150)
    assert (
        process.returncode in {signal.SIGKILL: (-9,), signal.SIGTERM: (143,), signal.SIGINT: (130,)}[number]
    )
    assert sorted(entry.id for entry in Archive(folder)) == ["50100007", "50100008"]
    small.asked.clear()
    del small.always["/v1/file/50100001"]
    _, out, _ = watch()
    assert small.paths("/v1/file") == ["/v1/file/50100001"]
    assert "2 new in the store; 1 could not be read." in out
    assert list(folder.glob(".*.part")) == []


def test_the_mark_stands_in_the_store(watch, small, tmp_path):
    watch()
    with open_store(tmp_path / "s.db") as opened:
        assert told_so_far(opened.connection).run == 1
