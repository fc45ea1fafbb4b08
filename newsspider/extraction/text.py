"""The one normal form of text: every string that leaves the tree passes through here once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from lxml.etree import _Element, iterwalk

# soft hyphen, zero-width space, word joiner, byte order mark, bidi marks and isolates, control characters;
# ZWNJ and ZWJ stay: Persian, Hindi and emoji need them
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# where marks are that combine: to look for them takes a quarter of the time that the next pattern takes
_MARKED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe20-\ufe2f"
    "\U000101fd-\U0001e94a]"
)
# marks above and below each other cost their number squared to put in order, and nobody reads so many
_SIGNS = re.compile(r"[^\w\s]{31,}")
_WORD = re.compile(r"\w+")
_JOINER_AT_EDGE = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)")
# UTF-8 read as Latin-1 or a Windows charset of the West or of Central Europe: what the first byte of a
# character looks like, and the one or two after it; one that the charset lacks has become U+FFFD
_FOLLOWING = "[\u0080-\u00bf\u0104-\u0192\u02c6-\u02dd\u2013-\u203a\u20ac\u2122\ufffd]"
_MOJIBAKE = re.compile(
    f"[\u00c2\u00c3\u00d0\u00d1\u00d8\u00d9\u00e0-\u00ef]{_FOLLOWING}(?:(?<=[\u00c2-\u00d9]{_FOLLOWING})|{_FOLLOWING})"
)
_MAX_KEPT = 400  # characters of a text whose folded form is kept

# words on both sides of their border must not be glued
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements at whose border readers see a gap."""
UNREAD = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "object"))
"""Elements whose text no reader sees."""


def normalize(text: str) -> str:
    r"""Return *text* in normal form: NFC, white space folded, invisible characters out.

    Mojibake is mended only where it is certain. A lone surrogate, which UTF-8 cannot write, becomes U+FFFD.

    >>> normalize(" caf\u0065\u0301\u00a0au\xad lait\u200b\n ")
    'café au lait'
    >>> normalize("Itâ€™s over")
    'It’s over'
    """
    if not text.isascii() and _MOJIBAKE.search(text):
        text = _without_mojibake(text)
    folded = fold_space(text)
    if not folded.isprintable():
        folded = _without_invisible(folded)
    if not folded.isascii() and _MARKED.search(folded) and _SIGNS.search(folded):
        folded = _SIGNS.sub(_without_marks, folded)
    return folded if unicodedata.is_normalized("NFC", folded) else unicodedata.normalize("NFC", folded)


def fold_space(text: str) -> str:
    """Return *text* with single spaces in place of all white space, and none at its ends."""
    text = text.strip()
    # no other white space is printable: most texts need not be taken apart
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _without_marks(signs: re.Match[str]) -> str:
    return "".join(sign for sign in signs[0] if not unicodedata.combining(sign))


def _without_invisible(text: str) -> str:
    """Return *text*, of which some characters are not printable: invisible ones, surrogates, joiners."""
    text = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text))
    return " ".join(_JOINER_AT_EDGE.sub("", text).split())


def _without_mojibake(text: str) -> str:
    import ftfy  # noqa: PLC0415  # slow to import, and most sites never need it
    from ftfy.badness import is_bad  # noqa: PLC0415

    return ftfy.fix_encoding(text) if is_bad(text) else text


def node_text(node: _Element) -> str:
    """Return the text that a reader sees in *node* and all below it, in normal form.

    Words on the two sides of a line break or of a block's border stay apart; scripts and styles are left out.

    >>> from lxml.html import fromstring
    >>> node_text(fromstring("<div><p>One<br>two</p><p>th<b>ree</b></p></div>"))
    'One two three'
    """
    if not len(node):
        return normalize(node.text or "")
    pieces: list[str] = []
    # a walk, not recursion: the tree may be thousands of levels deep
    walker = iterwalk(node, events=("start", "end"))
    for event, element in walker:
        if element.tag in BLOCKS:
            pieces.append(" ")
        if event == "start":
            if element.tag in UNREAD:
                walker.skip_subtree()
            elif element.text:
                pieces.append(element.text)
        elif element.tail and element is not node:
            pieces.append(element.tail)
    return normalize("".join(pieces))


def fold(text: str) -> str:
    """Return *text* for comparison: case folded, letters and digits of any script only, single spaces.

    >>> fold("— READ  MORE: ‘Now’")
    'read more now'
    """
    # each field compares with the same title and the same names
    return _kept_fold(text) if len(text) <= _MAX_KEPT else _fold(text)


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


_kept_fold = lru_cache(maxsize=512)(_fold)
