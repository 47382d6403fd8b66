"""`ofsight search`: paragraphs that hold certain words, with their codings."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight import listing
from ofsight.options import STORE, AsJson, Authorities, Framework, ReadStore, Since, Theme, Until, Valence
from ofsight.selection import Filter
from ofsight.selection import search as find


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="WORD...", help='Words in any form; "a phrase"; a beginn*.')
    ],
    store: ReadStore = STORE,
    theme: Theme = None,
    valence: Valence = None,
    authority: Authorities = None,
    framework: Framework = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search the paragraphs of all reports, the best first.

    \b
    Examples:
      ofsight search caseloads too high
      ofsight search "life-story work" --valence strength --since 2023
      ofsight search housing --theme care_leavers --authority Kent
    """
    text = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    wanted = Filter(theme, valence, tuple(authority or ()), framework, since, until)
    with open_store(store) as opened:
        total, found = find(opened.connection, text, wanted, limit)
        empty = not total and opened.connection.execute("SELECT 1 FROM document").fetchone() is None
    if as_json:
        print(json.dumps({"total": total, "paragraphs": [asdict(one) for one in found]}))
        return
    if empty:
        print(f"The store holds no report. Read some: ofsight run REPORTS --store {store}")
        return
    print("\n\n".join([*(listing.passage(one, place=True) for one in found), _count(total, len(found))]))


def _count(total: int, shown: int) -> str:
    if not total:
        return "No paragraph fits. Try fewer words or conditions, or the beginning of a word: case*"
    if total > shown:
        return f"{shown} of {total:,} paragraphs; more with --limit"
    return f"{total:,} {'paragraph' if total == 1 else 'paragraphs'}"
