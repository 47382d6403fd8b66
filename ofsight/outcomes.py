"""Which row of the outcome table does an input get?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.model import Coding, ParagraphCoding, SentenceCoding
from corpus.store import Outcome, OutcomeStatus
from ofsight.inputs import Input
from ofsight.plan import Step
from ofsight.pool import Failure


@dataclass(slots=True)
class Report:
    """What a run did: counts by status, what was rejected or incomplete, and whether it was stopped."""

    run_id: int
    inputs: int
    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[Outcome] = field(default_factory=list)
    partial: list[Outcome] = field(default_factory=list)
    coded_beside: int = 0  # documents of the store, not among the inputs, that were coded again
    seconds: float = 0.0
    stopped: int | None = None  # the signal

    @property
    def exit_code(self) -> int:
        """0 all well, 1 some inputs were rejected, 130 or 143 when interrupted."""
        if self.stopped is not None:
            return 128 + self.stopped
        return 1 if self.rejected else 0

    def note(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.counts[outcome.status] += 1
        if outcome.status == "rejected":
            self.rejected.append(outcome)
        elif outcome.status == "partial":
            self.partial.append(outcome)


def stored(step: Step, missing: Sequence[str] = ()) -> Outcome:
    """The outcome of an input whose document is in the store now."""
    if missing:
        return _outcome(step.item, step.sha256, "partial", None, "; ".join(missing))
    return _outcome(step.item, step.sha256, "ok", None, step.detail)


def rejection(step: Step, failure: Failure) -> Outcome:
    """The outcome of an input that a worker could not bring to an end."""
    return _outcome(step.item, step.sha256, "rejected", failure.reason, failure.detail)


def settled(step: Step) -> Outcome:
    """The outcome of an input that needs no worker."""
    if step.action not in ("unchanged", "duplicate", "rejected"):
        raise ValueError(f"'{step.action}' is work to do, not an outcome")
    return _outcome(step.item, step.sha256, step.action, step.reason, step.detail)


def copy_of(item: Input, first: Outcome) -> Outcome:
    """The outcome of an input with the same bytes as another one of this run."""
    if first.status == "rejected":
        return _outcome(item, first.sha256, "rejected", first.reason, first.detail)
    return _outcome(item, first.sha256, "duplicate", None, f"the same file as {first.source}")


def codings(rows: Iterable[Sequence[Any]]) -> list[ParagraphCoding]:
    """Codings as they come out of a worker's JSON, as records again."""
    return [
        ParagraphCoding(
            paragraph,
            valence,
            probability,
            doubtful,
            tuple(Coding(*theme) for theme in themes),
            tuple(SentenceCoding(*sentence) for sentence in sentences),
        )
        for paragraph, valence, probability, doubtful, themes, sentences in rows
    ]


def _outcome(
    item: Input, sha256: str | None, status: OutcomeStatus, reason: str | None, detail: str | None
) -> Outcome:
    return Outcome(item.source, sha256, status, reason, detail, item.size, item.mtime_ns)
