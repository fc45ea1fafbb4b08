"""The reporter whom the dateline of a text names: "〔記者李小明／台北報導〕", "【東京＝山田太郎】"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newsspider.extraction.fields.byline import read_byline
from newsspider.extraction.fields.signatures import Signature
from newsspider.extraction.fields.stage import near_headline
from newsspider.extraction.page import Page
from newsspider.extraction.text import node_text

_HAN = "[\u3400-\u9fff]{2,4}"
_REPORTER = re.compile(
    rf"(?:記者|记者)\s?(?P<han>{_HAN}(?:[、，,\s]{_HAN})*)\s?[／/|）)〕】]"
    "|(?:記者|记者)(?P<placed>[\u3400-\u9fff]{3})[\u3400-\u9fff]{2,6}(?:報導|报道|電|电)"
    "|【[^】＝]{1,12}＝(?P<kanji>[\u3041-\u30ff\u3400-\u9fff]{3,6})】"
    "|(?P<hangul>[\uac00-\ud7af]{2,4})\\s?(?:기자|특파원)\\s?="
)
_OPENING = 80
_FIRST = 3


def datelined(page: Page) -> Iterator[Signature]:
    """Yield the reporters that the first paragraphs begin with."""
    paragraphs = (node for node in near_headline(page) if node.tag == "p")
    for paragraph in islice(paragraphs, _FIRST):
        opening = node_text(paragraph)[:_OPENING]
        found = _REPORTER.search(opening) if not opening.isascii() else None
        people = read_byline("、".join(filter(None, found.groups())), certain=True).people if found else ()
        if people:
            yield Signature(opening, "、".join(people), (), (), is_labelled=True)
