"""A fetch brings what is missing, once, writes nothing over, and is never silent about what it cannot do."""

import csv
import errno
import hashlib
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import pytest

from corpus.authorities import register
from corpus.errors import DataFileError, FetchError, StoreError
from ofsight.catalogue import read_catalogue
from ofsight.fetch.client import Client
from ofsight.fetch.finding import Finder, Wish
from ofsight.fetch.keeping import PageKeep
from ofsight.fetch.site import load_site
from ofsight.lock import hold

REPORTS = [f"5010000{n}" for n in range(1, 10)]


def rows(folder) -> dict[str, dict[str, str]]:
    """The list of the archive, by number of file."""
    with (folder / "manifest.csv").open(newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def files(folder) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.pdf"))


def test_everything_is_fetched_once_newest_first(site, bring, folder):
    first = bring()
    assert files(folder) == REPORTS
    assert [entry.label_date for entry in first.new] == sorted(
        (e.label_date for e in first.new), reverse=True
    )
    assert (first.providers, first.listed, first.exit_code) == (5, 9, 0)
    site.asked.clear()
    again = bring()
    assert (again.new, again.wanted, again.exit_code) == ([], 9, 0)
    assert site.paths("/v1/file") == []


def test_the_list_says_where_each_report_is_from(site, bring, folder):
    bring()
    row = rows(folder)["50100001"]
    assert row == {
        "file": "50100001.pdf",
        "authority": "Harrowmere",
        "urn": "SAMPLE01",
        "published": "2014-07-12",
        "id": "50100001",
        "kind": "inspection",
        "address": f"{site.base}/v1/file/50100001",
        "label": "Single inspection of LA children's services",
        "label_date": "2014-07-12",
        "first_seen": row["first_seen"],
        "sha256": hashlib.sha256(site.report("50100001").body).hexdigest(),
        "licence": "",
        "gone_since": "",
    }
    assert row["first_seen"].startswith("20")


def test_a_run_takes_publication_dates_from_the_list(bring, folder):
    bring()
    assert read_catalogue(folder / "manifest.csv")[folder / "50100006.pdf"] == date(2024, 6, 12)


@pytest.mark.parametrize(
    ("wish", "brought"),
    [
        (
            {"kinds": ("inspection",)},
            ["50100001", "50100003", "50100004", "50100005", "50100007", "50100009"],
        ),
        ({"kinds": ("focused_visit", "joint")}, ["50100002", "50100008"]),
        ({"kinds": ("area_send",)}, ["50100006"]),
        ({"since": date(2024, 6, 12)}, ["50100006", "50100007", "50100008"]),
        ({"authorities": (register().find("Calderwick"),)}, ["50100007", "50100008"]),
    ],
)
def test_only_what_is_asked_for_comes(bring, folder, wish, brought):
    bring(**wish)
    assert files(folder) == brought


def test_a_named_authority_needs_no_search(site, bring):
    bring(authorities=(register().find("Saltmere Bay"),))
    assert site.paths("/search") == []
    assert site.paths("/provider") == ["/provider/44/SAMPLE04"]


def test_search_goes_on_until_a_page_brings_nothing_new(site, bring):
    bring(kinds=("joint",))
    starts = [path.partition("start=")[2].partition("&")[0] for path in site.paths("/search")]
    assert starts == ["0", "3", "5"]


def test_pages_that_have_not_changed_are_not_sent_again(site, bring):
    bring()
    sent = []
    for path in ["/search", *(f"/provider/44/{urn}" for urn in site.providers)]:
        site.always[path] = lambda handler: sent.append(handler.well(*handler.path.partition("?")[::2]))
    again = bring()
    assert again.listed == 9
    assert set(sent) == {304}


def test_without_marks_pages_are_sent_again(site, bring, folder):
    site.etags = False
    bring()
    assert bring().listed == 9
    assert not (folder / ".pages").exists()


def test_a_damaged_copy_of_a_page_is_no_copy(bring, folder):
    bring()
    for page in (folder / ".pages").iterdir():
        page.write_text('{"address": ')
    assert bring().listed == 9


def test_the_whole_of_england_is_found_with_the_description_that_comes_along(site, play):
    """153 authorities on pages of a hundred, by the numbers that the register knows."""
    england = [authority for authority in register() if authority.current and authority.urn]
    site.providers = {str(one.urn): (f"{one.name} Council", []) for one in england}
    site.rows = 100
    described = replace(load_site(), base=site.base)
    with Client(described.manners, allow_private=True, sleep=lambda _: None) as client:
        found = Finder(client, described, PageKeep(None)).providers(Wish())
    assert {(one.urn, one.name) for one in found} == {(one.urn, one.name) for one in england}
    assert len(found) >= described.search.fewest
    assert len(site.paths("/search")) == 3


def test_the_newest_comes_first_in_whatever_order_the_site_lists(site, bring):
    site.providers = {urn: (name, listed[::-1]) for urn, (name, listed) in site.providers.items()}
    brought = [entry.label_date for entry in bring().new]
    assert brought == sorted(brought, reverse=True)


def test_files_come_from_a_host_of_their_own_whose_wishes_are_read_too(site, known, bring, folder):
    host = site.base.replace("127.0.0.1", "localhost")
    site.files, hosts = host, (host.removeprefix("http://"),)
    fetched = bring(described=replace(known, file_hosts=hosts))
    assert (len(fetched.new), fetched.exit_code) == (9, 0)
    assert rows(folder)["50100007"]["address"] == f"{host}/v1/file/50100007"
    assert len(site.paths("/robots.txt")) == 2


def test_a_reissue_is_a_new_file_and_the_old_one_stays(site, play, bring, folder):
    bring()
    before = (folder / "50100009.pdf").read_bytes()
    name, [old] = site.providers["SAMPLE06"]
    new = play.Report("50100099", old.label, old.day, old.body + b"\n%%EOF\n")
    site.providers["SAMPLE06"] = (name, [new])
    fetched = bring()
    assert [entry.id for entry in fetched.new] == ["50100099"]
    assert [entry.id for entry in fetched.gone] == ["50100009"]
    assert (folder / "50100009.pdf").read_bytes() == before
    assert rows(folder)["50100009"]["gone_since"].startswith("20")
    assert bring().gone == []


def test_what_is_listed_again_is_no_longer_marked_as_gone(site, bring, folder):
    bring()
    name, reports = site.providers["SAMPLE01"]
    site.providers["SAMPLE01"] = (name, reports[1:])
    assert [entry.id for entry in bring().gone] == ["50100003"]
    site.providers["SAMPLE01"] = (name, reports)
    bring()
    assert rows(folder)["50100003"]["gone_since"] == ""


def test_a_report_whose_link_is_not_understood_is_not_taken_for_gone(site, bring, folder):
    bring()
    site.report("50100003").day = "in August"
    fetched = bring()
    assert (len(fetched.odd), fetched.gone) == (1, [])


def test_what_the_pages_not_read_would_list_is_not_taken_for_gone(site, bring, folder):
    bring()
    bring(authorities=(register().find("Calderwick"),))
    assert {row["gone_since"] for row in rows(folder).values()} == {""}


@pytest.mark.parametrize(
    ("status", "kind"), [(200, "text/html; charset=utf-8"), (200, "application/pdf"), (404, "text/html")]
)
def test_a_report_that_is_listed_and_not_there_is_said_once_and_tried_again(
    site, play, bring, folder, status, kind
):
    site.always["/v1/file/50100006"] = lambda handler: handler.answer(status, play.missing_page(), kind)
    first = bring()
    assert (len(first.missing), first.exit_code) == (1, 1)
    assert (rows(folder)["50100006"]["file"], rows(folder)["50100006"]["sha256"]) == ("", "")
    second = bring()
    assert (second.missing, second.still_missing, second.exit_code) == ([], 1, 0)
    del site.always["/v1/file/50100006"]
    assert [entry.id for entry in bring().new] == ["50100006"]
    assert rows(folder)["50100006"]["first_seen"] <= rows(folder)["50100007"]["first_seen"]
    assert "50100006" in files(folder)


def test_one_failing_file_costs_that_file_only(site, play, bring, folder):
    site.always["/v1/file/50100007"] = play.status(403)
    fetched = bring()
    assert files(folder) == [key for key in REPORTS if key != "50100007"]
    [(about, why)] = fetched.failed
    assert about == "Calderwick: Children's services inspection, 2024-07-22"
    assert "answers 403" in why
    assert fetched.exit_code == 1


def test_when_nothing_comes_any_more_we_stop_asking(site, play, bring, folder):
    for key in REPORTS:
        site.always[f"/v1/file/{key}"] = play.status(403)
    with pytest.raises(FetchError, match="5 reports in a row could not be fetched"):
        bring()
    assert len(site.paths("/v1/file")) == 5


def test_a_dry_run_writes_nothing(bring, folder):
    planned = bring(dry_run=True)
    assert [one.id for one in planned.to_fetch][:2] == ["50100008", "50100007"]
    assert not folder.exists()


def test_a_killed_fetch_is_taken_up_where_it_stopped(site, bring, folder):
    folder.mkdir()
    (folder / "50100007.pdf").write_bytes(site.report("50100007").body)  # written, not yet listed
    (folder / ".50100008.abc.part").write_bytes(b"%PDF-1.4 half")
    fetched = bring()
    assert len(fetched.new) == 9
    assert "/v1/file/50100007" not in site.asked
    assert list(folder.glob(".*.part")) == []


def test_a_full_disk_leaves_nothing_half_written(bring, folder, monkeypatch):
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("ofsight.fetch.archive.os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            bring()
    assert [path.name for path in folder.iterdir()] == [".pages"]
    assert len(bring().new) == 9


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_again_and_again_the_archive_ends_up_the_same(site, description, folder, bring):
    """Each fetch is killed a moment after another file was asked for, until one comes to its end."""
    program = "import sys; from ofsight.cli import main; main()"
    arguments = ["fetch", "--to", folder, "--site", description, "--allow-private"]
    for kills in range(40):
        before = len(site.paths("/v1/file"))
        process = subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE
        )
        while process.poll() is None and len(site.paths("/v1/file")) < before + 2:
            time.sleep(0.005)
        time.sleep(0.002 * (kills % 5))
        process.kill()
        process.communicate()
        if process.returncode == 0:
            break
    bring()
    assert files(folder) == REPORTS
    assert {row["sha256"] for row in rows(folder).values()} == {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.pdf")
    }
    assert all((folder / f"{key}.pdf").read_bytes() == site.report(key).body for key in REPORTS)
    assert list(folder.glob(".*.part")) == []


def test_somebody_elses_file_is_left_alone(bring, folder):
    folder.mkdir()
    (folder / "50100007.pdf").write_text("my letters")
    fetched = bring()
    assert (folder / "50100007.pdf").read_text() == "my letters"
    assert "is in the way" in fetched.failed[0][1]


def test_a_removed_file_comes_again(bring, folder):
    bring()
    (folder / "50100007.pdf").unlink()
    assert [entry.id for entry in bring().new] == ["50100007"]


def test_labels_of_no_known_kind_are_named_and_left(site, play, bring):
    site.report("50100002").label = "Annual meeting notes"
    fetched = bring()
    assert fetched.left == {"Annual meeting notes": 1}
    assert [entry.id for entry in bring(kinds=("other",)).new] == ["50100002"]


def test_two_fetches_do_not_work_in_one_folder(bring, folder):
    folder.mkdir()
    with (
        hold(folder / "manifest.csv"),
        pytest.raises(StoreError, match=r"archive .* is in use by another run"),
    ):
        bring()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("file,name\n", "is not a list of ours"),
        ("../x.pdf,A,1,2024-01-01,x,k,a,l,d,f,s,,\n", "line 2: '../x.pdf' is not the file of 'x'"),
        ("x.pdf,A,1,May,x,k,a,l,d,f,s,,\n", "line 2: 'May' is no date"),
        ("x.pdf,A,1,2024-01-01,x,k,a,l,d,f,s,,soon\n", "line 2: 'soon' is no moment"),
        ("x.pdf,A,1\n", "line 2: it has too many columns or too few"),
    ],
)
def test_a_list_with_faults_is_refused(bring, folder, text, says):
    head = (
        "file,authority,urn,published,id,kind,address,label,label_date,first_seen,sha256,licence,gone_since\n"
    )
    folder.mkdir()
    (folder / "manifest.csv").write_text(text if text.startswith("file") else head + text)
    with pytest.raises(DataFileError, match=says):
        bring()
