"""The notebook is the researcher's page, run."""

import importlib.util
import json
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PLACE = ROOT / "docs" / "tutorials" / "researcher.ipynb"


def test_the_notebook_holds_the_page_and_what_it_printed() -> None:
    spec = importlib.util.spec_from_file_location("docs_notebook", ROOT / "docs" / "notebook.py")
    assert spec and spec.loader
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    cells = json.loads(PLACE.read_text(encoding="utf-8"))["cells"]
    wanted = list(maker.cells_of(PLACE.with_suffix(".md").read_text(encoding="utf-8")))
    assert [cell["source"] for cell in cells] == [cell["source"] for cell in wanted], (
        "the page has changed: python docs/notebook.py runs it again"
    )
    assert sum(bool(cell.get("outputs")) for cell in cells) >= 6
