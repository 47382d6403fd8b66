"""A run on a cluster says what it needs; `tests/faults` kills its workers."""

import socket
import sys
from types import SimpleNamespace
from typing import ClassVar

import pytest

from ofsight import cluster
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
    assert not store.exists()


def test_a_scheduler_that_does_not_answer_is_one_line(folder, store, capsys, monkeypatch):
    pytest.importorskip("distributed", reason="Dask is an extra: pip install 'ofsight[dask]'")
    monkeypatch.setattr("ofsight.cluster._ANSWER_S", 0.5)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        arguments = ["--engine", "dask", "--scheduler", address]
        assert run_command(["run", str(folder(a="First.")), "--store", str(store), *arguments]) == 2
    assert f"No Dask scheduler answers at '{address}'" in capsys.readouterr().err
    assert not store.exists()


def test_a_scheduler_without_workers_is_one_line(folder, store, capsys, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="Dask is an extra: pip install 'ofsight[dask]'")
    monkeypatch.setattr("ofsight.cluster._ANSWER_S", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as nobody:
        address = nobody.scheduler_address
        arguments = ["--engine", "dask", "--scheduler", address]
        assert run_command(["run", str(folder(a="First.")), "--store", str(store), *arguments]) == 2
    said = f"The Dask scheduler at '{address}' has no workers. Start some with: dask worker {address}."
    assert said in capsys.readouterr().err
    assert not store.exists()


def test_a_dask_worker_keeps_nothing_of_a_run_that_was_killed(monkeypatch):
    """It lives on when a run is killed, and the next run may come with another codebook."""

    class KeptPool:
        ended: ClassVar[list[str]] = []

        def __init__(self, work: SimpleNamespace, *_: object, **__: object) -> None:
            self.book = work.book

        def run(self, tasks: list[str]) -> list[tuple[str, str]]:
            return [(task, f"{task} by {self.book}") for task in tasks]

        def close(self) -> None:
            self.ended.append(self.book)

    monkeypatch.setattr(cluster, "Pool", KeptPool)
    old, new = (SimpleNamespace(book=book, has_our_rules=lambda: True, warm=None) for book in ("old", "new"))
    said = [cluster._do(run, work, {}, "coded") for run, work in (("1", old), ("1", old), ("2", new))]
    assert said == ["coded by old", "coded by old", "coded by new"]
    cluster._let_go()
    assert KeptPool.ended == ["old", "new"]
