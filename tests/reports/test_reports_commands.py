"""What `compare`, `brief` and `figures` answer on the command line where something cannot be done."""

from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight.cli import run_command


@pytest.fixture
def ofsight(capsys):
    """Runs a command in this process and gives exit code, standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run_command([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A store with one full inspection each of Leeds (2022) and Kent (2024), and none of York."""
    path = tmp_path / "small.db"
    with open_store(path, "write") as opened:
        for place, (code, day) in enumerate((("383", "2022-06-06"), ("886", "2024-05-20")), 1):
            key = f"{place:016d}"
            opened.connection.execute(
                "INSERT INTO document (id, sha256, source, media_type, la_code, framework, kind,"
                " inspected_from, inspected_to, pipeline_version, ingested_at, layout, codebook_hash,"
                " model_hash) VALUES (?, ?, 'a.pdf', 'application/pdf', ?, 'ilacs', 'standard', ?, ?, '0',"
                " '', '', '', '')",
                (key, key * 4, code, day, day),
            )
            opened.connection.execute(
                "INSERT INTO paragraph VALUES (?, ?, 1, 1, NULL, 'finding', ?, 2, 2, 'weakness', 0.9, 0, 0,"
                " NULL, '[]', '[]')",
                (f"{key}-0001", key, "Caseloads of social workers are high, at 25 on average."),
            )
            opened.connection.execute(
                'INSERT INTO figure (paragraph_id, start, "end", kind, value, subject)'
                " VALUES (?, 41, 43, 'count', 25, 'caseloads')",
                (f"{key}-0001",),
            )
    return path


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        ("2022", "2022", "6 June 2022"),
        ("2022-06", "2022-06", "6 June 2022"),
        ("2022-06-06", "2022-06-06", "6 June 2022"),
        ("2024", "2024-05", "20 May 2024"),
    ],
)
def test_a_window_takes_years_months_and_days(ofsight, stored, since: str, until: str, held: str) -> None:
    code, out, _ = ofsight("compare", "Leeds", "Kent", "--since", since, "--until", until, "--store", stored)
    assert code == 0
    assert held in out


def test_what_is_no_date_is_refused_with_what_would_be_one(ofsight, stored) -> None:
    code, _, err = ofsight("compare", "Leeds", "Kent", "--since", "spring 2024", "--store", stored)
    assert code == 2
    assert "2024-05-20" in err


@pytest.mark.parametrize("group", ["Kent", "Kent, York", "886,816"])
def test_a_group_may_be_named_with_commas(ofsight, stored, group: str) -> None:
    code, out, _ = ofsight("compare", "Leeds", "--against", group, "--store", stored)
    assert code == 0
    assert "Leeds against the named group" in out
    assert "(1 reports)" not in out


def test_a_name_that_holds_a_comma_is_one_authority(ofsight, stored) -> None:
    code, out, _ = ofsight("compare", "Leeds", "--against", "Bristol, City of", "--store", stored)
    assert code == 0
    assert "Bristol, City of" in out


def test_a_group_that_nobody_knows_is_refused_with_the_choices(ofsight, stored) -> None:
    code, _, err = ofsight("compare", "Leeds", "--against", "planet", "--store", stored)
    assert code == 2
    assert "neighbours, region, grade, england" in err


def test_nothing_to_compare_is_said_and_nothing_is_written(ofsight, stored, tmp_path: Path) -> None:
    out = tmp_path / "none.html"
    code, _, err = ofsight("compare", "York", "Barnet", "--store", stored, "--out", out)
    assert code == 2
    assert "York: the store holds no report" in err
    assert not out.exists()


def test_who_is_left_out_of_a_comparison_is_said_beside_a_file_too(ofsight, stored, tmp_path: Path) -> None:
    out = tmp_path / "pair.html"
    code, _, err = ofsight("compare", "Leeds", "York", "--store", stored, "--out", out)
    assert (code, err) == (0, "ofsight compare: left out. York: the store holds no report.\n")


def test_a_draft_that_is_not_there_is_said_so(ofsight, stored) -> None:
    code, _, err = ofsight("verify", "nowhere.docx", "--store", stored)
    assert (code, err) == (2, "ofsight: There is no such file: nowhere.docx\n")


def test_no_briefing_on_a_council_without_reports(ofsight, stored, tmp_path: Path) -> None:
    out = tmp_path / "york.docx"
    code, _, err = ofsight("brief", "York", "--store", stored, "--out", out)
    assert code == 2
    assert "no report of York" in err and "ofsight run" in err
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("brief", "Leeds", "--out", "missing/leeds.md"), "missing"),
        (("figures", "--out", "missing/figures.csv"), "missing"),
        (("brief", "Leeds", "--out", "folder.md"), "folder.md"),
    ],
)
def test_a_file_that_cannot_be_written_is_named_as_the_user_named_it(
    ofsight, stored, tmp_path: Path, monkeypatch, arguments: tuple[str, ...], named: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.md").mkdir()
    code, _, err = ofsight(*arguments, "--store", stored)
    assert code == 2
    assert err.rstrip().endswith(f": {named}")


def test_figures_without_a_hit_name_the_subjects_near_it(ofsight, stored) -> None:
    code, out, err = ofsight("figures", "--subject", "caselod", "--store", stored)
    assert code == 0
    assert out.startswith("Nothing fits. Leave out a condition")
    assert "caseloads" in err
