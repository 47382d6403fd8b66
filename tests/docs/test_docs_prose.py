"""A command that stands in a line of prose names what there is: programs, options, files, extras, targets."""

import importlib.util
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from doc_pages import PAGES, ROOT, in_prose, named
from doc_world import EXTRAS, OUTSIDE

from ofsight.commands import COMMANDS
from ofsight.group import load_command

OURS = {entry.name for entry in COMMANDS}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
EVERYWHERE = {"--help", "--version", "--install-completion", "--debug"}
ELSEWHERE = {"--enable-optimizations"}  # how a Python is compiled
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


@cache
def options(name: str) -> set[str]:
    """The options of one of our commands and its parts."""
    command = load_command(name)
    every = [command, *getattr(command, "commands", {}).values()]
    return {
        each for one in every for param in one.params for each in (*param.opts, *param.secondary_opts)
    } | EVERYWHERE


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_command_in_prose_is_one_that_there_is(page: Path) -> None:
    for span in in_prose(page):
        program, _, rest = span.partition(" ")
        words = shlex.split(rest) if rest and program in ("ofsight", "python", "pytest", "pip") else []
        if program == "ofsight" and words and words[0] in OURS:
            assert {word for word in words if word.startswith("-")} <= options(words[0]), span
        elif program == "ofsight" and words:
            assert words[0] in EVERYWHERE | {"COMMAND"}, span
        elif program == "make" and rest:
            assert rest.split()[0] in TARGETS, span
        elif program in ("python", "pytest") and words:
            check_python(program, words)
        elif program == "pip" and words:
            check_extra(words[-1])
        elif program in OUTSIDE and rest:
            assert rest in OUTSIDE[program], f"nobody has looked at this call: {span}"


def check_python(program: str, words: list[str]) -> None:
    """The file or module is there, and knows the options."""
    if words[:2] == ["-m", "pip"]:
        check_extra(words[-1])
    elif words[0] == "-m":
        assert importlib.util.find_spec(words[1]), words
    else:
        place = ROOT / next(word for word in words if word.endswith(".py"))
        assert place.is_file(), place
        if program == "python":
            known = place.read_text(encoding="utf-8")
            assert all(word in known for word in words if word.startswith("--")), words


def check_extra(asked: str) -> None:
    extra = re.fullmatch(r"\.(?:\[(\w+)\])?", asked)
    assert extra and (extra[1] is None or extra[1] in EXTRAS), asked


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_an_option_in_prose_belongs_to_some_command(page: Path) -> None:
    known = set().union(*(options(name) for name in OURS), ELSEWHERE)
    for path in [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "tests" / "hostile").glob("*.py")]:
        known |= set(_OPTION.findall(path.read_text(encoding="utf-8")))
    alone = {span.split("=")[0].split()[0] for span in in_prose(page) if span.startswith("--")}
    assert alone <= known


def test_make_targets_that_are_named_exist() -> None:
    for page in PAGES:
        shown = set(re.findall(r"(?:^|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M))
        assert shown <= TARGETS, (page.name, shown - TARGETS)
