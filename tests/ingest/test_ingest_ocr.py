"""Scanned pages are read by way of OCRmyPDF where it is installed; here a stand-in on the path plays it."""

import shutil
import sys
import time
from pathlib import Path

import pytest

import ingest
from corpus.errors import SourceError
from ingest.ocr import recognise
from ofsight import cli

PAPER = [(70, 100, " ", 12, False)]  # something is drawn, and no letter


@pytest.fixture
def scan(draw) -> bytes:
    """Three pages on which something is drawn and nothing is written."""
    return draw([PAPER] * 3)


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a program named ocrmypdf on the path; it runs these lines of Python with `given` and `result`."""

    def put(lines: str) -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        program = folder / "ocrmypdf"
        program.write_text(
            f"#!{sys.executable}\nimport sys\n*options, given, result = sys.argv[1:]\n{lines}\n"
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder), prepend=":")
        return program

    return put


@pytest.fixture
def recognises(install, draw, flat_pages, tmp_path):
    """A stand-in that finds the words of the small report."""
    words = tmp_path / "words.pdf"
    words.write_bytes(draw(flat_pages))
    return install(
        "assert '--skip-text' in options and open(given, 'rb').read(5) == b'%PDF-'\n"
        f"open(result, 'wb').write(open({str(words)!r}, 'rb').read())"
    )


def test_a_scan_is_read_and_says_so(recognises, scan, draw, flat_pages):
    document = ingest.read_bytes(scan, "scan.pdf", ocr=True)
    printed = ingest.read_bytes(draw(flat_pages), "printed.pdf")
    assert [p.text for p in document.paragraphs] == [p.text for p in printed.paragraphs]
    assert document.certificate.path == "ocr"
    assert "page 1, 2, 3 were recognised" in document.certificate.remarks[-1]


def test_the_document_is_known_by_the_scan_not_by_what_was_recognised(recognises, scan):
    import hashlib

    assert ingest.read_bytes(scan, "scan.pdf", ocr=True).sha256 == hashlib.sha256(scan).hexdigest()


def test_a_report_with_text_does_not_go_there(install, draw, flat_pages):
    install("raise SystemExit('nobody should call me')")
    document = ingest.read_bytes(draw(flat_pages), "x.pdf", ocr=True)
    assert document.certificate.path == "geometry"


def test_what_it_complains_of_is_passed_on(install, scan):
    install("raise SystemExit('the picture is upside down')")
    with pytest.raises(SourceError, match="the picture is upside down") as caught:
        ingest.read_bytes(scan, "scan.pdf", ocr=True)
    assert caught.value.reason == "no_text"


def test_a_page_that_it_cannot_read_does_not_cost_the_others(install, draw, flat_pages):
    install("raise SystemExit('no such language')")
    document = ingest.read_bytes(draw([*flat_pages, PAPER]), "half.pdf", ocr=True)
    assert document.certificate.path == "geometry"
    assert "page 4: no text" in document.certificate.missing
    assert "no such language" in document.certificate.remarks[-1]


def test_it_is_ended_with_what_it_started_when_its_time_is_over(install, scan, tmp_path):
    started = tmp_path / "started"
    install(
        "import subprocess\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(started)!r}, 'w').write(str(child.pid))\n"
        "child.wait()"
    )
    with pytest.raises(SourceError) as caught:
        recognise(scan, seconds=5)
    assert caught.value.reason == "timeout"
    child = int(started.read_text())
    until = time.monotonic() + 5  # a busy system takes its time to end what was killed
    while is_running(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(child)


def is_running(pid: int) -> bool:
    """Whether a process is there and is not merely waiting to be buried."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "Z (zombie)" not in status.read_text()


def run(*arguments: str) -> int:
    return cli.run_command(["run", *arguments])


def test_a_run_uses_it_where_it_is_installed(recognises, scan, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("scan.pdf").write_bytes(scan)
    assert run("scan.pdf", "--no-ocr", "--store", "without.db") == 1
    assert "OCRmyPDF" in capsys.readouterr().out
    assert run("scan.pdf") == 0
    assert cli.run_command(["show", "Harrowmere", "--certificate"]) == 0
    assert "recognised by OCRmyPDF" in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("ocrmypdf") is not None, reason="OCRmyPDF is installed here")
def test_to_ask_for_what_is_not_installed_is_answered(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("scan.pdf").write_bytes(b"%PDF-")
    assert run("scan.pdf", "--ocr") == 2
    assert "OCRmyPDF is not installed" in capsys.readouterr().err
