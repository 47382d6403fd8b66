"""The folder of a site holds a whole site at any moment."""

import subprocess
import sys
import textwrap

import pytest

from reports import site_swap
from reports.site import write_site


def held(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(params=["one step", "two renamings"])
def way(request, monkeypatch):
    """Systems that exchange two folders in one step, and those that cannot."""
    if request.param == "two renamings":
        monkeypatch.setattr(site_swap, "_exchange", lambda one, other: False)


def test_a_new_site_replaces_the_old_one_whole(full_shelf, tmp_path, way):
    write_site(full_shelf.connection, tmp_path / "pages")
    full_shelf.connection.execute("DELETE FROM document WHERE la_code = 'X03'")
    write_site(full_shelf.connection, tmp_path / "pages")
    assert not (tmp_path / "pages" / "authorities" / "X03.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_the_same_store_gives_the_same_site(full_shelf, tmp_path):
    for name in ("one", "two"):
        write_site(full_shelf.connection, tmp_path / name)
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_a_run_that_fails_leaves_the_old_site(full_shelf, tmp_path):
    write_site(full_shelf.connection, tmp_path / "pages")
    before = held(tmp_path / "pages")

    def draw(document_id):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(full_shelf.connection, tmp_path / "pages", draw=draw)
    assert held(tmp_path / "pages") == before
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


def test_a_run_that_is_killed_leaves_the_old_site_and_a_later_one_sweeps_up(tmp_path, monkeypatch):
    folder = tmp_path / "pages"
    with site_swap.replaced(folder) as fresh:
        (fresh / "index.html").write_text("old")
    killed = textwrap.dedent("""
        import os, signal, sys
        from pathlib import Path
        from reports.site_swap import replaced
        with replaced(Path(sys.argv[1])) as fresh:
            (fresh / "index.html").write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    assert subprocess.run([sys.executable, "-c", killed, str(folder)], check=False).returncode < 0
    assert (folder / "index.html").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(site_swap, "_DAY", -1)
    with site_swap.replaced(folder) as fresh:
        (fresh / "index.html").write_text("new")
    assert (folder / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["pages"]


@pytest.mark.parametrize("ours_too", [False, True])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path, ours_too):
    if ours_too:
        with site_swap.replaced(tmp_path / "pages") as fresh:
            (fresh / "index.html").write_text("old")
    (tmp_path / "pages").mkdir(exist_ok=True)
    (tmp_path / "pages" / "mine.txt").write_text("keep")
    with pytest.raises(ValueError, match="holds mine"), site_swap.replaced(tmp_path / "pages"):
        pass
    assert (tmp_path / "pages" / "mine.txt").read_text() == "keep"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "pages").write_text("keep")
    with pytest.raises(ValueError, match="is a file"), site_swap.replaced(tmp_path / "pages"):
        pass
