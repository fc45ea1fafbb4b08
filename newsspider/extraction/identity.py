"""Which URL stands for an article: many addresses, one article."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url

from newsspider.extraction import path_words
from newsspider.extraction.addresses import host_of, lies_on, split
from newsspider.extraction.fields.canonical_url import candidates
from newsspider.extraction.links.tracking import is_tracking
from newsspider.extraction.page import Page

_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_AMP_PATH = re.compile(r"(?:/amp(?=/|\Z)|(?<=[\w-])\.amp(?=\.html?\Z|\Z)|(?<=/)amp-(?=\d))", re.IGNORECASE)
_MOBILE_HOST = re.compile(r"\A(?:m|mobile|amp|mobil|wap|touch|www\.m)\.(?=[^.]+\.)", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_MIN_SLUG_WORDS = 3


@lru_cache(maxsize=256)  # a page states its own address in several places; no other page does
def normalize_url(url: str) -> str:
    """Return *url* in the one form that all addresses of the same document share.

    Scheme https, host without ``www.m.``, ``m.`` or ``amp.``, no tracking parameters, session ids, AMP marks,
    fragment, default port or trailing slash; parameters sorted. It is a key: the document need not answer
    there.

    >>> normalize_url("http://m.example.com:80/a-b/amp/?utm_source=x&id=2#top")
    'https://example.com/a-b?id=2'
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip(), keep_fragments=False))
        host = (parts.hostname or "").rstrip(".")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return url.strip()
    if parts.scheme not in ("http", "https") or not host:
        return url.strip()
    port = "" if port == _DEFAULT_PORTS[parts.scheme] else port
    host = _desktop_host(host)
    path = _AMP_PATH.sub("", _INDEX.sub("/", _SESSION.sub("", parts.path)))
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    query = urlencode(
        [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not is_tracking(k, v)]
    )
    return urlunsplit(("https", host + port, path or "/", query, ""))


def registrable_domain(url: str) -> str:
    """Return the domain that was registered for the host of *url*; the host itself where there is none.

    By the Public Suffix List as shipped with tldextract; nothing is fetched.

    >>> registrable_domain("https://news.example.co.uk/a"), registrable_domain("http://127.0.0.1:8000/")
    ('example.co.uk', '127.0.0.1')
    """
    return _registrable(host_of(url if "//" in url else f"//{url}"))


def canonical_url(page: Page, site_domains: Collection[str]) -> tuple[str, str | None]:
    """Return the URL that stands for *page*, and the URL on another site that it was taken from, if any.

    *site_domains* are the site's own, subdomains included; empty: the registrable domain of the page's
    URL. What the page states is believed only on those domains, and only where it may be an article's own
    address: many systems put the home page or the section into every page. It is given as stated, but for
    what says where the reader came from; a page that states nothing has its own URL in normal form.
    """
    own = normalize_url(page.url)
    domains = site_domains or (registrable_domain(page.url),)
    syndicated: str | None = None
    for found in candidates(page):
        url = normalize_url(found.value)
        if not lies_on(host_of(url), domains):
            if found.source == "link:canonical" and syndicated is None and _looks_like_article(url, own):
                syndicated = _as_stated(found.value)
        elif _looks_like_article(url, own):
            return _as_stated(found.value), syndicated
    return own, syndicated


def _as_stated(url: str) -> str:
    """Return *url* without fragment and tracking parameters, else as it is: it should answer there."""
    parts = split(url.strip())
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(is_tracking(name, value) for name, value in pairs):
        return urlunsplit(parts._replace(fragment=""))
    query = urlencode([(name, value) for name, value in pairs if not is_tracking(name, value)])
    return urlunsplit(parts._replace(query=query, fragment=""))


def _desktop_host(host: str) -> str:
    shorter = _MOBILE_HOST.sub("", host)
    # m.com is a domain, not the mobile host of "com"
    if shorter != host and "." in shorter and len(_registrable(host)) <= len(shorter):
        host = shorter
    # with and without www. are one site nearly everywhere
    bare = host.removeprefix("www.")
    return bare if "." in bare else host


def _looks_like_article(url: str, own: str) -> bool:
    """Tell whether *url* may be the article at *own*: the same document, or as specific as an article's."""
    if url == own:
        return True
    parts, mine = split(url), split(own)
    steps = [step for step in parts.path.split("/") if step]
    if not steps and not parts.query:
        return False
    if any(step.lower() in path_words.LISTS for step in steps):
        return False
    last = steps[-1] if steps else ""
    own_last = mine.path.rstrip("/").rsplit("/", 1)[-1]
    if last and last == own_last:
        return True
    is_specific = bool(re.search(r"\d{4,}", parts.path + parts.query)) or _slug_words(last) >= _MIN_SLUG_WORDS
    # the section above the article is a part of its path
    return is_specific and not mine.path.startswith(parts.path.rstrip("/") + "/")


def _slug_words(step: str) -> int:
    return len([word for word in re.split(r"[-_+]|%20", step) if word])


@cache
def _extractor() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=4096)
def _registrable(host: str) -> str:
    found = _extractor()(host)
    if found.suffix or found.ipv4 or found.ipv6:
        return (found.top_domain_under_public_suffix or host).lower()
    # the list's own rule for a suffix that it does not have: the last label, as in news.test
    return ".".join(host.lower().split(".")[-2:])
