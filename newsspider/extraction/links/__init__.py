"""The links that a crawl follows, each with its role.

Everything here is pure: a page (or the bytes of a feed or a sitemap) in, links out. Which links are followed
is the spider's matter.
"""

from newsspider.extraction.links.feeds import feed_links
from newsspider.extraction.links.link import Link, LinkRole, on_site
from newsspider.extraction.links.paging import next_page
from newsspider.extraction.links.parts import one_page_view, part_links
from newsspider.extraction.links.sections import related_links, section_links
from newsspider.extraction.links.sitemaps import sitemap_links

__all__ = [
    "Link",
    "LinkRole",
    "feed_links",
    "next_page",
    "on_site",
    "one_page_view",
    "part_links",
    "related_links",
    "section_links",
    "sitemap_links",
]
