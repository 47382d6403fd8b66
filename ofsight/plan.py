"""What has to be done for each input, given what the store already holds?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from corpus.errors import SourceError
from corpus.rows import Versions
from corpus.store import Store
from ofsight.inputs import Input, hash_file

Action = Literal["read", "read_again", "code_again", "unchanged", "duplicate", "rejected"]
_READING: Final = ("read", "read_again")
WORK: Final = (*_READING, "code_again")
_KNOWN: Final = "id, sha256, source, pipeline_version, codebook_hash, model_hash"
AS_BEFORE: Final = " (as before; try again with --retry)"


@dataclass(frozen=True, slots=True)
class Known:
    """A document that the store holds."""

    id: str
    sha256: str
    source: str
    versions: Versions


@dataclass(frozen=True, slots=True)
class Last:
    """What the last run said of a source."""

    sha256: str | None
    status: str
    reason: str | None
    detail: str | None
    size: int | None
    mtime_ns: int | None
    version: str


@dataclass(frozen=True, slots=True)
class Step:
    """One input and what is to be done with it; `detail` is for the outcome table.

    `document_id` is the stored document that is to be coded again, or whose file has moved here.
    """

    item: Input
    action: Action
    sha256: str | None = None
    reason: str | None = None
    detail: str | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """How a run treats its inputs: `given` holds the sources of all of them."""

    given: frozenset[str]
    file_limit: int
    retry: bool = False


class Past:
    """What runs have left in the store so far; nothing, where there is no store yet."""

    def __init__(self, store: Store | None) -> None:
        self._store = store

    def document(self, sha256: str) -> Known | None:
        """The stored document with these bytes."""
        return next(self._known("sha256 = ?", sha256), None)

    def coded_otherwise(self, now: Versions) -> tuple[Known, ...]:
        """Documents read as they would be now, but coded with another codebook or model."""
        where = "pipeline_version = ? AND (codebook_hash <> ? OR model_hash <> ?)"
        return tuple(self._known(where, now.pipeline, now.codebook, now.model))

    def _known(self, where: str, *values: str) -> Iterator[Known]:
        if self._store is None:
            return
        query = f"SELECT {_KNOWN} FROM document WHERE {where}"  # noqa: S608
        for key, sha256, source, *versions in self._store.connection.execute(query, values).fetchall():
            yield Known(key, sha256, source, Versions(*versions))

    def last(self, source: str) -> Last | None:
        """The latest outcome of this source."""
        if self._store is None:
            return None
        row = self._store.connection.execute(
            "SELECT o.sha256, o.status, o.reason, o.detail, o.size, o.mtime_ns, r.version"
            " FROM outcome o JOIN run r ON r.id = o.run_id WHERE o.source = ? ORDER BY o.rowid DESC LIMIT 1",
            (source,),
        ).fetchone()
        return Last(*row) if row else None


def decide(item: Input, past: Past, now: Versions, rules: Rules) -> Step:
    """Say what one input needs; its bytes are only looked at when size or time have changed."""
    if item.fault is not None:
        return Step(item, "rejected", None, item.fault.reason, item.fault.detail)
    last = past.last(item.source)
    untouched = last is not None and (last.size, last.mtime_ns) == (item.size, item.mtime_ns)
    try:
        known_hash = last.sha256 if last and untouched else None
        sha256 = known_hash or hash_file(item.path, rules.file_limit)
    except SourceError as error:
        return Step(item, "rejected", None, error.reason, error.detail)
    known = past.document(sha256)
    step = _again(item, known, now, rules) if known else Step(item, "read", sha256)
    if step.action in _READING and last and not rules.retry and _rejected_alike(last, sha256, now):
        return Step(item, "rejected", sha256, last.reason, _as_before(last.detail))
    return step


def _again(item: Input, known: Known, now: Versions, rules: Rules) -> Step:
    """What a file needs whose bytes the store holds already."""
    need = stale(known.versions, now)
    elsewhere = known.source != item.source
    if elsewhere and (known.source in rules.given or (need is None and Path(known.source).exists())):
        return Step(item, "duplicate", known.sha256, None, f"the same file as {known.source}")
    if need is not None:
        action, why = need
        return Step(item, action, known.sha256, None, why, known.id)
    if elsewhere:
        return Step(item, "unchanged", known.sha256, None, f"moved from {known.source}", known.id)
    return Step(item, "unchanged", known.sha256)


def stale(made_by: Versions, now: Versions) -> tuple[Action, str] | None:
    """What an analysis made by other versions needs, and why; None where it is as it would be made now."""
    if made_by.pipeline != now.pipeline:
        return "read_again", f"read by version {made_by.pipeline}, now {now.pipeline}"
    if made_by.codebook != now.codebook:
        return "code_again", "coded with another codebook"
    if made_by.model != now.model:
        return "code_again", "coded with another model"
    return None


def _rejected_alike(last: Last, sha256: str, now: Versions) -> bool:
    """Whether it would be rejected again; a disk or share that was lost may be back by now."""
    rejected = last.status == "rejected" and last.reason != "unreadable"
    return rejected and last.sha256 == sha256 and last.version == now.pipeline


def _as_before(detail: str | None) -> str:
    text = detail or ""
    return text if text.endswith(AS_BEFORE) else text + AS_BEFORE
