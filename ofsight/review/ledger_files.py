"""How does a ledger travel from one machine to another, and is the file that comes back sound?

JSONL or CSV, one entry a line. Every entry has a key made from all that it says, so that putting ledgers
together doubles nothing and the order does not matter. A file is checked whole before anything is added.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from corpus.ledger import Entry, Mark
from corpus.model import VALENCES
from reports.clean import safe_cell

_NAMES: Final = tuple(field.name for field in fields(Entry))
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DOCUMENT: Final = re.compile(r"[0-9a-f]{16}")
_KEY: Final = re.compile(r"[0-9a-f]{16}")
_LARGEST: Final = 200 << 20  # bytes: some hundred thousand entries
_NAMED: Final = 20  # faults that are named; the others are counted


def write_ledger(entries: Sequence[Entry], ending: str) -> bytes:
    """The ledger as a file with this ending.

    Raises:
        ValueError: neither .jsonl nor .csv.
    """
    return _form(ending)[0](entries).encode()


def read_ledger(path: Path) -> tuple[Entry, ...]:
    """The entries of a file.

    Raises:
        ValueError: the name ends neither in .jsonl nor in .csv.
        DataFileError: lines that are no entries; each is named with what is wrong.
    """
    rows = _form(path.suffix)[1]
    if path.stat().st_size > _LARGEST:
        raise DataFileError(f"{path.name} is too large for a ledger.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataFileError(f"{path.name} is not UTF-8; save it as UTF-8.") from error
    entries, faults = [], []
    for number, row in rows(text):
        try:
            entries.append(_entry(row))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
            faults.append(f"line {number}: {reason}")
    if faults:
        more = f" ... and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
        raise DataFileError(f"{path.name}: {'; '.join(faults[:_NAMED])}{more}")
    return tuple(entries)


def _jsonl(entries: Sequence[Entry]) -> str:
    return "".join(json.dumps(_values(entry), ensure_ascii=False) + "\n" for entry in entries)


def _csv(entries: Sequence[Entry]) -> str:
    """Lists are JSON in their cells; a cell never computes."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow((*_NAMES, "key"))
    writer.writerows([_cell(value) for value in _values(entry).values()] for entry in entries)
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list | bool):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return f"'{value}" if value.startswith("'") or safe_cell(value) != value else value
    return value


def _values(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in _NAMES}
    values["themes"] = [list(pair) for pair in entry.themes]
    values["marks"] = [[mark.start, mark.end, mark.theme, mark.valence] for mark in entry.marks]
    return values | {"key": entry.key}


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError):
                yield number, "no JSON"


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        try:
            yield reader.line_num, {name: _value(name, cell) for name, cell in row.items() if name in _NAMES}
        except (json.JSONDecodeError, TypeError, RecursionError):
            yield reader.line_num, "a cell that should hold a list or a yes or no (true, false) does not"


def _value(name: str, cell: str) -> Any:
    """What a cell means; an apostrophe that kept it from computing is taken off."""
    if name in ("themes", "marks", "blind", "resolves"):
        return json.loads(cell.lower() if name in ("blind", "resolves") else cell)
    if name == "position":
        return int(cell) if cell.isdecimal() else cell
    return cell.removeprefix("'") or None


def _entry(row: Any) -> Entry:
    """An entry from a row; the ledger is nobody's to invent in, so everything is checked."""
    if not isinstance(row, dict):
        raise TypeError(row if isinstance(row, str) else "no entry")
    entry = Entry(
        document=_matching(row["document"], _DOCUMENT, "document"),
        position=_position(row["position"]),
        text_sha256=_matching(row["text_sha256"], _SHA256, "text_sha256"),
        coder=_coder(row["coder"]),
        made_at=_moment(row["made_at"]),
        valence=_valence(row["valence"]),
        themes=tuple((_theme(theme), _valence(valence)) for theme, valence in row["themes"]),
        marks=tuple(_mark(*mark) for mark in row.get("marks") or ()),
        note=_note(row.get("note")),
        blind=row.get("blind") is True,
        resolves=row.get("resolves") is True,
        undoes=_matching(row["undoes"], _KEY, "undoes") if row.get("undoes") else None,
    )
    if row.get("key") not in (None, entry.key):
        raise ValueError("its key does not fit: the line was changed; leave the key out to add a new entry")
    return entry


def _matching(value: Any, shape: re.Pattern[str], name: str) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise ValueError(f"{name} is none: {str(value)[:40]!r}")
    return value


def _position(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"position is none: {str(value)[:40]!r}")
    return value


def _coder(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise ValueError("coder is no name")
    return value


def _moment(value: Any) -> str:
    """An ISO time with its zone, so that the latest can be told."""
    if not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is None:
        raise ValueError(f"made_at is no time with a zone: {str(value)[:40]!r}")
    return value


def _valence(value: Any) -> Any:
    if value not in VALENCES:
        raise ValueError(f"there is no valence {str(value)[:40]!r}; there are {', '.join(VALENCES)}")
    return value


def _theme(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", value):
        raise ValueError(f"theme is no id: {str(value)[:40]!r}")
    return value


def _mark(start: Any, end: Any, theme: Any, valence: Any) -> Mark:
    if not (type(start) is int and type(end) is int and 0 <= start < end):
        raise ValueError(f"a mark from {str(start)[:20]} to {str(end)[:20]} marks nothing")
    return Mark(start, end, _theme(theme), _valence(valence))


def _note(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError("note must be words")
    return value or None


_Form = tuple[Callable[[Sequence[Entry]], str], Callable[[str], Iterator[tuple[int, Any]]]]
_FORMS: Final[Mapping[str, _Form]] = {".jsonl": (_jsonl, _json_rows), ".csv": (_csv, _csv_rows)}


def _form(ending: str) -> _Form:
    if ending.lower() not in _FORMS:
        raise ValueError(f"A ledger is a file ending in {' or '.join(_FORMS)}, not '{ending}'.")
    return _FORMS[ending.lower()]
