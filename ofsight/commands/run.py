"""`ofsight run`: read, analyse and store reports."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ofsight.cli import debugging
from ofsight.closing import plan_as_data, plan_as_text, report_as_data, report_as_text
from ofsight.engine import Options, make_plan
from ofsight.engine import run as run_engine
from ofsight.limits import Limits, cores, for_scans
from ofsight.options import STORE, AsJson, Jobs, WriteStore
from ofsight.progress import watcher


class Engine(StrEnum):
    """Who does the work."""

    local = "local"
    dask = "dask"


_Paths = Annotated[
    list[Path], typer.Argument(help="Reports (PDF or text) and folders of them.", metavar="PATH...")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; do nothing.")]
_Retry = Annotated[bool, typer.Option("--retry", help="Try again what was rejected before.")]
_Catalogue = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="CSV list (file, published); else the nearest index.csv."),
]
_Codebook = Annotated[Path | None, typer.Option(metavar="FILE", help="Your own codebook (TOML).")]
_Model = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Your own model (.npz), made by ofsight train.")
]
_Ocr = Annotated[
    bool | None,
    typer.Option("--ocr/--no-ocr", help="Read scanned pages with OCRmyPDF; done where it is installed."),
]
_Engine = Annotated[
    Engine,
    typer.Option(
        metavar="ENGINE", help="local: processes on this machine, dask: a cluster (see --scheduler)."
    ),
]
_Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Address of the Dask scheduler, such as tcp://10.0.0.5:8786."),
]


def run(
    paths: _Paths,
    store: WriteStore = STORE,
    jobs: Jobs = None,
    dry_run: _DryRun = False,
    retry: _Retry = False,
    catalogue: _Catalogue = None,
    codebook: _Codebook = None,
    model: _Model = None,
    ocr: _Ocr = None,
    engine: _Engine = Engine.local,
    scheduler: _Scheduler = None,
    as_json: AsJson = False,
) -> int:
    """Read, analyse and store reports: the main job.

    Files that have not changed since the last run are not read again, so the same command can be
    repeated at any time. It may be stopped at any moment: the next run goes on where it stopped. Ends
    with 0 where all is well, 1 where some inputs were rejected, 2 where nothing could be done.

    \b
    Examples:
      ofsight run reports/
      ofsight run reports/ new.pdf --store england.db --jobs 4
      ofsight run reports/ --dry-run
    """
    if (engine is Engine.dask) != (scheduler is not None):
        raise ValueError("For a cluster say both: --engine dask --scheduler tcp://HOST:8786")
    reads_scans = _reads_scans(ocr)
    options = Options(
        jobs=jobs or cores(),
        retry=retry,
        codebook=codebook,
        model=model,
        catalogue=catalogue,
        limits=for_scans(Limits()) if reads_scans else Limits(),
        ocr=reads_scans,
        scheduler=scheduler,
        debug=debugging(),
    )
    if dry_run:
        steps = make_plan(paths, store, options)
        print(json.dumps(plan_as_data(steps)) if as_json else plan_as_text(steps))
        return 0
    watch = watcher(wanted=not as_json)
    try:
        report = run_engine(paths, store, options, watch, arguments=sys.argv[1:])
    finally:
        watch.end()
    print(json.dumps(report_as_data(report)) if as_json else report_as_text(report, store))
    return report.exit_code


def _reads_scans(asked: bool | None) -> bool:
    """Whether OCRmyPDF is to be used: where it is installed, if nothing was said."""
    from ingest.ocr import can_recognise

    installed = asked is not False and can_recognise()
    if asked and not installed:
        raise ValueError("OCRmyPDF is not installed (see docs/how-to/scans.md); or leave out --ocr.")
    return installed
