"""A run on a cluster says what it needs; `tests/faults` kills its workers."""

import socket
import sys

import pytest

from ofsight.cli import run_command


@pytest.mark.parametrize(
    "arguments", [["--engine", "dask"], ["--scheduler", "tcp://10.0.0.5:8786"]], ids=lambda given: given[0]
)
def test_engine_and_scheduler_go_together(folder, store, capsys, arguments):
    assert run_command(["run", str(folder(a="First.")), "--store", str(store), *arguments]) == 2
    assert "--engine dask --scheduler tcp://HOST:8786" in capsys.readouterr().err
    assert not store.exists()


def test_without_the_extra_it_is_said_how_to_get_it(folder, store, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"]
    assert run_command(["run", str(folder(a="First.")), "--store", str(store), *arguments]) == 2
    assert 'pip install ".[dask]"' in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_one_line(folder, store, capsys, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is an extra: pip install 'ofsight[dask]'")
    monkeypatch.setattr("ofsight.cluster._ANSWER_S", 0.5)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        arguments = ["--engine", "dask", "--scheduler", address]
        assert run_command(["run", str(folder(a="First.")), "--store", str(store), *arguments]) == 2
    assert f"No Dask scheduler answers at '{address}'" in capsys.readouterr().err
