"""The command line: help, exit codes, one line for each error, nothing heavy before it is needed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ofsight import cli
from ofsight.commands import COMMANDS
from ofsight.group import load_command


@pytest.fixture
def stored(folder, store, fake) -> Path:
    """A store with two reports."""
    fake.do(folder(a="Care leavers are well supported.", b="Caseloads are too high at 25 each."), store)
    return store


@pytest.fixture
def ofsight(capsys):
    """Run a command; gives exit code, output and errors."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = cli.run_command([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


def test_help_lists_every_command_in_its_group(ofsight):
    code, out, _ = ofsight("--help")
    assert code == 0
    for entry in COMMANDS:
        assert re.search(rf"^  {entry.name} +{re.escape(entry.does)}$", out, re.MULTILINE)


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_says_what_it_does_with_examples(entry):
    command = load_command(entry.name)
    for one in getattr(command, "commands", {"": command}).values():
        assert re.search(rf"Examples?:\s+ofsight {entry.name}", one.help), one.name


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_help_fits_80_columns_and_names_files_and_days_not_types_of_python(ofsight, entry, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    command = load_command(entry.name)
    for name in getattr(command, "commands", {"": None}):
        code, out, _ = ofsight(*f"{entry.name} {name}".split(), "--help")
        assert code == 0
        assert not re.search(r"<|\{|\bstr\b|\bint\b|%Y", out), out
        assert max(map(len, out.splitlines())) <= 80


def test_without_a_file_the_codebook_that_comes_along_is_checked(ofsight):
    code, out, _ = ofsight("codebook", "check")
    assert code == 0
    assert out.startswith("The codebook that comes along holds together: 19 themes")


def test_the_list_of_commands_fits_a_terminal_of_80_columns(ofsight):
    assert max(map(len, ofsight("--help")[1].splitlines())) <= 80


def test_no_command_prints_help_and_is_wrong_usage(ofsight):
    code, out, _ = ofsight()
    assert (code, out.startswith("Usage: ofsight COMMAND")) == (2, True)


def test_version(ofsight):
    assert ofsight("--version") == (0, "ofsight 0.1.0\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rum",), "No such command 'rum'. Did you mean run?"),
        (("run",), "Missing argument 'PATH...'"),
        (("run", "--fast"), "No such option"),
        (("run", "nowhere"), "There is no such file or folder: nowhere"),
        (("show", "Leeds", "--store", "nowhere.db"), "There is no store at 'nowhere.db'. Make one with"),
        (("brief", "Atlantis"), "No local authority is called 'Atlantis'. List them: ofsight authorities"),
        (("codebook", "check", "nowhere.toml"), "nowhere.toml"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(ofsight, tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    code, out, err = ofsight(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_store_is_one_line(ofsight, folder, tmp_path):
    code, _, err = ofsight("run", folder(a="x"), "--store", tmp_path / "no" / "such" / "place.db")
    assert code == 2
    assert "cannot be written" in err


def test_something_that_is_no_store_is_left_alone(ofsight, folder, tmp_path):
    other = tmp_path / "other.db"
    other.write_text("my letters")
    code, _, err = ofsight("run", folder(a="x"), "--store", other)
    assert (code, other.read_text()) == (2, "my letters")
    assert str(other) in err


def test_show_and_search_find_a_paragraph(ofsight, stored):
    [key] = ofsight_ids(ofsight, stored, "care leaver")
    code, out, _ = ofsight("show", key, "--paragraph", 1, "--store", stored)
    assert code == 0
    assert "paragraph 1, page 1: strength: leadership\n    Care leavers are well supported." in out


def test_the_certificates_of_a_whole_store_name_what_was_lost(ofsight, stored):
    code, out, _ = ofsight("show", "--certificate", "--store", stored)
    assert code == 0
    assert "documents. Every character found its place in" in out


def test_a_search_without_a_hit_says_so(ofsight, stored):
    says = "No paragraph fits. Try fewer words or conditions, or the beginning of a word: case*\n"
    assert ofsight("search", "unicorns", "--store", stored) == (0, says, "")


def test_search_words_are_never_operators(ofsight, stored):
    for words in ('care" OR text:*', "NEAR(", "(care", "care AND", "-care", "café*"):
        code, _, err = ofsight("search", "--store", stored, "--", words)
        assert (code, err) == (0, "")


def test_an_unknown_theme_names_the_nearest(ofsight, stored):
    code, _, err = ofsight("search", "care", "--theme", "leadershp", "--store", stored)
    assert (code, err) == (2, "ofsight: There is no theme 'leadershp'. Did you mean leadership?\n")


@pytest.mark.parametrize("asked", ["20x4", "2024-13", "2024-02-30", "May", "24", "20240520"])
def test_what_is_no_date_is_refused(ofsight, stored, asked):
    code, out, err = ofsight("search", "care", "--since", asked, "--store", stored)
    assert (code, out) == (2, "")
    assert err == f"ofsight: '{asked}' is no date; write it as 2024, 2024-05 or 2024-05-20.\n"


def test_several_authorities_are_all_searched(ofsight, tmp_path):
    samples = Path(__file__).parents[2] / "corpus" / "samples" / "text"
    some = [*samples.glob("s05*"), *samples.glob("s06*"), *samples.glob("s07*")]
    store = tmp_path / "s.db"
    assert ofsight("run", *some, "--store", store, "--jobs", 1)[0] == 0
    wanted = ("--authority", "Calderwick", "--authority", "Brackenford")
    _, out, _ = ofsight("search", "children", *wanted, "--limit", 1000, "--json", "--store", store)
    assert {found["authority"] for found in json.loads(out)["paragraphs"]} == {"Calderwick", "Brackenford"}


def test_only_authorities_with_reports_are_listed_where_asked(ofsight, tmp_path):
    sample = next((Path(__file__).parents[2] / "corpus" / "samples" / "text").glob("s05*sif*"))
    store = tmp_path / "s.db"
    assert ofsight("run", sample, "--store", store, "--jobs", 1)[0] == 0
    _, out, _ = ofsight("authorities", "--held", "--json", "--store", store)
    assert [(one["name"], one["reports"]) for one in json.loads(out)] == [("Calderwick", 1)]


def test_an_unknown_paragraph_is_an_error(ofsight, stored):
    [key] = ofsight_ids(ofsight, stored, "caseload")
    code, _, err = ofsight("show", key, "--paragraph", 99, "--store", stored)
    assert code == 2
    assert "has no paragraph 99" in err


def test_help_imports_nothing_heavy():
    program = (
        "import sys; from ofsight.cli import run_command; run_command(['--help']);"
        "print(sorted({'typer', 'pandas', 'spacy', 'sklearn', 'sqlite3', 'corpus'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_looking_things_up_imports_neither_pandas_nor_spacy(stored):
    program = (
        "import sys; from ofsight.cli import run_command; run_command(sys.argv[1:]);"
        "print(sorted({'pandas', 'spacy', 'sklearn', 'numpy', 'rich'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, "search", "care", "--store", str(stored)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_has_seen_enough_is_no_error(stored):
    program = "import sys; from ofsight.cli import main; main()"
    command = [sys.executable, "-c", program, "codebook", "show"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_gets_utf_8_however_old_the_system_s_own_letters_are():
    program = "import sys; from ofsight.cli import main; sys.argv[1:] = ['authorities', 'yorkshire']; main()"
    old = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-c", program], env=old, capture_output=True, check=True)
    assert "…" in done.stdout.decode("utf-8")


def ofsight_ids(ofsight, store: Path, words: str) -> list[str]:
    """The documents in which a search finds something."""
    _, out, _ = ofsight("search", words, "--json", "--store", store)
    return [found["document_id"] for found in json.loads(out)["paragraphs"]]
