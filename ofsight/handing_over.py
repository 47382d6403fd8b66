"""How does a finished view or table reach its reader: as a file, or printed?"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ofsight.terminal import laid_out, table
from reports import render
from reports.clean import safe_cell

if TYPE_CHECKING:
    from reports.tables import DataTable
    from reports.views import View


def hand_over(view: "View", out: Path | None, *, templates: Path | None, as_json: bool) -> str:
    """Write the view to the file, if one is named; return what is to be printed.

    Raises:
        ValueError: a file name whose ending is no format of ours.
    """
    if out is not None:
        render.write(view, out, templates=templates)
        return f"Written to {out}"
    return render.json(view) if as_json else laid_out(render.markdown(view, templates=templates))


def hand_over_table(
    found: "DataTable", out: Path | None, *, as_json: bool, as_text: Callable[["DataTable"], str]
) -> str:
    """Write a table to the file, if one is named; return what is to be printed.

    Raises:
        ValueError: a file name that ends neither in .csv nor in .jsonl.
    """
    if out is not None:
        if out.suffix.lower() not in _TABLE_FORMATS:
            raise ValueError(f"Write to a file ending in {' or '.join(_TABLE_FORMATS)}, not '{out.suffix}'.")
        render.write_whole(_TABLE_FORMATS[out.suffix.lower()](found).encode(), out)
        return f"{len(found.rows):,} rows written to {out}"
    if as_json:
        return _jsonl(found).rstrip("\n")
    if not found.rows:
        return (
            "Nothing fits. Leave out a condition, or see whose reports are held: ofsight authorities --held"
        )
    return f"{as_text(found)}\n\n{len(found.rows):,} rows"


def columns_of(found: "DataTable", shown: Sequence[str]) -> str:
    """Some columns of a table for the terminal."""
    places = [found.columns.index(name) for name in shown]
    rows = [[_cell(row[place]) for place in places] for row in found.rows]
    return table([name.replace("_", " ") for name in shown], rows)


def _csv(found: "DataTable") -> str:
    """Text that begins like a formula is made harmless, so that no spreadsheet computes it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(found.columns)
    writer.writerows(
        [safe_cell(value) if isinstance(value, str) else value for value in row] for row in found.rows
    )
    return file.getvalue()


def _jsonl(found: "DataTable") -> str:
    rows = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _cell(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


_TABLE_FORMATS: Final = {".csv": _csv, ".jsonl": _jsonl}
