"""The tables of a site file: which keys there are, of what type and with what meaning.

docs/sites.md lists them by their descriptions. Nothing is converted by force: a number in quotes is an error.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from newsspider.extraction.site_values import Elements, Expressions, ExpressionsOrNone
from newsspider.tables.file import Table
from newsspider.tables.values import Cron, Domain, Duration, Language, Period, Regex, Url, Zone


class LinksTable(Table):
    """``[links]``: which links mean what."""

    article: Regex | None = Field(default=None, description="searched in the URL path: an article")
    section: Regex | None = Field(default=None, description="searched in the URL path: a section page")
    related: Elements = Field(default=(), description="links to related articles, or boxes of such links")
    next: Elements = Field(default=(), description="the link to the next page of a section")
    more: Elements = Field(
        default=(), description="what a browser brings into view and clicks to make a section page longer"
    )


class CrawlTable(Table):
    """``[crawl]``: how the site wants to be crawled."""

    delay: float | None = Field(
        default=None, ge=0, allow_inf_nan=False, description="seconds between two requests to a host"
    )
    robots: Literal["obey", "ignore"] = Field(default="obey", description="whether robots.txt is obeyed")
    private_addresses: bool = Field(
        default=False, description="whether its hosts may lie on private addresses"
    )
    refresh: list[Duration] | None = Field(
        default=None, description="time from each fetch of an article to the next; after the last, never"
    )
    render_timeout: float = Field(
        default=30.0, gt=0, allow_inf_nan=False, description="seconds that a page may take in a browser"
    )
    render_limit: int | None = Field(default=None, ge=0, description="pages rendered in a run, at most")


class CleaningTable(Table):
    """``[cleaning]``: what is cleaned besides, or not at all."""

    lines: list[str] = Field(default=[], description="further whole lines to remove, compared folded")
    patterns: list[Regex] = Field(
        default=[], description="further lines to remove: one of these matches all of it"
    )
    off: list[str] = Field(default=[], description="names of rules switched off")
    dateline: Literal["extract", "keep"] = Field(
        default="extract", description="whether a dateline leaves the body"
    )


class SiteScheduleTable(Table):
    """``[schedule]``: when the site is crawled."""

    every: Period | None = Field(default=None, description="time from one run to the next")
    cron: Cron | None = Field(
        default=None, description="a cron expression of five fields, instead of `every`"
    )
    jitter: Duration | None = Field(default=None, description="a run starts up to so much later than due")
    args: dict[str, str] = Field(default={}, description="spider arguments")


class FieldsTable(Table):
    """``[template.fields]``: where each value is; one left out is guessed, one that is ``[]`` is absent."""

    headline: Expressions | None = Field(default=None, description="headline")
    description: ExpressionsOrNone | None = Field(default=None, description="standfirst")
    authors: ExpressionsOrNone | None = Field(
        default=None, description="names, a value each, or whole bylines"
    )
    date_published: ExpressionsOrNone | None = Field(
        default=None, description="time of publication, in any form"
    )
    date_modified: ExpressionsOrNone | None = Field(
        default=None, description="time of the last change, in any form"
    )
    body: Expressions | None = Field(
        default=None, description="the elements that hold the body, or text with a line a paragraph"
    )
    keywords: ExpressionsOrNone | None = Field(default=None, description="tags, a value each")
    article_section: ExpressionsOrNone | None = Field(default=None, description="section")
    breadcrumbs: ExpressionsOrNone | None = Field(
        default=None, description="path from the home page, a value each"
    )
    images: ExpressionsOrNone | None = Field(default=None, description="URLs of the article's pictures")
    publisher: ExpressionsOrNone | None = Field(default=None, description="publishing organisation")
    agency: ExpressionsOrNone | None = Field(default=None, description="news agency")


class DropTable(Table):
    """``[template.drop]``: elements that are left out."""

    body: Elements = Field(default=(), description="elements inside the body that are not part of it")


class StopTable(Table):
    """``[template.stop]``: where reading ends."""

    body: Elements = Field(default=(), description="the body ends where the first of these begins")


class TemplateTable(Table):
    """``[[template]]``: one layout; tried in the order of the file."""

    name: str = Field(min_length=1, description="unique in the file")
    page: Literal["article", "live_blog"] = Field(
        default="article", description="the type of the pages it reads"
    )
    match: Elements = Field(default=(), description="one of these is on every page of this layout")
    render: bool = Field(default=False, description="whether the page needs a browser")
    fields: FieldsTable = Field(default=FieldsTable(), description="see below")
    drop: DropTable = Field(default=DropTable(), description="see below")
    stop: StopTable = Field(default=StopTable(), description="see below")


class SiteTable(Table):
    """The file itself."""

    format: Literal[1] = Field(description="version of this format")
    name: str = Field(min_length=1, description="the site's name, as readers know it")
    domains: list[Domain] = Field(min_length=1, description="its domains, subdomains included")
    language: Language | None = Field(default=None, description="BCP 47 tag of its articles")
    timezone: Zone | None = Field(
        default=None, description="IANA zone of the times that it states without an offset"
    )
    seen: date | None = Field(default=None, description="the day the layout was last looked at")
    sections: list[Url] = Field(default=[], description="section pages: where a crawl starts")
    feeds: list[Url] = Field(default=[], description="RSS and Atom feeds")
    sitemaps: list[Url] = Field(default=[], description="news sitemaps")
    quirks: str | None = Field(default=None, description="module in newsspider/quirks; shipped files only")
    links: LinksTable = Field(default=LinksTable(), description="see below")
    crawl: CrawlTable = Field(default=CrawlTable(), description="see below")
    cleaning: CleaningTable = Field(default=CleaningTable(), description="see below")
    schedule: SiteScheduleTable | None = Field(default=None, description="see below")
    template: list[TemplateTable] = Field(min_length=1, description="see below; at least one")


TABLES: dict[str, type[Table]] = {
    "links": LinksTable,
    "crawl": CrawlTable,
    "cleaning": CleaningTable,
    "schedule": SiteScheduleTable,
    "template": TemplateTable,
    "fields": FieldsTable,
    "drop": DropTable,
    "stop": StopTable,
}
"""The tables inside the file, by the last part of their name."""
