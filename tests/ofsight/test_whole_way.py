"""The whole way with the real stages, on the invented reports that come along and on some real ones."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight.cli import run_command

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"


def ofsight(*arguments: object, **environment: str) -> subprocess.CompletedProcess:
    """Run the command as a user would."""
    program = "from ofsight.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.fixture
def here(capsys):
    """Run a command within this process; gives exit code, output and errors."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run_command([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return call


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """A store of two inspections of one authority and one of another."""
    path = tmp_path_factory.mktemp("whole") / "s.db"
    reports = [SAMPLES / "pdf" / "s05-calderwick-sif-3-2017-04.pdf"]
    reports += sorted((SAMPLES / "pdf").glob("s0[56]-*-ilacs-*.pdf"))
    done = ofsight("run", *reports, "--store", path, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"] == {"ok": 3}
    return path


def test_a_second_run_says_that_there_is_nothing_new(store):
    reports = sorted((SAMPLES / "pdf").glob("s0[56]-*-ilacs-*.pdf"))
    done = ofsight("run", *reports, "--store", store)
    assert (done.returncode, done.stdout.startswith("Nothing new: all 2 inputs")) == (0, True)


def test_the_content_does_not_depend_on_hash_seed_or_locale(store, tmp_path):
    hashes = set()
    for seed, locale in (("1", "C"), ("2", "en_GB.UTF-8")):
        path = tmp_path / f"{seed}.db"
        reports = sorted((SAMPLES / "text").glob("s0[56]-*-ilacs-*.txt"))
        done = ofsight("run", *reports, "--store", path, PYTHONHASHSEED=seed, LC_ALL=locale)
        assert done.returncode == 0, done.stderr
        with open_store(path) as opened:
            hashes.add(opened.content_hash())
    assert len(hashes) == 1


def test_every_paragraph_of_a_finding_is_coded_with_themes_of_the_codebook(store):
    with open_store(store) as opened:
        query = opened.connection.execute
        assert query("SELECT count(*) FROM theme").fetchone()[0] > 10
        assert query(
            "SELECT count(*) FROM paragraph WHERE role = 'finding' AND valence IS NULL"
        ).fetchone() == (0,)
        assert query("SELECT count(*) FROM coding WHERE theme NOT IN (SELECT id FROM theme)").fetchone() == (
            0,
        )
        assert query("SELECT count(*) FROM figure").fetchone()[0] > 0
        assert query("SELECT count(*) FROM mention").fetchone()[0] > 0


@pytest.mark.parametrize("suffix", ["html", "md", "docx", "xlsx", "json"])
def test_comparison_and_briefing_in_every_format(here, store, tmp_path, suffix):
    for arguments in (("compare", "Calderwick", "Brackenford"), ("brief", "Calderwick")):
        out = tmp_path / f"{arguments[0]}.{suffix}"
        assert here(*arguments, "--store", store, "--out", out) == (0, f"Written to {out}\n", "")
        assert out.stat().st_size > 1000


def test_our_own_briefing_passes_the_check(here, store, tmp_path):
    out = tmp_path / "briefing.md"
    here("brief", "Calderwick", "--store", store, "--out", out)
    code, said, _ = here("verify", out, "--store", store)
    assert re.search(r"[1-9]\d* statements: [1-9]\d* supported, 0 differs, 0 not found", said)
    assert code == 0


def test_why_names_words_of_the_paragraph(here, store):
    _, said, _ = here("show", "Brackenford", "--paragraph", 2, "--why", "--json", "--store", store)
    reasons = json.loads(said)
    _, said, _ = here("show", "Brackenford", "-p", 2, "--json", "--store", store)
    shown = json.loads(said)
    text = shown["paragraphs"][0]["text"]
    words = [word for theme in reasons["themes"] for word in theme["words"]]
    assert words
    assert all(text[word["start"] : word["end"]] == word["text"] for word in words)
    _, said, _ = here("show", "Brackenford", "--paragraph", 2, "--why", "--store", store)
    assert re.match(r"Brackenford, \d+ \w+ \d{4}, paragraph 2, page", said)


def test_a_page_is_drawn(here, store, tmp_path):
    picture = tmp_path / "p.png"
    code, _, err = here("show", "Brackenford", "--page", 2, "--image", picture, "--store", store)
    assert (code, err) == (0, "")
    assert (tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


def test_a_full_disk_is_one_line_and_the_next_run_completes(folder, fake, tmp_path):
    resource = pytest.importorskip("resource")
    place = folder(**{f"f{n}": f"Report {n}. " + "Words. " * 3000 for n in range(40)})
    small = tmp_path / "small.db"
    fakes = str(Path(__file__).parent / "conftest.py")
    program = (
        "import importlib.util, sys; from pathlib import Path;"
        "spec = importlib.util.spec_from_file_location('fake', sys.argv[1]);"
        "fake = importlib.util.module_from_spec(spec); spec.loader.exec_module(fake);"
        "fake.do(Path(sys.argv[2]), Path(sys.argv[3]), limits=fake.Limits())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, fakes, str(place), str(small)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
    )
    assert "could not be written" in done.stderr
    with open_store(small) as opened:
        kept = opened.connection.execute("SELECT count(*) FROM document").fetchone()[0]
    assert 0 < kept < 40
    report = fake.do(place, small)
    assert report.counts == {"unchanged": kept, "ok": 40 - kept}


@pytest.mark.real
def test_web_pages_among_real_reports_are_rejected_with_a_reason(shared, tmp_path):
    folder = shared / "reports" / "childrens-services"
    stubs = [path for path in sorted(folder.glob("*.pdf")) if path.read_bytes()[:4] != b"%PDF"]
    assert len(stubs) == 3
    done = ofsight("run", *stubs, sorted(folder.glob("*.pdf"))[-1], "--store", tmp_path / "s.db", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["counts"]) == (1, {"ok": 1, "rejected": 3})
    assert {one["reason"] for one in said["rejected"]} == {"not_pdf"}
