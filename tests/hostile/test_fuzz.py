"""The short form of the fuzzing: a few hundred inputs of each kind, none of which may break the reading."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris, which looks for inputs, is not installed (Linux only)")


@pytest.mark.parametrize("target", ["text", "pdf"])
def test_a_short_look_finds_nothing(target, tmp_path):
    fuzz = Path(__file__).parent / "fuzz.py"
    ran = subprocess.run(
        [sys.executable, str(fuzz), target, str(tmp_path / "seen"), "-runs=150", "-seed=1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr[-3_000:]
    done = re.search(r"Done (\d+) runs", ran.stderr)
    assert done, ran.stderr[-3_000:]
    assert int(done[1]) >= 150  # more where there are more inputs to begin with
