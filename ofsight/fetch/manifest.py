"""How is the list of an archive written down, and is what we read back such a list?"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from reports.clean import safe_cell
from reports.render import write_whole

_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a report that we hold, or one that was listed and is not to be had.

    `published` is the day of the label, under the name by which catalogues go. Times are in UTC. `file`,
    `sha256` and `licence` are None while they are not known, `gone_since` while the report is listed.
    """

    file: str | None
    authority: str
    urn: str
    published: str
    id: str
    kind: str
    address: str
    label: str
    label_date: str
    first_seen: str
    sha256: str | None = None
    licence: str | None = None
    gone_since: str | None = None


_COLUMNS: Final = tuple(field.name for field in fields(Entry))
_OPTIONAL: Final = ("file", "sha256", "licence", "gone_since")


def write_manifest(entries: Iterable[Entry], path: Path) -> None:
    """Write the list, whole or not at all."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for entry in entries:
        rows.writerow(safe_cell(getattr(entry, name) or "") for name in _COLUMNS)
    write_whole(out.getvalue().encode(), path)


def is_id(text: str) -> bool:
    """Whether this may name a file of ours, whatever a site says."""
    return bool(_ID.fullmatch(text))


def read_manifest(path: Path) -> dict[str, Entry]:
    """The list by number of file; nothing where there is none yet.

    Raises:
        DataFileError: it is no list of ours, or has faults; all of them are named.
    """
    if not path.exists():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != _COLUMNS:
                raise DataFileError(f"'{path}' is not a list of ours. Fetch into another folder.")
            return _checked(path, list(rows))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(f"The list '{path}' cannot be read: {error}.") from error


def _checked(path: Path, rows: list[dict[str, str]]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    faults = []
    for number, row in enumerate(rows, 2):
        why = _fault(row, entries)
        if why is not None:
            faults.append(f"line {number}: {why}")
            continue
        optional = {name: row[name] or None for name in _OPTIONAL}
        entries[row["id"]] = Entry(**{**row, **optional})  # type: ignore[arg-type]
    if faults:
        raise DataFileError(f"The list '{path}' has faults: {'; '.join(faults)}.")
    return entries


def _fault(row: Mapping[Any, Any], before: Mapping[str, Entry]) -> str | None:
    """What is wrong with a line, or None."""
    if None in row or None in row.values():
        return "it has too many columns or too few"
    key = row["id"]
    if not is_id(key) or row["file"] not in ("", f"{key}.pdf"):
        return f"'{row['file']}' is not the file of '{key}'"
    if key in before:
        return f"'{key}' is listed twice"
    try:
        date.fromisoformat(row["published"])
    except ValueError:
        return f"'{row['published']}' is no date like 2024-05-20"
    try:
        datetime.fromisoformat(row["gone_since"] or row["published"])
    except ValueError:
        return f"'{row['gone_since']}' is no moment like 2024-05-20T06:00:00Z"
    return None
