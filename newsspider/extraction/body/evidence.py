"""What a page says of its article outside the text of its tree, as evidence for the body."""

from __future__ import annotations

import html
import re
from typing import Final

from newsspider.extraction.body.lexicon import words_of
from newsspider.extraction.body.wording import Evidence
from newsspider.extraction.page import Page
from newsspider.extraction.text import node_text

_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_SITE: Final = re.compile(r"(?<=.{15})\s[-|–—»·]\s[^|–—»·]{1,60}\Z")
_LIMIT: Final = 200_000  # characters of metadata that are looked at


def gather(page: Page, headline: str | None) -> Evidence:
    """Return the evidence for the body of *page*, whose headline is *headline* if that is known."""
    # where it mostly is, first: to look for any title is to walk the whole tree, even if the first is near
    element = page.root.find("head/title")
    if element is None:
        element = page.root.find(".//title")
    text = node_text(element) if element is not None else ""
    # a title that nothing on the page confirms may end with the site's name
    bare = _SITE.sub("", text) if headline in (None, text) else ""
    titles = (headline or "", page.meta_text("og:title", "twitter:title"), text, bare)
    return Evidence(
        titles=tuple(dict.fromkeys(spelled(title[:400]) for title in titles if title)),
        description=page_description(page),
        body=spelled(stated_body(page)[:_LIMIT]),
    )


def page_description(page: Page) -> str:
    """Return the description in the page's metadata, as :func:`spelled`."""
    return spelled(page.meta_text("og:description", "description", "twitter:description")[:2000])


def spelled(text: str) -> str:
    """Return the words of *text*, a space between them, as those of segments are compared with them."""
    return " ".join(words_of(text))


def stated_body(page: Page) -> str:
    """Return the article's text as the page's JSON-LD gives it, markup out, or an empty string."""
    stated = page.news.get("articleBody")
    if isinstance(stated, list):
        stated = "\n".join(part for part in stated if isinstance(part, str))
    if not isinstance(stated, str) or not stated:
        return ""
    # some sites escape their markup inside the JSON, some twice
    return _MARKUP.sub("\n", html.unescape(stated[:_LIMIT])) if "<" in stated or "&" in stated else stated
