"""`ofsight train`: a model of your own from coded paragraphs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE


def train(
    out: Annotated[
        Path, typer.Argument(metavar="MODEL", help="The model to write (.npz); its card beside it.")
    ],
    store: Annotated[
        Path, typer.Option(metavar="FILE", help="A store with the reports that were coded by hand.")
    ] = STORE,
) -> None:
    """Train a model on the hand codings whose reports are in the store; takes minutes.

    What was kept with ofsight review counts like the codings that come along.

    \b
    Examples:
      ofsight train mine.npz --store england.db
      ofsight run reports/ --model mine.npz
    """
    if out.suffix != ".npz":
        raise ValueError(f"Name the model with the ending .npz, not '{out.suffix}'.")
    from classify.artefact import save_model
    from classify.train import train as fit
    from ofsight.learning import labels_in

    with open_store(store) as opened:
        labels, codebook = labels_in(opened, corrected=True)
    print(f"{len(labels.coded):,} coded paragraphs found in the store. This takes minutes.", file=sys.stderr)
    taught = [sample for teacher in labels.teachers for sample in teacher.samples]
    save_model(fit(labels.coded, taught, codebook, readings=labels.readings), out)
    print(f"Written to {out} and {out.with_suffix('.json')}")
