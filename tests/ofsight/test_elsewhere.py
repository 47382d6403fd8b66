"""On systems other than Linux workers are started afresh and have fewer bounds: the content is the same.

Linux plays macOS here by its name alone: in the main process and in the workers, which read its main module.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store import open_store

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples" / "text"
PROGRAM = """
import sys
import multiprocessing.popen_spawn_posix, multiprocessing.resource_tracker, tempfile, urllib.request
import ctypes.util, numpy, pypdfium2, scipy.sparse  # these ask for the system when they are loaded
sys.platform = {platform!r}
if __name__ == "__main__":
    from ofsight.cli import main
    main()
"""


def run(platform: str, folder: Path) -> str:
    """The hash of the content of a store that this system makes."""
    folder.mkdir()
    (folder / "program.py").write_text(PROGRAM.format(platform=platform))
    sample = next(SAMPLES.glob("s01*ilacs*"))
    command = [sys.executable, "program.py", "run", str(sample), "--store", "s.db", "--jobs", "2"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with open_store(folder / "s.db") as store:
        assert store.connection.execute("SELECT count(*) FROM paragraph").fetchone() > (50,)
        return store.content_hash()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can play the others")
def test_what_is_read_elsewhere_is_what_is_read_on_linux(tmp_path: Path) -> None:
    assert run("darwin", tmp_path / "there") == run("linux", tmp_path / "here")
