"""Which files does a run mean, when it is given files and folders?"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus.errors import SourceError

SUFFIXES: Final = (".pdf", ".txt")
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a run: `root` is the folder it was found under, or its own if it was named itself."""

    path: Path
    root: Path
    size: int | None = None
    mtime_ns: int | None = None
    fault: SourceError | None = None  # why it cannot even be opened

    @property
    def source(self) -> str:
        """The path as text for the store; bytes that are no text are shown as escapes."""
        return os.fsencode(self.path).decode("utf-8", "backslashreplace")


def find_inputs(paths: Iterable[Path]) -> tuple[Input, ...]:
    """Every file meant by the paths, each once, in the order of their names.

    A file that is named is taken whatever its suffix; of folders, all `.pdf` and `.txt` at any depth.

    Raises:
        FileNotFoundError: a path that does not exist; the message names it.
    """
    found: dict[Path, Input] = {}
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (keeps symbolic links as they are named)
        if not os.path.lexists(absolute):
            raise FileNotFoundError(errno.ENOENT, "There is no such file or folder", os.fspath(path))
        for entry in _walk(absolute, set()) if absolute.is_dir() else [absolute]:
            root = absolute if entry != absolute else absolute.parent
            found.setdefault(entry, _look(entry, root))
    return tuple(found[path] for path in sorted(found, key=os.fsencode))


def hash_file(path: Path, limit: int) -> str:
    """The sha256 of a file's bytes.

    Raises:
        SourceError: it cannot be read, is no regular file, or is larger than `limit` bytes.
    """
    digest = hashlib.sha256()
    try:
        # A pipe would block us until somebody writes; a device may never end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise SourceError("not_regular", "it is not a regular file")
            if status.st_size > limit:
                raise SourceError("too_big", f"{status.st_size:,} bytes; the limit is {limit:,}")
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise SourceError("unreadable", error.strerror or str(error)) from error
    return digest.hexdigest()


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    """Files with our suffixes below a folder; a folder that links back to itself is entered once."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
    except OSError:
        yield folder  # its own outcome row will say why
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        path = Path(entry.path)
        if _is_folder(entry):
            yield from _walk(path, seen)
        elif entry.name.lower().endswith(SUFFIXES):
            yield path


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads round in a circle
        return False


def _look(path: Path, root: Path) -> Input:
    try:
        status = path.stat()
    except OSError as error:
        return Input(path, root, fault=SourceError("unreadable", error.strerror or str(error)))
    if stat.S_ISDIR(status.st_mode):
        return Input(path, root, fault=SourceError("unreadable", "the folder cannot be listed"))
    if not stat.S_ISREG(status.st_mode):
        return Input(path, root, fault=SourceError("not_regular", "it is not a regular file"))
    return Input(path, root, status.st_size, status.st_mtime_ns)
