"""How many figures and indicators of held-out authorities are read exactly as a careful reader read them?

The gold is of authorities that nobody looked at while writing rules. Run with `-s` to see every difference.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Document, Figure, Indicator, Paragraph

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]
GOLD = Path(__file__).parent.parent / "gold"
Row = Mapping[str, Any]


def gold(name: str) -> list[Row]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def documents(shared: Path) -> dict[str, Document]:
    """The reports that the gold speaks of, read again."""
    import ingest

    wanted = {row["document_id"] for name in ("figures.jsonl", "indicators.jsonl") for row in gold(name)}
    found = {}
    for path in sorted((shared / "reports").rglob("*.pdf")):
        key = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        if key in wanted:
            found[key] = ingest.read(path)
    return found


def agrees(expected: Row, field: str, actual: object) -> bool:
    return actual == expected[field] or actual in expected.get("accept", {}).get(field, ())


def overlaps(expected: Row, field: str, actual: str | None) -> bool:
    """Phrases agree when one holds a word of substance of the other: readers end them differently."""
    wanted = [expected[field], *expected.get("accept", {}).get(field, ())]
    return any(_share(one, actual) for one in wanted)


def _share(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return not one and not other
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / min(len(first), len(second)) >= 0.5


def paragraph_of(document: Document, row: Row) -> Paragraph:
    for paragraph in document.paragraphs:
        if hashlib.sha256(paragraph.text.encode()).hexdigest()[:16] == row["text_sha256"]:
            return paragraph
    same = [p for p in document.paragraphs if p.number == row["number"] and p.number is not None]
    assert same, f"{row['document_id']} paragraph {row['number']} is no longer found"
    return same[0]


def compare_figures(
    rows: list[Row], documents: Mapping[str, Document]
) -> Iterator[tuple[Row | None, Figure | None, str]]:
    from extract.figures import find_figures

    for row in rows:
        text = paragraph_of(documents[row["document_id"]], row).text
        left = find_figures(text)
        for expected in row["figures"]:
            same = [f for f in left if text[f.start : f.end] == expected["span"]]
            nearest = min(same, key=lambda f: abs(f.start - expected["start"]), default=None)
            if nearest is not None:
                left.remove(nearest)
            yield expected, nearest, text
        optional = {o if isinstance(o, str) else o["span"] for o in row.get("optional", ())}
        for figure in left:
            if text[figure.start : figure.end] not in optional:
                yield None, figure, text


@pytest.mark.parametrize("sample", ["first", "second", "third", "fourth", "fifth"])
def test_figures_of_held_out_authorities(documents: Mapping[str, Document], sample: str) -> None:
    """Each sample but the first was written down before the code ran on it, and learned from since."""
    later = {"second", "third", "fourth", "fifth"}
    rows = [
        row
        for row in gold("figures.jsonl")
        if (row.get("stratum") if row.get("stratum") in later else "first") == sample
    ]
    right = found = wanted = 0
    attributes = {"kind": 0, "comparator": 0, "direction": 0, "approx": 0, "subject": 0, "period": 0}
    matched = 0
    for expected, figure, text in compare_figures(rows, documents):
        wanted += expected is not None
        found += figure is not None
        if expected is None or figure is None:
            span = expected["span"] if expected else text[figure.start : figure.end]  # type: ignore[union-attr]
            print(f"{'missed' if expected else 'added'}: '{span}'")
            continue
        exact = all(agrees(expected, field, getattr(figure, field)) for field in ("value", "value2", "unit"))
        right += exact
        matched += 1
        if not exact:
            print(f"other value: '{expected['span']}' {expected['value']} {expected['unit']} / {figure}")
        for field in attributes:
            check = overlaps if field in {"subject", "period"} else agrees
            good = check(expected, field, getattr(figure, field))
            attributes[field] += good
            if not good:
                print(f"other {field}: '{expected['span']}' {expected[field]} / {getattr(figure, field)}")
    precision, recall = right / found, right / wanted
    f1 = 2 * precision * recall / (precision + recall)
    shares = {field: round(count / matched, 3) for field, count in attributes.items()}
    print(f"figures: n {wanted}, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; {shares}")
    assert f1 >= 0.95
    assert shares["kind"] >= 0.95
    assert shares["comparator"] >= 0.95
    assert shares["subject"] >= 0.85


FIELDS = ("value", "unit", "as_of", "previous_value", "previous_as_of", "england")


def test_indicators_of_held_out_authorities(documents: Mapping[str, Document]) -> None:
    from extract.indicators import find_indicators

    right = found = wanted = 0
    for row in gold("indicators.jsonl"):
        actual = {i.indicator: i for i in find_indicators(documents[row["document_id"]])}
        expected = {r["indicator"]: r for r in row["rows"] if not r.get("optional")}
        optional = {r["indicator"] for r in row["rows"] if r.get("optional")}
        optional |= {o if isinstance(o, str) else o["indicator"] for o in row.get("optional", ())}
        wanted += len(expected)
        found += len(set(actual) - optional | set(expected) & set(actual))
        for name in expected.keys() | actual.keys() - optional:
            good = _same_row(expected.get(name), actual.get(name))
            right += good
            if not good:
                print(row["document_id"], name, expected.get(name), actual.get(name))
    print(f"indicators: n {wanted}, precision {right / found:.3f}, recall {right / wanted:.3f}")
    assert right / wanted >= 0.98
    assert right / found >= 0.99


def _same_row(expected: Row | None, actual: Indicator | None) -> bool:
    if expected is None or actual is None:
        return False
    rows = [expected, *([expected["accept_row"]] if "accept_row" in expected else [])]
    return any(
        all(agrees({**expected, **one}, field, getattr(actual, field)) for field in FIELDS) for one in rows
    )
