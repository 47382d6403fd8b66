"""What does the reference say? It is written from the code: commands, store, exports, Python API."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
_TABLE: Final = re.compile(r"^CREATE (?:VIRTUAL )?TABLE (\w+)(.*?);$", re.M | re.S)
_COLUMN: Final = re.compile(r'"?(\w+)"? (TEXT|INTEGER|REAL)\b([^,]*)')
_PYTHON: Final = """\
# Python

```{eval-rst}
.. automodule:: ofsight.api
   :members:

.. autoclass:: ofsight.frames.Frames
   :members:

.. automodule:: corpus.model
   :members:
   :undoc-members:

.. automodule:: corpus.errors
   :members:
```
"""


def write_reference(docs: Path) -> tuple[Path, ...]:
    """Write the pages of the reference into `docs/reference/` and say which."""
    folder = docs / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "commands.md": commands_page(),
        "store.md": store_page(),
        "exports.md": exports_page(),
        "python.md": _PYTHON,
    }
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in pages)


def commands_page() -> str:
    """Every command with its help, as the program prints it."""
    from ofsight.commands import COMMANDS
    from ofsight.group import load_command

    parts = ["# Commands"]
    for group in dict.fromkeys(entry.group for entry in COMMANDS):
        parts.append(f"## {group}")
        for entry in COMMANDS:
            if entry.group == group:
                parts += _command(f"ofsight {entry.name}", load_command(entry.name))
    return "\n\n".join(parts) + "\n"


def store_page() -> str:
    """Every table of the store with its columns."""
    schema = (ROOT / "corpus" / "schema.sql").read_text(encoding="utf-8")
    tables, columns = (
        tomllib.loads((ROOT / "corpus" / name).read_text(encoding="utf-8"))
        for name in ("tables.toml", "columns.toml")
    )
    parts = [
        "# The store",
        "One SQLite file. Columns marked *stable* are a contract; the others may grow. Absent is null.",
    ]
    for name, body in _TABLE.findall(schema):
        parts += [f"## {name}", tables[name]]
        rows = _columns(body, columns.get(name, {}))
        if rows:
            parts.append(_table(("Column", "Meaning", "Type", "Stable"), rows))
    return "\n\n".join(parts) + "\n"


def exports_page() -> str:
    """Every table of an export with its columns, their origin and meaning."""
    tables = tomllib.loads((ROOT / "reports" / "exports.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((ROOT / "reports" / "dictionary.toml").read_text(encoding="utf-8"))
    parts = [
        "# Exports: data dictionary",
        "*printed*: in the report; *derived*: by rule; *coded*: by the classifier; *key*: an identifier.",
    ]
    for name, table in tables.items():
        selected = re.split(r"\sFROM\s", table["query"])[0].split("SELECT", 1)[1]
        rows = [
            (f"`{column}`", words[column]["origin"], words[column]["meaning"])
            for column in _selected(selected)
        ]
        parts += [f"## {name}", f"{table['holds']}.", _table(("Column", "Origin", "Meaning"), rows)]
    return "\n\n".join(parts) + "\n"


def _command(path: str, command: Any) -> list[str]:
    inner = getattr(command, "commands", None)
    if inner:
        return [part for name, one in inner.items() for part in _command(f"{path} {name}", one)]
    context = command.make_context(path, [], resilient_parsing=True, terminal_width=80, max_content_width=80)
    return [f"### {path}", f"```text\n{command.get_help(context)}\n```"]


def _columns(body: str, meanings: dict[str, str]) -> list[tuple[str, ...]]:
    """Name, meaning, type and stability of each column; `-- beside` parts the stable from the rest."""
    halves = zip(body.partition("-- beside")[::2], ("stable", "beside"), strict=True)
    return [
        (f"`{name}`", meanings[name], kind, state)
        for half, state in halves
        for name, kind, _ in _COLUMN.findall(half)
    ]


def _selected(columns: str) -> list[str]:
    """The names under which a query gives its columns."""
    flat = re.sub(r"\([^()]*\)", "", columns)
    return [re.split(r"\s|\.", part.strip())[-1].strip('"') for part in flat.split(",")]


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
