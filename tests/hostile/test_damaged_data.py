"""A damaged store, model, codebook or card gives one clear error, and nothing in it runs."""

import json
import pickle
import random
import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

import models
from classify.artefact import load_model
from corpus.codebook import load_codebook
from corpus.errors import CodebookError, ModelError, StoreError
from corpus.store import open_store
from ofsight import cli

MODEL = Path(models.__file__).parent / "coder.npz"


class Trap:
    """What runs when somebody unpickles it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def model_of(folder: Path, data: bytes) -> Path:
    """A model of these bytes, with a card that vouches for them."""
    path = folder / "coder.npz"
    path.write_bytes(data)
    card = json.loads(MODEL.with_suffix(".json").read_text()) | {"arrays_sha256": sha256(data).hexdigest()}
    path.with_suffix(".json").write_text(json.dumps(card))
    return path


def test_a_poisoned_model_is_refused_and_does_not_run(tmp_path):
    mark = tmp_path / "it-ran"
    poisoned = tmp_path / "poison.npz"
    np.savez(poisoned, words=np.array([Trap(mark)], dtype=object))
    for data in (poisoned.read_bytes(), pickle.dumps(Trap(mark))):
        with pytest.raises(ModelError):
            load_model(model_of(tmp_path, data))
    assert not mark.exists()


@pytest.mark.parametrize("keep", [0, 1, 100, 10_000])
def test_a_truncated_model_is_refused_even_if_its_card_vouches_for_it(tmp_path, keep):
    with pytest.raises(ModelError):
        load_model(model_of(tmp_path, MODEL.read_bytes()[:keep]))


def test_a_model_with_one_bit_flipped_is_refused(tmp_path):
    data = bytearray(MODEL.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "coder.npz").write_bytes(data)
    shutil.copy(MODEL.with_suffix(".json"), tmp_path)
    with pytest.raises(ModelError, match="not the file that its card describes"):
        load_model(tmp_path / "coder.npz")


@pytest.mark.parametrize(
    "card", ["", "[]", "3", "{}", '{"format": 1}', '{"format": 1, "arrays_sha256": 5}', "\x00"]
)
def test_a_card_that_is_none_is_refused(tmp_path, card):
    shutil.copy(MODEL, tmp_path)
    (tmp_path / "coder.json").write_text(card)
    with pytest.raises(ModelError):
        load_model(tmp_path / "coder.npz")


@pytest.mark.parametrize("seed", range(20))
def test_a_codebook_with_bytes_flipped_is_read_or_refused(tmp_path, seed):
    import corpus

    dice = random.Random(seed)  # noqa: S311
    data = bytearray((Path(corpus.__file__).parent / "codebook.toml").read_bytes())
    for _ in range(20):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path = tmp_path / "mine.toml"
    path.write_bytes(data)
    try:
        load_codebook(path)
    except CodebookError as error:
        assert str(path) in str(error)


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> bytes:
    """A store with the register in it."""
    path = tmp_path_factory.mktemp("store") / "s.db"
    with open_store(path, "write") as opened:
        opened.rest()
    return path.read_bytes()


@pytest.mark.parametrize("keep", [1, 100, 5_000, 50_000])
def test_a_truncated_store_is_one_line_and_is_left_as_it_is(tmp_path, store, keep, capsys):
    path = tmp_path / "s.db"
    path.write_bytes(store[:keep])
    assert cli.run_command(["show", "Leeds", "--store", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "store" in said and "ofsight itself" not in said
    assert path.read_bytes() == store[:keep]


@pytest.mark.parametrize("seed", range(12))
def test_a_store_with_a_part_overwritten_never_ends_in_an_error_of_our_own(tmp_path, store, seed, capsys):
    dice = random.Random(seed)  # noqa: S311
    data, at = bytearray(store), dice.randrange(len(store))
    data[at : at + 4096] = dice.randbytes(min(4096, len(data) - at))
    path = tmp_path / "s.db"
    path.write_bytes(data)
    cli.run_command(["show", "Leeds", "--store", str(path)])
    assert "ofsight itself" not in capsys.readouterr().err


def test_a_damaged_store_is_not_written_over_by_a_run(tmp_path, store):
    path = tmp_path / "s.db"
    path.write_bytes(b"not a store at all, but somebody's only copy" * 100)
    with pytest.raises(StoreError):
        open_store(path, "write")
    assert path.read_bytes().startswith(b"not a store at all")
