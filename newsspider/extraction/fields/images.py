"""The article's pictures, with caption and credit; the main one first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from lxml import etree

from newsspider.extraction.addresses import split
from newsspider.extraction.fields.byline_labels import label_end
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.fields.evidence import clean, elements, objects, stated, strings
from newsspider.extraction.fields.marks import holds_more, is_elsewhere, is_marked, marked
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import node_text
from newsspider.items import Image

_CAPTION = etree.XPath(".//*[self::figcaption or contains(@class, 'caption') or contains(@class, 'Caption')]")
_CREDIT = etree.XPath(
    ".//*[contains(@class, 'credit') or contains(@class, 'Credit') or contains(@class, 'copyright')"
    " or contains(@class, 'source') or contains(@itemprop, 'copyrightHolder') or self::small or self::cite]"
)
_IN_TEXT = re.compile(
    r"\s*(?:\(|\[|\||–|-|—|©|\b)?\s*((?:foto|photo|bild|image|credit|picture|copyright|imagen|crédit|quelle|source|©)s?"
    r"\s?[:/©]?\s?(?:by\s)?[^.()\[\]]{2,80}|©\s?[^()\[\]]{2,80})[\)\]]?\s*\Z",
    re.IGNORECASE,
)
_OUTSIDE = frozenset(("aside", "nav", "footer", "form", "a"))
_NOT_A_PICTURE = re.compile(
    r"\.svg(?:\?|\Z)|/(?:logo|icon|avatar|sprite|pixel|blank|spacer|autor|author|default|fallback)"
    r"[^/]*\Z|placeholder[^/]*\Z|gravatar|/no-?thumb|/img/autor/",
    re.IGNORECASE,
)
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_CREDITED = ("creditText", "copyrightHolder", "creator", "author")
_MAX_IN_BOX = 12
_MAX_IMAGES = 40
_AROUND = 3
_DOCUMENT = ("body", "html")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\Z", re.IGNORECASE)
# the same picture in another size: "river-1024x768.jpg", "river-scaled.jpg"
_SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|scaled))+(?=\.\w{3,4}\Z|\Z)")


def guess(page: Page, context: Context) -> Found[tuple[Image, ...]] | None:
    """Return the picture that metadata name, then the figures of the article; those of rails are left out."""
    found: dict[str, Image] = {}
    boxes = page.elements.tagged("figure") or list(_captioned(page))
    figures = [
        image
        for node in islice(boxes, 80)
        if not is_elsewhere(node, _OUTSIDE) and not _is_portrait(node)
        for image in _figure(page, node)
        if not (image.caption and label_end(image.caption))
    ]
    for image in figures:
        found.setdefault(_key(image.url), image)
    main = next(_stated_image(page), None)
    if main is not None:
        key = _key(main.url)
        twins = [found.pop(other) for other in tuple(found) if _name(other) == _name(key)]
        twin = twins[0] if twins else main
        caption, credit = main.caption or twin.caption, main.credit or twin.credit
        found = {key: Image(url=main.url, caption=caption, credit=credit), **found}
    if not found:
        return None
    source = "figure" if main is None else "metadata"
    return Found(tuple(found.values())[:_MAX_IMAGES], source)


def tidy(values: Sequence[str], context: Context) -> tuple[Image, ...] | None:
    """Return *values*, absolute URLs, as pictures, each once.

    >>> from datetime import UTC, datetime
    >>> tidy(["https://e.com/a.jpg", "https://e.com/a.jpg"], Context(datetime.now(UTC)))
    (Image(url='https://e.com/a.jpg', caption=None, credit=None),)
    """
    urls = dict.fromkeys(value.strip() for value in values if value.strip().startswith(("http:", "https:")))
    return tuple(Image(url=url) for url in urls) or None


def _stated_image(page: Page) -> Iterator[Image]:
    for _, value in stated(page, "image", "thumbnailUrl"):
        for node in objects(page, value):
            url = next(iter(strings(node.get("url") or node.get("contentUrl") or node.get("name"))), "")
            image = _image(page, url)
            if image is not None:
                caption = next(iter(strings(node.get("caption"))), None)
                credit = next(iter(strings(next(filter(None, map(node.get, _CREDITED)), None))), None)
                yield Image(url=image.url, caption=caption, credit=credit)
    for name in (
        "og:image:secure_url",
        "og:image",
        "og:image:url",
        "twitter:image",
        "twitter:image:src",
        "parsely-image-url",
    ):
        image = _image(page, page.meta_text(name))
        if image is not None:
            yield image


def _is_portrait(figure: Node) -> bool:
    """Tell whether *figure* stands in a byline: it shows who wrote the article."""
    around = islice(figure.iterancestors(), _AROUND)
    return any(is_marked(node, "author") for node in (figure, *around) if node.tag not in _DOCUMENT)


def _figure(page: Page, node: Node) -> Iterator[Image]:
    image = next(filter(None, (_image(page, address) for address in _addresses(node))), None)
    if image is not None:
        caption, credit = _caption(node)
        yield Image(url=image.url, caption=caption, credit=credit)


def _addresses(figure: Node) -> Iterator[str]:
    """Yield the addresses of pictures in *figure*; before one that loads late there may be one for show."""
    for img in figure.iter("img"):
        yield from (str(img.get(key)) for key in _SOURCES if _is_address(img.get(key)))
    for element in figure.iter("source", "img"):
        first = (element.get("srcset") or element.get("data-srcset") or "").strip(", ").split(",")[0]
        yield from first.split()[:1]


def _captioned(page: Page) -> Iterator[Node]:
    """Yield the boxes of a picture and its caption as layouts had them before there was ``<figure>``."""
    for node in marked(page, "caption"):
        boxes = takewhile(_is_small, islice(node.iterancestors(), _AROUND))
        box = next((at for at in boxes if _first(at, "img") is not None), None)
        if box is not None and _first(box, "h2", "h3", "h4") is None:
            yield box


def _is_small(box: Node) -> bool:
    return not holds_more(box, _MAX_IN_BOX)


def _first(node: Node, *tags: str) -> Node | None:
    return next(node.iter(*tags), None)


def _caption(figure: Node) -> tuple[str | None, str | None]:
    box = next(elements(_CAPTION, figure), None)
    if box is None:
        return None, None
    text = node_text(box)
    node = next(elements(_CREDIT, box), None)
    credit = node_text(node) if node is not None else ""
    if credit and credit in text:
        text = text.replace(credit, "", 1).strip(" |-–—")
    elif not credit:
        match = _IN_TEXT.search(text[-120:])
        if match:
            credit = match[1].strip()
            text = text[: max(len(text) - 120, 0) + match.start()].strip(" |-–—(")
    return text or None, credit or None


def _image(page: Page, url: str) -> Image | None:
    address = page.absolute(clean(url)) if url.strip() else ""
    if not address.startswith(("http:", "https:")) or _NOT_A_PICTURE.search(address):
        return None
    return Image(url=address)


def _is_address(text: str | None) -> bool:
    return bool(text) and not str(text).startswith("data:") and "{" not in str(text)


def _key(url: str) -> str:
    path = split(url).path
    # addresses of resizing services differ in their query only, or carry the picture's in it
    return path if _PICTURE.search(path) else url


def _name(key: str) -> str:
    return _SIZE.sub("", key.rpartition("/")[2])
