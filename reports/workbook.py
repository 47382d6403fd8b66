"""How do tables become a workbook that a spreadsheet opens safely?

Every value is written as what it is: text never becomes a formula or a link, and characters that the format
forbids are taken out. One sheet says what each column means and where its values come from.
"""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from reports.clean import safe_cell
from reports.tables import DataTable, dictionary_of

_MOST_CHARACTERS: Final = 32_767  # what one cell holds
_MOST_ROWS: Final = 1_048_575  # what a sheet holds below its header
_WIDEST: Final = 60
_EPOCH: Final = datetime(2000, 1, 1)


def to_workbook(tables: Sequence[DataTable], title: str, about: Sequence[str]) -> bytes:
    """A workbook with a sheet about it, one for each table, and the data dictionary."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"constant_memory": True, **options}) as book:
        book.set_properties({"title": safe_cell(title), "author": "ofsight", "created": _EPOCH})
        formats = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write(
            book.add_worksheet("About"),
            DataTable("About", ("about",), tuple((line,) for line in about)),
            formats,
        )
        for table in tables:
            for name, part in _parts(table):
                _write(book.add_worksheet(name), part, formats)
        _write(book.add_worksheet("Dictionary"), dictionary_of(tables), formats)
    return file.getvalue()


def _parts(table: DataTable) -> Iterator[tuple[str, DataTable]]:
    """The table on as many sheets as its rows need, each with the name that says which part it is."""
    starts = range(0, max(len(table.rows), 1), _MOST_ROWS)
    for place, start in enumerate(starts, 1):
        name = table.name if len(starts) == 1 else f"{table.name} ({place} of {len(starts)})"
        yield name, DataTable(table.name, table.columns, table.rows[start : start + _MOST_ROWS])


def _write(sheet: Any, table: DataTable, formats: dict[str, Any]) -> None:
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, formats["head"])
        longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
        sheet.set_column(column, column, min(max(len(name), longest, 8) + 1, _WIDEST))
    for place, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            _write_value(sheet, place, column, value, formats["text"])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_value(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool | int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, _fitting(safe_cell(str(value))), style)


def _fitting(text: str) -> str:
    """As much as a cell holds; where that is not all, the cell says so."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    notice = f" [cut here: {len(text):,} characters in all; export as CSV or JSONL for the rest]"
    return text[: _MOST_CHARACTERS - len(notice)] + notice
