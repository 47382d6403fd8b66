"""What is said when a run is over, or before it begins?"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from corpus.store import Outcome, open_store
from ofsight.outcomes import Report
from ofsight.plan import Action, Step
from ofsight.progress import in_words
from ofsight.terminal import table, wrap

_FRAMEWORKS: Final = {
    "pre_sif": "Before SIF",
    "sif": "SIF",
    "lscb_review": "LSCB review",
    "ilacs": "ILACS",
    "area_send": "Area SEND",
    "other": "Other",
}
_PLANS: Final[dict[Action, str]] = {
    "read": "to be read",
    "read_again": "to be read again, as rules have changed",
    "code_again": "to be coded again without reading, as the codebook or the model has changed",
    "unchanged": "unchanged, nothing to do",
    "duplicate": "the same as another file, nothing to do",
    "rejected": "rejected, nothing to do",
}
_LISTED: Final = 20
_DOCUMENTS: Final = """
    SELECT coalesce(substr(coalesce(inspected_to, published), 1, 4), 'no date'), framework, count(*),
        sum((SELECT count(*) FROM paragraph WHERE document_id = document.id))
    FROM document GROUP BY 1, 2
"""


def plan_as_text(steps: Sequence[Step]) -> str:
    """What a run would do, in words."""
    counts = Counter(step.action for step in steps)
    lines = [f"{counts[action]:>7,}  {words}" for action, words in _PLANS.items() if counts[action]]
    return "\n".join([f"{len(steps):,} inputs:", *lines, "Nothing was done (--dry-run)."])


def plan_as_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """What a run would do, input by input."""
    return [
        {
            "source": step.item.source,
            "action": step.action,
            "sha256": step.sha256,
            "reason": step.reason,
            "detail": step.detail,
        }
        for step in steps
    ]


def report_as_data(report: Report) -> dict[str, Any]:
    """What a run did, for a program."""
    return {
        "run_id": report.run_id,
        "inputs": report.inputs,
        "counts": dict(sorted(report.counts.items())),
        "coded_beside": report.coded_beside,
        "rejected": [asdict(outcome) for outcome in report.rejected],
        "partial": [asdict(outcome) for outcome in report.partial],
        "seconds": round(report.seconds, 3),
        "stopped": report.stopped,
        "exit_code": report.exit_code,
    }


def report_as_text(report: Report, store: Path) -> str:
    """What a run did, for a person."""
    parts = [_headline(report, store)]
    worked = report.counts["ok"] + report.counts["partial"]
    if worked:
        parts.append(_contents(store))
    parts += _listed("Not complete", report.partial)
    parts += _listed("Rejected", report.rejected)
    return "\n\n".join(parts)


def _headline(report: Report, store: Path) -> str:
    counts = ", ".join(
        f"{report.counts[status]:,} {status}"
        for status in ("ok", "partial", "unchanged", "duplicate", "rejected")
        if report.counts[status]
    )
    done = sum(report.counts.values())
    if report.stopped is not None:
        return wrap(
            f"Stopped. {done:,} of {report.inputs:,} inputs are done and safe in {store}"
            f" ({counts or 'nothing new'}). Run the same command again to go on."
        )
    if report.counts["unchanged"] == report.inputs and not report.coded_beside:
        return wrap(f"Nothing new: all {report.inputs:,} inputs are in {store} and unchanged.")
    beside = f" {report.coded_beside:,} other documents were coded again." if report.coded_beside else ""
    inputs = "1 input" if report.inputs == 1 else f"{report.inputs:,} inputs"
    return wrap(f"{inputs} in {in_words(report.seconds)}: {counts}. Store: {store}.{beside}")


def _contents(store: Path) -> str:
    """Documents of the store by framework and year of inspection, with their paragraphs."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    paragraphs: Counter[str] = Counter()
    with closing(open_store(store)) as opened:
        for year, framework, documents, number in opened.connection.execute(_DOCUMENTS):
            counts[year][framework] += documents
            paragraphs[year] += number
    used = [name for name in _FRAMEWORKS if any(counts[year][name] for year in counts)]
    body: list[list[object]] = [
        [year, *(counts[year][name] or "" for name in used), f"{paragraphs[year]:,}"]
        for year in sorted(counts)
    ]
    total = [sum(counts[year][name] for year in counts) for name in used]
    body.append(["all", *total, f"{sum(paragraphs.values()):,}"])
    head = ["Year", *(_FRAMEWORKS[name] for name in used), "Paragraphs"]
    return "Documents in the store\n\n" + table(head, body, right=range(1, len(head)))


def _listed(title: str, outcomes: Sequence[Outcome]) -> Iterable[str]:
    if not outcomes:
        return
    lines = []
    for outcome in outcomes[:_LISTED]:
        why = ": ".join(part for part in (outcome.reason, outcome.detail) if part)
        lines.append(wrap(f"{os.path.basename(outcome.source)}  {why}", "  "))  # noqa: PTH119
    more = len(outcomes) - len(lines)
    if more:
        lines.append(f"  ... and {more:,} more; --json lists all of them")
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.reason)
    counts = f" ({', '.join(f'{n:,} {reason}' for reason, n in reasons.most_common())})" if reasons else ""
    yield f"{title}: {len(outcomes):,}{counts}\n" + "\n".join(lines)
