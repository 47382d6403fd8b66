"""`ofsight codebook`: the themes and valences, and whether your own codebook holds together."""

from pathlib import Path
from typing import Annotated

import typer

from corpus.codebook import load_codebook, render_markdown

app = typer.Typer(
    rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Show or check a codebook."
)


@app.command()
def show(
    file: Annotated[Path | None, typer.Argument(help="Your own codebook; ours if not given.")] = None,
) -> None:
    """Print a codebook as Markdown: what each theme holds, leaves to others, and its cues.

    \b
    Examples:
      ofsight codebook show > codebook.md
      ofsight codebook show mine.toml
    """
    print(render_markdown(load_codebook(file)))


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A codebook (TOML).")]) -> None:
    """Check a codebook whole; every fault is named with its place.

    \b
    Example:
      ofsight codebook check mine.toml
    """
    book = load_codebook(file)
    print(f"{file} holds together: {len(book.themes)} themes, version {book.version}, hash {book.hash}")
