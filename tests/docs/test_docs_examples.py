"""Each example of `ofsight COMMAND --help` works, with our invented councils in the place of real ones."""

import importlib.util
import re
import shlex
import shutil
from pathlib import Path

import pytest
from doc_pages import ROOT
from doc_world import World

from ofsight import cli
from ofsight.commands import COMMANDS
from ofsight.group import load_command

STEAD = {  # real names, and what stands for them on the desk
    '"Kingston upon Hull"': "Calderwick",
    '"Tower Hamlets"': "Holmebrook",
    '"Essex, Medway, Surrey"': '"Harrowmere, Calderwick"',
    '"south west"': "east",
    "8f14e45fceea167a": "21704b836dacd338",
    **dict.fromkeys(("Leeds", "Hull", "BCP"), "Harrowmere"),
    **dict.fromkeys(("Bradford", "Kent"), "Holmebrook"),
}
SERVES = re.compile(r"ofsight (serve|review (?!.*--(import|export|agreement)))|ofsight serve")
FOUND_WANTING = {"verify draft.md --all", "watch"}  # they end with 1 and say what they found


def examples(name: str) -> list[str]:
    """The examples in the help of a command and its parts."""
    command = load_command(name)
    helps = [command.help, *(part.help for part in getattr(command, "commands", {}).values())]
    return [line for text in helps for line in re.findall(r"^\s+(ofsight .+)$", text or "", re.M)]


def lay(desk: Path) -> None:
    """The files that the examples speak of."""
    for name in ("england.db", "reports.db"):
        shutil.copy(desk / "ofsight.db", desk / name)
    shutil.copy(ROOT / "corpus" / "codebook.toml", desk / "mine.toml")
    shutil.copy(next((ROOT / "corpus" / "samples" / "pdf").glob("s05*")), desk / "new.pdf")
    (desk / "draft.md").write_text("# Harrowmere\n\nIt was judged outstanding overall in 2014.\n")
    (desk / "sam.jsonl").write_text("")
    assert cli.run_command(["brief", "Harrowmere", "--out", "briefing.docx"]) == 0


@pytest.mark.parametrize("name", [entry.name for entry in COMMANDS])
def test_the_examples_of_a_command_work(name: str, desk: Path, world: World, capsys) -> None:
    lay(desk)
    if name == "site":  # pictures of three reports tell as much as of all
        (desk / "ofsight.db").unlink()
        assert cli.run_command(["run", "reports"]) == 0
    for shown in examples(name):
        line = shown
        for real, ours in STEAD.items():
            line = line.replace(real, ours)
        if SERVES.search(line):
            world.type(line)
        else:
            words = shlex.split(line.split(" > ")[0])[1:]
            wanted = {0, 1} if any(line.startswith(f"ofsight {one}") for one in FOUND_WANTING) else {0}
            if "parquet" in words and importlib.util.find_spec("pyarrow") is None:
                wanted = {2}  # and a message that names it
            code = cli.run_command(words)
            assert code in wanted, f"{shown}\n{capsys.readouterr().err}"
