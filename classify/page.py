"""How does an evaluation read, as tables and as a page with the worst mistakes?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from classify.evaluate import Error, Evaluation
from classify.metrics import Scores
from corpus.model import VALENCES

_COLUMNS: Final = (
    ("n", "paragraphs"),
    ("kappa", "kappa"),
    ("accuracy", "accuracy"),
    ("macro-F1", "macro_f1"),
    ("themes F1", "theme_micro_f1"),
    ("themes macro-F1", "theme_macro_f1"),
    ("pairs F1", "pair_micro_f1"),
    ("primary theme", "primary_accuracy"),
    ("calibration error", "calibration_error"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table of finished cells."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page of an evaluation shows."""

    paragraphs: int
    tables: tuple[Table, ...]
    errors: tuple[Error, ...]


def tables(found: Evaluation) -> tuple[Table, ...]:
    """Return an evaluation as tables of finished cells."""
    headings = ("paragraphs of", *(name for name, _ in _COLUMNS))
    every = {"all paragraphs": found.overall, "without improvement points": found.findings}
    groups = {
        "Agreement with readers": every,
        "By framework": found.by_framework,
        "By period": found.by_period,
        "By theme (paragraphs to which the reader gave it)": found.by_theme,
    }
    listed = [
        Table(caption, headings, tuple(_row(n.replace("_", " "), s) for n, s in group.items()))
        for caption, group in groups.items()
    ]
    sentence = ("single sentences", _cell(found.sentence_accuracy), _cell(found.sentence_kappa))
    return (
        *listed,
        Table(
            "95% intervals, drawing authorities",
            ("measure", "from", "to"),
            tuple((name, _cell(low), _cell(high)) for name, (low, high) in found.intervals.items()),
        ),
        Table("Valence of sentences", ("of", "accuracy", "kappa"), (sentence,)),
        Table(
            "Keeping only the surest paragraphs",
            ("share kept", "n", "kappa"),
            tuple((f"{share:.0%}", str(n), _cell(kappa)) for share, n, kappa in found.coverage),
        ),
        Table(
            "Valence: reader (rows) and coder (columns)",
            ("reader", *VALENCES),
            tuple((v, *map(str, row)) for v, row in zip(VALENCES, found.confusion, strict=True)),
        ),
    )


def render_text(found: Evaluation) -> str:
    """Return an evaluation as plain tables for a terminal."""
    return "\n".join(_plain(table) for table in tables(found))


def render_page(found: Evaluation) -> str:
    """Return an evaluation as a self-contained HTML page with the worst mistakes."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("classify"), autoescape=True, trim_blocks=True)
    page = Page(found.overall.paragraphs, tables(found), found.worst)
    return environment.get_template("evaluation.html.j2").render(page=page)


def _row(name: str, scores: Scores) -> tuple[str, ...]:
    """Return one line of scores."""
    values = (getattr(scores, field) for _, field in _COLUMNS)
    return (name, *(_cell(value) for value in values))


def _cell(value: float) -> str:
    """Return a number as it stands in a table."""
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _plain(table: Table) -> str:
    """Return one table as aligned text."""
    lines: Sequence[tuple[str, ...]] = (table.headings, *table.rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(table.headings))]
    body = ("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join((table.caption, *body, ""))
