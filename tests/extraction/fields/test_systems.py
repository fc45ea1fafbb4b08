"""Headline, authors and day where publishing systems put them, without structured data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsspider.extraction.fields import authors, dates, headline
from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page

TITLE = "The harbour bridge reopens after nine months"
TEXT = (
    "<p>Rain fell on the old quay while the crews lowered the last span into place, and nobody went home.</p>"
)
SYSTEMS = {
    "WordPress, classic": """
        <h1 class="entry-title">{title}</h1><div class="entry-content">{text}</div><footer
        class="entry-meta">Posted in <a href="/category/town" rel="category tag">Town</a> on <a
        href="/1" rel="bookmark"><time class="entry-date"
        datetime="2024-05-03T09:41:00+00:00">May 3, 2024</time></a><span class="by-author"> by <span
        class="author vcard"><a class="url fn n" href="/author/ada">Ada Berg</a></span></span></footer>
    """,
    "WordPress, blocks": """
        <h1 class="wp-block-post-title">{title}</h1><div class="wp-block-post-date"><time
        datetime="2024-05-03">May 3, 2024</time></div><p>by</p><div class="wp-block-post-author-name"><a
        href="/author/ada">Ada Berg</a></div>{text}
    """,
    "WordPress, magazine": """
        <h1 class="entry-title">{title}</h1><div class="td-module-meta-info"><div
        class="td-post-author-name"><div class="td-author-by">By</div> <a href="/author/ada">Ada Berg</a>
        <div class="td-author-line"> - </div></div><span class="td-post-date"><time
        datetime="2024-05-03T08:00Z">May 3, 2024</time></span></div>{text}
    """,
    "Substack": """
        <h1 class="post-title published">{title}</h1><h3 class="subtitle">Next</h3><div
        class="byline-wrapper"><div><a href="/@ada">Ada Berg</a></div><div
        class="pencraft">May 03, 2024</div></div>{text}
    """,
    "Medium": """
        <h1>{title}</h1><div><a data-testid="authorName" href="/@ada">Ada Berg</a> · <a
        href="#">Follow</a><div><span>4 min read</span>
        <span data-testid="storyPublishDate">May 3, 2024</span></div></div>{text}
    """,
    "Blogger": """
        <h2 class="date-header">Friday, May 3, 2024</h2><h3 class="post-title entry-title">{title}</h3>
        {text}<div class="post-footer"><span class="post-author vcard">Posted by <span class="fn">
        <a rel="author" href="/profile/1">Ada Berg</a></span></span></div>
    """,
    "Arc": """
        <h1 class="headline"><span>{title}</span></h1><div class="b-byline"><span>By </span><span><a
        href="/author/ada">Ada Berg</a></span><time datetime="2024-05-03T14:00Z">May 03, 2024</time></div>
        {text}
    """,
    "Drupal": """
        <h1 id="page-title">{title}</h1><div class="submitted">
        <span>Fri, 05/03/2024 - 09:41</span> — <span class="username">Ada Berg</span></div>{text}
    """,
    "Joomla": """
        <h2 itemprop="headline">{title}</h2><dl class="article-info"><dt>Details</dt>
        <dd>Written by: <span>Ada Berg</span></dd><dd>Category: <a href=/c>Town</a></dd>
        <dd>Published: 03 May 2024</dd></dl>{text}
    """,
    "Squarespace": """
        <h1 class="entry-title">{title}</h1><div class="blog-meta-item--author"><span>Written By </span>
        <span class="blog-author-name">Ada Berg</span></div><time
        class="blog-meta-item--date">May 3, 2024</time>{text}
    """,
    "Wix": """
        <h1>{title}</h1><ul><li><span class="x1 user-name" title="Ada Berg">Ada Berg</span></li><li><span
        class="time-ago">May 3, 2024</span></li></ul>{text}
    """,
    "Adobe": """
        <div class="cmp-title"><h1 class="cmp-title__text">{title}</h1></div><span
        class="cmp-info__author">By Ada Berg</span><span class="cmp-info__date">3 May 2024</span>{text}
    """,
    "Movable Type": """
        <h1>{title}</h1><p class="posted">By <b>Ada Berg</b> on <b>May 3, 2024  9:41 AM</b></p>{text}
    """,
    "TypePad": """
        <h2 class="date-header">May 03, 2024</h2><h3 class="entry-header">{title}</h3>{text}<p>
        <span>Posted by <a rel="author" href="/ada">Ada Berg</a> on May 03, 2024 at 09:41 AM</span></p>
    """,
    "Jekyll": """
        <h1 class="post-title p-name">{title}</h1><p class="post-meta"><time
        datetime="2024-05-03">May 3, 2024</time> • <span itemprop="author"><span
        class="p-author">Ada Berg</span></span></p>{text}
    """,
    "Webflow": """
        <h1 class="heading-2">{title}</h1><div><div class="text-block-9">By</div><div
        class="text-block-10">Ada Berg</div><div class="text-block-11">|</div><div
        class="text-block-12">May 3, 2024</div></div>{text}
    """,
    "generated class names": """
        <h1 class="css-1a2b">{title}</h1><div class="css-9x"><span>By </span><a href="/x/ada">Ada Berg</a>
        </div><span>Published May 3, 2024</span>{text}
    """,
    "tables": """
        <table><tr><td><h2>{title}</h2><p><font size=-1><b>By ADA BERG</b>
        <br>Staff Writer<br>Published: May 3, 2024</font></p>{text}</td></tr></table>
    """,
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_publishing_system(system: str, page: Callable[..., Page], context: Context) -> None:
    """Headline, author and day stand where the system's own templates show them to readers."""
    body = SYSTEMS[system].format(title=TITLE, text=TEXT * 6)
    story = page(f"<title>{TITLE} | News Test</title><body><article>{body}</article></body>")
    title = headline.guess(story, context)
    assert title is not None
    assert title.value == TITLE
    written = authors.guess(story, replace(context, headline=title.value))
    dated = dates.guess_published(story, context)
    assert written is not None
    assert dated is not None
    assert (written.value, dated.value.iso[:10]) == (("Ada Berg",), "2024-05-03")
