"""Nothing but `fetch` and `watch` reaches the network: everything else works where sockets are forbidden."""

import ast
import socket
from pathlib import Path

import pytest

from corpus.store import open_store
from ofsight import cli
from ofsight.commands import COMMANDS

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "corpus" / "samples" / "text"
NAMES = ("s01-harrowmere-ilacs-b4-2022-07.txt", "s02-westleigh-and-thorne-ilacs-a-2019-07.txt")
REACHES = {"fetch", "watch"}
# They answer the browser on this machine; that they listen nowhere else is tested with them.
ANSWERS = {"serve", "review"}
# Done here whole: what each is given beside --store. {} stands for a fresh folder, {document} for a report.
DOES: dict[str, tuple[tuple[str, ...], ...]] = {
    "show": (("{document}",), ("Harrowmere",)),
    "search": (("children",),),
    "figures": ((),),
    "indicators": ((),),
    "authorities": (("London",),),
    "export": (("{}/tables",), ("{}/all.xlsx",)),
    "check": ((),),
    "compare": tuple(
        ("Harrowmere", "Westleigh and Thorne", "--out", "{}/compared" + kind)
        for kind in (".html", ".docx", ".pdf")
    ),
    "brief": tuple(
        ("Harrowmere", "--out", "{}/briefing" + kind) for kind in (".html", ".md", ".xlsx", ".json")
    ),
    "verify": (("{}/briefing.md",),),
    "site": (("--out", "{}/site"),),
    "replicate": ((),),
}
BARE = (("codebook", "show"), ("codebook", "check", str(ROOT / "corpus" / "codebook.toml")))
# On invented reports these end with a plain error, as nobody coded them; the imports below cover them.
REFUSE = {"evaluate": ("--out", "{}/evaluation.html"), "train": ("{}/mine.npz",)}
NETWORKED = {
    "socket",
    "ssl",
    "urllib.request",
    "http.client",
    "httpx",
    "httpcore",
    "smtplib",
    "ftplib",
    "asyncio",
}
# These name this machine in a lock, hand work to a cluster if asked to, or find a free port to answer on.
LISTENING = {"ofsight/lock.py", "ofsight/cluster.py", "ofsight/commands/serve.py"}


@pytest.fixture
def offline(monkeypatch):
    """No socket but a Unix pair can be made, and no name looked up, here and in every forked worker."""
    real = socket.socket

    class Local(real):  # type: ignore[misc, valid-type]
        def __init__(self, family: int = -1, *rest: object, **named: object) -> None:
            if named.get("fileno") is None and family != socket.AF_UNIX:
                raise AssertionError("somebody reached for the network")
            super().__init__(family, *rest, **named)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody looked up a name")

    monkeypatch.setattr(socket, "socket", Local)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def test_the_fixture_would_notice(offline):
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(AssertionError):
        socket.socket(socket.AF_INET)


def test_every_command_is_tried_here_or_named_as_an_exception():
    tried = {*DOES, *REFUSE, "run", "demo", "codebook"}
    assert tried | REACHES | ANSWERS == {entry.name for entry in COMMANDS}


@pytest.mark.usefixtures("offline")
def test_reading_looking_up_and_writing_need_no_network(tmp_path, capsys):
    store = tmp_path / "s.db"
    sources = [str(SAMPLES / name) for name in NAMES]
    assert cli.run_command(["run", *sources, "--store", str(store), "--jobs", "1"]) == 0
    document = _document(store)
    for command, calls in DOES.items():
        for call in calls:
            given = [word.replace("{}", str(tmp_path)).replace("{document}", document) for word in call]
            code = cli.run_command([command, *given, "--store", str(store)])
            assert code == 0, (command, given, capsys.readouterr().err)
    for words in BARE:
        assert cli.run_command([*words]) == 0
    for command, call in REFUSE.items():
        given = [word.replace("{}", str(tmp_path)) for word in call]
        assert cli.run_command([command, *given, "--store", str(store)]) == 2
        assert "network" not in capsys.readouterr().err


@pytest.mark.usefixtures("offline")
def test_the_demo_needs_no_network(tmp_path):
    assert cli.run_command(["demo", "--out", str(tmp_path)]) == 0


def test_only_fetching_imports_what_could_reach_the_network():
    rooms = ("ofsight", "reports", "ingest", "extract", "classify", "corpus")
    reaching = {
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if _imports(path) & NETWORKED
    }
    assert {path for path in reaching if not path.startswith("ofsight/fetch/")} <= LISTENING


def _imports(path: Path) -> set[str]:
    """Every module that a file imports, at its head or within a function."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def _document(store: Path) -> str:
    with open_store(store) as opened:
        return str(opened.connection.execute("SELECT id FROM document").fetchone()[0])
