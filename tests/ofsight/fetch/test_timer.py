"""The timer that the operator's tutorial shows is one that systemd takes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TUTORIAL = Path(__file__).parent.parent.parent.parent / "docs" / "tutorials" / "operator.md"
PROGRAM = "%h/ofsight/.venv/bin/ofsight"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    text = TUTORIAL.read_text(encoding="utf-8")
    units = re.findall(r"<!-- file: (\S+\.(?:service|timer)) -->\n```ini\n(.*?)```", text, re.S)
    assert {name for name, _ in units} == {"ofsight.service", "ofsight.timer"}
    for name, unit in units:
        (tmp_path / name).write_text(unit.replace(PROGRAM, sys.executable), encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name, _ in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")
