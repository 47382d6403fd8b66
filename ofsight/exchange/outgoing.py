"""How do codings leave for another tool? The format and the name of the file say which."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from corpus.authorities import register
from ofsight.exchange import label_studio, prodigy, refi, tasks
from ofsight.exchange.records import read_reports, read_themes
from reports.render import write_whole

Tool = Literal["qdpx", "qdc", "label-studio", "prodigy"]
TOOLS: Final[dict[Tool, tuple[str, ...]]] = {
    "qdpx": (".qdpx",),
    "qdc": (".qdc",),
    "label-studio": (".json", ".jsonl"),
    "prodigy": (".jsonl",),
}


def tool_of(target: Path) -> Tool | None:
    """The tool that a file name alone tells."""
    return next((tool for tool in ("qdpx", "qdc") if target.suffix.lower() in TOOLS[tool]), None)


def write_exchange(
    connection: sqlite3.Connection,
    target: Path,
    tool: Tool,
    *,
    authorities: Sequence[str] = (),
    withheld: bool = True,
) -> tuple[tuple[Path, ...], int]:
    """Write the store's codings for a tool; return the files made and how many reports were left out.

    Args:
        connection: an open store.
        target: the file to write; its ending must be one of the tool's.
        tool: for whom.
        authorities: names, aliases or codes; all, if none is given.
        withheld: leave out reports that are not under the Open Government Licence.

    Raises:
        ValueError: the ending is not one of the tool's.
        UnknownAuthorityError: an unknown authority.
    """
    if target.suffix.lower() not in TOOLS[tool]:
        endings = " or ".join(TOOLS[tool])
        raise ValueError(f"For {tool}, write to a file ending in {endings}, not '{target.suffix}'.")
    themes = read_themes(connection)
    if tool == "qdc":
        write_whole(refi.write_codebook(themes), target)
        return (target,), 0
    codes = [register().find(name).la_code for name in authorities]
    reports, left_out = read_reports(connection, codes, withheld=withheld)
    made = [target]
    if tool == "qdpx":
        write_whole(refi.write_project(reports, themes), target)
    elif tool == "prodigy":
        write_whole(tasks.as_lines(prodigy.prodigy_tasks(reports, themes)), target)
    else:
        rows = label_studio.label_studio_tasks(reports, themes)
        write_whole(tasks.as_list(rows) if target.suffix.lower() == ".json" else tasks.as_lines(rows), target)
        made.append(target.with_suffix(".xml"))
        write_whole(label_studio.label_studio_config(themes).encode(), made[-1])
    return tuple(made), left_out
