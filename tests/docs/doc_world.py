"""A machine to type the shell blocks of the pages on.

Our own commands, `git`, `make demo`, `sqlite3`, `dask` and the shell itself run as they are. Programs that
would change the machine are played: each takes only the calls of `OUTSIDE`, which somebody has looked at.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from doc_pages import ROOT, lines

SAMPLES = ROOT / "corpus" / "samples" / "pdf"
OUTSIDE = {  # what we say to the world outside
    "brew": {"install python@3.12", "install ocrmypdf"},
    "sudo": {"apt install python3-venv", "apt install ocrmypdf"},
    "uv": {"tool install .", "tool update-shell"},
    "pipx": {"install .", "ensurepath"},
    "loginctl": {"enable-linger"},
    "systemctl": {
        "--user daemon-reload",
        "--user enable --now ofsight.timer",
        "--user start ofsight",
    },
    "journalctl": {"--user -u ofsight -o cat"},
}
STEAD = {  # put in the place of what a page shows: addresses, names, and less of a long measurement
    "ADDRESS-OF-THIS-REPOSITORY": str(ROOT),
    "/data/reports": "reports",
    "AUTHORITY": "Calderwick",
    "scale.py 50000": "scale.py 2 --jobs 1",
    "scale.py 5000": "scale.py 2 --jobs 1",
    "scale.py 500": "scale.py 2 --jobs 1",
    "ofsight.db 500": "ofsight.db 3",
    "ofsight serve": "ofsight serve --port 0",
}
EXTRAS = set(re.findall(r"^(\w+) = \[", (ROOT / "pyproject.toml").read_text("utf-8"), re.M))
_SERVES = re.compile(r"ofsight (?:serve|review)\b(?!.*--(?:import|export|agreement))")
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))

_OURS = """\
#!{python}
import os, sys
from pathlib import Path
import ofsight.fetch.site, ofsight.fetch.wire
from ofsight.cli import main
ofsight.fetch.site.DESCRIPTION = Path({site!r})
ofsight.fetch.wire.is_public = lambda _: True
main()
"""
_PYTHON = """\
#!{python}
import os, re, sys
given = sys.argv[1:]
if given[:2] == ["-m", "venv"]:
    os.symlink({venv!r}, given[2]) if not os.path.lexists(given[2]) else None
elif given[:3] == ["-m", "pip", "install"]:
    found = re.fullmatch(r"\\.(?:\\[(\\w+)\\])?", given[3])
    sys.exit(not (found and os.path.exists("pyproject.toml") and found[1] in {extras!r}))
else:
    os.execv(sys.executable, [sys.executable, *given])
"""
_PLAYED = """\
#!{python}
import shutil, sys
said = " ".join(sys.argv[1:])
if said not in {calls!r}:
    sys.exit("nobody has looked at this call: " + said)
if said == "apt install ocrmypdf":
    shutil.copy({ocr!r}, {bin!r})
"""
_MAKE = """\
#!/bin/sh
test "$1" != test || exec {make} --dry-run "$@"
test -e .venv || ln -s {venv} .venv
exec {make} -o .venv/.runtime -o .venv/.dev "$@"
"""
_OCR = """\
#!{python}
import shutil, sys
shutil.copy({words!r}, sys.argv[-1])
"""


class World:
    """A home with our programs, and where in it the reader of a page stands."""

    def __init__(self, desk: Path, site: Path) -> None:
        self.desk, self.place, self.site = desk, desk, site
        self.home, self.bin, self.venv = desk / "home", desk / "bin", desk / ".venv"
        self.said = ""
        for folder in (self.home, self.bin, self.venv / "bin"):
            folder.mkdir(parents=True)
        self._install()

    def _install(self) -> None:
        python, programs = sys.executable, self.venv / "bin"
        put(programs / "ofsight", _OURS.format(python=python, site=str(self.site)))
        stands_in = _PYTHON.format(python=python, venv=str(self.venv), extras={*EXTRAS, None})
        put(programs / "python", stands_in)
        put(self.bin / "python3", stands_in)
        put(programs / "activate", f'export PATH="{programs}:$PATH"\n')
        words = next(SAMPLES.glob("s05-*ilacs*.pdf"))
        put(self.desk / "ocr" / "ocrmypdf", _OCR.format(python=python, words=str(words)))
        for name, calls in OUTSIDE.items():
            ocr = str(self.desk / "ocr" / "ocrmypdf")
            put(self.bin / name, _PLAYED.format(python=python, calls=calls, ocr=ocr, bin=str(self.bin)))
        if make := shutil.which("make"):
            put(self.bin / "make", _MAKE.format(make=make, venv=self.venv))
        put(self.bin / "browser", "#!/bin/sh\n")

    @property
    def surroundings(self) -> dict[str, str]:
        path = os.pathsep.join(
            [str(self.bin), str(self.venv / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        told = {"HOME": str(self.home), "PATH": path, "BROWSER": str(self.bin / "browser")}
        return os.environ | told | {"PYTHONWARNINGS": "default"}

    def lay(self, page: str) -> None:
        """What a page says the reader has before its first shell block."""
        if page == "README.md":
            self.place = self.desk / "new"
            self.place.mkdir()
        elif page in ("docs/install.md", "CONTRIBUTING.md"):
            self.place = self.desk / "clone"
            clone = ["git", "clone", "--quiet", str(ROOT), str(self.place)]
            subprocess.run(clone, check=True)
        elif page == "docs/how-to/fetch.md":
            (self.desk / "ofsight").unlink()
            shutil.copytree(ROOT / "ofsight", self.desk / "ofsight")
            shutil.copy(self.site, self.desk / "ofsight" / "fetch" / "site.toml")
        elif page == "docs/how-to/serve.md":
            (self.desk / "pyproject.toml").symlink_to(ROOT / "pyproject.toml")
        elif page == "docs/how-to/review.md":
            shutil.copy(self.desk / "ofsight.db", self.desk / "england.db")
        elif page == "docs/how-to/scans.md":
            (self.desk / "ofsight.db").unlink()
            scan(next(SAMPLES.glob("s05-*ilacs*.pdf")), self.desk / "reports" / "scan.pdf")

    def type(self, body: str, stead: dict[str, str] | None = None) -> None:
        """Type the lines of a block, in the folder where the block before it ended."""
        for shown, ours in {**STEAD, **(stead or {})}.items():
            body = body.replace(shown, ours)
        typed: list[str] = []
        for line in lines(body):
            if _SERVES.search(line):
                self.ask(line)
            else:
                typed.append(line)
        self._run("\n".join(typed))

    def _run(self, script: str) -> None:
        end = f"\npwd > '{self.home}/where'\n"
        done = subprocess.run(
            ["bash", "-e", "-c", script + end],
            cwd=self.place,
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        self.said += done.stdout + done.stderr
        assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        self.place = Path((self.home / "where").read_text().strip())

    def ask(self, line: str) -> None:
        """Start what serves pages, ask for the first one, and stop it as the page says: with Ctrl-C."""
        with started(["bash", "-c", f"exec {line}"], self.place, self.surroundings) as (process, out):
            address = next(found[0] for said in out if (found := re.search(r"http://\S+", said)))
            with _NO_PROXY.open(address, timeout=30) as answer:
                assert "ofsight" in answer.read().decode("utf-8").lower(), line
            process.send_signal(signal.SIGINT)
            assert process.wait(30) in (0, 130), line

    @contextmanager
    def cluster(self) -> Iterator[str]:
        """The scheduler and the worker that a page tells the reader to start; gives their address."""
        dask = f"exec {sys.executable} -m dask"
        quiet = "--host 127.0.0.1 --port 0 --no-dashboard"
        scheduler = ["bash", "-c", f"{dask} scheduler {quiet}"]
        with started(scheduler, self.desk, self.surroundings) as (_, out):
            address = next(found[0] for said in out if (found := re.search(r"tcp://[\w.:]+", said)))
            worker = ["bash", "-c", f"{dask} worker {address} --no-dashboard --nthreads 1"]
            with started(worker, self.desk, self.surroundings) as (_, heard):
                next(said for said in heard if "Registered to" in said)
                yield address

    def call(self, line: str) -> subprocess.CompletedProcess[str]:
        """One line of a timer: given to `sh` in the reader's home."""
        return subprocess.run(
            ["sh", "-c", line],
            cwd=self.home,
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=False,
        )


@contextmanager
def started(
    command: list[str], place: Path, env: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[str], Iterator[str]]]:
    """A program that goes on until the end of the block, and the lines that it prints."""
    with subprocess.Popen(
        command, cwd=place, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process, iter(process.stdout.readline, "")
        finally:
            process.kill()


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def scan(report: Path, to: Path) -> None:
    """A report as a scanner gives it: a picture of its first page, and no word."""
    with pypdfium2.PdfDocument(report) as document:
        document[0].render(scale=1).to_pil().convert("L").save(to, "PDF")
