"""How does the researcher's tutorial become an executed notebook?

    python docs/notebook.py

runs every block of the page in order, in a folder of its own with some bundled reports, and writes the page,
the blocks and what they printed as `docs/tutorials/researcher.ipynb`.
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "tutorials" / "researcher.md"
_BLOCK: Final = re.compile(r"^```(console|python)[^\n]*\n(.*?)^```$", re.M | re.S)
_META: Final = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def main() -> None:
    """Write the notebook beside its page."""
    with tempfile.TemporaryDirectory() as folder:
        lay_desk(Path(folder))
        os.chdir(folder)
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        space: dict[str, Any] = {"__name__": "notebook"}
        cells = [_run(cell, space) for cell in cells_of(PAGE.read_text(encoding="utf-8"))]
        os.chdir(ROOT)
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": _META, "cells": cells}
    text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
    for place in (folder, str(ROOT)):  # what this machine calls them is nobody's business
        text = text.replace(f"{place}{os.sep}", "")
    PAGE.with_suffix(".ipynb").write_text(text, encoding="utf-8")


def cells_of(page: str) -> Iterator[dict[str, Any]]:
    """The page as cells not yet run: prose, Python, and commands as a notebook has them (`!ofsight ...`)."""
    place = 0
    for number, block in enumerate(_BLOCK.finditer(page)):
        yield _cell(f"text-{number}", "markdown", page[place : block.start()].strip())
        body = block[2]
        if block[1] == "console":
            body = "\n".join(f"!{line[2:]}" for line in body.splitlines() if line.startswith("$ "))
        yield _cell(f"code-{number}", "code", body.strip())
        place = block.end()
    if page[place:].strip():
        yield _cell("text-last", "markdown", page[place:].strip())


def lay_desk(folder: Path) -> None:
    """The reports that the page speaks of, in `reports/`."""
    (folder / "reports").mkdir()
    for sample in (ROOT / "corpus" / "samples" / "pdf").iterdir():
        if "ilacs" in sample.name or sample.name.startswith("s01"):
            shutil.copy(sample, folder / "reports")


def _cell(name: str, kind: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": source.splitlines(True)}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _run(cell: dict[str, Any], space: dict[str, Any]) -> dict[str, Any]:
    """The cell with what it prints."""
    if cell["cell_type"] == "code":
        source = "".join(cell["source"])
        printed = _commands(source) if source.startswith("!") else _python(source, space)
        if printed:
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": printed.splitlines(True)}]
    return cell


def _commands(source: str) -> str:
    lines = [line[1:] for line in source.splitlines()]
    return "".join(
        subprocess.run(["bash", "-c", line], check=True, capture_output=True, text=True).stdout  # noqa: S603, S607
        for line in lines
    )


def _python(source: str, space: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, str(PAGE), "exec"), space)  # noqa: S102 (our own page)
    return out.getvalue()


if __name__ == "__main__":
    main()
