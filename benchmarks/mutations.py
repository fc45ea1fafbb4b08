"""Does anything throw: ``python -m benchmarks.mutations [CORPUS...] [--count 20000] [--seed 1]``.

Each page is changed a few times over (bytes cut, tags dropped, swapped, duplicated, charsets lied about; odd
addresses, dates and values in attributes, in JSON and as the page's own URL) and read; the outcome must be an
article that can be exported and restored, or an ``ExtractionError``. Pages are those of the demo newsroom and
of the corpora given. The last line is the verdict; every failure is printed with the number that makes it
again: ``--only NUMBER`` (``--save FILE`` keeps the page).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from rich.progress import track

from benchmarks.corpus import read_corpus
from newsspider import ExtractionError, clean, extract
from newsspider.cleaning.removal import restore
from newsspider.demo import Edition, Newsroom
from newsspider.demo.newsroom import split

Mutation: TypeAlias = Callable[[bytes, random.Random], bytes]

SECONDS_A_PAGE = 10.0
"""CPU seconds after which a page counts as a failure: no page here is large."""
_TAG = re.compile(rb"<[^>]{0,2000}>")
_CHARSETS = ("utf-8", "utf-16", "windows-1252", "shift_jis", "gb18030", "koi8-r", "utf-7", "no-such", "")
_JUNK = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[",
    b"&#0;", b"&#xD800;", b"&#99999999;", b"<script>", b"</script>", b"<svg>", b"<math>", b"<template>",
    b'<script type="application/ld+json">{"@graph":[[[', b"<noscript>", b"<aside>", b"<table><td>",
    b"<p" * 50, b"<div>" * 300, b'<base href="http://[::1">', b'<meta http-equiv="refresh" content="x">',
    b'<time datetime="9999-99-99T99:99:99+99:99">', b'<link rel=canonical href="http://a.b:99999999/">',
    "\u202e\u0301\u0bcd\U0001f469\u200d".encode(), b"\xf0\x9f", b"&lt;/script&gt;",
)  # fmt: skip

_ATTRIBUTE = re.compile(
    rb'(\b(?:href|src|srcset|content|datetime|property|itemprop|itemtype|rel|class|name)=)"[^"<>]{0,500}"'
)
_STRING = re.compile(rb'("[A-Za-z@]{2,30}"\s{0,3}:\s{0,3})"[^"\\<]{0,300}"')
_URLS = (
    "http://[bad", "https://[::1]/a", "http://exa\u2100mple.com/2024/05/03/rain-stops-play", "//", "http://",
    "http:///a", "https://a.b:99999999/", "http://a.b:x/", "https://user:pw@a.b/%zz?%", "?", "#",
    "javascript:x", "https://\u00fc.example/\u4e2d", "https://a..b/", "https://./", "mailto:a@b",
    "file:///etc/passwd", "",
    "https://" + "a" * 300 + ".example/", "https://a.example/?sid=1&sid=2&utm_source", " \u2028http://[ ",
)  # fmt: skip
_MOMENTS = (
    "9999-12-31 24:00", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-12:00", "0000-00-00", "2024-02-30",
    "31/12/9999 24:00", "2024-05-03T24:00:00", "2024-05-03T10:11:12+99:99", "9999999999", "-1", "99:99",
    "1 Farvardin 9999", "May 3, 9999 24:00 EST", "\u4ee4\u548c9999\u5e745\u67083\u65e5 24:00",
    "12/31/9999 12:00 AM GMT-12",
)  # fmt: skip
_VALUES = (
    *_URLS,
    *_MOMENTS,
    ", https://a.example/b.jpg 2x",
    " ,,, ",
    "0",
    "NaN",
    "&#0;",
    "\u0301" * 50,
    "{",
    "By",
)
_DATA = (
    *(json.dumps(value).encode() for value in _VALUES),
    b'"\\ud800"', b'"https://a.example/2024/\\udfff-rain-stops-play"', b"null", b"true", b"1e999",
    b"-1", b"NaN",
    b"[]", b"{}", b"[[[null]]]", b'{"@id":"\\ud800"}', b'{"@value":{"@value":[]}}', b'{"name":{"name":1}}',
    b'{"@type":["\\udc00",1,null]}', b"9" * 5_000, b'[{"url":"http://[bad"},1,"\\ud83d"]',
)  # fmt: skip
_HEADS = (
    '<link rel="canonical" href="VALUE">', '<meta property="og:url" content="VALUE">', '<base href="VALUE">',
    '<meta property="article:published_time" content="VALUE">', '<time datetime="VALUE">VALUE</time>',
    '<figure><img srcset="VALUE"><figcaption>VALUE</figcaption></figure>',
    '<meta name="author" content="VALUE">',
    '<a rel="author" href="VALUE">VALUE</a>', '<html lang="VALUE">', '<p class="byline">By VALUE</p>',
    '<div itemscope itemtype="VALUE"><a itemprop="url" href="VALUE">VALUE</a></div>',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong on one mutated page."""

    number: int
    page: str
    mutations: tuple[str, ...]
    where: str
    """Exception and the last line of the package that it came from."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the campaign; return the exit code."""
    options = _parser().parse_args(argv)
    pages = demo_pages(Edition(seed=options.seed, size=20))
    for folder in options.corpora:
        pages += [(f"{folder.name}/{gold.id}", gold.url, gold.body()) for gold in read_corpus(folder)]
    numbers = [options.only] if options.only is not None else range(options.count)
    outcomes: Counter[str] = Counter()
    failures, slowest = [], (0.0, 0)
    start = time.monotonic()
    for number in track(numbers, disable=not sys.stdout.isatty()):
        name, url, body, mutations = mutated(pages, options.seed, number)
        if options.save:
            options.save.write_bytes(body)
        began = time.process_time()
        outcome = read(body, url)
        seconds = time.process_time() - began
        if seconds > SECONDS_A_PAGE:
            outcome = f"took {seconds:.1f} s"
        slowest = max(slowest, (seconds, number))
        outcomes[outcome if outcome in ("article", "refused") else "failure"] += 1
        if outcome not in ("article", "refused"):
            failures.append(Failure(number, name, mutations, outcome))
    _print(failures)
    print(
        f"seed {options.seed}, {len(pages)} pages, {outcomes.total()} mutated: "
        f"{outcomes['article']} articles, {outcomes['refused']} refused with ExtractionError, "
        f"{outcomes['failure']} failures; "
        f"slowest {slowest[0]:.2f} s (number {slowest[1]}); {time.monotonic() - start:.0f} s in all"
    )
    return 1 if failures else 0


def demo_pages(edition: Edition) -> list[tuple[str, str, bytes]]:
    """Return (name, URL, bytes) of every article-like page of the demo newsroom of *edition*."""
    newsroom = Newsroom(edition)
    urls = [truth.url for truth in newsroom.truths()]
    return [(url, url, newsroom.respond(*split(url)).body) for url in urls]


def mutated(
    pages: Sequence[tuple[str, str, bytes]], seed: int, number: int
) -> tuple[str, str, bytes, tuple[str, ...]]:
    """Return name, URL, bytes and mutations of the *number*-th page of the campaign with *seed*."""
    rng = random.Random(f"{seed}:{number}")
    name, url, body = rng.choice(pages)
    chosen = rng.choices(sorted(MUTATIONS), k=rng.randint(1, 5))
    for mutation in chosen:
        body = MUTATIONS[mutation](body, rng)
    if rng.random() < 0.1:
        url = rng.choice(_URLS)
    return name, url, body, tuple(chosen)


def read(body: bytes, url: str) -> str:
    """Return ``article``, ``refused`` (ExtractionError), or what went wrong."""
    try:
        article = extract(body, url)
        cleaned = clean(article)
        json.dumps(asdict(cleaned), ensure_ascii=False).encode()
    except ExtractionError:
        return "refused"
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        own = [f for f in traceback.extract_tb(error.__traceback__) if "newsspider" in f.filename]
        frame = own[-1] if own else frame
        return f"{type(error).__name__}: {error} at {Path(frame.filename).name}:{frame.lineno} {frame.name}"
    if [block.text for block in restore(cleaned)] != [block.text for block in article.blocks]:
        return "what was removed does not give the text back"
    return "article"


def _cut_bytes(body: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(body) + 1)
    return body[:start] + body[start + rng.choice((1, 2, 30, 1000, 20_000)) :]


def _cut_end(body: bytes, rng: random.Random) -> bytes:
    return body[: rng.randrange(len(body) + 1)]


def _flip_bytes(body: bytes, rng: random.Random) -> bytes:
    changed = bytearray(body)
    for _ in range(rng.choice((1, 10, 500)) if changed else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _drop_tags(body: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.01, 0.1, 0.5))
    return _TAG.sub(lambda tag: b"" if rng.random() < share else tag[0], body)


def _double_tags(body: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.01, 0.1, 0.5))
    return _TAG.sub(lambda tag: tag[0] * 2 if rng.random() < share else tag[0], body)


def _swap_tags(body: bytes, rng: random.Random) -> bytes:
    tags = [tag.span() for tag in _TAG.finditer(body)]
    if len(tags) < 2:
        return body
    (a, b), (c, d) = sorted(rng.sample(tags, 2))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def _double_stretch(body: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(body) + 1)
    end = min(len(body), start + rng.randrange(1, 5_000))
    return body[:end] + body[start:end] + body[end:]


def _insert_junk(body: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(body) + 1)
        body = body[:at] + rng.choice(_JUNK) + body[at:]
    return body


def _lie_about_charset(body: bytes, rng: random.Random) -> bytes:
    return f'<meta charset="{rng.choice(_CHARSETS)}">'.encode() + body


def _recode(body: bytes, rng: random.Random) -> bytes:
    charset = rng.choice(("utf-16", "utf-32", "windows-1252", "shift_jis", "utf-7", "cp037"))
    return body.decode("utf-8", "replace").encode(charset, "replace")


def _break_json(body: bytes, rng: random.Random) -> bytes:
    return re.sub(rb'(["{}\[\],:])', lambda m: b"" if rng.random() < 0.02 else m[0], body)


def _spoil_attributes(body: bytes, rng: random.Random) -> bytes:
    share = rng.choice((0.05, 0.5))
    return _ATTRIBUTE.sub(
        lambda m: m[1] + b'"' + rng.choice(_VALUES).encode() + b'"' if rng.random() < share else m[0], body
    )


def _spoil_data(body: bytes, rng: random.Random) -> bytes:
    """Put odd values into JSON-LD, and into any other JSON of the page."""
    share = rng.choice((0.05, 0.5))
    return _STRING.sub(lambda m: m[1] + rng.choice(_DATA) if rng.random() < share else m[0], body)


def _add_metadata(body: bytes, rng: random.Random) -> bytes:
    added = "".join(
        rng.choice(_HEADS).replace("VALUE", rng.choice(_VALUES)) for _ in range(rng.randint(1, 4))
    )
    data = b'<script type="application/ld+json">{"@type":"NewsArticle"'
    for key in ("url", "mainEntityOfPage", "datePublished", "author", "image", "headline", "articleBody"):
        data += b',"' + key.encode() + b'":' + rng.choice(_DATA)
    return added.encode() + (data + b"}</script>" if rng.random() < 0.5 else b"") + body


MUTATIONS: Mapping[str, Mutation] = {
    "cut bytes": _cut_bytes,
    "cut the end": _cut_end,
    "flip bytes": _flip_bytes,
    "drop tags": _drop_tags,
    "double tags": _double_tags,
    "swap tags": _swap_tags,
    "double a stretch": _double_stretch,
    "insert junk": _insert_junk,
    "lie about the charset": _lie_about_charset,
    "recode": _recode,
    "break punctuation": _break_json,
    "spoil attributes": _spoil_attributes,
    "spoil data": _spoil_data,
    "add metadata": _add_metadata,
}
"""Name → what is done to a page's bytes."""


def _print(failures: Sequence[Failure]) -> None:
    kinds: dict[str, list[Failure]] = {}
    for failure in failures:
        kinds.setdefault(re.sub(r"\d+ characters|'.*?'", "_", failure.where), []).append(failure)
    for same in sorted(kinds.values(), key=len, reverse=True):
        first = same[0]
        print(f"{len(same)} x {first.where[:300]}")
        print(f"    e.g. --only {first.number}: {first.page}: {', '.join(first.mutations)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS")
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="read this one page of the campaign again")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the (last) mutated page there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
