"""`ofsight review`: people look at doubtful codings and put them right."""

import getpass
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import open_store


def review(
    store: Annotated[Path, typer.Option(help="The store whose codings are reviewed.")] = Path("ofsight.db"),
    coder: Annotated[str | None, typer.Option(help="Your name in the ledger; else your login.")] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Show the program's coding only after yours: for double coding.")
    ] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Review doubtful codings in the browser, with the keyboard; the page never leaves this machine.

    What is kept goes into a ledger in the store that no run overwrites, and counts at once.

    \b
    Examples:
      ofsight review --coder jo
      ofsight review --store england.db --coder sam --blind
    """
    from ofsight.review.desk import Desk
    from ofsight.review.server import ReviewServer

    open_store(store).close()
    desk = Desk(store, (coder or getpass.getuser()).strip(), blind)
    with ReviewServer(desk.answer, port) as server:
        print(f"Review as {desk.coder}: {server.address}\nStop with Ctrl-C.", file=sys.stderr)
        if browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print(f"{desk.kept:,} codings kept in {store}.", file=sys.stderr)
