"""Nodes: the scrapyd servers that run jobs, and what one of them says when it is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A scrapyd server."""

    name: str
    """Unique."""
    url: str
    """Where it listens; without user name and password."""
    sites: frozenset[str] = frozenset()
    """The sites that are to be crawled there."""
    credentials: str = "SCRAPYD"
    """Its user name is in the environment under this name and ``_USERNAME``, its password ``_PASSWORD``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a node said when it was asked for its runs."""

    node: str
    problem: str = ""
    """Why it said nothing; empty where it did."""
    pending: frozenset[str] = frozenset()
    """Ids of the runs that wait for a free process."""
    running: frozenset[str] = frozenset()
    """Ids of the runs whose process lives."""
    finished: frozenset[str] = frozenset()
    """Ids of the runs whose process is gone, the latest thousand or so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a node has of a run whose process is gone."""

    ok: bool | None = None
    """Whether nothing was lost, by the run's verdict; none: it left no verdict."""
    headline: str = ""
    """The first line of the verdict; without one, the last line of the log."""
    has_log: bool = False
    """Whether there is a log: without one it never ran."""
