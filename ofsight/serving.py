"""How is a store laid out for questions in the browser? With Datasette, read-only, described in our words."""

import re
import tomllib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from corpus.errors import OfsightError
from reports.method import UNOFFICIAL

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
# Datasette's own pages hold small scripts and styles; nothing comes from, or goes to, anywhere else.
_POLICY: Final = (
    b"default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)
_SETTINGS: Final = {"default_page_size": 50, "sql_time_limit_ms": 5000, "facet_time_limit_ms": 1000}


def datasette_app(store: Path) -> Any:
    """Datasette on the store, which it can only read.

    Raises:
        OfsightError: Datasette is not installed.
    """
    try:
        from datasette.app import Datasette

        from ofsight.serving_links import LinkedDatabase
    except ImportError as error:
        raise OfsightError(
            "Questions in the browser need Datasette. Install it in the clone of ofsight:"
            ' python -m pip install ".[serve]"'
        ) from error
    name = store.stem
    app = Datasette([], metadata=describe(name), settings=_SETTINGS)
    app.remove_database("_memory")
    app.add_database(LinkedDatabase(app, store, _offered()["links"]), name=name)
    return app


def describe(database: str) -> dict[str, Any]:
    """What Datasette shows beside the data: queries, facets, and what each table and column means."""
    offered = _offered()
    meanings, columns = (
        tomllib.loads((files("corpus") / name).read_text(encoding="utf-8"))
        for name in ("tables.toml", "columns.toml")
    )
    tables = {
        table: {
            "description": meaning.replace("`", ""),
            "columns": columns.get(table, {}),
            **({"facets": offered["facets"][table]} if table in offered["facets"] else {}),
            **({"label_column": offered["labels"][table]} if table in offered["labels"] else {}),
        }
        for table, meaning in meanings.items()
    }
    return {
        "title": "ofsight: what inspection reports of children’s services find",
        "description": UNOFFICIAL,
        "databases": {
            database: {
                "description": "Themes and valences are a program’s reading, not Ofsted’s. The licence of"
                " each report stands in document.licence: keep to it when you use its words.",
                "queries": {name: {**query, "hide_sql": True} for name, query in offered["queries"].items()},
                "tables": tables,
            }
        },
    }


def _offered() -> dict[str, Any]:
    return tomllib.loads((files("ofsight") / "serving.toml").read_text(encoding="utf-8"))


def local_only(app: App) -> App:
    """The app for requests that name this machine: no other site's page can ask it by a name of its own."""

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and _asked(dict(scope["headers"])) not in LOOPBACK:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"This page is for this machine only."})
            return
        await app(scope, receive, send)

    return guarded


def with_policy(app: App) -> App:
    """The app with answers that forbid the browser to load from, or send to, any other place."""

    async def guarded(scope: Scope, receive: Any, send: Any) -> None:
        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await app(scope, receive, answer)

    return guarded


def _asked(headers: Mapping[bytes, bytes]) -> str:
    """The name by which the request calls us, without the port."""
    host = headers.get(b"host", b"").decode("latin-1")
    return re.sub(r":\d+$", "", host).strip("[]")
