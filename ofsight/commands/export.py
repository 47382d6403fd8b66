"""`ofsight export`: the tables of the store for other programs, and its codings for other tools."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE, ReadStore

if TYPE_CHECKING:
    from ofsight.exchange.outgoing import Tool


class Form(StrEnum):
    """Formats of the files in a folder, and tools that codings are exchanged with."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    qdpx = "qdpx"
    qdc = "qdc"
    label_studio = "label-studio"
    prodigy = "prodigy"


_Out = Annotated[
    Path,
    typer.Argument(
        metavar="OUT", help="A folder, or a file ending in .xlsx, .sqlite, .jsonl, .qdpx or .qdc."
    ),
]
_Formats = Annotated[
    list[Form],
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="csv, jsonl or parquet for the files in a folder (may be repeated);"
        " qdpx, qdc, label-studio or prodigy for a tool.",
    ),
]
_Authority = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="For a tool: only this authority's reports; may be repeated."),
]
_AllText = Annotated[
    bool,
    typer.Option("--all-text", help="Also words under the older, non-commercial notice."),
]


def export(
    out: _Out,
    store: ReadStore = STORE,
    formats: _Formats = [  # noqa: B006
        Form.csv,
        Form.jsonl,
    ],
    authority: _Authority = None,
    all_text: _AllText = False,
) -> None:
    """Export all tables with a data dictionary that says what was printed, derived and coded.

    Or export the codings with the words they stand on: as a REFI-QDA project (.qdpx) or codebook (.qdc) for
    NVivo, ATLAS.ti, MAXQDA and QualCoder, or as tasks for Label Studio or Prodigy. What people code there
    comes back with ofsight review --import.

    \b
    Examples:
      ofsight export tables/
      ofsight export tables/ --format parquet
      ofsight export ofsight.xlsx
      ofsight export leeds.qdpx --authority Leeds
      ofsight export tasks.json --format label-studio --authority Leeds
    """
    tool = _tool(out, formats)
    if tool is not None:
        print("\n".join(map(str, _exchange(store, out, tool, authority or [], all_text=all_text))))
        return
    if authority:
        raise ValueError("--authority narrows an export for a tool; tables are of the whole store.")
    from reports.export import write_tables

    with open_store(store) as opened:
        made = write_tables(
            opened.connection,
            out,
            formats=[form.value for form in formats],  # type: ignore[misc]
            withheld=not all_text,
        )
    print("\n".join(str(path) for path in made))


def _tool(out: Path, formats: list[Form]) -> "Tool | None":
    """The tool that is meant, if one is, by the format or by the name of the file."""
    from ofsight.exchange.outgoing import TOOLS, tool_of

    meant = [tool for tool in TOOLS if tool in formats]
    if len(meant) > 1 or (meant and len(formats) > 1):
        raise ValueError("Export for one tool at a time: give --format once.")
    return meant[0] if meant else tool_of(out)


def _exchange(
    store: Path, out: Path, tool: "Tool", authorities: list[str], *, all_text: bool
) -> tuple[Path, ...]:
    from ofsight.exchange.outgoing import write_exchange

    with open_store(store) as opened:
        made, left_out = write_exchange(
            opened.connection, out, tool, authorities=authorities, withheld=not all_text
        )
    if left_out:
        reports = "1 report" if left_out == 1 else f"{left_out:,} reports"
        why = "their words are not under the Open Government Licence (--all-text adds them)"
        print(f"{reports} left out: {why}.", file=sys.stderr)
    return made
