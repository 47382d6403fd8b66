"""How is a trained model kept on disk, and is the one found there whole and fit for use?

Arrays in one `.npz` and facts in one `.json` beside it; nothing in them runs. The tables, which hold one row
per word or group of words, are kept as whole numbers of one byte with a scale for each column.
"""

import hashlib
import io
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from classify.cascade import Nets
from classify.convolution import Convolution
from classify.grams import Vocabulary, make_vocabulary
from classify.linear import Linear
from classify.net import Head, Net
from corpus.errors import ModelError

FORMAT: Final = 3
_STEPS: Final = 127.0


@dataclass(frozen=True)
class Model:
    """Everything that was learned: sentence model, paragraph models, thresholds, and where they come from."""

    vocabulary: Vocabulary
    nets: Nets
    valence: Linear
    theme: Linear
    theme_valence: Linear
    facts: Mapping[str, Any]

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes in the order of the model's scores."""
        return tuple(self.facts["themes"])

    @property
    def theme_threshold(self) -> float:
        """From which probability on a second or third theme is given."""
        return float(self.facts["theme_threshold"])

    @property
    def review_below(self) -> float:
        """Below which probability of its valence a paragraph is marked for review."""
        return float(self.facts["review_below"])

    @cached_property
    def hash(self) -> str:
        """The hash of the arrays, as stored with each document."""
        return str(self.facts["arrays_sha256"])[:16]


def save_model(model: Model, path: Path) -> None:
    """Write `path` (.npz) and the facts beside it (.json), each whole or not at all."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "words": np.frombuffer("\n".join(model.vocabulary.words).encode(), np.uint8),
        "groups": np.diff(model.vocabulary.groups, prepend=0),
    }
    groups, order = model.nets.groups, model.nets.order
    for name, table in (("rows", groups.rows), ("order", order.words)):
        scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / _STEPS
        arrays[name] = np.round(table / scale).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)
    arrays |= {"order.kernels": np.array(order.kernels), "order.biases": np.array(order.biases)}
    for name, head in (("groups", groups.head), ("order", order.head)):
        arrays |= {f"{name}.{field.name}": getattr(head, field.name) for field in fields(Head)}
    for part in ("valence", "theme", "theme_valence"):
        for field in fields(Linear):
            arrays[f"{part}.{field.name}"] = getattr(getattr(model, part), field.name).astype(np.float32)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    facts = dict(model.facts) | {"format": FORMAT, "arrays_sha256": _sha256(partial)}
    facts_partial = path.with_suffix(".json.partial")
    facts_partial.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    partial.replace(path)
    facts_partial.replace(path.with_suffix(".json"))


def load_model(path: Path) -> Model:
    """Read the model written at `path`.

    Raises:
        ModelError: it is missing, damaged, or of a format that this version does not read.
    """
    try:
        facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if facts["format"] != FORMAT:
            raise ModelError(f"{path.name} is of format {facts['format']}; train it again with this version.")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != facts["arrays_sha256"]:
            raise ModelError(f"{path.name} is not the file that its card describes; install it again.")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return _build(arrays, facts)
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error) as error:
        raise ModelError(f"{path.name} cannot be read as a model: {error}") from error


def _build(arrays: Mapping[str, npt.NDArray[Any]], facts: Mapping[str, Any]) -> Model:
    """Put the parts of a model together."""
    words = arrays["words"].tobytes().decode().split("\n")
    rows, order = (arrays[name].astype(np.float32) * arrays[f"{name}.scale"] for name in ("rows", "order"))
    quick, careful = (
        Head(*(arrays[f"{name}.{field.name}"] for field in fields(Head))) for name in ("groups", "order")
    )
    kernels, biases = tuple(arrays["order.kernels"]), tuple(arrays["order.biases"])
    nets = Nets(Net(rows, quick), Convolution(order, kernels, biases, careful))
    linear = {
        part: Linear(*(arrays[f"{part}.{field.name}"] for field in fields(Linear)))
        for part in ("valence", "theme", "theme_valence")
    }
    vocabulary = make_vocabulary(words, np.cumsum(arrays["groups"]))
    return Model(vocabulary, nets, **linear, facts=facts)


def _sha256(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
