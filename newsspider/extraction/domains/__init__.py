"""Which domain a host belongs to, by the Public Suffix List.

tldextract answers the same. It is for any part of a name and keeps its list up to date over the network; to
import it takes 70 ms, to build its trees 40 ms, and the garbage collector walks over their 34,000 objects
again and again.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """Return the domain that was registered for *host*, without its ``www`` and the like.

    Of a suffix that the list does not have, the last label is one; an IP address stays whole.

    >>> registrable("news.example.co.uk"), registrable("www.news.test"), registrable("co.uk")
    ('example.co.uk', 'news.test', 'co.uk')
    """
    host = host.lower()
    if host.replace(".", "").isdigit():
        return host
    labels = host.split(".")
    return ".".join(labels[-1 - _suffix_length(labels) :])


def _suffix_length(labels: list[str]) -> int:
    """Return how many of the last of *labels* are a public suffix.

    >>> [_suffix_length(host.split(".")) for host in ("a.uk", "a.b.ck", "a.www.ck", "a.test")]
    [1, 2, 1, 1]
    """
    rules = _rules()
    names = [_spelled(label) for label in labels]
    for start in range(len(names)):
        above = ".".join(names[start + 1 :])
        name = f"{names[start]}.{above}" if above else names[start]
        if f"!{name}" in rules:
            return len(names) - start - 1
        if name in rules or f"*.{above}" in rules:
            return len(names) - start
    return 1


def _spelled(label: str) -> str:
    """Return *label* in its own script, as the list has it.

    >>> _spelled("xn--p1ai"), _spelled("xn--broken-")
    ('рф', 'xn--broken-')
    """
    if not label.startswith("xn--"):
        return label
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


@cache
def _rules() -> frozenset[str]:
    lines = (files(__name__) / "suffixes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
