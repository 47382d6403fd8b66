"""How often is the label right that says what became of a weakness?

Each line of `change.jsonl` is a point read by hand beside the passages of the other report that are most like
it, with the label that it should have (null where it is no weakness that can be followed). It points into the
report by paragraph and characters, with the hash of the words. `half` says what the point was used for:

    learn   authorities whose points the weights in `reports/change.toml` were learnt from, and by which, in
            cross-validation, how sure a label has to be was settled
    first   authorities kept out of that, points drawn at random
    blind, second, third, fourth
            the same authorities and five more: points drawn mostly from those that had a label at the time,
            read one after the other by readers who did not see it, from the second on with a search through
            the whole report. The third showed too many labels where the report was silent: the signs were
            made anew, and more points to learn from were read. After the fourth, "new" and "no later mention"
            had to be surer

    python benchmarks/change.py STORE            how many of the labels given are right, half by half
    python benchmarks/change.py STORE --learn    the weights, learnt again from the points to learn from
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.store import open_store
from reports.change import find_progress
from reports.deciding import Signs, see, weights
from reports.fates import Changed
from reports.matching import Side, make_sides
from reports.records import Passage
from reports.sources import Finding, load_every_source, load_findings, theme_names
from reports.tally import wilson

CHECKED = Path(__file__).with_name("change.jsonl")
Pair = dict[str, Any]


def main(store: str, learn: str | None = None) -> None:
    """Measure, or learn again."""
    if learn:
        for table, learnt in learn_weights(list(signs_to_learn_from(store))).items():
            print(f"[{table}]", *(f"{name} = {value:.2f}" for name, value in learnt.items()), "", sep="\n")
        return
    counted: dict[str, Counter[str]] = {}
    for earlier, later, names, pairs in read(store):
        progress = find_progress(earlier, later, names)
        for pair in pairs:
            said = verdict(progress.points if progress else (), pair)
            counted.setdefault(pair["half"], Counter())[said] += 1
    counted["all but learn"] = sum((n for half, n in counted.items() if half != "learn"), Counter())
    for half, found in counted.items():
        right, given = found["right"], found["right"] + found["wrong"]
        low, high = wilson(right, given)
        print(f"{half}: {right} of {given} labels given are right ({low:.0%} to {high:.0%})")
        print("   ", "; ".join(f"{name}: {count}" for name, count in sorted(found.items())))


def read(store: str) -> Iterator[tuple[tuple[Finding, ...], tuple[Finding, ...], dict[str, str], list[Pair]]]:
    """The findings of both reports of each pair that the store holds, with its points."""
    lines = [json.loads(line) for line in CHECKED.read_text(encoding="utf-8").splitlines()]
    lines.sort(key=lambda line: (line["earlier"], line["later"]))
    with open_store(store) as opened:
        sources = {source.document_id: source for source in load_every_source(opened.connection)}
        names = theme_names(opened.connection)
        for keys, pairs in groupby(lines, key=lambda line: (line["earlier"], line["later"])):
            if not set(keys) <= sources.keys():
                print(f"not in this store: {' and '.join(keys)}", file=sys.stderr)
                continue
            earlier, later = (
                load_findings(opened.connection, sources[key], ("finding", "improvement")) for key in keys
            )
            yield earlier, later, names, list(pairs)


def verdict(points: Sequence[Changed], pair: Pair) -> str:
    """Whether the point of a pair is labelled today as the reader labelled it."""
    for point in points:
        own = point.later if arises(pair) else point.earlier
        if own is not None and at(own, pair["point"]):
            if point.unsure:
                return "not clear"
            return "right" if point.change == pair["truth"] else "wrong"
    return "rightly not followed" if pair["truth"] in (None, "persisting") else "not followed"


def arises(pair: Pair) -> bool:
    """Whether the point of the pair stands in the later report."""
    return bool(pair["point"]["document"] == pair["later"])


def at(passage: Passage, place: dict[str, Any]) -> bool:
    """Whether a passage begins where the pair says."""
    return (passage.source.document_id, passage.position, passage.start) == (
        place["document"],
        place["position"],
        place["start"],
    )


def signs_to_learn_from(store: str) -> Iterator[tuple[Signs, str]]:
    """The signs of every point to learn from, with what the reader found the other report to say."""
    says = {"resolved": "strength", "reversed": "strength", "persisting": "weakness"}
    for earlier, later, names, pairs in read(store):
        before, after = make_sides(earlier, later, names)
        for pair in pairs:
            if pair["half"] == "learn" and pair["truth"] is not None:
                own, other = (
                    (after, before) if pair["point"]["document"] == pair["later"] else (before, after)
                )
                place = place_of(own, pair["point"])
                if place is not None:
                    unit = own.units[place]
                    signs = see(other.near(unit, own.meaning[place]), other.unnamed(unit))
                    yield signs, says.get(pair["truth"], "silent")


def place_of(side: Side, point: dict[str, Any]) -> int | None:
    """Which unit of a report a point is; None where the report is cut into other sentences today."""
    return next((place for place, unit in enumerate(side.units) if at(unit.passage, point)), None)


def learn_weights(read_by_hand: Sequence[tuple[Signs, str]]) -> dict[str, dict[str, float]]:
    """Weights for the signs that `change.toml` names: whether it speaks, then whether of strength."""
    speaking = [(signs, said) for signs, said in read_by_hand if said != "silent"]
    return {
        "speaks": fit("speaks", [(signs, said != "silent") for signs, said in read_by_hand]),
        "strength": fit("strength", [(signs, said == "strength") for signs, said in speaking]),
    }


def fit(table: str, examples: Sequence[tuple[Signs, bool]]) -> dict[str, float]:
    """Logistic regression over standardised signs, given back for the signs as they are."""
    import numpy
    from sklearn.linear_model import LogisticRegression

    names = [name for name in weights()[table] if name != "constant"]
    seen = numpy.array([[asdict(signs)[name] for name in names] for signs, _ in examples])
    middle, spread = seen.mean(axis=0), seen.std(axis=0)
    fitted = LogisticRegression(C=0.5).fit((seen - middle) / spread, [true for _, true in examples])
    slopes = fitted.coef_[0] / spread
    constant = float(fitted.intercept_[0] - (slopes * middle).sum())
    return {**dict(zip(names, slopes.tolist(), strict=True)), "constant": constant}


if __name__ == "__main__":
    main(*sys.argv[1:])
