"""Pages for the tests of the body reader, every word invented."""

from __future__ import annotations

from datetime import UTC, datetime

from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page

URL = "https://paper.example/2026/04/harbour"
CONTEXT = Context(now=datetime(2026, 4, 16, tzinfo=UTC))

PARAGRAPHS = (
    "The harbour of Wexmoor will close to freighters for six weeks, the port office said on Tuesday, so that "
    "divers can clear what the winter storms left on the bed of the channel.",
    "About forty ships a week call at the town, most of them with timber from the north. They will be sent "
    "to Oldhaven, where two berths stand empty since the grain terminal moved inland last autumn.",
    "“We would rather lose a spring than a hull,” said Ida Marrow, who has run the office for eleven years. "
    "Her crews found three anchors and most of a trawler in the first hour of the survey.",
    "Traders in the market square were less patient. Several said that the notice had come too late to order "
    "from elsewhere, and that the council ought to pay for the stock that spoils on the quay.",
    "The council meets on Friday. A vote on a fund for the smaller firms is expected, though two of the five "
    "members have said in letters to this paper that they would rather wait for the divers' report.",
)


def menu() -> str:
    """Return the markup of what stands before an article."""
    entries = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Town", "Weather")
    )
    return f'<header class="site-header"><nav class="main-menu"><ul>{entries}</ul></nav></header>'


def trailer() -> str:
    """Return the markup of what stands after an article."""
    teasers = "".join(
        f'<li class="teaser"><a href="/{n}"><h3>Another story number {n}</h3></a></li>' for n in range(6)
    )
    return (
        f'<div class="related-articles"><h2>More from the paper</h2><ul>{teasers}</ul></div>'
        '<footer class="site-footer"><p>Copyright 2026 Wexmoor Herald. All rights reserved.</p>'
        '<ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
    )


def page(inner: str, *, head: str = "") -> Page:
    """Return a page with *inner* between menu and trailer."""
    markup = (
        f'<!DOCTYPE html><html lang="en"><head><title>Harbour to close | Wexmoor Herald</title>'
        f'<meta property="og:title" content="Harbour to close for six weeks">{head}</head>'
        f"<body>{menu()}{inner}{trailer()}</body></html>"
    )
    return Page(markup.encode(), URL)


def paragraphs(texts: tuple[str, ...] = PARAGRAPHS) -> str:
    """Return *texts* as paragraphs."""
    return "".join(f"<p>{text}</p>" for text in texts)


def story(body: str) -> str:
    """Return *body* in the element of an article, after its headline."""
    headline = "<h1>Harbour to close for six weeks</h1>"
    return f'<article class="story">{headline}<div class="story-body">{body}</div></article>'
