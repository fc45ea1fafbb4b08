"""What is asked of a node: scrapyd's API (https://scrapyd.readthedocs.io/en/latest/api.html) and its logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

import requests
from pydantic import BaseModel, ValidationError
from requests.auth import HTTPBasicAuth

from newsspider.errors import ScheduleError
from newsspider.scheduling.memory import Run
from newsspider.scheduling.nodes import Answer, Ending, Node

_SECONDS = {"GET": 30.0, "HEAD": 30.0, "POST": 120.0}
"""How long a node may take: it does one thing at a time, and first of all lists an egg's spiders."""
_LARGEST = 16 * 1024 * 1024
_LOG_END = 4096
_LONGEST_LINE = 300

NOT_PARAMETERS = frozenset({"project", "spider", "jobid", "priority", "setting", "_version", "_job"})
"""Names that mean something else to scrapyd than a spider argument."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks. Never shown: not in messages, not by ``repr``."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Credentials(...)"

    @classmethod
    def of(cls, node: Node, environment: Mapping[str, str]) -> Credentials | None:
        """Return what *environment* has for *node*, if it has both a user name and a password."""
        username = environment.get(f"{node.credentials}_USERNAME", "")
        password = environment.get(f"{node.credentials}_PASSWORD", "")
        return cls(username, password) if username and password else None


class NodeError(ScheduleError):
    """A node did not do what it was asked; the message names it."""


class SilentNodeError(NodeError):
    """A node did not answer."""

    def __init__(self, message: str, *, may_have_done_it: bool) -> None:
        super().__init__(message)
        self.may_have_done_it = may_have_done_it
        """Whether it may have done it all the same, and only its answer was lost."""


class _Entry(BaseModel):
    id: str


class _Jobs(BaseModel):
    pending: list[_Entry]
    running: list[_Entry]
    finished: list[_Entry]


class _Status(BaseModel):
    status: str
    message: str = ""


class _Verdict(BaseModel):
    ok: bool
    headline: str
    problems: list[str] = []


_Model = TypeVar("_Model", bound=BaseModel)


class Scrapyd:
    """One node, as *project* sees it."""

    def __init__(self, node: Node, project: str, credentials: Credentials | None) -> None:
        self.node = node
        self._project = project
        self._credentials = credentials
        self._session = requests.Session()
        # the proxies, and the .netrc, of this machine's environment are those of crawls
        self._session.trust_env = False
        if credentials is not None:
            self._session.auth = HTTPBasicAuth(credentials.username.encode(), credentials.password.encode())

    def answer(self) -> Answer:
        """Return what the node says of its runs; that it says nothing is in the answer."""
        try:
            jobs = self._read(_Jobs, self._ask("GET", "listjobs.json"))
        except NodeError as error:
            return Answer(node=self.node.name, problem=str(error))
        pending, running, finished = (
            frozenset(entry.id for entry in entries)
            for entries in (jobs.pending, jobs.running, jobs.finished)
        )
        return Answer(node=self.node.name, pending=pending, running=running, finished=finished)

    def start(self, run: Run, args: Mapping[str, str], settings: Mapping[str, str]) -> None:
        """Have the node run *run* as soon as it has a free process; raises :class:`NodeError`."""
        parameters = [("project", self._project), ("spider", run.spider), ("jobid", run.id), *args.items()]
        parameters += [("setting", f"{name}={value}") for name, value in settings.items()]
        self._ask("POST", "schedule.json", data=parameters)

    def ending(self, run: Run) -> Ending:
        """Return what the node has of *run*, whose process is gone; raises :class:`SilentNodeError`.

        newsspider writes a run's verdict beside its log, and scrapyd serves the folder of logs.
        """
        place = "/".join(quote(part, safe="") for part in ("logs", self._project, run.spider, run.id))
        try:
            verdict = self._file_end(f"{place}.verdict.json", _LARGEST)
            log = self._file_end(f"{place}.log", _LOG_END) if verdict is None else b""
        except SilentNodeError:
            raise
        except NodeError as error:
            return Ending(has_log=True, headline=str(error))
        if verdict is not None:
            return _ending_by_verdict(verdict)
        lines = (log or b"").decode("utf-8", "replace").split("\n")
        last = next((line for line in reversed(lines) if line.strip()), "")
        return Ending(has_log=log is not None, headline=_one_line(last))

    def _file_end(self, path: str, most: int) -> bytes | None:
        """Return the last *most* bytes of a file of the node, if it is there."""
        with self._request("HEAD", path) as response:
            if response.status_code == requests.codes.not_found:
                return None
            self._check(response)
            size = int(response.headers.get("Content-Length", 0))
        if not size:
            return b""
        # from the start: asked for more last bytes than there are, twisted 26.10 answers with an error
        headers = {"Range": f"bytes={max(0, size - most)}-{size - 1}", "Accept-Encoding": "identity"}
        with self._request("GET", path, headers=headers) as response:
            self._check(response)
            return response.content

    def _ask(self, method: str, path: str, data: list[tuple[str, str]] | None = None) -> bytes:
        """Return the answer to an API call; raises :class:`NodeError` where scrapyd says what is wrong."""
        with self._request(method, path, data=data) as response:
            self._check(response)
            content = response.content
        status = self._read(_Status, content)
        if status.status == "ok":
            return content
        message = _one_line(status.message.strip().rpartition("\n")[2])
        hint = ": deploy it with scrapyd-deploy" if "not found" in message else ""
        raise self._refusal(f"{message}{hint}")

    def _request(self, method: str, path: str, **options: object) -> requests.Response:
        try:
            return self._session.request(
                method,
                f"{self.node.url}/{path}",
                timeout=_SECONDS[method],
                allow_redirects=False,
                **options,  # type: ignore[arg-type]
            )
        except (OSError, requests.RequestException) as error:
            raise self._silent(error) from error

    def _check(self, response: requests.Response) -> None:
        if response.status_code == requests.codes.unauthorized:
            given = (
                "refuses the user name and password in"
                if self._credentials
                else "wants a user name and password:"
            )
            names = f"{self.node.credentials}_USERNAME and {self.node.credentials}_PASSWORD"
            raise self._refusal(f"it {given} {names}")
        if not 200 <= response.status_code < 300:
            raise self._refusal(f"it answers with HTTP status {response.status_code}")

    def _read(self, model: type[_Model], content: bytes) -> _Model:
        try:
            return model.model_validate_json(content)
        except ValidationError as error:
            raise self._refusal("what answers there is no scrapyd") from error

    def _refusal(self, why: str) -> NodeError:
        return NodeError(f"node {self.node.name} ({self.node.url}): {why}")

    def _silent(self, error: Exception) -> SilentNodeError:
        text = str(error)
        unheard = isinstance(error, requests.ConnectTimeout) or "Failed to establish" in text
        why = "it is down (connection refused)" if "refused" in text else "it can't be reached"
        if isinstance(error, requests.Timeout):
            why = "it does not answer in time"
        return SilentNodeError(
            f"node {self.node.name} ({self.node.url}): {why}", may_have_done_it=not unheard
        )


def _ending_by_verdict(text: bytes) -> Ending:
    try:
        verdict = _Verdict.model_validate_json(text)
    except ValidationError:
        return Ending(has_log=True, headline="its verdict can't be read")
    return Ending(
        ok=verdict.ok, headline=_one_line("; ".join((verdict.headline, *verdict.problems))), has_log=True
    )


def _one_line(text: str) -> str:
    """Return *text* without what would move a terminal's cursor, and not too long."""
    shown = "".join(char if char.isprintable() else " " for char in text).strip()
    return shown if len(shown) <= _LONGEST_LINE else f"{shown[:_LONGEST_LINE]} ..."
