"""Somebody who made a common mistake reads what to do next."""

from pathlib import Path

import pytest

from ofsight import cli

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "pdf"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one report, and things that are no reports."""
    folder = tmp_path_factory.mktemp("desk")
    sample = next(SAMPLES.glob("s01*ilacs*"))
    assert cli.run_command(["run", str(sample), "--store", str(folder / "ofsight.db"), "--jobs", "1"]) == 0
    (folder / "empty").mkdir()
    (folder / "photo.png").write_bytes(b"a picture")
    return folder


@pytest.mark.parametrize(
    ("typed", "next_step"),
    [
        ("brief Nether Wallop", "put a name of several words in quotation marks"),
        ("brief Leads", "Did you mean Leeds?"),
        ("brief Leeds", "ofsight run REPORTS"),
        ("run empty", "Put reports there, or name the folder that holds them"),
        ("show Harrowmere --store ofsigt.db", "Make one with: ofsight run REPORTS --store ofsigt.db"),
        ("authorities --held --store ofsigt.db", "Make one with: ofsight run REPORTS --store ofsigt.db"),
        ("show 21704b836dacd338 --paragraph 999", "List what it has: ofsight show 21704b836dacd338"),
        ("show Leeds --store ./ofsight.db", "ofsight authorities --held --store ofsight.db"),
        ("search care --since May", "write it as 2024, 2024-05 or 2024-05-20"),
        ("search care --valance weakness", "Possible options"),
        ("search care --theme workfroce", "Did you mean workforce?"),
        ("compare Harrowmere", "ofsight compare Leeds --against neighbours"),
        ("compare Harrowmere --against region --out nowhere/c.html", "make it first: nowhere"),
        ("verify photo.png", "Verify a .docx, .pdf, .html, .md or .txt file"),
        ("export tables.csv", "Export to a folder or a file ending in .xlsx"),
        ("run empty --engine dask", "--engine dask --scheduler tcp://HOST:8786"),
    ],
)
def test_a_mistake_is_answered_with_the_next_step(
    desk: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    next_step: str,
) -> None:
    monkeypatch.chdir(desk)
    assert cli.run_command(typed.split()) == 2
    said = capsys.readouterr().err
    assert next_step in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("typed", ["search zebra", "figures --kind money --theme adoption --subject zebra"])
def test_where_nothing_fits_it_says_what_to_leave_out(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    monkeypatch.chdir(desk)
    assert cli.run_command(typed.split()) == 0
    assert "condition" in capsys.readouterr().out


def test_a_search_for_an_authority_that_is_not_there_says_how_to_list_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run_command(["authorities", "atlantis"]) == 0
    assert capsys.readouterr().out == "No authority fits. List all of them: ofsight authorities\n"


@pytest.mark.parametrize("typed", ["authorities --held", "search caseloads"])
def test_a_store_without_a_report_is_said_to_be_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("Eggs and flour.")
    assert cli.run_command(["run", "list.txt", "--jobs", "1"]) == 1
    capsys.readouterr()
    assert cli.run_command(typed.split()) == 0
    assert capsys.readouterr().out.startswith("The store holds no report. Read some: ofsight run REPORTS")
