"""Everything that the documentation shows is run: commands, their shown output, Python, files.

A `console` block holds commands after `$` and, beneath them, output that must come (`...` stands for what is
left out; `console exits=1` where the command ends with that code). A `python` block is run in the page's own
namespace, a `pycon` block as a doctest. A block after `<!-- file: NAME -->` is written to that file. An `sh`
block is typed on a machine where only programs of the world outside are played (`doc_world.py`), a `bat`
block too, in the words of that shell. `test_docs_prose.py` has the commands within lines of prose,
`test_docs_timers.py` the timers, `test_docs_examples.py` those of `--help`.
"""

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from doc_pages import PAGES, blocks, commands, named
from doc_world import World

from ofsight import cli

SAID = {  # what must come of blocks that show no output
    "docs/how-to/scans.md": "recognised by OCRmyPDF",
    "docs/how-to/plan-a-large-store.md": "documents",
}
WINDOWS = {"py -3.12": "python3", ".venv\\Scripts\\": ".venv/bin/"}


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


@pytest.mark.timeout(1800)  # a page of many commands on a busy machine
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_what_the_page_shows_works(
    page: Path,
    desk: Path,
    world: World,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    space: dict[str, object] = {"__name__": "page"}
    world.lay(named(page))
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
        elif block.kind == "sh":
            type_block(world, block.body)
            if page.parent.name == "tutorials":  # they say where to stand
                monkeypatch.chdir(world.place)
        elif block.kind == "bat":
            world.type(block.body, WINDOWS)
    assert SAID.get(named(page), "") in world.said


def type_block(world: World, body: str) -> None:
    """Type a shell block; one that needs a cluster gets one."""
    if "tcp://HOST:8786" not in body:
        world.type(body)
        return
    pytest.importorskip("distributed", reason="Dask is an extra: pip install 'ofsight[dask]'")
    with world.cluster() as address:
        world.type(body, {"tcp://HOST:8786": address})


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
