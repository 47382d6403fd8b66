"""How often is the label right that says what became of a weakness?

`change.jsonl` holds 46 points of authorities that were kept out of the making of the rules, each read by hand
with both passages: the label it had then and the label it should have (null where the point is no weakness).

    python benchmarks/change.py STORE
"""

import json
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.store import open_store
from reports.change import find_progress
from reports.records import Changed, Passage
from reports.sources import load_every_source, load_findings, theme_names
from reports.tally import wilson

CHECKED = Path(__file__).with_name("change.jsonl")


def main(store: str) -> None:
    lines = [json.loads(line) for line in CHECKED.read_text(encoding="utf-8").splitlines()]
    lines.sort(key=lambda line: (line["earlier"], line["later"]))
    with open_store(store) as opened:
        sources = {source.document_id: source for source in load_every_source(opened.connection)}
        names = theme_names(opened.connection)
        counted: Counter[str] = Counter()
        for (earlier, later), pairs in groupby(lines, key=lambda line: (line["earlier"], line["later"])):
            if not {earlier, later} <= sources.keys():
                counted["not in this store"] += len(list(pairs))
                continue
            read = [
                load_findings(opened.connection, sources[key], ("finding", "improvement"))
                for key in (earlier, later)
            ]
            progress = find_progress(read[0], read[1], names)
            counted.update(verdict(progress.points if progress else (), pair) for pair in pairs)
    for name, count in sorted(counted.items()):
        print(f"{name}: {count}")
    right, given = counted["right"], counted["right"] + counted["wrong"]
    if given:
        low, high = wilson(right, given)
        print(f"right among labels given: {right} of {given} ({low:.0%} to {high:.0%})")


def verdict(points: tuple[Changed, ...], pair: dict[str, Any]) -> str:
    """Whether the point of a pair is labelled today as the reader labelled it."""
    for point in points:
        own = point.later if point.change in {"new", "reversed"} else point.earlier
        if own is not None and at(own, pair["point"]):
            if point.change == "unclear":
                return "not clear"
            return "right" if point.change == pair["truth"] else "wrong"
    return "no longer a point" if pair["truth"] else "right not to follow it"


def at(passage: Passage, place: dict[str, Any]) -> bool:
    """Whether a passage begins where the pair says."""
    return (passage.source.document_id, passage.position, passage.start) == (
        place["document"],
        place["position"],
        place["start"],
    )


if __name__ == "__main__":
    main(sys.argv[1])
