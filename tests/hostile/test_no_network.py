"""Nothing but `fetch` and `watch` reaches the network: everything else works where sockets are forbidden."""

import socket
from pathlib import Path

import pytest

from ofsight import cli

SAMPLES = Path(__file__).parent.parent.parent / "corpus" / "samples" / "text"
NAMES = ("s01-harrowmere-ilacs-b4-2022-07.txt", "s01-harrowmere-sif-1b-2014-05.txt")


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


@pytest.mark.usefixtures("offline")
def test_reading_looking_up_and_writing_need_no_network(tmp_path, capsys):
    store = tmp_path / "s.db"
    sources = [str(SAMPLES / name) for name in NAMES]
    assert cli.run_command(["run", *sources, "--store", str(store), "--jobs", "1"]) == 0
    shown = ("show", _document(store))
    for arguments in (
        shown,
        ("search", "children"),
        ("figures",),
        ("indicators",),
        ("authorities", "London"),
        ("export", str(tmp_path / "tables")),
        ("export", str(tmp_path / "all.xlsx")),
    ):
        code = cli.run_command([*arguments, "--store", str(store)])
        assert code == 0, (arguments, capsys.readouterr().err)


def _document(store: Path) -> str:
    from corpus.store import open_store

    with open_store(store) as opened:
        return str(opened.connection.execute("SELECT id FROM document").fetchone()[0])
