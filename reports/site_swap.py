"""How does a new site take the place of the old one, whole or not at all?

The new site is written beside the old folder and then takes its name in one step of the file system, where
that has one (Linux); elsewhere in two renamings with nothing between them. A run that is killed while it
writes leaves the old site as it was, and a hidden folder that a run of another day sweeps up.
"""

import ctypes
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

MARKER: Final = "site.json"  # tells a folder that we wrote, and may replace, from any other
_DAY: Final = 24 * 3600  # longer than any run: what is older was left by a run that was killed
_AT_CWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of renameat2(2)


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """A folder to write the new site into; when the block ends well, it stands in the place of `folder`.

    Raises:
        ValueError: the folder holds something that no site of ours wrote, or leads nowhere.
    """
    try:
        folder = folder.resolve()
    except RuntimeError as error:  # so says Python before 3.13
        raise ValueError(f"{folder} is a link that leads round in a circle; name another folder.") from error
    _refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    fresh = folder.parent / f".{folder.name}.new-{secrets.token_hex(4)}"
    fresh.mkdir()
    try:
        yield fresh
        holds = sorted([MARKER, *(path.name for path in fresh.iterdir())])
        marker = {"ofsight": "site", "version": 1, "holds": holds}
        (fresh / MARKER).write_text(json.dumps(marker) + "\n", encoding="utf-8")
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a folder for the site.")
    ours: set[str] = set()
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        ours = set(json.loads((folder / MARKER).read_text(encoding="utf-8"))["holds"])
    foreign = sorted({path.name for path in folder.iterdir()} - ours)
    if foreign:
        raise ValueError(
            f"The folder {folder} holds {foreign[0]}, which no site of ours wrote: name a new folder,"
            " or move that elsewhere."
        )


def _sweep(folder: Path) -> None:
    for left in folder.parent.glob(f".{folder.name}.new-*"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    """Give the new folder the old one's name; what stood there goes."""
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange(fresh, folder):
        old = fresh.with_name(f"{fresh.name}-old")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange the names of two folders in one step; False where the system cannot."""
    with suppress(OSError, AttributeError, TypeError):  # no such library, no such function
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(rename(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(other), _EXCHANGE) == 0)
    return False
