"""How does a view become a file in the format that its name asks for?

The wording lives in the HTML templates. HTML is rendered first; Markdown, Word and PDF are made from
its blocks (headings, paragraphs, tables, quotations), so that every format says the same.
"""

import base64
import errno
import hashlib
import json as jsonlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reports.clean import printable
from reports.method import UNOFFICIAL
from reports.views import Briefing, Comparison, View

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES: Final = Path(__file__).parent / "templates"
JSON_VERSION: Final = 1


def write(view: View, path: Path, *, templates: Path | None = None) -> None:
    """Write the view in the format of the file name; the file appears whole or not at all.

    Raises:
        ValueError: a file name whose ending is no format of ours.
    """
    content = render(view, path.suffix, templates=templates)
    write_whole(content.encode("utf-8") if isinstance(content, str) else content, path)


def write_whole(data: bytes, path: Path) -> None:
    """Write a file that appears whole or not at all.

    Raises:
        OSError: no such folder, or the file cannot be written there; it names what the user named.
    """
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder; make it first", str(path.parent))
    try:
        _write_beside(data, path)
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error  # not our temporary file's name


def _write_beside(data: bytes, path: Path) -> None:
    """Write a temporary file in the same folder, then give it the name."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def render(view: View, suffix: str, *, templates: Path | None = None) -> str | bytes:
    """The view in the format that the suffix names."""
    formats: dict[str, Callable[[View], str | bytes]] = {
        ".html": lambda shown: html(shown, templates=templates),
        ".md": lambda shown: markdown(shown, templates=templates),
        ".json": json,
        ".docx": lambda shown: docx(shown, templates=templates),
        ".pdf": lambda shown: pdf(shown, templates=templates),
        ".xlsx": xlsx,
    }
    if suffix.lower() not in formats:
        raise ValueError(f"Write to a file ending in {', '.join(formats)}, not '{suffix}'.")
    return formats[suffix.lower()](view)


def html(view: View, *, templates: Path | None = None) -> str:
    """The view as one self-contained page."""
    style = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    name = "comparison.html.j2" if isinstance(view, Comparison) else "briefing.html.j2"
    from markupsafe import Markup

    template = environment(templates).get_template(name)
    page = template.render(view=view, unofficial=UNOFFICIAL, style=Markup(style), style_hash=digest)  # noqa: S704 - our own file
    return printable(page)


@cache
def environment(templates: Path | None = None) -> "Environment":
    """Our templates, with those in a user's folder taking precedence; read and prepared once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from reports.chart import bar_chart
    from reports.filters import filters

    folders = [str(folder) for folder in (templates, _TEMPLATES) if folder]
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters(), bar_chart=bar_chart)
    return made


def markdown(view: View, *, templates: Path | None = None) -> str:
    """The view as Markdown."""
    from reports.markdown import to_markdown
    from reports.page_reader import read_html

    return to_markdown(read_html(html(view, templates=templates), folded=False))


def docx(view: View, *, templates: Path | None = None) -> bytes:
    """The view as a Word document."""
    from reports.page_reader import read_html
    from reports.word import to_word

    return to_word(read_html(html(view, templates=templates), folded=False), _title(view))


def pdf(view: View, *, templates: Path | None = None) -> bytes:
    """The view as a tagged PDF."""
    from reports.page_reader import read_html
    from reports.typeset import to_pdf

    return to_pdf(read_html(html(view, templates=templates), folded=False), _title(view))


def xlsx(view: View) -> bytes:
    """The tables of the view as a workbook with a dictionary sheet."""
    from reports.tables import tables_of
    from reports.workbook import to_workbook

    about = (view.title, UNOFFICIAL, f"Made from a store holding {view.made}.", *view.method)
    return to_workbook(tables_of(view), _title(view), about)


def _title(view: View) -> str:
    """The title that a file carries: what it is and about whom."""
    return f"{'Briefing' if isinstance(view, Briefing) else 'Comparison'}: {view.title}"


def json(view: View) -> str:
    """The view's records as JSON, with the version of their layout."""
    kind = "briefing" if isinstance(view, Briefing) else "comparison"
    data = {"ofsight": kind, "version": JSON_VERSION, **_plain(view)}
    return jsonlib.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    """Records as mappings, tuples as lists, dates as ISO text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
