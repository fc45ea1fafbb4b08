"""Tags with more attributes than any page has use for."""

from __future__ import annotations

import re

_HARMLESS_PAGE = 400_000
"""Bytes of a page in which no tag can be so crowded that it takes libxml2 more than ten seconds."""
_HARMLESS_TAG = 50_000
_MOST_ATTRIBUTES = 5_000

_TAG = re.compile(rb"""<([a-zA-Z][^\s/>=]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|))*+""")
_QUOTED = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def without_crowded_tags(html: bytes) -> bytes:
    """Return *html* with the attributes of each tag that has thousands of them taken away.

    libxml2 goes through all earlier attributes of a tag for each one: 40,000 take it 1.5 seconds, a page of
    32 MB takes it hours. Long values, such as pictures in ``src``, are no matter.

    >>> without_crowded_tags(b"<p " + b" a=1" * 100_000 + b">It rained.</p>")
    b'<p>It rained.</p>'
    """
    if len(html) < _HARMLESS_PAGE:
        return html
    # to look at all tags takes half the time of putting the page together again
    is_long = any(tag.end() - tag.start() >= _HARMLESS_TAG for tag in _TAG.finditer(html))
    return _TAG.sub(_thinned, html) if is_long else html


def _thinned(tag: re.Match[bytes]) -> bytes:
    whole = tag[0]
    if len(whole) < _HARMLESS_TAG or len(_QUOTED.sub(b" ", whole).split()) < _MOST_ATTRIBUTES:
        return whole
    return b"<" + tag[1]
