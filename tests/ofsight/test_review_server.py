"""The review page answers only the browser that was given its address."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from ofsight.cli import run_command
from ofsight.review.desk import Answer, Request
from ofsight.review.server import ReviewServer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def heard() -> list[Request]:
    """What reached the desk."""
    return []


@pytest.fixture
def server(heard: list[Request]) -> Iterator[ReviewServer]:
    def answer(request: Request) -> Answer:
        heard.append(request)
        return Answer(303, location="next?a=1") if request.method == "POST" else Answer(200, b"page")

    with ReviewServer(answer) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(
    server: ReviewServer,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: str | None = None,
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.request(method, path.replace("SECRET", server.secret), body, headers or {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_the_page_comes_with_a_policy_and_is_kept_nowhere(server: ReviewServer, heard: list[Request]) -> None:
    answer = ask(server, "GET", "/SECRET/paragraph/x?show=mine")
    assert answer.status == 200
    assert heard == [Request("GET", "paragraph/x", "show=mine")]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Python" not in answer.headers["Server"]


def test_a_change_ends_in_a_redirect_below_the_secret(server: ReviewServer, heard: list[Request]) -> None:
    answer = ask(server, "POST", "/SECRET/undo", FORM | {"Origin": f"http://{server.hosts[1]}"}, "a=b")
    assert (answer.status, answer.headers["Location"]) == (303, f"/{server.secret}/next?a=1")
    assert heard == [Request("POST", "undo", "", b"a=b")]


def test_the_address_cannot_be_guessed_and_is_on_this_machine(server: ReviewServer) -> None:
    assert server.address.startswith("http://127.0.0.1:")
    assert len(server.secret) >= 32
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 404),
        ("GET", "/SECRET", {}, 404),
        ("GET", "/guess/paragraph/x", {}, 404),
        ("GET", "/SECRET/", {"Host": "evil.example"}, 421),
        ("GET", "/SECRET/", {"Host": "localhost"}, 421),
        ("POST", "/SECRET/undo", FORM | {"Origin": "https://evil.example"}, 403),
        ("POST", "/SECRET/undo", FORM | {"Origin": "null"}, 403),
        ("POST", "/SECRET/undo", FORM | {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", "/SECRET/undo", FORM | {"Sec-Fetch-Site": "same-site"}, 403),
        ("POST", "/SECRET/undo", {"Content-Type": "text/plain"}, 415),
        ("POST", "/SECRET/undo", {}, 415),
        ("POST", "/SECRET/undo", FORM | {"Content-Length": "1000000"}, 413),
        ("POST", "/SECRET/undo", FORM | {"Content-Length": "-1"}, 413),
        ("POST", "/guess/undo", FORM, 404),
        ("PUT", "/SECRET/undo", {}, 501),
    ],
)
def test_everybody_else_is_refused(
    server: ReviewServer,
    heard: list[Request],
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
) -> None:
    assert ask(server, method, path, headers).status == status
    assert heard == []


def test_the_command_serves_until_ctrl_c_and_leaves_one_file(fake: ModuleType, tmp_path: Path) -> None:
    place = fake.write_coded(tmp_path / "s.db", [("Visits are late.", "finding", "weakness", 0.5, True)])
    command = "import sys; from ofsight.cli import main; sys.argv[0] = 'ofsight'; main()"
    arguments = ["review", "--no-browser", "--coder", "jo", "--store", str(place)]
    running = subprocess.Popen(
        [sys.executable, "-c", command, *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        said = running.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/\S+/", said)[0]
        with urllib.request.urlopen(address, timeout=150) as answer:  # noqa: S310 (our own address)
            page = answer.read().decode()
            assert "Visits are late." in page
            where = answer.url
        with urllib.request.urlopen(where, b"valence=mixed&theme1=health", timeout=150) as answer:  # noqa: S310
            assert "Nothing left here" in answer.read().decode()
        running.send_signal(signal.SIGINT)
        out, rest = running.communicate(timeout=150)
    finally:
        running.kill()
    assert said.startswith("Review as jo: ")
    assert rest.endswith(f"1 coding kept in {place}.\n")
    assert (running.returncode, out) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.db"]


def test_without_a_store_the_next_step_is_named(tmp_path: Path, capsys) -> None:
    assert run_command(["review", "--store", str(tmp_path / "none.db")]) == 2
    assert "Make one with: ofsight run" in capsys.readouterr().err
    assert run_command(["review", "--import", "x.jsonl", "--store", str(tmp_path / "none.db")]) == 2
    assert run_command(["review", "--agreement", "--export", "x.jsonl"]) == 2
    assert "at a time" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_our_own_is_said_and_the_next_request_is_answered(server: ReviewServer) -> None:
    def fail(request: Request) -> Answer:
        raise KeyError(request.path)

    server.answer = fail
    assert ask(server, "GET", "/SECRET/x").status == 500
    server.answer = lambda _: Answer(200)
    assert ask(server, "GET", "/SECRET/x").status == 200


def test_who_hangs_up_does_no_harm(server: ReviewServer, capfd) -> None:
    server.answer = lambda _: Answer(200, b"x" * 10_000_000)
    with socket.create_connection(("127.0.0.1", server.server_port)) as hasty:
        hasty.send(f"GET /{server.secret}/ HTTP/1.1\r\nHost: {server.hosts[0]}\r\n\r\n".encode())
        hasty.recv(10)
    server.answer = lambda _: Answer(200)
    assert ask(server, "GET", "/SECRET/").status == 200
    assert "Traceback" not in capfd.readouterr().err
