"""How does the whole store leave as tables that other tools read?

The name of the target chooses the format: .xlsx, .sqlite, .jsonl (all tables in one file, one fact a line),
or a folder with one file for each table (CSV, JSONL, Parquet) and a data package that says what every column
means. Words of reports under an older, non-commercial notice are left out unless they are asked for; facts
never are.
"""

import csv
import importlib.util
import io
import json
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

from corpus.errors import OfsightError
from reports.clean import printable, safe_cell
from reports.method import COUNTS, READ, UNOFFICIAL
from reports.render import write_whole
from reports.tables import DataTable, Value, dictionary
from reports.workbook import to_workbook

Format = Literal["csv", "jsonl", "parquet"]
_TYPES: Final = {int: "integer", float: "number", str: "string", bool: "boolean"}


def write_tables(
    connection: sqlite3.Connection,
    target: Path,
    *,
    formats: Sequence[Format] = ("csv", "jsonl"),
    withheld: bool = True,
) -> tuple[Path, ...]:
    """Write every table of the store and the data dictionary; returns the files made.

    Args:
        connection: an open store.
        target: a file ending in .xlsx, .sqlite, .db or .jsonl, or a folder.
        formats: the formats of the files in a folder.
        withheld: leave out the words of paragraphs whose report is not under the Open Government Licence.

    Raises:
        ValueError: a target whose ending is no format of ours.
        OfsightError: Parquet was asked for and the library for it is not installed.
    """
    tables = tuple(read_tables(connection, withheld=withheld))
    match target.suffix.lower():
        case ".xlsx":
            about = (UNOFFICIAL, READ, COUNTS, _notice(withheld))
            write_whole(to_workbook(tables, "ofsight export", about), target)
        case ".sqlite" | ".db":
            write_whole(_sqlite(tables), target)
        case ".jsonl":
            write_whole("".join(_jsonl(table, named=True) for table in tables).encode(), target)
        case "":
            return _write_folder(tables, target, formats, _notice(withheld))
        case ending:
            raise ValueError(
                f"Export to a folder or a file ending in .xlsx, .sqlite or .jsonl, not '{ending}'."
            )
    return (target,)


def read_tables(connection: sqlite3.Connection, *, withheld: bool = True) -> Iterator[DataTable]:
    """The tables of the export, each read whole."""
    specified = tomllib.loads((files("reports") / "exports.toml").read_text(encoding="utf-8"))
    for name, table in specified.items():
        cursor = connection.execute(table["query"], {"withheld": withheld})
        columns = tuple(column[0] for column in cursor.description)
        yield DataTable(name, columns, tuple(cursor.fetchall()))


def _notice(withheld: bool) -> str:
    if withheld:
        return (
            "Words of paragraphs are left out where the report is not under the Open Government Licence v3.0."
        )
    return (
        "Some reports carry an older, non-commercial notice: see printed_licence before reusing their words."
    )


def _write_folder(
    tables: Sequence[DataTable], folder: Path, formats: Sequence[Format], notice: str
) -> tuple[Path, ...]:
    if "parquet" in formats and importlib.util.find_spec("pyarrow") is None:
        raise OfsightError("Parquet needs pyarrow: python -m pip install pyarrow, or export as CSV.")
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for table in tables:
        for form in formats:
            path = folder / f"{table.name}.{form}"
            write_whole(_encoded(table, form), path)
            made.append(path)
    package = folder / "datapackage.json"
    write_whole(_package(tables, formats, notice).encode(), package)
    return (*made, package)


def _encoded(table: DataTable, form: Format) -> bytes:
    match form:
        case "csv":
            return _csv(table).encode()
        case "jsonl":
            return _jsonl(table).encode()
        case "parquet":
            return _parquet(table)


def _csv(table: DataTable) -> str:
    """Text that begins like a formula gets an apostrophe, so that no spreadsheet computes it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([safe_cell(v) if isinstance(v, str) else v for v in row] for row in table.rows)
    return file.getvalue()


def _jsonl(table: DataTable, *, named: bool = False) -> str:
    first: dict[str, Value] = {"table": table.name} if named else {}
    lines = (first | dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _parquet(table: DataTable) -> bytes:
    """The table with each column's origin and meaning beside it; a column of whole numbers stays one."""
    import pyarrow
    from pyarrow import parquet

    known = dictionary()
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    arrays = [pyarrow.array(list(values)) for values in columns]
    fields = [
        pyarrow.field(name, array.type, metadata=dict(zip(("origin", "meaning"), known[name], strict=True)))
        for name, array in zip(table.columns, arrays, strict=True)
    ]
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)), file)
    return file.getvalue()


def _sqlite(tables: Sequence[DataTable]) -> bytes:
    """A database with the tables and their dictionary; rows are in order, so equal stores give equal rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.sqlite"
        connection = sqlite3.connect(path)
        known = dictionary()
        with connection:
            connection.execute(
                'CREATE TABLE dictionary ("table" TEXT, "column" TEXT, origin TEXT, meaning TEXT)'
            )
            for table in tables:
                names = ", ".join(f'"{column}"' for column in table.columns)
                marks = ", ".join("?" * len(table.columns))
                connection.execute(f'CREATE TABLE "{table.name}" ({names})')
                connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', table.rows)  # noqa: S608
                explained = [(table.name, column, *known[column]) for column in table.columns]
                connection.executemany("INSERT INTO dictionary VALUES (?, ?, ?, ?)", explained)
        connection.close()
        return path.read_bytes()


def _package(tables: Sequence[DataTable], formats: Sequence[Format], notice: str) -> str:
    """A data package (Frictionless) with a schema for each file."""
    known = dictionary()
    resources = [
        {
            "name": f"{table.name}-{form}",
            "path": f"{table.name}.{form}",
            "profile": "tabular-data-resource" if form == "csv" else "data-resource",
            "encoding": "utf-8",
            "schema": {"fields": [_field(table, column, known) for column in table.columns]},
        }
        for table in tables
        for form in formats
    ]
    licences = [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0"}]
    package = {
        "name": "ofsight-export",
        "title": "Inspection reports of children's services: tables",
        "description": f"{UNOFFICIAL} {notice}",
        "licenses": licences,
        "resources": resources,
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _field(table: DataTable, column: str, known: dict[str, tuple[str, str]]) -> dict[str, Any]:
    place = table.columns.index(column)
    kinds = {type(row[place]) for row in table.rows if row[place] is not None}
    kind = "number" if kinds == {int, float} else _TYPES.get(next(iter(kinds), str), "string")
    origin, meaning = known[column]
    return {"name": column, "type": kind, "description": printable(meaning), "origin": origin}
