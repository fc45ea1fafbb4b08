"""Does any page cost more than its size: ``python -m benchmarks.hostile [SHAPE...] [--size 5000]``.

Each shape is a page of one thing many times over. It is read once with *size* of it and once with four times
as many: what is linear takes about four times the CPU seconds, what is quadratic sixteen.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from newsspider.cleaning import clean
from newsspider.extraction.links import next_page, one_page_view, part_links, related_links, section_links
from newsspider.extraction.page import Page
from newsspider.extraction.reader import read
from newsspider.extraction.skeleton import is_skeleton

Shape: TypeAlias = Callable[[int], str]

TIMES = 4
STEEP = 8.0
"""Growth that is no longer linear: a page four times as long takes so many times as long, or more."""
_URL = "https://a.example/2024/05/03/the-bridge-is-closed"
_TEXT = "The council met on Tuesday and agreed that the old bridge must close before winter. "
_LEAST = 0.05  # CPU seconds; shorter times are noise
_DEEP = 1_500  # levels; libxml2 keeps two thousand


def _article(inside: str) -> str:
    return f"<title>A</title><article><h1>The bridge is closed</h1>{f'<p>{_TEXT * 4}</p>' * 4}{inside}"


def _shell(inside: str) -> str:
    return f"<title>A</title><script src=/a.js></script><body>{inside}"


def _links(count: int) -> str:
    return "".join(f"<a href=/2024/05/03/rain-stops-play-{n}>Rain stops play {n}</a> " for n in range(count))


def _data(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'


SHAPES: Mapping[str, Shape] = {
    "paragraphs": lambda n: _article("<p>It rained.</p>" * n),
    "one long text": lambda n: _article(f"<p>{_TEXT * n}</p>"),
    "one long word": lambda n: _article(f"<p>{'a' * 20 * n}</p>"),
    "combining marks": lambda n: _article("<p>a" + "\u0301\u0316" * 3 * n),
    "line breaks": lambda n: _article("It rained.<br>" * n),
    "documents": lambda n: "<html><body><p>It rained.</p></body></html>" * n,
    "comments": lambda n: _article("</article>" + f"<div class=comment><p>{_TEXT * 2}</p></div>" * n),
    "next articles": lambda n: _article("</article>" + f"<article><h2>Rain</h2><p>{_TEXT * 2}</article>" * n),
    "cards": lambda n: _article(
        "</article>" + f"<div class=card><h3><a href=/a>Rain stops play</a></h3><p>{_TEXT}</div>" * n
    ),
    "table": lambda n: _article("<table>" + "<tr><td>It rained" * n),
    "deep and wide": lambda n: _shell(
        "<div class=wrap>" * min(_DEEP, n // 10) + "<b> </b>" * 4 * n + _TEXT * 2
    ),
    "links": lambda n: _article(f"<p>{_links(n)}"),
    "deep links": lambda n: _article("<div class=wrap>" * _DEEP + _links(n)),
    "tags": lambda n: _article("".join(f"<a rel=tag href=/tag/{i}>t{i}</a>" for i in range(n))),
    "page numbers": lambda n: _article("".join(f"<a href=?page={i}>{i}</a>" for i in range(n))),
    "attributes": lambda n: _article("<p " + " ".join(f"a{i}={'1' * 90}" for i in range(n)) + ">It rained."),
    "classes": lambda n: _article("".join(f"<p class='author{i} b{i}'>It rained." for i in range(n))),
    "many titles": lambda n: "<body>" + _article(f"<p>{_TEXT}</p><h1>The bridge is open</h1>" * n),
    "breadcrumbs": lambda n: _article("<nav class=breadcrumb>" + "<a href=/>A</a><span>B</span>" * n),
    "headings": lambda n: _article("<h1>The bridge is open</h1>" * n),
    "times": lambda n: _article("<time datetime=2024-05-03T10:11:12Z>May 3, 2024</time>" * n),
    "bylines": lambda n: _article("<p class=byline>By Ann Bo and Cy Day</p>" * n),
    "figures": lambda n: _article("<figure><img srcset='/a.jpg 1x'><figcaption>A</figcaption></figure>" * n),
    "captions": lambda n: _article("<div><img src=/a.jpg>" + "<i class=caption>A</i>" * n + "</div>"),
    "meta": lambda n: "".join(f"<meta name=author content='Ann B{i}'>" for i in range(n)) + _article(""),
    "data blocks": lambda n: _article(_data('{"@type":"NewsArticle","headline":"A","@id":"a"}') * n),
    "open data": lambda n: _article(_data('{"@graph":[' * n)),
    "microdata": lambda n: _article("<div itemscope><i itemprop=headline>A</i></div>" * n),
}  # fmt: skip
"""Name → a page of so many of one thing."""


def growth(shape: Shape, size: int) -> float:
    """Return how many times as long a page of *shape* takes that is :data:`TIMES` as long."""
    return _seconds(shape(TIMES * size)) / max(_seconds(shape(size)), _LEAST)


def _seconds(source: str) -> float:
    start = time.process_time()
    page = Page(source.encode(), _URL)
    clean(read(page))
    is_skeleton(page)
    for links in (section_links, related_links, part_links, next_page, one_page_view):
        links(page)
    return time.process_time() - start


def main(argv: Sequence[str] | None = None) -> int:
    """Measure every shape; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE")
    parser.add_argument("--size", type=int, default=5_000)
    options = parser.parse_args(argv)
    steep = 0
    _seconds(_article("<h1>The bridge is open</h1>" * 100))  # what is loaded once
    for name in options.shapes or SHAPES:
        grown = growth(SHAPES[name], options.size)
        steep += grown >= STEEP
        print(f"{name:20} {grown:5.1f}{'  STEEP' if grown >= STEEP else ''}", flush=True)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
