"""`ofsight codebook`: the themes and valences, and whether your own codebook holds together."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.codebook import load_codebook, render_markdown
from ofsight.options import PlainCommand

_Own = Annotated[Path | None, typer.Argument(metavar="FILE", help="Your own codebook; ours if not given.")]

app = typer.Typer(
    rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Show or check a codebook."
)


@app.command(cls=PlainCommand)
def show(file: _Own = None) -> None:
    """Print a codebook as Markdown: what each theme holds, leaves to others, and its cues.

    \b
    Examples:
      ofsight codebook show > codebook.md
      ofsight codebook show mine.toml
    """
    print(render_markdown(load_codebook(file)))


@app.command(cls=PlainCommand)
def check(file: _Own = None) -> None:
    """Check a codebook whole; every fault is named with its place.

    \b
    Examples:
      ofsight codebook check
      ofsight codebook check mine.toml
    """
    book = load_codebook(file)
    which = file or "The codebook that comes along"
    print(f"{which} holds together: {len(book.themes)} themes, version {book.version}, hash {book.hash}")
