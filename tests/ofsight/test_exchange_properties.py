"""Whatever letters a report holds, a stretch that a person marked comes back over the same letters."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.ledger import Mark
from ofsight.exchange.gather import make_entry
from ofsight.exchange.records import Coded, Report, Theme, Unit
from ofsight.exchange.refi import write_project
from ofsight.exchange.refi_read import read_project

THEMES = (Theme("health", "Health", "Health"), Theme("placements", "Placements", "Homes"))
VALENCES = ("strength", "weakness", "mixed", "neutral")
# Letters, marks, spaces and signs of all planes; no control characters: no paragraph holds any.
LETTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029")
TEXTS = st.text(LETTERS, min_size=2, max_size=40).filter(lambda text: text.strip() == text)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report of a few paragraphs, each coded by one person, with stretches marked."""
    units = []
    for position, text in enumerate(draw(st.lists(TEXTS, min_size=1, max_size=4)), 1):
        marks = []
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            if text[:start].strip() or text[end:].strip():
                marks.append(Mark(start, end, draw(st.sampled_from(["health", "placements"])), "mixed"))
        valence = draw(st.sampled_from(VALENCES))
        coded = Coded("jo", valence, (("health", draw(st.sampled_from(VALENCES))),), tuple(marks))
        number = draw(st.none() | st.integers(1, 999))
        heading = draw(st.none() | TEXTS)
        units.append(Unit("ab" * 8, position, number, 1, "finding", heading, text, (coded,)))
    return Report("ab" * 8, "Harrowmere " + "ab" * 8, tuple(units))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_every_mark_comes_back_where_it_was(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "p.qdpx"
        file.write_bytes(write_project([report], THEMES))
        heard, remarks = read_project(file, {report.document: report}, THEMES, "me", "2026-01-01T00:00:00Z")
    assert remarks == []
    assert len(heard) == len(report.units)
    for unit, said in heard:
        [coded] = unit.coded
        entry = make_entry(unit, said)
        assert entry is not None
        assert (entry.coder, entry.valence, entry.themes) == ("jo", coded.valence, coded.themes)
        assert set(entry.marks) == set(coded.marks)
