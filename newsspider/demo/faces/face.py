"""What all demo sites share: which page lies at which address, what is on it, and what is true of it."""

from __future__ import annotations

import struct
import zlib
from abc import ABC
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import ClassVar

from newsspider.demo.address import Address
from newsspider.demo.beat import Beat, Section
from newsspider.demo.desk import PER_PAGE, Desk, Standing
from newsspider.demo.draw import Draw
from newsspider.demo.edition import Edition
from newsspider.demo.faces.markup import environment, slug, weigh
from newsspider.demo.story import Passage, Story
from newsspider.demo.truth import TrueBlock, TrueDateline, TrueImage, TruePlace, Truth

PER_SITEMAP = 1000
"""Addresses in one sitemap file."""
IN_FEED = 50
"""Stories in a feed and in the news sitemap."""
PARTS = 3
"""Pages of the article in parts."""
_TRACKING = ("utm_", "fbclid", "cmp")

_DROPPED = {
    Standing.GALLERY: "gallery",
    Standing.VIDEO: "video",
    Standing.MEMBERS: "login",
    Standing.CONSENT: "consent",
    Standing.MISSING: "error",
}
_ADDRESS_OF = {Standing.LIVE: "live", Standing.GALLERY: "gallery", Standing.VIDEO: "video"}


@dataclass(frozen=True, slots=True)
class Content:
    """What lies at an address."""

    body: bytes
    media: str
    """The Content-Type header."""
    modified: datetime
    status: int = 200


class Face(ABC):
    """A site's pages, made on demand from its desk; its folder holds the page templates."""

    beat: ClassVar[Beat]
    folder: ClassVar[str]
    addresses: ClassVar[Mapping[str, str]]
    """Name to pattern of each kind of page that the site has."""
    encoding: ClassVar[str] = "utf-8"
    media: ClassVar[str] = "text/html; charset=utf-8"
    zipped_sitemaps: ClassVar[bool] = False
    related_shown: ClassVar[int] = 5

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.desk = Desk(self.beat, edition)
        self.labels = self.desk.writer.language.labels
        self._addresses = {name: Address(pattern) for name, pattern in self.addresses.items()}
        self._templates = environment(self)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the site answers on, the main one first."""
        return (self.beat.host,)

    # addresses

    def path(self, name: str, **fields: object) -> str:
        """Return the path of the page called *name* in :attr:`addresses`."""
        return self._addresses[name].make(**fields)

    def absolute(self, path: str) -> str:
        """Return the URL of *path* on the main host."""
        return f"http://{self.beat.host}{path}"

    def link(self, number: int) -> str:
        """Return the path of story *number*."""
        return self.story_path(_ADDRESS_OF.get(number, "story"), number)

    def story_path(self, name: str, number: int, **fields: object) -> str:
        """Return the path of story *number* in the form called *name*: as AMP page, one of its parts."""
        outline = self.desk.outline(number)
        return self.path(
            name,
            number=number,
            slug=slug(outline.headline),
            section=outline.section.slug,
            day=outline.published.strftime("%Y/%m/%d"),
            **fields,
        )

    def list_path(self, section: Section, page: int) -> str:
        """Return the path of list page *page*, from 1, of *section*."""
        if page == 1:
            return self.path("section", section=section.slug)
        return self.path("section_page", section=section.slug, page=page)

    def canonical(self, number: int) -> str:
        """Return what the page of story *number* says its canonical URL is."""
        return self.absolute(self.link(number))

    def also_at(self, number: int) -> tuple[str, ...]:
        """Return further URLs of story *number* that pages link to."""
        if number == Standing.PARTS:
            parts = (self.story_path("part", number, part=part) for part in range(2, PARTS + 1))
            return tuple(map(self.absolute, parts))
        if number == Standing.FIVE:
            return self.five_addresses(number)[1:]
        return ()

    def five_addresses(self, number: int) -> tuple[str, ...]:
        """Return the URLs under which the article of many addresses is linked."""
        url = self.absolute(self.link(number))
        sign = "&" if "?" in url else "?"
        return tuple(
            f"{url}{tail}"
            for tail in ("", f"{sign}utm_source=push&utm_medium=web", f"{sign}fbclid=IwAR0demo", f"{sign}cmp=rail")
        )

    # answers

    def answer(self, host: str, path: str) -> Content:
        """Return what lies at *path* (with its query) on *host*."""
        path = _untracked(path)
        for name, address in self._addresses.items():
            fields = address.match(path)
            if fields is not None:
                content = self._page(name, fields, host)
                if content is not None:
                    return content
        return self._html("missing", self.edition.now, path, status=404)

    def _page(self, name: str, fields: Mapping[str, str], host: str) -> Content | None:
        page = int(fields.get("page", 1))
        if "number" in fields:
            return self._story(name, int(fields["number"]), fields, host)
        if name in ("section", "section_page"):
            section = self.desk.section(fields["section"])
            return self._list(section, page) if section else None
        if name in ("tag", "author"):
            return self._topic(name, fields["slug"])
        made: Mapping[str, Callable[[], Content]] = {
            "home": self._home,
            "login": lambda: self._html("login", self.edition.now, "login"),
            "feed": lambda: self._xml("feed", numbers=self._newest()),
            "sitemap": lambda: self._xml("sitemap", parts=range(1, self._sitemaps() + 1)),
            "sitemap_news": lambda: self._xml("news", numbers=self._newest()),
            "sitemap_part": lambda: self._sitemap(page),
            "robots": self._robots,
            "media": lambda: self._picture(fields.get("slug", "")),
        }
        return made[name]()

    def _story(self, name: str, number: int, fields: Mapping[str, str], host: str) -> Content | None:
        if number not in self.desk or number == Standing.MISSING:
            # an article's address that leads nowhere answers 200, as many real sites do
            return self._html("missing", self.edition.now, str(number))
        template = {
            Standing.LIVE: "live",
            Standing.GALLERY: "gallery",
            Standing.VIDEO: "video",
            Standing.MEMBERS: "login",
            Standing.CONSENT: "consent",
        }.get(Standing(number) if number in Standing.__members__.values() else Standing.FIVE)
        story, part = self.desk.story(number), int(fields.get("part", 1))
        if template is None:
            template = "amp" if name == "amp" else "article"
        return self._html(
            template,
            story.modified,
            str(number),
            story=story,
            passages=self.shown(story, part),
            part=part,
            parts=PARTS if number == Standing.PARTS and name != "whole" else 1,
            host=host,
        )

    def shown(self, story: Story, part: int) -> tuple[Passage, ...]:
        """Return the passages on page *part* of *story*."""
        match story.outline.number:
            case Standing.TEASER:
                return story.passages[:2]
            case Standing.PARTS:
                size = -(-len(story.passages) // PARTS)
                return story.passages[(part - 1) * size : part * size]
        return story.passages

    def _list(self, section: Section, page: int) -> Content | None:
        numbers, pages = self.desk.filed_under(section), self.desk.pages(section)
        if not 1 <= page <= pages:
            return None
        return self._html(
            "list",
            self.edition.now,
            f"{section.slug}{page}",
            heading=section.title,
            section=section,
            numbers=numbers[(page - 1) * PER_PAGE : page * PER_PAGE],
            page=page,
            pages=pages,
            specials=list(Standing) if page == 1 and section == self.beat.sections[0] else [],
        )

    def _topic(self, name: str, topic: str) -> Content | None:
        if name == "author":
            full = next((author for author in self.desk.writer.staff if slug(author) == topic), None)
            numbers = self.desk.by(full) if full else []
        else:
            words = (word for number in self.desk.ordinary()[:200] for word in self.desk.outline(number).keywords)
            full = next((word for word in words if slug(word) == topic), None)
            numbers = self.desk.tagged(full) if full else []
        if full is None:
            return None
        return self._html(
            "list", self.edition.now, topic, heading=full, section=None, numbers=numbers[:PER_PAGE], page=1,
            pages=1, specials=[], kind=self.labels[f"{name}_page"],
        )  # fmt: skip

    def _home(self) -> Content:
        return self._html(
            "list", self.edition.now, "home", heading=self.beat.name, section=None, page=1, pages=1,
            numbers=self.desk.ordinary()[:PER_PAGE], specials=[Standing.FIVE, Standing.LIVE], kind=None,
        )  # fmt: skip

    def _html(self, template: str, modified: datetime, key: str, *, status: int = 200, **values: object) -> Content:
        text = self._templates.get_template(f"{template}.html.j2").render(values)
        text = weigh(text, self.edition.weight, Draw(self.edition.seed, self.beat.host, "weight", key))
        return Content(text.encode(self.encoding, "xmlcharrefreplace"), self.media, modified, status)

    def _xml(self, template: str, **values: object) -> Content:
        text = self._templates.get_template(f"{template}.xml.j2").render(values)
        return Content(text.encode(), "application/xml; charset=utf-8", self.edition.now)

    def _sitemaps(self) -> int:
        return -(-self.edition.size // PER_SITEMAP)

    def _sitemap(self, page: int) -> Content | None:
        numbers = self.desk.ordinary()[(page - 1) * PER_SITEMAP : page * PER_SITEMAP]
        if not numbers:
            return None
        content = self._xml("urls", numbers=numbers)
        if not self.zipped_sitemaps:
            return content
        squeezed = zlib.compressobj(6, zlib.DEFLATED, 31)
        return Content(squeezed.compress(content.body) + squeezed.flush(), "application/gzip", content.modified)

    def _robots(self) -> Content:
        text = f"User-agent: *\nDisallow: /search\nDisallow: /account/\n\nSitemap: {self.absolute(self.path('sitemap'))}\n"
        return Content(text.encode(), "text/plain; charset=utf-8", self.edition.now)

    def _picture(self, name: str) -> Content:
        draw = Draw(self.edition.seed, self.beat.host, name)
        return Content(_png(bytes(draw.number(0, 255) for _ in range(3))), "image/png", self.edition.now)

    def _newest(self) -> range:
        return self.desk.ordinary()[:IN_FEED]

    def list_urls(self) -> Iterator[str]:
        """Yield the URLs of the home page and of every list page."""
        yield self.absolute("/")
        for section in self.beat.sections:
            for page in range(1, self.desk.pages(section) + 1):
                yield self.absolute(self.list_path(section, page))

    # truth

    def truths(self) -> Iterator[Truth]:
        """Yield the truth of every page that looks like an article, the standing ones first."""
        for standing in Standing:
            yield self.truth(standing)
        for number in self.desk.ordinary():
            yield self.truth(number)

    def truth(self, number: int) -> Truth:
        """Return the truth of story *number*."""
        url = self.absolute(self.link(number))
        dropped = _DROPPED.get(Standing(number)) if number in Standing.__members__.values() else None
        story = self.desk.story(number)
        if dropped:
            return Truth(
                site=self.beat.host, url=url, canonical_url=url, exported=False, dropped=dropped,
                page_type=dropped, headline=story.outline.headline,
            )  # fmt: skip
        outline, style = story.outline, self.beat.style
        # a live blog shows its entries and little else
        live = number == Standing.LIVE
        return Truth(
            site=self.beat.host,
            url=url,
            canonical_url=self.true_canonical(number),
            exported=True,
            page_type="live_blog" if live else "article",
            headline=outline.headline,
            description=self.description(story),
            authors=outline.authors,
            date_published=outline.published.isoformat(),
            date_modified=self.modified(story),
            dateline=None if live else _true_dateline(story),
            blocks=tuple(self._true_blocks(story)),
            credits=(story.ending,) if story.ending and self.ends(number) else (),
            keywords=outline.keywords if style.keywords and not live else (),
            article_section=None if live else outline.section.title,
            breadcrumbs=() if live else self.breadcrumbs(story),
            images=(TrueImage(self.picture(number), story.caption, story.credit),) if style.images and not live else (),
            in_language=self.beat.language,
            publisher=self.beat.name,
            is_accessible_for_free=None if live else self.free(number),
            related_urls=() if live else tuple(map(self.absolute, map(self.link, self.related(number)))),
            also_at=self.also_at(number),
        )

    def true_canonical(self, number: int) -> str:
        """Return the URL that stands for story *number*; where the page's own claim is false, its address."""
        return self.canonical(number)

    def description(self, story: Story) -> str | None:
        """Return the standfirst or the description in the page's head."""
        return story.outline.standfirst

    def modified(self, story: Story) -> str | None:
        """Return when *story* was changed, if its page says so."""
        return story.modified.isoformat()

    def breadcrumbs(self, story: Story) -> tuple[str, ...]:
        """Return the way from the home page to the story's section."""
        return (self.labels["home"], story.outline.section.title)

    def free(self, number: int) -> bool | None:
        """Return whether all of story *number* is open, if its page says so."""
        return number != Standing.TEASER

    def picture(self, number: int) -> str:
        """Return the URL of the picture of story *number*."""
        return self.absolute(self.path("media", slug=str(number)))

    def ends(self, number: int) -> bool:
        """Return whether the page of story *number* shows the story's last line."""
        return number not in (Standing.TEASER, Standing.LIVE)

    def related(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the stories that the page of *number* links as related, in order."""
        return self.desk.related(number)[: self.related_shown]

    def people(self, story: Story) -> list[dict[str, str]]:
        """Return the authors of *story* as JSON-LD."""
        return [{"@type": "Person", "name": name} for name in story.outline.authors]

    def rfc822(self, moment: datetime) -> str:
        """Return *moment* as feeds write it."""
        return format_datetime(moment)

    def entries(self, story: Story) -> list[tuple[str, str, str]]:
        """Return a live blog's entries: time of day, heading, text."""
        write, outline = self.desk.writer.write, story.outline
        return [
            (
                f"{9 - hour:02}:{hour * 7 % 60:02}",
                self.desk.writer.title(write("live_heading", outline, f"heading {hour}")),
                write("live_entry", outline, f"entry {hour}"),
            )
            for hour in range(6)
        ]

    def _true_blocks(self, story: Story) -> Iterator[TrueBlock]:
        number = story.outline.number
        if self.beat.style.standfirst:
            yield TrueBlock("standfirst", story.outline.standfirst)
        if number == Standing.LIVE:
            for _, heading, text in self.entries(story):
                yield TrueBlock("heading", heading)
                yield TrueBlock("paragraph", text)
            return
        for passage in self.shown(story, 1) if number == Standing.TEASER else story.passages:
            yield TrueBlock(passage.role, passage.text)


def _true_dateline(story: Story) -> TrueDateline | None:
    filed = story.filed
    if filed is None:
        return None
    return TrueDateline(
        raw=filed.raw,
        places=tuple(TruePlace(spot.name, spot.within or None) for spot in filed.places),
        date=filed.day.isoformat() if filed.day else None,
        agency=filed.agency,
    )


def _untracked(path: str) -> str:
    path, _, query = path.partition("?")
    kept = "&".join(pair for pair in query.split("&") if pair and not pair.startswith(_TRACKING))
    return f"{path}?{kept}" if kept else path


def _png(colour: bytes, size: tuple[int, int] = (320, 180)) -> bytes:
    """Return a picture of one colour (red, green, blue)."""
    width, height = size
    parts = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\0" + colour * width) * height)),
        (b"IEND", b""),
    )
    chunks = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
