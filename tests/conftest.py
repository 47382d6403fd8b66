"""What every test may ask for."""

import signal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# A shell that starts the tests in the background lets them, and all that they start, ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "reports" / "index.csv").is_file():
        pytest.skip("the real reports (../shared/reports) are not here")
    return folder
