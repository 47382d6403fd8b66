"""What did people code elsewhere, as entries of our ledger? The file itself says where it comes from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from corpus.errors import DataFileError
from corpus.ledger import read_entries
from corpus.store import Store
from ofsight.exchange.gather import Heard, make_entry, only_news
from ofsight.exchange.label_studio import read_label_studio
from ofsight.exchange.prodigy import read_prodigy
from ofsight.exchange.records import Incoming, Report, Theme, Unit, read_reports, read_themes
from ofsight.exchange.refi_read import read_project
from ofsight.review.ledger_files import read_ledger

_LARGEST: Final = 400 << 20  # bytes
_SHOWN: Final = 20  # remarks of one kind
_ENDINGS: Final = ".csv, .jsonl, .json or .qdpx"


def read_codings(store: Store, file: Path, coder: str) -> Incoming:
    """The codings of a ledger, of Label Studio, of Prodigy or of a REFI-QDA project.

    What a coder has said already is left out. Where a file names no coder, the codings are those of `coder`.

    Raises:
        ValueError: the name of the file ends in no format of ours.
        DataFileError: the file does not hold together.
    """
    match file.suffix.lower():
        case ".csv":
            return Incoming(read_ledger(file))
        case ".jsonl" | ".json":
            rows = _rows(file)
            return Incoming(read_ledger(file)) if _is_ledger(rows) else _from_tasks(store, file, rows, coder)
        case ".qdpx":
            reports, _ = read_reports(store.connection, (), withheld=False)
            themes = read_themes(store.connection)
            by_id = {report.document: report for report in reports}
            heard, remarks = read_project(file, by_id, themes, coder, _now())
            return _incoming(store, heard, remarks)
        case ending:
            raise ValueError(f"Codings are read from files ending in {_ENDINGS}, not '{ending}'.")


def _from_tasks(store: Store, file: Path, rows: Sequence[Mapping[str, Any]], coder: str) -> Incoming:
    reports: tuple[Report, ...] = read_reports(store.connection, (), withheld=False)[0]
    units = {unit.key: unit for report in reports for unit in report.units}
    themes: tuple[Theme, ...] = read_themes(store.connection)
    remarks: list[str] = []
    try:
        if rows and "data" in rows[0]:
            heard = list(read_label_studio(rows, units, themes, _now(), remarks.append))
        elif rows and "text" in rows[0]:
            heard = list(read_prodigy(rows, units, themes, coder, _now(), remarks.append))
        else:
            raise DataFileError(f"{file.name} is no ledger and no export of Label Studio or Prodigy.")
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise DataFileError(f"{file.name}: a task is not as its tool writes it ({error}).") from error
    return _incoming(store, heard, remarks)


def _incoming(store: Store, heard: Iterable[tuple[Unit, Heard]], remarks: Sequence[str]) -> Incoming:
    entries = []
    vague = 0
    for unit, said in heard:
        entry = make_entry(unit, said)
        vague += entry is None
        entries += [entry] if entry else []
    told = list(dict.fromkeys(remarks))
    if len(told) > _SHOWN:
        told = [*told[:_SHOWN], f"... and {len(told) - _SHOWN:,} remarks more."]
    if vague:
        paragraphs = "1 paragraph" if vague == 1 else f"{vague:,} paragraphs"
        told.append(f"Codings of {paragraphs} give no valence or no theme and were passed over.")
    return Incoming(only_news(entries, read_entries(store.connection)), tuple(told))


def _is_ledger(rows: Sequence[Mapping[str, Any]]) -> bool:
    return not rows or "text_sha256" in rows[0]


def _rows(file: Path) -> list[Mapping[str, Any]]:
    """The records of a JSON list or of JSON lines."""
    if file.stat().st_size > _LARGEST:
        raise DataFileError(f"{file.name} is larger than {_LARGEST >> 20} MB.")
    try:
        text = file.read_text(encoding="utf-8-sig")
        listed = text.lstrip().startswith("[")
        rows = json.loads(text) if listed else [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise DataFileError(f"{file.name} is no JSON: {error}.") from error
    if not all(isinstance(row, dict) for row in rows):
        raise DataFileError(f"{file.name} holds something else than records.")
    return list(rows)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
