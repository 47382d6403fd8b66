"""Which options do several commands share, and in whose words does help name what an option takes?"""

import re
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand

STORE: Final = Path("ofsight.db")
_RANGE: Final = re.compile(r"\s?\[(?:\d+<=)?x[<>]=\d+\]|; (?:\d+<=)?x[<>]=\d+")  # Typer adds "[x>=1]"

ReadStore = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store to read.")]
WriteStore = Annotated[
    Path, typer.Option("--store", metavar="FILE", help="The store to write to; made if it is not there.")
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", "-j", min=1, metavar="N", help="Worker processes; one for each core if not given."
    ),
]
Theme = Annotated[
    str | None, typer.Option(metavar="THEME", help="Only paragraphs on this theme, such as care_leavers.")
]
Valence = Annotated[str | None, typer.Option(metavar="VALENCE", help="strength, weakness, mixed or neutral.")]
Authorities = Annotated[
    list[str] | None,
    typer.Option(
        "--authority", metavar="NAME", help="Only this authority: name, alias or code; may be repeated."
    ),
]
Framework = Annotated[str | None, typer.Option(metavar="FRAMEWORK", help="Such as sif or ilacs.")]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Inspection ended in or after: 2024, 2024-05, 2024-05-20.")
]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Inspection ended in or before.")]
OutDocument = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="File to write: .html, .md, .docx, .pdf, .xlsx or .json."),
]
OutTable = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="File to write: .csv or .jsonl, all columns."),
]
Templates = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder with templates of your own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print as JSON.")]


class PlainCommand(TyperCommand):
    """A command whose help leaves out the braces and ranges of numbers that Typer adds."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The parts of the line of usage."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, then options, each with its help."""
        for title, kind in (("Arguments", "argument"), ("Options", "option")):
            of_kind = [param for param in self.get_params(ctx) if param.param_type_name == kind]
            records = [record for param in of_kind if (record := param.get_help_record(ctx))]
            if records:
                with formatter.section(title):
                    formatter.write_dl([(name, _RANGE.sub("", text)) for name, text in records])
