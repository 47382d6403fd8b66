"""`ofsight export`: the tables of the store for other programs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store


class Form(StrEnum):
    """Formats of the files in a folder."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def export(
    out: Annotated[Path, typer.Argument(help="A folder, or a file ending in .xlsx, .sqlite or .jsonl.")],
    store: Annotated[Path, typer.Option(help="The store to read.")] = Path("ofsight.db"),
    formats: Annotated[list[Form], typer.Option("--format", help="For a folder; may be repeated.")] = [  # noqa: B006
        Form.csv,
        Form.jsonl,
    ],
    all_text: Annotated[
        bool,
        typer.Option("--all-text", help="Also words under the older, non-commercial notice."),
    ] = False,
) -> None:
    """Export all tables with a data dictionary that says what was printed, derived and coded.

    \b
    Examples:
      ofsight export tables/
      ofsight export tables/ --format parquet
      ofsight export ofsight.xlsx
    """
    from reports.export import write_tables

    with open_store(store) as opened:
        made = write_tables(
            opened.connection, out, formats=[form.value for form in formats], withheld=not all_text
        )
    print("\n".join(str(path) for path in made))
