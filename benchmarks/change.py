"""How often is the label right that says what became of a weakness?

`tests/gold/change.jsonl` holds every point of 22 authorities that were kept out of the making, read beside
the whole other report before anyone saw a label; its README says how. `change.jsonl` beside this file holds
what came before:

    learn   points of other authorities, from which the weights in `reports/change.toml` were learnt, and by
            which, in cross-validation, how sure a label has to be was settled; the last 280 were read like
            the gold
    first, blind, second, third, fourth
            earlier readings of the kept-out authorities by other readers, most of them beside the passages
            most like the point only: they tell how far two readers agree

Each line points into the reports by hashes of the words. `truth` is what the reader found (null where there
is no weakness to follow), `accept` other readings that the words bear, `speaks` the paragraphs that speak to
it.

    python benchmarks/change.py STORE           what is right of the labels given, on both parts
    python benchmarks/change.py STORE --save    and keep the first part's for the briefings to quote
    python benchmarks/change.py STORE --learn   the weights, learnt again from the points to learn from
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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

HERE = Path(__file__).parent
GOLD = HERE.parent / "tests" / "gold" / "change.jsonl"
LEARNT_FROM = HERE / "change.jsonl"
MEASURED = HERE.parent / "reports" / "change_measured.toml"
Pair = dict[str, Any]


def main(store: str, option: str | None = None) -> None:
    """Measure, and keep what was measured; or learn again."""
    earlier = load(LEARNT_FROM)
    learn = [pair for pair in earlier if pair["half"] == "learn"]
    if option == "--learn":
        for table, learnt in learn_weights(list(signs_to_learn_from(store, learn))).items():
            print(f"[{table}]", *(f"{name} = {value:.2f}" for name, value in learnt.items()), "", sep="\n")
        return
    gold = load(GOLD)
    counted = count(store, gold)
    report("kept out of the making", counted)
    report("learnt from", count(store, learn))
    print(f"two readers give the same label to {agreement(gold, earlier)} points that both read")
    if option == "--save":
        MEASURED.write_text(measured(counted, len({pair["later"] for pair in gold})), encoding="utf-8")


def load(path: Path) -> list[Pair]:
    """The points of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def count(store: str, pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How many points have which label today, and how it compares with the reader's."""
    counted: Counter[tuple[str, str]] = Counter()
    for earlier, later, names, points in read(store, pairs):
        progress = find_progress(earlier, later, names)
        said = [(own(change), change) for change in progress.points] if progress else []
        texts = {finding.paragraph_id: finding.text for finding in (*earlier, *later)}
        for pair in points:
            change = next((change for passage, change in said if at(passage, pair["point"])), None)
            counted.update(outcomes(change, pair, texts))
    return counted


def outcomes(change: Changed | None, pair: Pair, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What there is to count of one point: its label against the reader's, and the passage beside it."""
    if change is None:
        yield "not followed", str(pair["truth"])
    elif change.unsure:
        yield "not clear", str(pair["truth"])
    else:
        also = change.change in pair.get("accept", ())
        yield change.change, "right" if change.change == pair["truth"] else "accepted" if also else "wrong"
        other = change.earlier if own(change) == change.later else change.later
        if change.change == pair["truth"] and other is not None and "speaks" in pair:
            named = {place["sha256"] for place in pair["speaks"]}
            yield "passage", "named" if key(texts[other.paragraph_id]) in named else "another"


def report(part: str, counted: Counter[tuple[str, str]]) -> None:
    """Print one part, label by label."""
    kinds = [kind for kind in weights()["sure"] if any(counted[kind, said] for said in SAID)]
    given = sum(counted[kind, said] for kind in kinds for said in SAID)
    unclear = sum(n for (kind, _), n in counted.items() if kind == "not clear")
    print(f"{part}: {given} of {given + unclear} points followed are given a label, {unclear} are not clear")
    for name, chosen in (("all labels", kinds), *((kind, [kind]) for kind in kinds)):
        right, accepted, wrong = (sum(counted[kind, said] for kind in chosen) for said in SAID)
        low, high = wilson(right, right + accepted + wrong)
        print(
            f"  {name}: {right} of {right + accepted + wrong} right ({low:.1%} to {high:.1%}),"
            f" {accepted} more as another reading"
        )
    print(f"  passage beside a right label: {dict(sorted(tail(counted, 'passage').items()))}")
    print(f"  not clear, by what the reader found: {dict(sorted(tail(counted, 'not clear').items()))}")
    print(f"  not followed, likewise: {dict(sorted(tail(counted, 'not followed').items()))}")


SAID = ("right", "accepted", "wrong")


def tail(counted: Counter[tuple[str, str]], kind: str) -> dict[str, int]:
    """The counts of one kind."""
    return {said: n for (of, said), n in counted.items() if of == kind}


def measured(counted: Counter[tuple[str, str]], authorities: int) -> str:
    """The file that briefings quote."""
    kinds = weights()["sure"]
    right, accepted, wrong = (sum(counted[kind, said] for kind in kinds) for said in SAID)
    unclear = sum(tail(counted, "not clear").values())
    values = {
        "authorities": authorities,
        "followed": right + accepted + wrong + unclear,
        "given": right + accepted + wrong,
        "right": right,
        "accepted": accepted,
        "named": counted["passage", "named"],
    }
    lines = MEASURED.read_text(encoding="utf-8").splitlines()
    notes = [line for line in lines if line.startswith("#")]
    return "\n".join([*notes, "", *(f"{name} = {value}" for name, value in values.items()), ""])


def agreement(gold: Iterable[Pair], others: Iterable[Pair]) -> str:
    """On how many of the points that two readers read they found the same."""
    read = {(pair["earlier"], pair["later"], pair["point"]["sha256"]): pair["truth"] for pair in gold}
    both = [
        (read[place], pair["truth"])
        for pair in others
        if (place := (pair["earlier"], pair["later"], pair["point"]["sha256"])) in read
    ]
    return f"{sum(one == other for one, other in both)} of {len(both)}"


def read(
    store: str, pairs: Iterable[Pair]
) -> Iterator[tuple[tuple[Finding, ...], tuple[Finding, ...], dict[str, str], list[Pair]]]:
    """The findings of both reports of each pair that the store holds, with its points."""
    ordered = sorted(pairs, key=lambda pair: (pair["earlier"], pair["later"]))
    with open_store(store) as opened:
        sources = {source.document_id: source for source in load_every_source(opened.connection)}
        names = theme_names(opened.connection)
        for keys, points in groupby(ordered, key=lambda pair: (pair["earlier"], pair["later"])):
            if not set(keys) <= sources.keys():
                print(f"not in this store: {' and '.join(keys)}", file=sys.stderr)
                continue
            earlier, later = (
                load_findings(opened.connection, sources[key], ("finding", "improvement")) for key in keys
            )
            yield earlier, later, names, list(points)


def own(change: Changed) -> Passage | None:
    """The point itself: a later weakness where the question is whether it is new, else an earlier one."""
    return change.later if change.change in ("reversed", "new", "unclear_new") else change.earlier


def at(passage: Passage | None, place: dict[str, Any]) -> bool:
    """Whether a passage is the one that the pair speaks of."""
    return (
        passage is not None
        and passage.source.document_id == place["document"]
        and key(passage.text) == place["sha256"]
    )


def key(text: str) -> str:
    """How words are named without saying them."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def signs_to_learn_from(store: str, pairs: Iterable[Pair]) -> Iterator[tuple[Signs, str]]:
    """The signs of every point to learn from, with what the reader found the other report to say."""
    says = {"resolved": "strength", "reversed": "strength", "persisting": "weakness"}
    for earlier, later, names, points in read(store, pairs):
        before, after = make_sides(earlier, later, names)
        for pair in points:
            mine, other = (after, before) if pair["point"]["document"] == pair["later"] else (before, after)
            place = place_of(mine, pair["point"])
            if place is not None and pair["truth"] is not None:
                unit = mine.units[place]
                signs = see(other.near(unit, mine.meaning[place]), other.unnamed(unit))
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
