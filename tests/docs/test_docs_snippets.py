"""Everything that the documentation shows is run: commands, their shown output, Python, files.

A `console` block holds commands after `$` and, beneath them, output that must come (`...` stands for what is
left out; `console exits=1` where the command ends with that code). A `python` block is run in the page's own
namespace, a `pycon` block as a doctest. A block after `<!-- file: NAME -->` is written to that file. An `sh`
or `bat` block belongs to the world outside (installation, timers): its lines are only checked for programs
that we know.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ofsight import cli

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    page for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if page.parent.name != "reference"
)
_BLOCK = re.compile(
    r"^(?:<!-- file: (?P<file>\S+) -->\n)?^```(?P<kind>\w+)(?P<options>[^\n]*)\n(?P<body>.*?)^```$",
    re.M | re.S,
)
_OUTSIDE = frozenset(  # programs of the world outside
    [
        "git",
        "make",
        "python3",
        "py",
        "uv",
        "pipx",
        "brew",
        "sudo",
        "ocrmypdf",
        "systemctl",
        "loginctl",
        "journalctl",
        "crontab",
        "sqlite3",
        "sbatch",
        "cd",
        "mkdir",
        "source",
        ".ci/run",
        ".venv/bin/ofsight",
        ".venv/bin/python",
        ".venv\\Scripts\\ofsight",
        ".venv\\Scripts\\python",
    ]
)


@dataclass(frozen=True)
class Block:
    kind: str
    options: str
    body: str
    file: str | None


def blocks(text: str) -> list[Block]:
    return [
        Block(found["kind"], found["options"].strip(), found["body"], found["file"])
        for found in _BLOCK.finditer(text)
    ]


def commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block with the output shown under it."""
    parts = re.split(r"^\$ ", body.replace("\\\n", " "), flags=re.M)[1:]
    for part in parts:
        first, *shown = part.splitlines()
        yield first.strip(), [line.strip() for line in shown if line.strip() not in ("", "...")]


def run_line(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and standard output; our own commands run in this process unless a shell is needed."""
    if line.startswith("ofsight ") and not re.search(r"[|<>&;*$]", line):
        capsys.readouterr()
        return cli.run_command(shlex.split(line)[1:]), capsys.readouterr().out
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", line], env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_the_page_shows_works(page: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    space: dict[str, object] = {"__name__": "page"}
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.file:
            place = desk / block.file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(block.body, encoding="utf-8")
        elif block.kind == "console":
            wanted = int(found[1]) if (found := re.search(r"exits=(\d+)", block.options)) else 0
            for line, shown in commands(block.body):
                code, out = run_line(line, capsys)
                assert code == wanted, line
                for part in shown:
                    assert squeezed(part) in squeezed(out), line
        elif block.kind == "python":
            exec(compile(block.body, f"<{page.name}>", "exec"), space)  # noqa: S102 (our own pages)
        elif block.kind == "pycon":
            check_session(block.body, page, space)


def test_the_demo_says_why_nothing_can_be_trained_on_it(
    laid_desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(laid_desk / "ofsight.db")
    for command in (["train", str(tmp_path / "m.npz")], ["evaluate"]):
        assert cli.run_command([*command, "--store", store]) == 2
        assert "the invented ones were not" in capsys.readouterr().err


def check_session(body: str, page: Path, space: dict[str, object]) -> None:
    test = doctest.DocTestParser().get_doctest(body, space, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    report: list[str] = []
    assert runner.run(test, out=report.append, clear_globs=False).failed == 0, "".join(report)
    space.update(test.globs)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_only_shown_names_programs_we_know(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.kind in ("sh", "bat"):
            for line in block.body.replace("\\\n", " ").splitlines():
                assert not line or line.startswith("#") or line.split()[0] in _OUTSIDE, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_our_commands_that_are_only_shown_have_the_options_they_are_shown_with(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = (
        block.body.replace("\\\n", " ") for block in blocks(page.read_text("utf-8")) if block.kind == "sh"
    )
    for line in (
        line for body in shown for line in body.splitlines() if line.startswith(".venv/bin/ofsight ")
    ):
        command, *words = shlex.split(line, comments=True)[1:]
        assert cli.run_command([command, "--help"]) == 0, line
        known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", capsys.readouterr().out))
        assert {word for word in words if word.startswith("-")} <= known, line


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        named = set(re.findall(r"(?:`|^|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M))
        assert named <= targets, (page.name, named - targets)
