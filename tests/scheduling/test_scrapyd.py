"""What is made of a node's answers, by a server that answers as a test wants it to."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from newsdesk import NOON, job, with_run

from newsspider.scheduling.memory import Memory, Run
from newsspider.scheduling.nodes import Node
from newsspider.scheduling.scrapyd import Credentials, NodeError, Scrapyd, SilentNodeError

PLACE = "/logs/newsspider/news/x-1200"


@dataclass
class Server:
    """Path → status and body."""

    answers: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    posted: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = made.answers.get(self.path, (404, b"no"))
            self.send_response(status)
            if "Range" in self.headers:
                first, last = map(int, self.headers["Range"].removeprefix("bytes=").split("-"))
                body = body[first : last + 1]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_POST(self) -> None:
            made.posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        made.url = f"http://127.0.0.1:{httpd.server_port}"
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield made
        httpd.shutdown()


def scrapyd(url: str) -> Scrapyd:
    return Scrapyd(Node(name="a", url=url), "newsspider", Credentials("me", "sécret"))


def run() -> Run:
    return with_run(Memory(), job("x"), "a", NOON)[1]


def test_a_node_says_which_runs_it_has(server: Server):
    """The ids of the runs that wait, run and are finished are what listjobs.json says."""
    listed = {"status": "ok", "pending": [{"id": "p"}], "running": [{"id": "r", "pid": 1}], "finished": []}
    server.answers["/listjobs.json"] = (200, json.dumps(listed).encode())
    answer = scrapyd(server.url).answer()
    assert (answer.problem, answer.pending, answer.running) == ("", {"p"}, {"r"})


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (401, b"", "it refuses the user name and password in SCRAPYD_USERNAME and SCRAPYD_PASSWORD"),
        (500, b"", "it answers with HTTP status 500"),
        (302, b"", "it answers with HTTP status 302"),
        (200, b"<html>hello", "what answers there is no scrapyd"),
        (200, b'{"status": "ok"}', "what answers there is no scrapyd"),
        (200, b'{"status": "error", "message": "Trace:\\nKeyError\\u001b[2J"}', "KeyError [2J"),
    ],
)
def test_what_is_wrong_with_a_node_is_one_line(server: Server, status: int, body: bytes, problem: str):
    """A node that refuses, or is none, is a problem in one line that names it and shows no password."""
    server.answers["/listjobs.json"] = (status, body)
    found = scrapyd(server.url).answer().problem
    assert found == f"node a ({server.url}): {problem}"
    assert "cret" not in repr(Credentials("me", "sécret"))


def test_a_node_that_is_down_took_nothing():
    """Where nobody listens nothing was sent; where the answer is lost it may have been."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    node = scrapyd(f"http://127.0.0.1:{port}")
    assert "it is down (connection refused)" in node.answer().problem
    with pytest.raises(SilentNodeError) as caught:
        node.start(run(), {}, {})
    assert not caught.value.may_have_done_it


def test_a_run_is_sent_with_its_arguments_and_settings(server: Server):
    """Arguments are parameters, settings come as scrapyd takes them, and the id is the scheduler's."""
    server.answers["/schedule.json"] = (200, b'{"status": "ok"}')
    scrapyd(server.url).start(run(), {"url": "https://a.example/?a=b&c"}, {"X": "1", "Y": "2"})
    assert server.posted == [
        "project=newsspider&spider=news&jobid=x-1200&url=https%3A%2F%2Fa.example%2F%3Fa%3Db%26c"
        "&setting=X%3D1&setting=Y%3D2"
    ]
    server.answers["/schedule.json"] = (200, b'{"status": "error", "message": "project \'x\' not found"}')
    with pytest.raises(NodeError, match=r"not found: deploy it with scrapyd-deploy"):
        scrapyd(server.url).start(run(), {}, {})


def test_the_end_of_a_run_is_its_verdict_or_the_end_of_its_log(server: Server):
    """The verdict beside the log counts; without one the log's last line does; without a log it never ran."""
    node = scrapyd(server.url)
    assert not node.ending(run()).has_log
    server.answers[f"{PLACE}.log"] = (200, b"")
    assert (node.ending(run()).has_log, node.ending(run()).headline) == (True, "")
    server.answers[f"{PLACE}.log"] = (200, b"x" * 9000 + b"\nERROR: so it is\x1b[0m\n\n")
    assert (node.ending(run()).ok, node.ending(run()).headline) == (None, "ERROR: so it is [0m")
    verdict = {"ok": False, "headline": "Nothing", "problems": ["no page was fetched"], "sites": {}}
    server.answers[f"{PLACE}.verdict.json"] = (200, json.dumps(verdict).encode())
    assert (node.ending(run()).ok, node.ending(run()).headline) == (False, "Nothing; no page was fetched")
    server.answers[f"{PLACE}.verdict.json"] = (200, b"{")
    assert (node.ending(run()).ok, node.ending(run()).headline) == (None, "its verdict can't be read")
    server.answers[f"{PLACE}.verdict.json"] = (500, b"")
    assert "HTTP status 500" in node.ending(run()).headline
