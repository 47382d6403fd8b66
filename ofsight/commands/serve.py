"""`ofsight serve`: questions to the store in the browser."""

import socket
import sys
from typing import Annotated

import typer

from corpus.store import open_store
from ofsight.options import STORE, ReadStore
from ofsight.signals import ending_on_sigterm


def serve(
    store: ReadStore = STORE,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Address to listen on; the default is this machine only.")
    ] = ("127.0.0.1"),
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="PORT", help="0 takes a free one.")] = 8001,
) -> None:
    """Open the store in the browser with Datasette: tables, facets, ready queries, SQL of your own.

    The store is only read. Needs the extra `serve`; in the clone of ofsight:
    python -m pip install ".[serve]"

    \b
    Examples:
      ofsight serve
      ofsight serve --store reports.db --port 8080
    """
    from ofsight.serving import LOOPBACK, datasette_app, local_only, with_policy

    open_store(store).close()
    app = with_policy(datasette_app(store).app())
    import uvicorn

    with ending_on_sigterm(), _listen(host, port) as heard:
        print(f"Open http://{_named(host)}:{heard.getsockname()[1]}/ and stop with Ctrl-C.", flush=True)
        if host not in LOOPBACK:
            print("Everybody who can reach this address can read the store.", file=sys.stderr)
        guarded = local_only(app) if host in LOOPBACK else app
        uvicorn.Server(uvicorn.Config(guarded, log_level="warning")).run(sockets=[heard])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    heard = socket.socket(family, socket.SOCK_STREAM)
    heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        heard.bind((host, port))
        heard.listen()  # so that the browser may ask as soon as the address is printed
    except OSError as error:
        heard.close()
        raise ValueError(
            f"Nothing can listen on {host}:{port} ({error.strerror}). Name another with --port."
        ) from error
    return heard


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host
