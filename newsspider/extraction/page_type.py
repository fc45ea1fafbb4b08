"""What kind of page it is: an article, or something that must not become one.

A wrong "not an article" loses an article, a wrong "article" adds a line that the required fields or the
reader will catch: every rule against an article needs evidence of its own, and a page with an article's
text stays one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from newsspider.extraction import page_words, path_words
from newsspider.extraction.addresses import split
from newsspider.extraction.fields.evidence import select
from newsspider.extraction.json_ld import article_rank, types_of
from newsspider.extraction.links.shape import article_shape
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text, normalize
from newsspider.items import STANDFIRST, Block


class PageType(StrEnum):
    """The kinds of page that a news site has."""

    ARTICLE = "article"
    LIVE_BLOG = "live_blog"
    GALLERY = "gallery"
    VIDEO = "video"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    LOGIN = "login"
    CONSENT = "consent"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type of a page, how sure it is, and why."""

    page_type: PageType
    confidence: float
    """0 to 1."""
    reasons: tuple[str, ...]
    """What spoke for it, the strongest first."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the rules look at, read once."""

    types: frozenset[str]
    og_type: str
    steps: tuple[str, ...]
    title: str
    text: int
    paragraphs: int
    has_article_data: bool


# characters; dense scripts say as much in fewer, which only makes a page likelier to be an article
_ARTICLE_TEXT = 600
_SHORT_TEXT = 250
_LINK_SHARE = 0.75
_LIST_TYPES = {"CollectionPage", "ItemList", "SearchResultsPage"}
_SCRIPT = re.compile(r"\.(?:php|aspx?|jsp|cgi|cfm|pl)\Z")
_LIVE_STEPS = re.compile(
    r"live-?(?:blog|ticker|updates|news|coverage)|(?:^|-)liveblog|as-it-happened|en-direct|en-vivo|ao-vivo"
    r"|newsblog|-live-"
)
_PASSWORD = etree.XPath(
    "boolean(//input[@type='password' and not(ancestor::*[@hidden or contains(@style, 'display:none')])])"
)
_CMP_FRAME = etree.XPath(
    "boolean(//*[contains(@src, 'consent') or contains(@src, 'privacy-mgmt') or contains(@src, 'sourcepoint')"
    " or contains(@id, 'onetrust') or contains(@class, 'consent') or contains(@action, 'consent')])"
)
_PARAGRAPHS = etree.XPath("//p[not(ancestor::footer or ancestor::nav)]")
_LINKS = etree.XPath("//a[@href]")
_PAGED = etree.XPath(
    "boolean(//link[@rel='next' or @rel='prev'])"
    " or boolean(//a[contains(@rel, 'next') or contains(@rel, 'prev')])"
)
_H1 = etree.XPath("//h1")
_H2 = etree.XPath("//h2")
_NAME = etree.XPath("boolean(//input[@type='email' or @autocomplete='username'])")
_FEW_LINKS = 15
_MANY_CARDS = 8
_MANY_LINKS = 60
_SOME_LINKS = 25
_PLENTY = 3  # evidence of an address from which it is an article's
_SEARCH = re.compile(r"(?:^|&)(?:s|q|query|search|keywords?|term)=[^&]", re.IGNORECASE)
_NUMBERED = re.compile(r"/(?:page|pagina|seite)[/-]?\d+/?\Z|[?&](?:page|paged)=\d+\Z", re.IGNORECASE)


def classify(page: Page, blocks: Sequence[Block]) -> Verdict:
    """Return the type of *page*; *blocks* is what the body reader took for its text."""
    seen = _look(page, blocks)
    for rule in (_error, _consent, _login, _live_blog, _media, _listing):
        verdict = rule(page, seen)
        if verdict is not None:
            return verdict
    return _article(seen)


def _look(page: Page, blocks: Sequence[Block]) -> _Evidence:
    body = [block for block in blocks if block.role != STANDFIRST]
    names = frozenset(name for node in page.json_ld for name in types_of(node))
    title = next((node.text for node in page.elements.tagged("title")), None) or ""
    return _Evidence(
        types=names | frozenset(name for item in page.microdata for name in types_of(item)),
        og_type=page.meta_text("og:type").lower(),
        steps=_steps(page.url),
        title=normalize(title),
        text=sum(len(block.text) for block in body),
        paragraphs=sum(1 for block in body if len(block.text) > 80),
        has_article_data=bool(
            article_rank(page.news) >= 4 and (page.news.get("headline") or page.news.get("author"))
        ),
    )


def _steps(url: str) -> tuple[str, ...]:
    """Return the steps of the path of *url*, lower-cased.

    A script that is told by its query what to show is a folder of what it shows.

    >>> _steps("https://a.example/World/Video.php?id=3")
    ('world', 'video', 'id=3')
    """
    parts = split(url.lower())
    path = _SCRIPT.sub("/", parts.path) + parts.query if parts.query else parts.path
    return tuple(step for step in path.split("/") if step)


def _error(page: Page, seen: _Evidence) -> Verdict | None:
    if seen.text >= _ARTICLE_TEXT or seen.has_article_data:
        return None
    for source, text in (("title", seen.title), *(("heading", heading) for heading in _headings(page))):
        if len(text) < 120 and page_words.ERROR.search(text):
            return Verdict(
                PageType.ERROR,
                0.9,
                (f"{source} says that there is no such page", f"{seen.text} characters of text"),
            )
    return None


def _headings(page: Page) -> list[str]:
    """Return the page's first headings of the highest level that it has."""
    return _texts(_H1, page) or _texts(_H2, page)


def _texts(headings: etree.XPath, page: Page) -> list[str]:
    return [node_text(node) for node in select(headings, page, 3)]


def _consent(page: Page, seen: _Evidence) -> Verdict | None:
    if seen.text >= _ARTICLE_TEXT or seen.has_article_data:
        return None
    text = f"{seen.text} characters of text"
    headings = " ".join([seen.title, *_texts(_H1, page)])
    if page_words.CONSENT.search(headings) and (seen.text < _SHORT_TEXT or _CMP_FRAME(page.root)):
        return Verdict(PageType.CONSENT, 0.85, ("heading asks for consent", text))
    # on a page of its own some ask under any heading
    asks = seen.og_type != "article" and _has_few_links(page) and _CMP_FRAME(page.root)
    if asks and page_words.CONSENT.search(" ".join(_texts(_H2, page))):
        return Verdict(PageType.CONSENT, 0.75, ("asks for consent", f"less than {_FEW_LINKS} links"))
    return None


def _login(page: Page, seen: _Evidence) -> Verdict | None:
    if seen.text >= _ARTICLE_TEXT or seen.has_article_data or seen.og_type == "article":
        return None
    text = f"{seen.text} characters of text"
    asks = page_words.LOGIN.search(" ".join([seen.title, *_texts(_H1, page)]))
    if (asks or seen.text < _SHORT_TEXT) and _PASSWORD(page.root):
        return Verdict(PageType.LOGIN, 0.9, ("form with a password", text))
    # on a page of its own some ask for the name first
    if asks and seen.text < _SHORT_TEXT and _NAME(page.root) and _has_few_links(page):
        return Verdict(PageType.LOGIN, 0.8, ("heading asks to log in", "form with an address", text))
    return None


def _live_blog(page: Page, seen: _Evidence) -> Verdict | None:
    if "LiveBlogPosting" in seen.types:
        return Verdict(PageType.LIVE_BLOG, 0.97, ("json-ld: LiveBlogPosting",))
    if (
        seen.steps
        and seen.text
        and _LIVE_STEPS.search("/".join(seen.steps[-2:]))
        and page.news.get("liveBlogUpdate")
    ):
        return Verdict(PageType.LIVE_BLOG, 0.8, ("updates in its data", "address of a live blog"))
    return None


def _media(page: Page, seen: _Evidence) -> Verdict | None:
    if seen.text >= _ARTICLE_TEXT:
        return None
    folders = frozenset(seen.steps[:-1])
    if not seen.has_article_data:
        if "VideoObject" in seen.types and (seen.og_type.startswith("video") or folders & path_words.VIDEO):
            return Verdict(PageType.VIDEO, 0.85, ("video in its data", f"{seen.text} characters of text"))
        if seen.types & {"ImageGallery", "MediaGallery"}:
            return Verdict(
                PageType.GALLERY, 0.9, ("json-ld: ImageGallery", f"{seen.text} characters of text")
            )
    if seen.text < _SHORT_TEXT:
        if folders & path_words.GALLERY:
            return Verdict(
                PageType.GALLERY, 0.75, ("address of a gallery", f"{seen.text} characters of text")
            )
        is_video = seen.og_type.startswith("video") or not (seen.has_article_data or seen.paragraphs)
        if folders & path_words.VIDEO and is_video:
            return Verdict(PageType.VIDEO, 0.75, ("address of a video", f"{seen.text} characters of text"))
    return None


def _listing(page: Page, seen: _Evidence) -> Verdict | None:
    if seen.has_article_data or seen.og_type == "article":
        return None
    folders: Collection[str] = seen.steps[:-1] if len(seen.steps) > 1 else seen.steps
    paragraphs = f"{seen.paragraphs} paragraphs"
    for page_type, steps in (
        (PageType.AUTHOR, path_words.AUTHOR),
        (PageType.TAG, path_words.TAG),
        (PageType.SECTION, path_words.SECTION),
    ):
        if any(step in steps for step in folders) and seen.paragraphs < 6:
            return Verdict(page_type, 0.85, (f"address of a {page_type.value} page", paragraphs))
    if "ProfilePage" in seen.types and seen.paragraphs < 4:
        return Verdict(PageType.AUTHOR, 0.85, ("json-ld: ProfilePage",))
    if seen.og_type == "profile" and seen.paragraphs < 6:
        return Verdict(PageType.AUTHOR, 0.85, ("og:type: profile", paragraphs))
    return _list_of_links(page, seen)


def _list_of_links(page: Page, seen: _Evidence) -> Verdict | None:
    cards = sum(1 for node in page.elements.tagged("article", "h2", "h3") if _is_card(node))
    is_list = cards >= _MANY_CARDS
    if is_list and (verdict := _list_of_cards(page, seen, f"{cards} teasers")):
        return verdict
    # to read all links takes a while, and few pages come so far: the cheap questions are asked first
    if seen.types & _LIST_TYPES and seen.paragraphs < 4 and (is_list or _links_outweigh(page, seen)):
        return Verdict(PageType.SECTION, 0.8, ("json-ld: a list of items", f"{seen.paragraphs} paragraphs"))
    shape = article_shape(page.url)
    many = _SOME_LINKS if shape <= 0 else _MANY_LINKS
    is_listing = seen.paragraphs < 3 if is_list else seen.paragraphs < 2 and _has_links(page, many)
    # a notice of two sentences among teasers has the address of an article
    if is_listing and shape < _PLENTY and _links_outweigh(page, seen) and not _has_prose(page):
        return Verdict(PageType.SECTION, 0.6, ("teasers or many links", "links outweigh text"))
    return None


def _list_of_cards(page: Page, seen: _Evidence, teasers: str) -> Verdict | None:
    """Return the verdict on a page with many teasers, as far as its address or its paging tells."""
    paragraphs = f"{seen.paragraphs} paragraphs"
    place = _place_of_lists(page, seen)
    if place and seen.paragraphs < 8:
        return Verdict(PageType.SECTION, 0.9, (place, teasers, paragraphs))
    if _PAGED(page.root):
        return Verdict(PageType.SECTION, 0.8, (teasers, "link to the next page of a list"))
    if seen.paragraphs < 2 and article_shape(page.url) <= 0:
        return Verdict(PageType.SECTION, 0.7, ("address like a list's", teasers, paragraphs))
    return None


def _place_of_lists(page: Page, seen: _Evidence) -> str:
    """Return what the page's address says it is, where that is a place of lists only."""
    query = split(page.url).query
    if not seen.steps and not query:
        return "the site's root"
    if _SEARCH.search(query):
        return "address of a search"
    numbered = _NUMBERED.search(page.url)
    if numbered and article_shape(page.url[: numbered.start()]) < 2:
        return "a list's page by number"
    return ""


def _is_card(node: Node) -> bool:
    """Tell whether *node* is a teaser's frame, or a title that is linked."""
    if node.tag == "article":
        return True
    parent = node.getparent()
    is_inside = parent is not None and parent.tag == "a"
    return is_inside or any(link.get("href") is not None for link in node.iter("a"))


def _has_links(page: Page, count: int) -> bool:
    return sum(1 for _ in select(_LINKS, page, count)) == count


def _has_few_links(page: Page) -> bool:
    return not _has_links(page, _FEW_LINKS)


def _links_outweigh(page: Page, seen: _Evidence) -> bool:
    """Tell whether most of the page's text is that of links."""
    link_text = sum(sum(map(len, node.itertext())) for node in select(_LINKS, page, 600))
    return link_text > _LINK_SHARE * (link_text + seen.text)


def _has_prose(page: Page) -> bool:
    """Tell whether there are paragraphs of prose that the body reader may have missed."""
    long = sum(1 for node in select(_PARAGRAPHS, page, 200) if len(node_text(node)) > 200)
    return long >= 3


def _article(seen: _Evidence) -> Verdict:
    reasons = []
    confidence = 0.5
    if seen.has_article_data:
        confidence += 0.3
        reasons.append("json-ld: an article")
    if seen.og_type == "article":
        confidence += 0.1
        reasons.append("og:type: article")
    if seen.text >= _ARTICLE_TEXT:
        confidence += 0.15
        reasons.append(f"{seen.paragraphs} paragraphs, {seen.text} characters of text")
    return Verdict(
        PageType.ARTICLE, min(round(confidence, 2), 0.99), tuple(reasons) or ("nothing speaks against it",)
    )
