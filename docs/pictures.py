"""How do the pictures of README and pages come about? From the current build, over the bundled reports.

    python docs/pictures.py

runs `ofsight demo` in a folder of its own, lets a headless Chromium draw the pages, and writes them into
`docs/images/`.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

IMAGES: Final = Path(__file__).parent / "images"
PICTURES: Final = {"comparison": (1100, 1180), "briefing": (1100, 1180)}
_QUIET: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


def main() -> None:
    """Make every picture, or say which program is missing."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        sys.exit("pictures need Chromium or Chrome on the path")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        program = "from ofsight.cli import main; main()"
        demo = [sys.executable, "-c", program, "demo"]
        subprocess.run(demo, cwd=work, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        for name, size in PICTURES.items():
            page = (work / "out" / f"{name}.html").as_uri()
            draw(browser, page, IMAGES / f"{name}.png", size, work / "profile")
        with review(work / "out" / "demo.db") as page:
            draw(browser, page, IMAGES / "review.png", (900, 1000), work / "profile")


@contextmanager
def review(store: Path) -> Iterator[str]:
    """The review page of a store, while the block lasts."""
    from ofsight.review.desk import Desk
    from ofsight.review.server import ReviewServer

    with ReviewServer(Desk(store, "jo").answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.address
        server.shutdown()


def draw(browser: str, page: str, image: Path, size: tuple[int, int], profile: Path) -> None:
    """One page as a picture of this width and height, with few colours so that it stays small."""
    from PIL import Image

    window = f"--window-size={size[0]},{size[1]}"
    shot = [f"--user-data-dir={profile}", window, f"--screenshot={image}", page]
    subprocess.run([browser, *_QUIET, *shot], check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    with Image.open(image) as picture:  # coverage, not frequency: a thin coloured line keeps its colour
        small = picture.convert("RGB").quantize(64, method=Image.Quantize.MAXCOVERAGE)
    small.save(image, optimize=True)


if __name__ == "__main__":
    main()
