"""The map of the house is true: its rooms, what each may import, and the names it mentions."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MAP = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
ROOMS = dict(re.findall(r"^\| `(\w+)/` \|[^|]*\|([^|]*)\|$", MAP, re.M))
CODE = {name for name in ROOMS if name != "models"}
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def allowed(room: str) -> set[str]:
    """The rooms that a room may import, as the map says."""
    words = ROOMS[room]
    if "everything below" in words:
        return CODE
    return {room, *re.findall(r"`(\w+)`", words)}


def imported(room: str) -> set[str]:
    """The rooms that the modules of a room do import."""
    found: set[str] = set()
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found & CODE


def test_every_room_is_on_the_map() -> None:
    packages = {name.split(".")[0] for name in SETUP["tool"]["setuptools"]["packages"]}
    assert packages == set(ROOMS)


@pytest.mark.parametrize("room", sorted(CODE))
def test_a_room_imports_what_the_map_allows(room: str) -> None:
    assert imported(room) <= allowed(room)


def test_the_contract_says_the_same() -> None:
    [contract] = SETUP["tool"]["importlinter"]["contracts"]
    layers = [{name.strip() for name in layer.split("|")} for layer in contract["layers"]]
    for number, layer in enumerate(layers):
        below = set().union(*layers[number + 1 :])
        for room in layer:
            assert allowed(room) - {room} <= below
    assert set().union(*layers) == CODE


def test_what_the_map_names_exists() -> None:
    records = (ROOT / "corpus" / "model.py").read_text(encoding="utf-8")
    life = MAP.split("## The life of one paragraph")[1]
    for name in re.findall(r"`([A-Z]\w+)`", life):
        assert f"class {name}:" in records, name
    for path in re.findall(r"`(\w+/\w+\.py)`", MAP):
        assert (ROOT / path).is_file(), path
