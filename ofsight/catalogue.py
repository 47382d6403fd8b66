"""What does the list beside the reports say of a file that the report itself does not print?

A catalogue is a CSV file (`index.csv` or `manifest.csv`) with the columns `file` and `published`; paths in it
are relative to its own folder.
"""

import csv
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from corpus.errors import DataFileError
from corpus.model import Document, Reading
from ofsight.inputs import Input

NAMES: Final = ("index.csv", "manifest.csv")


class Catalogues:
    """Publication dates by file, from one given list or from the lists beside and above the files."""

    def __init__(self, given: Path | None = None) -> None:
        self._given = read_catalogue(given) if given else None
        self._found: dict[Path, dict[Path, date]] = {}

    def published(self, item: Input) -> date | None:
        """The date that the nearest list gives for the file, or None."""
        if self._given is not None:
            return self._given.get(item.path)
        for folder in item.path.parents:
            for name in NAMES:
                found = self._at(folder / name).get(item.path)
                if found:
                    return found
            if folder == item.root:
                break
        return None

    def _at(self, path: Path) -> dict[Path, date]:
        """The list at this place, or nothing where there is none or it is somebody else's table."""
        if path not in self._found:
            try:
                self._found[path] = read_catalogue(path)
            except DataFileError:
                self._found[path] = {}
        return self._found[path]


def read_catalogue(path: Path) -> dict[Path, date]:
    """Publication date by absolute path of file.

    Raises:
        DataFileError: it is no table with the columns `file` and `published`, or a date is no ISO date.
    """
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 (as inputs are named)
    dates: dict[Path, date] = {}
    faults: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if not {"file", "published"} <= set(rows.fieldnames or ()):
                raise DataFileError(f"The catalogue '{path}' has no columns 'file' and 'published'.")
            for number, row in enumerate(rows, 2):
                _add(row, folder, dates, faults, number)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(f"The catalogue '{path}' cannot be read: {error}.") from error
    if faults:
        raise DataFileError(f"The catalogue '{path}' has faults: {'; '.join(faults)}.")
    return dates


def fill_published(document: Document, published: date | None) -> Document:
    """The document with the catalogue's date where the report prints none, and a reading that says so."""
    if published is None or document.published is not None:
        return document
    readings = tuple(reading for reading in document.readings if reading.field != "published")
    return replace(document, published=published, readings=(*readings, Reading("published", "catalogue")))


def _add(row: dict[str, str], folder: Path, dates: dict[Path, date], faults: list[str], number: int) -> None:
    if not row["file"] or not row["published"]:
        return
    try:
        dates[folder / row["file"]] = date.fromisoformat(row["published"])
    except ValueError:
        faults.append(f"line {number}: '{row['published']}' is no date like 2024-05-20")
