"""`ofsight review`: people look at doubtful codings, put them right, and see whether they agree."""

import getpass
import json
import sys
import webbrowser
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store
from corpus.writing import lay_to_rest, vouch, write_store
from ofsight.options import STORE

_Store = Annotated[Path, typer.Option(metavar="FILE", help="The store whose codings are reviewed.")]
_Coder = Annotated[str | None, typer.Option(metavar="NAME", help="Your name in the ledger; else your login.")]
_Blind = Annotated[
    bool, typer.Option("--blind", help="Show the program's coding only after yours: for double coding.")
]
_Agreement = Annotated[
    bool, typer.Option("--agreement", help="Print how far coders agree and where they differ.")
]
_TakeIn = Annotated[
    Path | None,
    typer.Option(
        "--import",
        metavar="FILE",
        help="Add codings from a file (.csv, .jsonl, .json, .qdpx) to the ledger.",
    ),
]
_HandOut = Annotated[
    Path | None,
    typer.Option("--export", metavar="FILE", help="Write the ledger to a file (.csv or .jsonl)."),
]
_Port = Annotated[
    int, typer.Option(min=0, max=65535, metavar="PORT", help="Of the page; 0 takes a free one.")
]
_Browser = Annotated[bool, typer.Option(help="Open the page in the browser.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print --agreement as JSON.")]


def review(
    store: _Store = STORE,
    coder: _Coder = None,
    blind: _Blind = False,
    agreement: _Agreement = False,
    take_in: _TakeIn = None,
    hand_out: _HandOut = None,
    port: _Port = 0,
    browser: _Browser = True,
    as_json: _AsJson = False,
) -> None:
    """Review doubtful codings in the browser, with the keyboard; the page never leaves this machine.

    What is kept goes into a ledger in the store that no run overwrites, and counts at once. Two people
    can work on two machines and put their ledgers together with --export and --import.

    \b
    Examples:
      ofsight review --coder jo
      ofsight review --store england.db --coder sam --blind
      ofsight review --export jo.jsonl
      ofsight review --import sam.jsonl
      ofsight review --agreement
    """
    from reports.clean import printable

    if sum(map(bool, (agreement, take_in, hand_out))) > 1:
        raise ValueError("Give one of --agreement, --import and --export at a time.")
    name = printable(coder if coder is not None else getpass.getuser()).strip()
    if not name:
        raise ValueError("Say who you are: ofsight review --coder NAME")
    if take_in is not None:
        print(_import(store, take_in, name))
    elif hand_out is not None:
        print(_export(store, hand_out))
    elif agreement:
        print(_agreement(store, as_json=as_json))
    else:
        _serve(store, name, port, blind=blind, browser=browser)


def _import(store: Path, file: Path, coder: str) -> str:
    from ofsight.exchange.incoming import read_codings

    open_store(store).close()  # no ledger begins a store
    with write_store(store) as opened:
        found = read_codings(opened, file, coder)
        new = opened.correct(found.entries)
    for remark in found.remarks:
        print(remark, file=sys.stderr)
    return f"{new:,} of {len(found.entries):,} codings in {file} were new."


def _export(store: Path, file: Path) -> str:
    from corpus.ledger import read_entries
    from ofsight.review.ledger_files import write_ledger
    from reports.render import write_whole

    with open_store(store) as opened:
        entries = read_entries(opened.connection)
    write_whole(write_ledger(entries, file.suffix), file)
    return f"{len(entries):,} entries written to {file}"


def _agreement(store: Path, *, as_json: bool) -> str:
    from ofsight.review.agreement import agreements, disagreements
    from ofsight.review.listing import agreement_text

    with open_store(store) as opened:
        found, differ = agreements(opened.connection), disagreements(opened.connection)
    if as_json:
        data = {"agreement": [asdict(a) for a in found], "disagreements": [asdict(d) for d in differ]}
        return json.dumps(data)
    return agreement_text(found, differ)


def _serve(store: Path, coder: str, port: int, *, blind: bool, browser: bool) -> None:
    from ofsight.review.desk import Desk
    from ofsight.review.server import ReviewServer

    open_store(store).close()
    vouch(store)
    desk = Desk(store, coder, blind)
    with ReviewServer(desk.answer, port) as server:
        print(f"Review as {coder}: {server.address}\nStop with Ctrl-C.", file=sys.stderr)
        if browser:
            webbrowser.open(server.address)
        with suppress(KeyboardInterrupt):  # the way to end it
            server.serve_forever()
    lay_to_rest(store)
    codings = "1 coding" if desk.kept == 1 else f"{desk.kept:,} codings"
    print(f"{codings} kept in {store}.", file=sys.stderr)
