"""How do we ask the site for something: politely, within bounds, and not giving up at the first trouble?"""

import random
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from corpus.errors import FetchError
from ofsight.fetch.site import Manners
from ofsight.fetch.wire import Deadline, WireTransport
from ofsight.version import __version__

AGENT: Final = f"ofsight/{__version__} (unofficial reader of published inspection reports)"
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_MOST_REDIRECTS: Final = 5
_LATER: Final = (408, 425, 429, 500, 502, 503, 504)  # answers after which it is worth trying again
_SILENCE_S: Final = 20.0  # between two bytes
_MB: Final = 1 << 20
_PACKING: Final = "gzip"  # the one that we unpack ourselves: a library would do so without a bound
_ROBOTS_MB: Final = 1
_SHOWN: Final = 200  # letters of an address that a message repeats
_TROUBLE: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site answered in the end, and from where."""

    address: str
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """Such as text/html, without its parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long an answer may take and how large it may be."""

    seconds: float
    megabytes: int


class _TryAgainError(Exception):
    """Something that may have passed in a while; `wait_s` is what the site asks for."""

    def __init__(self, why: str, wait_s: float | None = None) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class Client:
    """One conversation with the site: one request at a time, with pauses."""

    def __init__(
        self,
        manners: Manners,
        *,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._manners = manners
        self._sleep = sleep
        self._deadline = Deadline()
        self._http = httpx.Client(
            transport=WireTransport(self._deadline, allow_private=allow_private),
            headers={"User-Agent": AGENT, "Accept-Encoding": _PACKING},
            timeout=_SILENCE_S,
            follow_redirects=False,
        )
        self._robots: dict[str, RobotFileParser] = {}
        self._pause = manners.pause_s
        self._next = 0.0  # when the next request may start

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def page(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a page.

        Raises:
            FetchError: it does not come, is too large, or robots.txt asks us not to read it.
        """
        return self._get(address, Bounds(self._manners.page_limit_s, self._manners.page_limit_mb), headers)

    def file(self, address: str) -> Answer:
        """Ask for a report.

        Raises:
            FetchError: as with a page.
        """
        return self._get(address, Bounds(self._manners.file_limit_s, self._manners.file_limit_mb))

    def _get(
        self, address: str, bounds: Bounds, headers: Mapping[str, str] | None = None, *, robots: bool = True
    ) -> Answer:
        """Ask until there is an answer, or until it has been tried often enough."""
        why = ""
        for attempt in range(self._manners.tries):
            try:
                return self._follow(address, bounds, headers or {}, robots=robots)
            except _TryAgainError as trouble:
                why = str(trouble)
                if attempt + 1 < self._manners.tries:
                    self._sleep(self._wait(attempt, trouble.wait_s, address))
        raise FetchError(f"{address}: {why} (tried {self._manners.tries} times).")

    def _wait(self, attempt: int, asked: float | None, address: str) -> float:
        """How long to wait before the next try; what the site asks for counts, up to a limit."""
        longest = self._manners.longest_wait_s
        if asked is not None and asked > longest:
            raise FetchError(f"{address}: the site asks us to come back in {asked:,.0f} seconds. Do so.")
        own = self._manners.first_wait_s * float(2**attempt) * (1 + random.random() / 2)  # noqa: S311 (no secret)
        return max(min(own, longest), asked or 0.0)

    def _follow(self, address: str, bounds: Bounds, headers: Mapping[str, str], *, robots: bool) -> Answer:
        """Ask, and go where the site sends us, looking at each step where that is."""
        at = _checked(address)
        for _ in range(_MOST_REDIRECTS + 1):
            if robots:
                self._ask_robots(at)
            answer = self._once(at, bounds, headers)
            if answer.status not in _REDIRECTS:
                return answer
            to = _checked(answer.headers.get("location", ""), at)
            if at.scheme == "https" and to.scheme != "https":
                raise FetchError(f"{address}: the site sends us on to {to}, which is not encrypted.")
            at = to
        raise FetchError(f"{address}: the site sends us round in circles.")

    def _once(self, url: httpx.URL, bounds: Bounds, headers: Mapping[str, str]) -> Answer:
        """One request and its whole answer."""
        self._politely()
        self._deadline.at = time.monotonic() + bounds.seconds
        try:
            with self._http.stream("GET", url, headers=dict(headers)) as answer:
                if answer.status_code in _LATER:
                    why = f"the site answers {answer.status_code} {answer.reason_phrase}".rstrip()
                    raise _TryAgainError(why, _retry_after(answer.headers))
                body = b"" if answer.status_code in _REDIRECTS else _body(answer, bounds, url)
                return Answer(str(url), answer.status_code, answer.headers, body)
        except (httpx.InvalidURL, httpx.RemoteProtocolError) as error:
            raise FetchError(f"{url}: the site sends us to what is no address ({error}).") from error
        except _TROUBLE as error:
            if time.monotonic() >= self._deadline.at:
                raise FetchError(f"{url}: the answer took longer than {bounds.seconds:.0f} s.") from error
            raise _TryAgainError(str(error) or type(error).__name__) from error
        finally:
            self._deadline.at = float("inf")

    def _politely(self) -> None:
        wait = self._next - time.monotonic()
        if wait > 0:
            self._sleep(wait)
        self._next = time.monotonic() + self._pause

    def _ask_robots(self, url: httpx.URL) -> None:
        """Read the site's wishes once, and keep to them.

        Raises:
            FetchError: the site asks programs not to read this, or its wishes cannot be read.
        """
        host = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
            self._pause = max(self._pause, float(self._robots[host].crawl_delay(AGENT) or 0))
        if not self._robots[host].can_fetch(AGENT, str(url)):
            raise FetchError(f"{host}/robots.txt asks programs not to read {url.path}. We keep to that.")

    def _read_robots(self, host: str) -> RobotFileParser:
        """The wishes of a host; one that does not show any has none (RFC 9309, 2.3.1.3)."""
        bounds = Bounds(self._manners.page_limit_s, _ROBOTS_MB)
        answer = self._get(f"{host}/robots.txt", bounds, robots=False)
        found = RobotFileParser()
        found.parse(answer.body.decode("utf-8", "replace").splitlines() if answer.status == 200 else [])
        return found


def _checked(address: str, base: httpx.URL | None = None) -> httpx.URL:
    """The address, seen from another if that is given, if it is one that we visit at all."""
    try:
        url = base.join(address) if base else httpx.URL(address)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"'{address[:_SHOWN]}' is no address ({error}).") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError(f"'{address[:_SHOWN]}' is no address of the web: only http and https are visited.")
    if url.userinfo:
        raise FetchError(f"'{url.host}': an address with a name and password in it is not visited.")
    return url.copy_with(fragment=None)


def _body(answer: httpx.Response, bounds: Bounds, url: httpx.URL) -> bytes:
    """The body, as long as it is within bounds; never is more of it unpacked than that."""
    packing = answer.headers.get("content-encoding", "identity").strip().lower()
    if packing not in (_PACKING, "identity"):
        raise FetchError(
            f"{url}: the answer is packed in a way that was not asked for ('{packing[:_SHOWN]}')."
        )
    limit = bounds.megabytes * _MB
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing == _PACKING else None
    body, came = bytearray(), False
    for chunk in answer.iter_raw():
        came = True
        body += unpacker.decompress(chunk, limit + 1 - len(body)) if unpacker else chunk
        if len(body) > limit:
            raise FetchError(f"{url}: the answer is larger than {bounds.megabytes} MB.")
    if unpacker and came and not unpacker.eof:
        raise _TryAgainError("the answer breaks off")
    return bytes(body)


def _retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that the site asks us to wait, given as a number or a date."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        day = parsedate_to_datetime(said)
    except ValueError:
        return None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    return max((day - datetime.now(UTC)).total_seconds(), 0.0)
