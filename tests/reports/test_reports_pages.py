"""A briefing is two to four pages, on councils that were inspected often as well."""

import csv
import itertools
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from corpus.store import open_store
from ofsight.cli import run_command
from reports.brief import build_briefing
from reports.render import pdf

MOST = 4
SAID = (
    "Social workers of team {} see children often and alone, and {} is written down in words that they know."
)


def test_a_council_inspected_five_times_gets_four_pages_at_most(shelf) -> None:
    themes = ("front_door", "care_leavers", "workforce", "health")
    valences = ("strength", "weakness", "mixed")
    for year in (2012, 2015, 2018, 2022, 2025):
        said = itertools.islice(itertools.product(range(30), themes, valences), 90)
        shelf.add(
            "X01",
            f"{year}-06-01",
            findings=[(SAID.format(team, theme), theme, valence) for team, theme, valence in said],
            improvements=[f"The quality and timeliness of plan {place} for children." for place in range(12)],
            judgements={"overall": "good", "leadership": "good"},
        )
    assert len(pypdfium2.PdfDocument(pdf(build_briefing(shelf.connection, "X01")))) <= MOST


@pytest.mark.real
def test_the_real_council_with_most_reports_gets_four_pages_at_most(shared: Path, tmp_path: Path) -> None:
    with (shared / "reports" / "index.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["file"].startswith("area-send")]
    [(authority, _)] = Counter(row["authority"] for row in rows).most_common(1)
    files = [shared / "reports" / row["file"] for row in rows if row["authority"] == authority]
    store = tmp_path / "one.db"
    assert run_command(["run", *map(str, files), "--store", str(store), "--jobs", "1"]) == 0
    with open_store(store) as opened:
        codes = Counter(code for (code,) in opened.connection.execute("SELECT la_code FROM document"))
        view = build_briefing(opened.connection, codes.most_common(1)[0][0])
    assert len(view.judgements.sources) > 2
    assert len(pypdfium2.PdfDocument(pdf(view))) <= MOST
