"""Web addresses as strangers write them: joined and taken apart without an exception."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urljoin, urlsplit

_NO_ADDRESS = SplitResult("", "", "", "", "")


def join(base: str, link: str) -> str:
    """Return *link* as an absolute URL, or an empty string where it is none.

    >>> join("https://a.example/news/", "rain"), join("https://a.example/", "http://[bad")
    ('https://a.example/news/rain', '')
    """
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def split(url: str) -> SplitResult:
    """Return the parts of *url*, all of them empty where it is no URL."""
    try:
        return urlsplit(url)
    except ValueError:
        return _NO_ADDRESS


def host_of(url: str) -> str:
    """Return the host of *url*, lower-cased; an empty string where it has none.

    >>> host_of("https://www.A.example.:8000/rain"), host_of("http://[bad")
    ('www.a.example', '')
    """
    return (split(url).hostname or "").rstrip(".")


def lies_on(host: str, domains: Iterable[str]) -> bool:
    """Return whether *host* is one of *domains*, or below one; with and without ``www.`` they are the same.

    >>> lies_on("a.example", ["www.a.example"]), lies_on("bada.example", ["a.example"])
    (True, False)
    """
    bare = [domain.removeprefix("www.") for domain in domains]
    return any(host == domain or host.endswith(f".{domain}") for domain in bare)
