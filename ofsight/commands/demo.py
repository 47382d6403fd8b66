"""`ofsight demo`: the whole way once, on the invented reports that come along."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import Store, open_store
from ofsight.closing import report_as_text
from ofsight.engine import Options
from ofsight.engine import run as run_engine
from ofsight.progress import watcher

_SIDE_BY_SIDE = 3
_MOST_INSPECTED = """
    SELECT la_code FROM document WHERE la_code IS NOT NULL
    GROUP BY la_code ORDER BY count(*) DESC, la_code LIMIT ?
"""


def demo(
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Folder for what the demo makes.")] = Path(
        "out"
    ),
) -> int:
    """Read the bundled invented reports, compare three authorities, brief on one, and say where it all is.

    \b
    Example:
      ofsight demo
    """
    reports = Path(str(files("corpus") / "samples" / "pdf"))
    out.mkdir(parents=True, exist_ok=True)
    store = out / "demo.db"
    watch = watcher()
    try:
        report = run_engine([reports], store, Options(), watch, arguments=["demo"])
    finally:
        watch.end()
    print(report_as_text(report, store))
    if report.stopped is None:
        with open_store(store) as opened:
            made = _write(opened, out)
        print("\nThe reports are invented; so are the authorities. Look at:")
        print("\n".join(f"  {path}" for path in made))
    return report.exit_code


def _write(store: Store, out: Path) -> tuple[Path, ...]:
    from reports import write
    from reports.brief import build_briefing
    from reports.compare import build_comparison

    codes = [code for (code,) in store.connection.execute(_MOST_INSPECTED, (_SIDE_BY_SIDE,))]
    comparison = build_comparison(store.connection, codes)
    briefing = build_briefing(store.connection, codes[0])
    made = (out / "comparison.html", out / "comparison.md", out / "briefing.html", out / "briefing.docx")
    for path in made:
        write(comparison if path.stem == "comparison" else briefing, path)
    return made
