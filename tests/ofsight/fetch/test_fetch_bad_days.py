"""What a site may do on a bad day, or on purpose: none of it hangs, escapes, or passes for success."""

import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import ThreadingHTTPServer

import httpcore
import httpx
import pytest

from corpus.authorities import register
from corpus.errors import FetchError
from ofsight.fetch.client import Client
from ofsight.fetch.site import Manners
from ofsight.fetch.wire import check_literal, is_public, proxy_for, public_addresses

QUICK = Manners(0.0, 3, 0.0, 60.0, 1.0, 1, 1.0, 1)


@pytest.fixture
def client(slept):
    """A client with tight bounds that never really waits."""
    with Client(QUICK, allow_private=True, sleep=slept.append) as client:
        yield client


@pytest.mark.parametrize("code", [429, 500, 502, 503])
def test_trouble_that_passes_is_waited_out(site, play, client, code):
    site.then["/v1/file/50100007"] = [play.status(code), play.status(code)]
    assert client.file(f"{site.base}/v1/file/50100007").status == 200


def test_trouble_that_stays_is_said(site, play, client):
    site.always["/v1/file/50100007"] = play.status(500)
    with pytest.raises(FetchError, match=r"answers 500 Internal Server Error \(tried 3 times\)"):
        client.file(f"{site.base}/v1/file/50100007")
    assert len(site.paths("/v1/file")) == 3


def test_waits_grow_and_differ(site, play, slept):
    site.always["/v1/file/50100007"] = play.status(500)
    manners = replace(QUICK, first_wait_s=2.0, tries=4)
    with Client(manners, allow_private=True, sleep=slept.append) as client, pytest.raises(FetchError):
        client.file(f"{site.base}/v1/file/50100007")
    assert [low <= wait <= 1.5 * low for wait, low in zip(slept, (2, 4, 8), strict=True)] == [True] * 3


@pytest.mark.parametrize(
    "after", ["37", lambda: format_datetime(datetime.now(UTC) + timedelta(seconds=37), usegmt=True)]
)
def test_the_site_says_how_long_to_stay_away(site, play, client, slept, after):
    asked = after if isinstance(after, str) else after()
    site.then["/v1/file/50100007"] = [play.status(429, Retry_After=asked)]
    assert client.file(f"{site.base}/v1/file/50100007").status == 200
    assert 35 <= max(slept) <= 37


def test_a_site_that_wants_us_away_for_long_is_left_alone(site, play, client):
    site.always["/v1/file/50100007"] = play.status(503, Retry_After="86400")
    with pytest.raises(FetchError, match="asks us to come back in 86,400 seconds"):
        client.file(f"{site.base}/v1/file/50100007")
    assert len(site.paths("/v1/file")) == 1


@pytest.mark.parametrize("said", ["", "soon", "-5", "٣", "Wed, 32 Foo 2026"])
def test_a_senseless_wish_is_no_wish(site, play, client, said):
    site.then["/v1/file/50100007"] = [play.status(503, Retry_After=said)] if said.isascii() else []
    assert client.file(f"{site.base}/v1/file/50100007").status == 200


def test_between_two_requests_there_is_a_pause(site, slept):
    with Client(replace(QUICK, pause_s=1.0), allow_private=True, sleep=slept.append) as client:
        client.page(f"{site.base}/search?start=0")
        client.page(f"{site.base}/search?start=3")
    assert len(slept) == 2  # robots.txt is a request as well
    assert all(0.5 < wait <= 1.0 for wait in slept)


def test_robots_txt_is_kept_to(site, client):
    site.robots = "User-agent: *\nDisallow: /v1/\n"
    with pytest.raises(FetchError, match=r"robots.txt asks programs not to read /v1/file/50100007"):
        client.file(f"{site.base}/v1/file/50100007")
    assert site.asked == ["/robots.txt"]
    assert client.page(f"{site.base}/search?start=0").status == 200


def test_robots_txt_may_slow_us_down(site, client, slept):
    site.robots = "User-agent: ofsight\nCrawl-delay: 7\n"
    client.page(f"{site.base}/search?start=0")
    client.page(f"{site.base}/search?start=3")
    assert max(slept) > 6


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_site_that_shows_no_robots_txt_has_no_wishes(site, play, client, code):
    """RFC 9309, 2.3.1.3; places that only serve files answer so to any address that they do not know."""
    site.always["/robots.txt"] = play.status(code)
    assert client.page(f"{site.base}/search?start=0").status == 200


def test_without_an_answer_about_robots_nothing_is_read(site, play, client):
    site.always["/robots.txt"] = play.status(500)
    with pytest.raises(FetchError, match="answers 500"):
        client.page(f"{site.base}/search?start=0")
    assert site.paths("/search") == []


def test_a_redirect_is_followed(site, play, client):
    site.always["/v1/file/1"] = play.redirect("/v1/file/50100007", 301)
    assert client.file(f"{site.base}/v1/file/1").body == site.report("50100007").body


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("/v1/file/1", "round in circles"),
        ("", "round in circles"),
        ("ftp://example.org/x.pdf", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("javascript:alert(1)", "what is no address"),
        ("http://name:secret@example.org/", "name and password"),
        ("http://[", "cannot be looked up"),
    ],
)
def test_redirects_to_nowhere_are_refused(site, play, client, to, says):
    site.always["/v1/file/1"] = play.redirect(to)
    with pytest.raises(FetchError, match=says) as caught:
        client.file(f"{site.base}/v1/file/1")
    assert "secret" not in str(caught.value)


def test_a_redirect_to_a_private_address_is_refused(site, play, monkeypatch):
    """The site itself is let through as public here; where it sends us is looked at on its own."""
    monkeypatch.setattr(
        "ofsight.fetch.wire.is_public", lambda address: str(address) == "127.0.0.1" or is_public(address)
    )
    site.always["/v1/file/1"] = play.redirect("http://10.0.0.8/admin")
    site.always["/v1/file/2"] = play.redirect("http://169.254.169.254/latest/meta-data/")
    with Client(QUICK, sleep=lambda _: None) as client:
        for number in (1, 2):
            with pytest.raises(FetchError, match="private address"):
                client.file(f"{site.base}/v1/file/{number}")


def test_the_loopback_is_not_visited_unless_asked(site):
    with (
        Client(QUICK) as client,
        pytest.raises(FetchError, match=r"private address 127.0.0.1.*--allow-private"),
    ):
        client.page(f"{site.base}/search?start=0")
    assert site.asked == []


PRIVATE = """127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.1 169.254.169.254 0.0.0.0
    100.64.0.1 224.0.0.1 255.255.255.255
    ::1 :: fe80::1 fc00::1 ::ffff:10.0.0.1 2002:a00:1:: 64:ff9b::a00:1 ff02::1"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_private_addresses_are_known_in_every_dress(address):
    import ipaddress

    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "51.104.0.1", "2606:4700::1", "64:ff9b::808:808"])
def test_public_addresses_are_public(address):
    import ipaddress

    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost", "printer.local", "LOCALHOST."]
)
def test_behind_a_proxy_literal_private_addresses_are_refused(host):
    with pytest.raises(FetchError, match="private address"):
        check_literal(host, allow_private=False)
    check_literal(host, allow_private=True)
    check_literal("reports.example.org", allow_private=False)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match=r"reports.example.org stands for the private address 10.0.0.8"):
        public_addresses("reports.example.org", 80, allow_private=False)


def test_the_address_that_was_checked_is_the_one_that_is_used(monkeypatch):
    """A name that answers otherwise the second time gets no second time."""
    answers = [[(2, 1, 6, "", ("93.184.216.34", 80))]]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.pop(0))
    used = []

    def connect(_, host, *__):
        used.append(host)
        raise httpcore.ConnectError("nobody is there")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with (
        Client(replace(QUICK, tries=1), sleep=lambda _: None) as client,
        pytest.raises(FetchError, match="nobody"),
    ):
        client.page("http://reports.example.org/")
    assert used == ["93.184.216.34"]


def test_a_name_that_nobody_knows_is_said(client, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match=r"the name reports.example.org cannot be looked up"):
        client.page("http://reports.example.org/")


def test_an_endless_body_is_cut_off(site, client):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.end_headers()
        while True:
            handler.wfile.write(b"%PDF" + b"\0" * 65536)

    site.always["/v1/file/1"] = quiet(endless)
    with pytest.raises(FetchError, match="larger than 1 MB"):
        client.file(f"{site.base}/v1/file/1")


def test_a_body_that_bursts_when_unpacked_is_cut_off(site, client):
    import gzip

    bomb = gzip.compress(b"\0" * (8 << 20))
    site.always["/v1/file/1"] = lambda h: h.answer(200, bomb, "application/pdf", {"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="larger than 1 MB"):
        client.file(f"{site.base}/v1/file/1")


def test_a_body_packed_twice_is_not_unpacked(site, client):
    import gzip

    small = gzip.compress(gzip.compress(b"\0" * (64 << 20)))
    twice = {"Content-Encoding": "gzip, gzip"}
    site.always["/v1/file/1"] = lambda h: h.answer(200, small, "application/pdf", twice)
    with pytest.raises(FetchError, match="packed in a way that was not asked for"):
        client.file(f"{site.base}/v1/file/1")


def test_what_bursts_is_never_unpacked_beyond_the_limit(site, client):
    import gzip
    import tracemalloc

    bomb = gzip.compress(b"\0" * (64 << 20))
    site.always["/v1/file/1"] = lambda h: h.answer(200, bomb, "application/pdf", {"Content-Encoding": "gzip"})
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than 1 MB"):
        client.file(f"{site.base}/v1/file/1")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


def test_a_packed_page_is_unpacked_and_one_that_breaks_off_asked_for_again(site, client):
    import gzip

    whole, packed = site.report("50100007").body, {"Content-Encoding": "gzip"}
    data = gzip.compress(whole)
    site.then["/v1/file/50100007"] = [
        lambda h: h.answer(200, data[:-20], "application/pdf", packed),
        lambda h: h.answer(200, b"no gzip", "application/pdf", packed),
    ]
    site.always["/v1/file/50100007"] = lambda h: h.answer(200, data, "application/pdf", packed)
    assert client.file(f"{site.base}/v1/file/50100007").body == whole


def slowly(handler, data: bytes) -> None:
    """Send a byte now and then."""
    for byte in data:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def quiet(day):
    """A bad day after which the server need not complain that nobody listened to the end."""

    def do(handler):
        try:
            day(handler)
        except OSError:
            handler.close_connection = True

    return do


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_slow_drip_is_cut_off(site, client, part):
    def drip(handler):
        if part == "headers":
            slowly(handler, b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 1000)
        else:
            handler.send_response(200)
            handler.send_header("Content-Length", "1000")
            handler.end_headers()
            slowly(handler, b"%PDF" * 250)

    site.always["/v1/file/1"] = quiet(drip)
    with pytest.raises(FetchError, match="took longer than 1 s"):
        client.file(f"{site.base}/v1/file/1")


def test_a_body_that_breaks_off_is_asked_for_again(site, client):
    whole = site.report("50100007").body

    def half(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(whole)))
        handler.end_headers()
        handler.wfile.write(whole[: len(whole) // 2])
        handler.close_connection = True

    site.then["/v1/file/50100007"] = [half]
    assert client.file(f"{site.base}/v1/file/50100007").body == whole


def test_a_body_cut_short_without_a_word_about_its_length_is_not_kept(site, bring, folder):
    whole = site.report("50100007").body

    def half(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(whole[: len(whole) // 2])
        handler.close_connection = True

    site.always["/v1/file/50100007"] = half
    fetched = bring()
    assert "no whole PDF" in fetched.failed[0][1]
    assert not (folder / "50100007.pdf").exists()
    assert list(folder.glob(".*")) == [folder / ".pages"]


@pytest.mark.parametrize(
    "said",
    [b"nonsense\r\n\r\n", b"HTTP/1.1 999\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"],
)
def test_what_is_no_answer_of_the_web_is_said(site, client, said):
    def speak(handler):
        handler.wfile.write(said)
        handler.close_connection = True

    site.always["/v1/file/1"] = speak
    try:
        assert client.file(f"{site.base}/v1/file/1").status == 999
    except FetchError as error:
        assert "tried 3 times" in str(error)


def test_nobody_at_the_door_is_said(client):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match=r"(?i)refused.*tried 3 times"):
            client.page(f"http://127.0.0.1:{taken.getsockname()[1]}/")


@pytest.mark.parametrize(
    "href",
    [
        "/v1/file/../../../etc/passwd",
        "/v1/file/..%2f..%2fx",
        "/v1/file/1.pdf/../../x",
        "/v1/file/con",
        "/v1/file/" + "9" * 200,
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//evil.example/v1/file/7",
        "http://evil.example/v1/file/7",
        "http://[",
    ],
)
def test_tricks_in_addresses_name_no_file_and_no_stranger(site, bring, folder, href):
    site.report("50100007").href = href
    fetched = bring()
    assert len(fetched.odd) == 1
    assert fetched.exit_code == 1
    assert {path.name for path in folder.rglob("*.pdf")} == {
        f"5010000{n}.pdf" for n in (1, 2, 3, 4, 5, 6, 8, 9)
    }


def test_a_name_that_the_server_proposes_is_not_taken(site, bring, folder):
    body = site.report("50100007").body
    tricks = {"Content-Disposition": 'attachment; filename="../../evil.pdf"'}
    site.always["/v1/file/50100007"] = lambda h: h.answer(200, body, "application/pdf", tricks)
    bring()
    assert (folder / "50100007.pdf").read_bytes() == body
    assert not (folder.parent.parent / "evil.pdf").exists()


def test_words_of_the_site_do_no_harm_in_a_spreadsheet(site, bring, folder):
    site.report("50100007").label = '=HYPERLINK("http://evil.example")&children\'s services inspection'
    bring()
    assert ",'=HYPERLINK" in (folder / "manifest.csv").read_text().replace('"', "")
    assert bring().exit_code == 0


def test_a_page_of_another_kind_is_a_failure(site, play, bring):
    site.always["/search"] = play.page('{"results": []}', "application/json")
    with pytest.raises(FetchError, match="sends 'application/json' where a page was expected"):
        bring()


def test_somebody_elses_page_is_a_failure(site, play, bring):
    site.always["/search"] = play.page("<title>Sign in to the wireless network</title>")
    with pytest.raises(FetchError, match="no page of the publisher"):
        bring()


def changed(site, play) -> None:
    """The links of provider pages get another class."""
    for urn in site.providers:
        text = site.page(f"/provider/44/{urn}", "").replace("publication-link", "report-link")
        site.always[f"/provider/44/{urn}"] = play.page(text)


def test_a_changed_provider_page_is_a_failure(site, play, bring, folder):
    changed(site, play)
    with pytest.raises(FetchError, match=r"5 of 5 pages list no report.*--site"):
        bring()


def test_a_changed_label_is_a_failure(site, play, bring):
    for urn in site.providers:
        text = re.sub(r", pdf - \d\d \w+ \d{4}", "", site.page(f"/provider/44/{urn}", ""))
        site.always[f"/provider/44/{urn}"] = play.page(text)
    with pytest.raises(FetchError, match=r"9 of 9 links to reports do not look as described"):
        bring()


def test_a_changed_search_page_is_a_failure(site, play, bring):
    site.always["/search"] = play.page(play.PAGE.format(title="Search results", body="<p>No results</p>"))
    with pytest.raises(FetchError, match="lists 0 local authorities; at least 5 were expected"):
        bring()


def _from_the_start(path: str) -> str:
    return re.sub(r"start=\d+", "start=0", path.partition("?")[2])


def test_a_search_that_gives_the_same_page_for_ever_is_a_failure(site, play, bring):
    site.always["/search"] = lambda handler: handler.well("/search", _from_the_start(handler.path))
    with pytest.raises(FetchError, match="lists 3 local authorities"):
        bring()


def test_when_most_reports_vanish_at_once_the_page_is_doubted(site, bring, folder):
    bring()
    before = (folder / "manifest.csv").read_text()
    for urn, (name, reports) in site.providers.items():
        site.providers[urn] = (name, reports[:1])
    for report in (reports[0] for _, reports in site.providers.values()):
        report.id = str(int(report.id) + 100)
    with pytest.raises(FetchError, match="9 of 9 reports known before are no longer listed"):
        bring()
    assert (folder / "manifest.csv").read_text() == before


def test_nothing_of_a_kind_is_a_failure_that_names_what_is_there(bring):
    with pytest.raises(FetchError, match=r"kind monitoring_visit is listed. Listed: 6 inspection, 1"):
        bring(kinds=("monitoring_visit",))


def test_a_provider_page_that_fails_is_said_and_the_others_are_read(site, play, bring):
    site.always["/provider/44/SAMPLE04"] = play.status(500)
    fetched = bring()
    assert [name for name, _ in fetched.failed] == ["Saltmere Bay"]
    assert (len(fetched.new), fetched.exit_code) == (7, 1)


def test_an_authority_that_the_site_does_not_know_is_a_failure(bring):
    with pytest.raises(FetchError, match="answers 404"):
        bring(authorities=(register().find("Tarnbrook"),))


@pytest.fixture
def proxy(site):
    """A proxy that passes requests for any host on to the played site."""
    import http.server
    import urllib.request

    asked = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            target = site.base + "/" + self.path.split("/", 3)[3]
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(target) as answer:
                body = answer.read()
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.headers["Content-Type"])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_a_proxy_of_the_environment_is_used(site, proxy, monkeypatch):
    """It may have a private address; where it leads may not."""
    address, asked = proxy
    monkeypatch.setenv("http_proxy", address)
    site.robots = ""
    with Client(QUICK, sleep=lambda _: None) as client:
        assert client.file("http://reports.example.org/v1/file/50100007").body == site.report("50100007").body
        with pytest.raises(FetchError, match="private address"):
            client.file("http://10.0.0.8/admin")
    assert asked == ["http://reports.example.org/robots.txt", "http://reports.example.org/v1/file/50100007"]


def test_what_needs_no_proxy_goes_without(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "files.example.org")
    assert proxy_for(httpx.URL("https://reports.example.org/")) == "http://proxy.example:3128"
    assert proxy_for(httpx.URL("https://files.example.org/")) is None
    assert proxy_for(httpx.URL("http://reports.example.org/")) is None


def test_a_proxy_of_another_kind_is_refused(client, monkeypatch):
    monkeypatch.setenv("http_proxy", "socks5://proxy.example:1080")
    with pytest.raises(FetchError, match=r"proxy socks5://proxy.example cannot be used"):
        client.page("http://reports.example.org/")


@pytest.fixture
def encrypted(site, tmp_path):
    """The played site behind TLS, with a certificate that nobody vouches for; and that certificate."""
    program = shutil.which("openssl") or pytest.skip("openssl, which makes the certificate, is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    asked = (
        "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    command = [program, *asked.split(), "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = type("Playing", (sys.modules["played_site"].Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"https://localhost:{server.server_port}", certificate
    server.shutdown()
    server.server_close()


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted, client):
    address, _ = encrypted
    with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        client.page(f"{address}/search?start=0")


def test_who_vouches_may_be_named_and_nothing_leads_out_of_encryption(site, play, encrypted, monkeypatch):
    """The name is checked against the certificate although the connection goes to the address looked up."""
    address, certificate = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    site.always["/v1/file/1"] = play.redirect(f"{site.base}/v1/file/50100007")
    with Client(QUICK, allow_private=True, sleep=lambda _: None) as client:
        assert client.page(f"{address}/search?start=0").status == 200
        with pytest.raises(FetchError, match="which is not encrypted"):
            client.file(f"{address}/v1/file/1")
        with pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
            client.page(address.replace("localhost", "127.0.0.1"))
