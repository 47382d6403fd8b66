"""A data file that is cut off, not text or of another shape gives one error that names it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import extract
from corpus.errors import DataFileError
from extract import (
    authority_names,
    figures_rules,
    gazetteer,
    indicators_rules,
    legislation,
    naming,
    prevalence,
)

ROOM = Path(extract.__file__).parent
TABLES: tuple[tuple[str, object, Callable[[], object]], ...] = (
    ("figures.toml", figures_rules, figures_rules.load_rules),
    ("indicators.toml", indicators_rules, indicators_rules.load_measures),
    ("prevalence.toml", prevalence, prevalence.load_scale),
    ("prevalence.toml", prevalence, prevalence.scale_words),
)
LISTS: tuple[tuple[str, object, Callable[[], object]], ...] = (
    ("naming.toml", naming, naming.load_rules),
    ("heads.toml", naming, naming.load_heads),
    ("legislation.toml", legislation, legislation._not_first),
    ("panel.jsonl", gazetteer, gazetteer.load_gazetteer),
    ("places.csv", gazetteer, gazetteer.load_gazetteer),
    ("ordinary_words.csv", gazetteer, gazetteer.load_gazetteer),
    ("other_names.toml", authority_names, authority_names._beside),
)
CASES = [(name, module, load) for name, module, load in (*TABLES, *LISTS)]


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Forget what was loaded, before and after."""

    def forget() -> None:
        for module in {module for _, module, _ in CASES}:
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()

    forget()
    yield
    forget()


def damage(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, module: object, data: bytes) -> None:
    """Let the module find this in place of its file."""
    copy = folder / "extract"
    shutil.copytree(ROOM, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    if (copy / name).exists():
        (copy / name).write_bytes(data)
        monkeypatch.setattr(module, "_FILE", copy / name)
    else:
        (copy / "gazetteers" / name).write_bytes(data)
        monkeypatch.setattr(module, "files", lambda package: copy)


def shipped(name: str) -> bytes:
    path = ROOM / name
    return (path if path.exists() else ROOM / "gazetteers" / name).read_bytes()


@pytest.mark.parametrize(("name", "module", "load"), CASES)
def test_a_file_that_is_no_text_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: object,
    load: Callable[[], object],
) -> None:
    damage(monkeypatch, tmp_path, name, module, b"\xff\xfe\x00" + shipped(name))
    with pytest.raises(DataFileError) as error:
        load()
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("name", "module", "load"), [case for case in CASES if case[0].endswith(".toml")])
@pytest.mark.parametrize("data", [b"", b"x = 1", b"[[rule]]\n[[level]]\n[[indicator]]\n[[topic]]\n", None])
def test_a_table_that_is_empty_of_another_shape_or_cut_off_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    module: object,
    load: Callable[[], object],
    data: bytes | None,
) -> None:
    whole = shipped(name)
    damage(monkeypatch, tmp_path, name, module, whole[: len(whole) // 3] + b"'" if data is None else data)
    with pytest.raises(DataFileError, match=name):
        load()


def test_a_pattern_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = shipped("prevalence.toml").replace(b"words = ['", b"words = ['(", 1)
    damage(monkeypatch, tmp_path, "prevalence.toml", prevalence, broken)
    with pytest.raises(DataFileError, match=r"prevalence\.toml"):
        prevalence.load_scale()


def test_a_list_without_its_heading_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(monkeypatch, tmp_path, "places.csv", gazetteer, b"Harrowmere\nWexmoor\n")
    with pytest.raises(DataFileError, match=r"places\.csv"):
        gazetteer.load_gazetteer()
