"""Who may speak to the review page? Only the browser that was given its address.

The server listens on this machine alone, under an address that nobody can guess. A request must name that
host and port (so no other site can reach it by a name of its own), and a change must come from our own page.
"""

import hmac
import re
import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from ofsight.review.desk import Answer, Request
from ofsight.version import __version__

HOST: Final = "127.0.0.1"
_MOST: Final = 100_000  # bytes of a form
_PATIENCE: Final = 30  # seconds for a request to arrive
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_FORM: Final = "application/x-www-form-urlencoded"


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk; requests are answered one after another."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Request], Answer], port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.answer = answer
        self.secret = secrets.token_urlsafe(24)
        self.one_at_a_time = threading.Lock()

    @property
    def hosts(self) -> tuple[str, str]:
        """What a browser of ours calls us."""
        return f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the page is; whoever knows it may code."""
        return f"http://{self.hosts[0]}/{self.secret}/"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = f"ofsight/{__version__}"
    sys_version = ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        self._serve("GET")

    def do_POST(self) -> None:
        self._serve("POST")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the library)
        """Say nothing: standard error is for the person."""

    def handle(self) -> None:
        """Answer; a browser that goes away in the middle does no harm."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def _serve(self, method: str) -> None:
        refused = self._refusal(method)
        if refused:
            self._send(Answer(refused[0], refused[1].encode(), "text/plain; charset=utf-8"))
            return
        split = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)) if method == "POST" else b""
        path = split.path.removeprefix(f"/{self.server.secret}/")
        with self.server.one_at_a_time:
            self._send(self._answer(Request(method, path, split.query, body)))

    def _answer(self, request: Request) -> Answer:
        """The desk's answer; its own error must not end the server, and is said where the person looks."""
        try:
            return self.server.answer(request)
        except Exception as error:  # the edge of the server
            words = f"An error of ofsight itself ({type(error).__name__}: {error}). Nothing was kept."
            return Answer(500, words.encode(), "text/plain; charset=utf-8")

    def _refusal(self, method: str) -> tuple[int, str] | None:
        """Why a request is not answered, with its status."""
        if self.headers.get("Host") not in self.server.hosts:
            return 421, "This is not the address of the review page."
        given = urlsplit(self.path).path.split("/")
        if len(given) < 3 or not hmac.compare_digest(given[1].encode(), self.server.secret.encode()):
            return 404, "There is no such page. Open the address that ofsight review printed."
        if method == "POST":
            return self._refusal_of_change()
        return None

    def _refusal_of_change(self) -> tuple[int, str] | None:
        origin = self.headers.get("Origin")
        ours = origin in {None, *(f"http://{host}" for host in self.server.hosts)}
        if not ours or self.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return 403, "Changes are taken from the review page alone."
        if (self.headers.get("Content-Type") or "").split(";")[0].strip() != _FORM:
            return 415, "Changes are taken from the form of the review page."
        length = self.headers.get("Content-Length") or ""
        if not re.fullmatch(r"\d{1,9}", length, re.ASCII) or int(length) > _MOST:
            return 413, "That is more than the form can hold."
        return None

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if answer.location is not None:
            self.send_header("Location", f"/{self.server.secret}/{answer.location}")
        self.send_header("Content-Type", answer.media)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
