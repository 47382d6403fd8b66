"""What do the scanned pages of a PDF say, where OCRmyPDF is installed to read them?

OCRmyPDF is a program of its own that puts recognised words beneath the picture of a page and leaves pages
with text as they are. It is given a file that nobody has checked yet: so it runs within the worker's memory
limit, with a limit of time of its own, and dies with the worker.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from corpus.errors import SourceError
from corpus.model import Certificate
from ingest.pdf import Page

PROGRAM: Final = "ocrmypdf"
SECONDS: Final = 600
# --skip-text leaves alone what has text already; --output-type pdf spares the conversion to PDF/A.
_OPTIONS: Final = ("--skip-text", "--language", "eng", "--output-type", "pdf", "--jobs", "1", "--quiet")


def can_recognise() -> bool:
    """Whether OCRmyPDF is installed."""
    return shutil.which(PROGRAM) is not None


def is_scanned(pages: Sequence[Page]) -> bool:
    """Whether a page shows something and holds no text."""
    return any(page.objects and not page.characters for page in pages)


def recognise(data: bytes, seconds: float = SECONDS) -> bytes:
    """The same PDF with recognised words beneath pages that had none.

    Raises:
        SourceError: OCRmyPDF is not installed, could not read the file, or took too long.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise SourceError("no_text", "The PDF holds pictures of pages, and OCRmyPDF is not installed.")
    with TemporaryDirectory(prefix="ofsight-") as folder:
        scan, result = Path(folder, "scan.pdf"), Path(folder, "result.pdf")
        scan.write_bytes(data)
        code, said = _call([program, *_OPTIONS, str(scan), str(result)], folder, seconds)
        if code == 0 and result.is_file():
            return result.read_bytes()
    raise SourceError(
        "no_text", f"The PDF holds pictures of pages, and OCRmyPDF could not read them ({said or code})."
    )


def as_recognised(certificate: Certificate, pages: Sequence[Page]) -> Certificate:
    """The certificate of a reading whose words were recognised; `pages` are those of the scan."""
    scanned = [str(page.number) for page in pages if page.objects and not page.characters]
    remark = f"The words of page {', '.join(scanned)} were recognised by OCRmyPDF: check them by the picture."
    return replace(with_remark(certificate, remark), path="ocr")


def with_remark(certificate: Certificate, remark: str) -> Certificate:
    """The certificate with one more remark."""
    return replace(certificate, remarks=(*certificate.remarks, remark))


def _call(command: Sequence[str], folder: str, seconds: float) -> tuple[int, str]:
    """Exit code and last line of complaint; when the time is over, the program and what it started end."""
    environment = os.environ | {"TMPDIR": folder}
    with subprocess.Popen(  # noqa: S603 (no shell; the only argument not ours is a name that we made)
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_settle_in if sys.platform == "linux" else None,
    ) as process:
        try:
            _, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            raise SourceError("timeout", f"OCRmyPDF was not done within {seconds:g} seconds.") from None
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return process.returncode, lines[-1][:200] if lines else ""


def _settle_in() -> None:
    """Die with the worker, and have the whole time limit as processor time: the worker's own is shorter."""
    import ctypes
    import resource

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS if hard == resource.RLIM_INFINITY else hard, hard))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program with everything that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
