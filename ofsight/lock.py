"""Who is writing to a store at this moment?

Two runs must not work on one store. The operating system lets go of the lock when its holder dies, so a
stale lock clears itself; the file only says who the holder is.
"""

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from corpus.errors import StoreError

# A link that somebody else has laid there would have what it leads to overwritten.
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def hold(store: Path, called: str = "store") -> Iterator[None]:
    """Hold the store (or the archive, by whatever name it is called in messages) for one run.

    Raises:
        StoreError: another run holds it (the message names its process, host and start), or it is unwritable.
    """
    path = store.with_name(store.name + ".lock")
    what = f"The {called} '{store}'"
    handle = _take(path, what)
    try:
        _sign(handle, what)
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _take(path: Path, what: str) -> int:
    """Open and lock the file; open again if its last holder removed it in between."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o644)
        except OSError as error:
            raise StoreError(f"{what} cannot be written: {error.strerror}.") from error
        if not _lock(handle):
            holder = _holder(handle)
            os.close(handle)
            raise StoreError(f"{what} is in use by {holder}. Wait for it to end, or stop it.")
        with suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)


def _sign(handle: int, what: str) -> None:
    """Write down who holds it."""
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
    try:
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(holder).encode())
    except OSError as error:
        raise StoreError(f"{what} cannot be written: {error.strerror}.") from error


def _lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(handle: int) -> str:
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        said = json.loads(os.read(handle, 4096))
        return f"another run (process {said['pid']} on {said['host']}, since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another run that is just starting"


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
