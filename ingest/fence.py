"""Which character maps may pdfminer load while it reads a hostile file?

A PDF names the map of its letters, and pdfminer opens a file by that name; before version 20251230 it even
ran what the file held. So we let it load only maps that came with it, by names that are no paths.
"""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


@cache
def fence_maps() -> None:
    """From now on pdfminer finds its own character maps and no other file, whatever a PDF asks for."""
    from pdfminer import cmapdb

    own = Path(cmapdb.__file__).parent / "cmap"
    names = frozenset(path.name.partition(".")[0] for path in own.iterdir() if path.is_file())
    load = cmapdb.CMapDB._load_data
    os.environ["CMAP_PATH"] = str(own)  # where it looks first, else in a folder of the system

    def load_own(name: str) -> Any:
        if _NAME.fullmatch(name) is None or name not in names:
            raise cmapdb.CMapDB.CMapNotFound(name[:40])
        return load(name)

    cmapdb.CMapDB._load_data = staticmethod(load_own)  # type: ignore[method-assign]
