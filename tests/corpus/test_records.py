"""Records that nobody changes, without the cost of seeing to it while the program runs."""

from copy import copy
from dataclasses import FrozenInstanceError, field, replace
from pathlib import Path
from subprocess import run
from sys import executable

import pytest

from corpus.model import Box
from corpus.records import record

_CHANGES = """from corpus.records import record

@record
class Place:
    page: int

place = Place(1)
place.page = 2
"""


@record
class Place:
    page: int
    words: tuple[str, ...] = field(default=())


def test_a_record_is_compared_and_copied_by_what_it_holds() -> None:
    place = Place(3, ("Harrowmere",))
    assert place == Place(3, ("Harrowmere",)) != replace(place, page=4)
    assert {place: "seen"}[Place(3, ("Harrowmere",))] == "seen"
    assert copy(place) == place


def test_a_record_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        Place(3).pgae = 4  # type: ignore[attr-defined]


def test_who_changes_a_record_is_told_by_the_type_checker(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    script = tmp_path / "changes.py"
    script.write_text(_CHANGES)
    said = run([executable, "-m", "mypy", str(script)], capture_output=True, text=True, check=False).stdout
    assert 'changes.py:8: error: Property "page" defined in "Place" is read-only' in said


def test_what_a_stage_hands_on_cannot_be_changed_at_all() -> None:
    box = Box(1, 2.0, 3.0, 4.0, 5.0)
    with pytest.raises(FrozenInstanceError):
        box.page = 2  # type: ignore[misc]
