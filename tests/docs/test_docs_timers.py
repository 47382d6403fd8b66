"""What the operator's page gives to a timer does what it says: units, and a line for cron."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from doc_pages import ROOT, blocks, in_prose, lines
from doc_world import World

PAGE = ROOT / "docs" / "tutorials" / "operator.md"
SHOWN = blocks(PAGE.read_text(encoding="utf-8"))
FILES = {block.file: block.body for block in SHOWN if block.file}


@pytest.fixture
def home(world: World) -> Path:
    """The operator's home, with the clone, the units and the script where the page says they go."""
    (world.home / "ofsight").symlink_to(world.desk)
    units = world.home / ".config" / "systemd" / "user"
    units.mkdir(parents=True)
    for name, body in FILES.items():
        place = units if Path(name).suffix in (".service", ".timer") else world.home
        (place / name).write_text(body, encoding="utf-8")
    return world.home


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_has_nothing_against_the_units(home: Path, world: World) -> None:
    units = sorted((home / ".config" / "systemd" / "user").iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *map(str, units)],
        env=world.surroundings | {"XDG_RUNTIME_DIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    about_ours = [line for line in done.stderr.splitlines() if "ofsight" in line]
    assert (done.returncode, about_ours) == (0, []), done.stderr


def test_the_service_fetches_reads_and_tells(home: Path, world: World) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.read_string(FILES["ofsight.service"].replace("\\\n", " "))
    command = shlex.split(unit["Service"]["ExecStart"].replace("%h", str(home)))
    done = subprocess.run(
        command, cwd=home, env=world.surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, int(unit["Service"]["SuccessExitStatus"])), done.stderr
    assert all((home / name).exists() for name in ("archive/manifest.csv", "england.db", "news.html"))
    assert '"event": "end"' in done.stdout.splitlines()[-1]


def test_the_units_that_are_started_are_those_of_the_page() -> None:
    typed = [line for block in SHOWN if block.kind == "sh" for line in lines(block.body)]
    started = [line.split()[-1] for line in typed if re.search(r"systemctl .*(start|enable)", line)]
    assert started == ["ofsight.timer", "ofsight"]
    assert {"ofsight.timer", "ofsight.service"} <= FILES.keys()


def test_cron_mails_the_news_once_and_then_is_quiet(home: Path, world: World) -> None:
    [line] = [span for span in in_prose(PAGE) if re.match(r"[\d*]+ [\d*]+ \* \* \* ", span)]
    *when, command = line.split(" ", 5)
    assert all(re.fullmatch(r"\d{1,2}|\*", part) for part in when)
    first, second = world.call(command), world.call(command)
    assert "Harrowmere" in first.stdout, first.stderr
    assert (second.stdout, second.stderr) == ("", "")
    assert '"event": "end"' in (home / "ofsight.log").read_text(encoding="utf-8").splitlines()[-1]
