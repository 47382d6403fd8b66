"""Which address does a request really go to, and when is it over?

A name is looked up once and the connection goes to the very address that was checked, so that a name which
changes its mind between the two cannot lead us into somebody's private network. Every read and write of an
exchange ends at one deadline: a site that sends a byte now and then cannot hold us.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from corpus.errors import FetchError

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # wraps an address of the old kind


@dataclass(slots=True)
class Deadline:
    """When the exchange in hand must be over, on the clock of `time.monotonic`."""

    at: float = float("inf")

    def left(self, timeout: float | None) -> float:
        """The time that one step may take."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole answer took too long")
        return min(left, timeout) if timeout is not None else left


class Wire(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and ends at the deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, check what it stands for, and connect to that."""
        last: Exception = httpcore.ConnectError(f"no address is known for {host}")
        for address in public_addresses(host, port, allow_private=self._allow_private):
            try:
                left = self._deadline.left(timeout)
                stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    def sleep(self, seconds: float) -> None:
        """Wait, for the library's own retries (which we do not use)."""
        time.sleep(seconds)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class WireTransport(httpx.BaseTransport):
    """Sends requests over the wire above, or through the proxy that the environment names."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._tls = httpx.create_ssl_context()  # verifies; SSL_CERT_FILE names further authorities
        wire = Wire(deadline, allow_private=allow_private)
        self._direct = httpcore.ConnectionPool(ssl_context=self._tls, network_backend=wire)
        self._proxied: dict[str, httpcore.HTTPProxy] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are the caller's to follow."""
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = self._pool(url).handle_request(asked)
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in (self._direct, *self._proxied.values()):
            pool.close()

    def _pool(self, url: httpx.URL) -> httpcore.ConnectionPool:
        proxy = proxy_for(url)
        if proxy is None:
            return self._direct
        check_literal(url.host, allow_private=self._allow_private)  # names are the proxy's to look up
        if proxy not in self._proxied:
            self._proxied[proxy] = _through(proxy, self._tls, self._deadline)
        return self._proxied[proxy]


class _Body(httpx.SyncByteStream):
    """The body of an answer as it comes in."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def _through(proxy: str, tls: ssl.SSLContext, deadline: Deadline) -> httpcore.HTTPProxy:
    """Connections through a proxy, which may well have a private address itself."""
    url = httpx.URL(proxy)
    if url.scheme not in ("http", "https"):
        raise FetchError(f"The proxy {url.scheme}://{url.host} cannot be used: name one of http or https.")
    return httpcore.HTTPProxy(
        proxy_url=str(url.copy_with(username=None, password=None)),
        proxy_auth=(url.username, url.password) if url.username else None,
        ssl_context=tls,
        network_backend=Wire(deadline, allow_private=True),
    )


def proxy_for(url: httpx.URL) -> str | None:
    """The proxy that the environment names for this address, or None."""
    if proxy_bypass(url.host):
        return None
    proxies = getproxies()
    found = proxies.get(url.scheme) or proxies.get("all")
    return (found if "://" in found else f"http://{found}") if found else None


def check_literal(host: str, *, allow_private: bool) -> None:
    """Refuse an address given in numbers, or the name of this very machine, that is not public.

    Raises:
        FetchError: it is not.
    """
    try:
        private = not is_public(_in_numbers(host))
    except ValueError:
        private = host.lower().rstrip(".").rpartition(".")[2] in ("localhost", "local", "internal")
    if private and not allow_private:
        raise _forbidden(host, host)


def _in_numbers(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that a host in numbers means, however it is written (0x7f.1, 2130706433)."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except OSError:
            raise ValueError(f"{host} is a name") from None


def public_addresses(host: str, port: int, *, allow_private: bool) -> tuple[str, ...]:
    """The addresses that a name stands for, none of them private unless that is allowed.

    Raises:
        FetchError: one of them is private.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(
            f"the name {host} cannot be looked up ({error}); is this machine online, or behind a proxy?"
        ) from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise _forbidden(host, address)
    return addresses


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether anybody on the internet could reach this address; what wraps a private one cannot be."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return is_public(inner)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


def _forbidden(host: str, address: str) -> FetchError:
    return FetchError(
        f"{host} stands for the private address {address}."
        " If this is a site of your own, say --allow-private."
    )
