"""The newsroom over HTTP: proxy and origin, kept-alive connections, faults on demand."""

from __future__ import annotations

import asyncio
import http.client
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsspider.demo import Edition, Newsroom, Request, Response
from newsspider.demo.serve import Running, running
from newsspider.demo.server import Delivery, listen

EDITION = Edition(size=5)
FAULTS = """
from newsspider.demo.server import Delivery

def teapot(request, response):
    return Delivery(response=type(response)(418, {}, request.path.encode()))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(EDITION) as server:
        yield server


def opener(server: Running) -> urllib.request.OpenerDirector:
    """Return a client that uses *server* as its proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.proxy_url}))


def test_a_proxy_client_reaches_every_host(server: Running) -> None:
    """Pages come through the proxy as the newsroom makes them."""
    newsroom, client = Newsroom(EDITION), opener(server)
    for host in newsroom.hosts:
        with client.open(f"http://{host}/") as answer:
            assert answer.read() == newsroom.respond(host, "/").body


def test_an_origin_client_reaches_a_host_by_its_header(server: Running) -> None:
    """Without a proxy the Host header says which site is meant; the connection is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for path in ("/robots.txt", "/robots.txt"):
        connection.request("GET", path, headers={"Host": "nordblatt.test:80"})
        assert b"nordblatt.test" in connection.getresponse().read()
    connection.close()


def test_connect_is_refused_politely(server: Running) -> None:
    """HTTPS through the proxy gets 501 and a word on what to do."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("CONNECT", "newsx.test:443")
    answer = connection.getresponse()
    assert (answer.status, b"http://" in answer.read()) == (501, True)


def test_head_has_no_body(server: Running) -> None:
    """HEAD gives the length of the page and not the page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("HEAD", "/", headers={"Host": "newsx.test"})
    answer = connection.getresponse()
    assert int(answer.headers["Content-Length"]) > 1000
    assert answer.read() == b""


def test_an_unknown_host_is_502(server: Running) -> None:
    """The proxy reaches no other host."""
    with pytest.raises(urllib.error.HTTPError, match="502"):
        opener(server).open("http://example.org/")


def test_prepared_pages_are_served() -> None:
    """A server that made its pages beforehand gives the same ones."""
    newsroom = Newsroom(Edition(size=1))
    with (
        running(newsroom.edition, prepared=True) as server,
        opener(server).open("http://newsx.test/") as answer,
    ):
        assert answer.read() == newsroom.respond("newsx.test", "/").body


def test_faults_are_named_and_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server process takes its faults from a function named on its command line."""
    (tmp_path / "some_faults.py").write_text(FAULTS)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with running(EDITION, faults="some_faults:teapot") as server:
        with pytest.raises(urllib.error.HTTPError) as caught:
            opener(server).open("http://newsx.test/world/")
        assert (caught.value.code, caught.value.read()) == (418, b"/world/")


def test_the_server_ends_with_its_standard_input() -> None:
    """The process stops when whoever started it goes away."""
    command = [sys.executable, "-m", "newsspider.demo.serve", "--size=1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert b"port" in process.stdout.readline()
        assert process.stdin
        process.stdin.close()
        assert process.wait(10) == 0


def exchange(faults: Callable[[Request, Response], Delivery], raw: bytes) -> bytes:
    """Send *raw* to a newsroom with *faults* and return all bytes until the connection ends."""

    async def talk() -> bytes:
        async with await listen(Newsroom(Edition(size=1)), faults=faults) as server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(raw)
            received = b""
            try:
                while chunk := await asyncio.wait_for(reader.read(65536), 5):
                    received += chunk
            except ConnectionResetError:
                received += b"<reset>"
            writer.close()
            return received

    return asyncio.run(talk())


PLAIN = b"GET http://newsx.test/robots.txt HTTP/1.1\r\nConnection: close\r\n\r\n"


def test_a_message_is_cut() -> None:
    """A fault ends the connection in the middle of the body, with the full length announced."""
    whole = exchange(lambda _, response: Delivery(response=response), PLAIN)
    cut = exchange(lambda _, response: Delivery(response=response, cut_after=len(whole) - 9), PLAIN)
    assert cut == whole[:-9]


def test_a_connection_is_reset() -> None:
    """A fault closes the connection without a byte."""
    assert exchange(lambda _, response: Delivery(response=response, cut_after=0), PLAIN) in (b"", b"<reset>")


def test_a_message_drips() -> None:
    """A slow delivery gives the whole message in the end."""
    whole = exchange(lambda _, response: Delivery(response=response), PLAIN)
    assert (
        exchange(lambda _, response: Delivery(response=response, delay=0.01, pause=0.001, piece=50), PLAIN)
        == whole
    )


def test_requests_in_one_packet_are_answered_in_order() -> None:
    """Pipelined requests wait for a delayed one before them."""

    def slow_first(request: Request, response: Response) -> Delivery:
        return Delivery(response=response, delay=0.05 if request.path == "/robots.txt" else 0.0)

    first = b"GET http://newsx.test/robots.txt HTTP/1.1\r\n\r\n"
    second = b"GET http://newsx.test/feed/ HTTP/1.1\r\nConnection: close\r\n\r\n"
    answer = exchange(slow_first, first + second)
    assert 0 < answer.index(b"User-agent") < answer.index(b"<rss")


@pytest.mark.parametrize(
    "raw", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"a" * 70_000]
)
def test_nonsense_is_refused(raw: bytes) -> None:
    """What is no request ends the connection with a 4xx."""
    assert exchange(lambda _, response: Delivery(response=response), raw).startswith(b"HTTP/1.1 4")
