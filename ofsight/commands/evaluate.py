"""`ofsight evaluate`: how well do the codings agree with readers, on authorities never seen?"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE, AsJson


def evaluate(
    store: Annotated[
        Path, typer.Option(metavar="FILE", help="A store with the reports that were coded by hand.")
    ] = STORE,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="HTML page to write, with the worst mistakes.")
    ] = None,
    new_period: Annotated[
        bool, typer.Option("--new-period", help="Train on the years before 2025, test on the rest.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Train without some authorities, code theirs, and measure the agreement with readers; takes minutes.

    The hand codings come along without the words of the reports, which are found in the store.

    \b
    Examples:
      ofsight evaluate --store england.db --out evaluation.html
      ofsight evaluate --new-period
    """
    from classify.evaluate import evaluate as measure
    from classify.evaluate import evaluate_new_period
    from classify.page import render_page, render_text
    from ofsight.learning import labels_in
    from reports.render import write_whole

    with open_store(store) as opened:
        labels, codebook = labels_in(opened)
    print(f"{len(labels.coded):,} coded paragraphs found in the store. This takes minutes.", file=sys.stderr)
    found = evaluate_new_period(labels, codebook) if new_period else measure(labels, codebook)
    if out is not None:
        write_whole(render_page(found).encode(), out)
        print(f"Written to {out}", file=sys.stderr)
    print(json.dumps(asdict(found)) if as_json else render_text(found))
