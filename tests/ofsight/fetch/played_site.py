"""A local server that plays the publisher's site: search, pagination, provider pages, files, and bad days.

The authorities are those of the sample reports, and so are the files. What a path does on a bad day is a
function from the request handler; `then` lists one for each request to come, after which the site is well.
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).parent.parent.parent.parent
SAMPLES = ROOT / "corpus" / "samples" / "pdf"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{title} - Find an Inspection Report - Ofsted</title></head>
<body><a class="skip-link" href="#main">Skip to main content</a>
<header><a href="/"><svg><title>Home</title></svg></a><a href="/search">Search again</a></header>
<main id="main"><h1>{title}</h1>{body}</main>
<footer><a href="https://www.example.org/provider/help">About providers</a></footer></body></html>"""
RESULT = """<li class="search-result"><h3 class="search-result__title">
<a href="/provider/44/{urn}">{name}</a></h3><a href="/provider/44/{urn}#reports">Latest report</a></li>"""
NEXT = """<ul class="pagination"><li class="next"><a href="/search?start={start}">Next page</a></li></ul>"""
# What the search must be asked for to list local authorities and nothing else.
ASKED = {"level_1_types": ["3"], "level_2_types[]": ["12"]}
MOST_ROWS = 100  # of one page, whatever is asked for
LINK = """<li class="timeline__day"><div class="event">
<a class="publication-link" href="{href}" target="_blank">{label}
 <span class="nonvisual">{label}, pdf - {day}</span></a></div></li>"""
LETTER = b"%PDF-1.4 a letter\n%%EOF\n"
FULL = "Children's services inspection"
OLD = "Single inspection of LA children's services as pdf"
LISTED = {  # by authority: number, label, day, and how the sample's name begins
    ("SAMPLE01", "Harrowmere"): (
        ("50100003", FULL, "16 August 2022", "s01-harrowmere-ilacs"),
        ("50100002", "Children's services focused visit", "01 March 2021", None),
        ("50100001", OLD, "12 July 2014", "s01-harrowmere-sif-1b"),
    ),
    ("SAMPLE02", "Westleigh and Thorne"): (
        ("50100004", FULL, "10 January 2024", "s02-westleigh-and-thorne-ilacs-b5"),
    ),
    ("SAMPLE04", "Saltmere Bay"): (
        ("50100006", "Area SEND full inspection", "12 June 2024", "s04-saltmere-bay-area-send"),
        ("50100005", FULL, "07 March 2022", "s04-saltmere-bay-ilacs"),
    ),
    ("SAMPLE05", "Calderwick"): (
        ("50100008", "Joint area child protection inspection", "30 January 2025", None),
        ("50100007", FULL, "22 July 2024", "s05-calderwick-ilacs"),
    ),
    ("SAMPLE06", "Brackenford"): (
        ("50100009", FULL, "04 September 2023", "s06-brackenford-ilacs"),
    ),
}  # fmt: skip

Day = Callable[["Handler"], object]


@dataclass
class Report:
    """A report as a provider's page lists it."""

    id: str
    label: str
    day: str
    body: bytes
    href: str = ""  # where the link leads, if not to the file's own address


@dataclass
class PlayedSite:
    """What the site holds, how it misbehaves, and what it was asked."""

    providers: dict[str, tuple[str, list[Report]]] = field(default_factory=dict)
    robots: str | None = None
    rows: int = 3  # results of one page of search, of which the real one gives more
    files: str = ""  # where links to files lead; the real site has a host of its own for them
    then: dict[str, list[Day]] = field(default_factory=dict)  # by path: what the next requests meet
    always: dict[str, Day] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)  # of the last request of each path
    etags: bool = True
    base: str = ""

    def report(self, key: str) -> Report:
        return next(one for _, reports in self.providers.values() for one in reports if one.id == key)

    def paths(self, start: str) -> list[str]:
        """The paths asked for so far that begin so."""
        return [path for path in self.asked if path.startswith(start)]

    def page(self, path: str, query: str) -> str | None:
        if path == "/search":
            return self._search(parse_qs(query))
        if path.startswith("/provider/44/") and path.rpartition("/")[2] in self.providers:
            name, reports = self.providers[path.rpartition("/")[2]]
            links = (
                LINK.format(
                    href=escape(one.href or f"{self.files}/v1/file/{one.id}"),
                    label=escape(one.label),
                    day=one.day,
                )
                for one in reports
            )
            return PAGE.format(title=escape(name), body=f"<ol>{''.join(links)}</ol>")
        return None

    def _search(self, asked: dict[str, list[str]]) -> str:
        start, rows = int(asked["start"][0]), min(int(asked.get("rows", ["10"])[0]), self.rows, MOST_ROWS)
        known = list(self.providers.items()) if ASKED.items() <= asked.items() else []
        items = (RESULT.format(urn=urn, name=escape(name)) for urn, (name, _) in known[start : start + rows])
        more = NEXT.format(start=start + rows) if start + rows < len(known) else ""
        return PAGE.format(title="Search results", body=f"<ul>{''.join(items)}</ul>{more}")


class Handler(BaseHTTPRequestHandler):
    """Answers one request as the site would."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: PlayedSite

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.site.asked.append(self.path)
        self.site.headers[parts.path] = {name.lower(): value for name, value in self.headers.items()}
        if waiting := self.site.then.get(parts.path):
            waiting.pop(0)(self)
        elif parts.path in self.site.always:
            self.site.always[parts.path](self)
        else:
            self.well(parts.path, parts.query)

    def well(self, path: str, query: str) -> int:
        """Answer as on a good day; gives the status."""
        if path == "/robots.txt":
            known = self.site.robots is not None
            return self.answer(200 if known else 404, (self.site.robots or "").encode(), "text/plain")
        if path.startswith("/v1/file/"):
            return self.file(path.rpartition("/")[2])
        page = self.site.page(path, query)
        if page is None:
            return self.answer(404, missing_page(), "text/html; charset=utf-8")
        return self.conditional(page.encode())

    def file(self, key: str) -> int:
        found = [one for _, reports in self.site.providers.values() for one in reports if one.id == key]
        if found:
            return self.answer(200, found[0].body, "application/pdf")
        return self.answer(200, missing_page(), "text/html; charset=utf-8")

    def conditional(self, body: bytes) -> int:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.site.etags and self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.send_header("ETag", etag)
            self.end_headers()
            return 304
        return self.answer(200, body, "text/html; charset=utf-8", {"ETag": etag} if self.site.etags else {})

    def answer(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> int:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        return status

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def missing_page() -> bytes:
    """The page that stands in place of a report that is no longer there."""
    return PAGE.format(title="Report not found", body="<p>There is no such document.</p>").encode()


def status(code: int, **headers: str) -> Day:
    """A bad day: this status, with these headers (`Retry_After="1"`)."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.answer(code, b"", "text/html", named)


def redirect(to: str, code: int = 302) -> Day:
    """A bad day: sent on to another address."""
    return status(code, Location=to)


def page(text: str, kind: str = "text/html; charset=utf-8") -> Day:
    """A bad day: another page than expected."""
    return lambda handler: handler.answer(200, text.encode(), kind)


@contextmanager
def playing(site: PlayedSite) -> Iterator[PlayedSite]:
    """Serve the site on the loopback address until the end of the block."""
    handler = type("Playing", (Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sample_site() -> PlayedSite:
    """Five authorities with one to three reports each, of every kind."""
    return PlayedSite(
        {
            urn: (name, [Report(key, label, day, _body(start)) for key, label, day, start in rows])
            for (urn, name), rows in LISTED.items()
        }
    )


def _body(start: str | None) -> bytes:
    return next(SAMPLES.glob(f"{start}*.pdf")).read_bytes() if start else LETTER


def described(base: str) -> str:
    """The description of the site that comes along, made to fit the played one: its size, and no pauses."""
    text = (ROOT / "ofsight" / "fetch" / "site.toml").read_text(encoding="utf-8")
    for pattern, new in (
        (r"^base = .*$", f'base = "{base}"'),
        (r"^fewest = .*$", "fewest = 5"),
        (r"^(pause_s|first_wait_s) = [\d.]+", r"\1 = 0.0"),
        (r"^(page_limit_s|file_limit_s) = [\d.]+", r"\1 = 10.0"),
        (r"^(page_limit_mb|file_limit_mb) = \d+", r"\1 = 2"),
    ):
        text, count = re.subn(pattern, new, text, flags=re.M)
        assert count, pattern
    return text
