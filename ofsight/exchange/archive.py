"""Is what somebody hands us as a project a sound ZIP file with sound XML, and nothing that wears us down?

Nothing is unpacked to disk; a member is asked for by name and read up to a bound. XML with a document type
is refused, so no entity can be declared.
"""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from xml.parsers import expat

from corpus.errors import DataFileError

_MEMBERS: Final = 20_000
_LARGEST: Final = 256 << 20  # bytes of one member, unpacked
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_DEPTH: Final = 100  # elements within elements


class Project:
    """An open project file."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._members = {_plain(info.filename): info for info in archive.infolist()}

    def __enter__(self) -> "Project":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def main(self) -> bytes:
        """The XML of the project.

        Raises:
            DataFileError: there is none, or it cannot be read.
        """
        found = [name for name in self._members if name.endswith(".qde") and "/" not in name]
        if len(found) != 1:
            raise DataFileError(f"{self._name} is no REFI-QDA project: it holds no project.qde.")
        return self._read(found[0])

    def source(self, path: str) -> str | None:
        """The text of a source that lies inside (`internal://NAME`); None where it does not.

        Raises:
            DataFileError: it cannot be read, or is not UTF-8.
        """
        name = _plain(path.removeprefix("internal://"))
        wanted = f"sources/{name}"
        if not path.startswith("internal://") or wanted not in self._members:
            return None
        try:
            return self._read(wanted).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DataFileError(f"{self._name}: the source {name} is not UTF-8.") from error

    def _read(self, name: str) -> bytes:
        """One member, whatever its head claims of its size."""
        try:
            with self._archive.open(self._members[name]) as member:
                data = member.read(_LARGEST + 1)
        except _DAMAGE as error:
            raise DataFileError(f"{self._name}: {name} cannot be unpacked ({error}).") from error
        if len(data) > _LARGEST:
            raise DataFileError(f"{self._name}: {name} unpacks to more than {_LARGEST >> 20} MB.")
        return data


def open_project(path: Path) -> Project:
    """Open a project file (.qdpx).

    Raises:
        DataFileError: it is no ZIP file, or holds more members than a project has.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DataFileError(f"{path.name} is no REFI-QDA project: it is not a ZIP file ({error}).") from error
    if len(archive.namelist()) > _MEMBERS:
        archive.close()
        raise DataFileError(f"{path.name} holds more than {_MEMBERS:,} files.")
    return Project(archive, path.name)


def parse(
    data: bytes,
    name: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Go through XML and tell of each element's beginning and end, by its name without namespace.

    Raises:
        DataFileError: it is not XML, declares a document type, or is nested too deep.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def refuse(*_: object) -> None:
        raise DataFileError(f"{name}: the XML declares a document type, which no project needs.")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise DataFileError(f"{name}: the XML is nested deeper than any project.")
        start(tag.rpartition("}")[2], attributes)

    def finish(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag.rpartition("}")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = text
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DataFileError(f"{name}: its XML is damaged ({error}).") from error


def _plain(name: str) -> str:
    """A member's name as tools agree on it: some write `Sources`, some a backslash."""
    head, slash, rest = name.replace("\\", "/").partition("/")
    return f"{head.lower()}{slash}{rest}" if slash else name
