"""The one normal form of text: every string that leaves the tree passes through here once."""

from __future__ import annotations

import re
import unicodedata

import ftfy
import ftfy.badness
from lxml.etree import _Element

# soft hyphen, zero-width space and no-break space, word joiner, bidi marks and isolates; ZWNJ and ZWJ stay: Persian and Hindi words need them
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def normalize(text: str) -> str:
    r"""Return *text* in normal form: NFC, white space folded, invisible characters out.

    Mojibake is mended only where it is certain.

    >>> normalize(" caf\u0065\u0301\u00a0au\xad lait\u200b\n ")
    'café au lait'
    >>> normalize("Itâ€™s over")
    'It’s over'
    """
    if text.isascii():
        return " ".join(text.split())
    if ftfy.badness.is_bad(text):
        text = ftfy.fix_encoding(text)
    text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def node_text(node: _Element) -> str:
    """Return the text of *node* and all below it, in normal form."""
    return normalize("".join(node.itertext("*")) if len(node) else node.text or "")


def fold(text: str) -> str:
    """Return *text* for comparison: case folded, letters and digits of any script only, single spaces.

    >>> fold("— READ  MORE: ‘Now’")
    'read more now'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))
