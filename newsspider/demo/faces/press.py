"""The press: makes the page that lies at an address of a site."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from newsspider.demo.address import slug
from newsspider.demo.beat import Section
from newsspider.demo.desk import Standing
from newsspider.demo.draw import Draw
from newsspider.demo.faces.face import PARTS, Face
from newsspider.demo.faces.markup import environment, weigh

PER_SITEMAP = 1000
"""Addresses in one sitemap file."""
IN_FEED = 50
"""Stories in a feed and in the news sitemap."""
_WHOLE = ("amp", "whole")  # addresses that show an article in parts on one page
_TRACKING = ("utm_", "fbclid", "cmp")
_TEMPLATES: Mapping[int, str] = {
    Standing.LIVE: "live",
    Standing.GALLERY: "gallery",
    Standing.VIDEO: "video",
    Standing.MEMBERS: "login",
    Standing.CONSENT: "consent",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What lies at an address."""

    body: bytes
    media: str
    """The Content-Type header."""
    modified: datetime
    status: int = 200


class Press:
    """Makes the pages of one *face*."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.desk = face.desk
        self.edition = face.edition
        self._templates = environment(face)

    def answer(self, host: str, path: str) -> Content:
        """Return what lies at *path* (with its query) on *host*."""
        path = _untracked(path)
        for name, address in self.face.routes.items():
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
        made: Mapping[str, Callable[[], Content | None]] = {
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
        template = _TEMPLATES.get(number)
        story, part = self.desk.story(number), int(fields.get("part", 1))
        in_parts = number == Standing.PARTS and name not in _WHOLE
        if template is None:
            template = "amp" if name == "amp" else "article"
        return self._html(
            template,
            story.modified,
            str(number),
            story=story,
            passages=self.face.part(story, part) if in_parts else self.face.shown(story),
            part=part if in_parts else 1,
            parts=PARTS if in_parts else 1,
            host=host,
        )

    def _list(self, section: Section, page: int) -> Content | None:
        numbers, pages, per_page = (
            self.desk.filed_under(section),
            self.desk.pages(section),
            self.face.beat.per_page,
        )
        if not 1 <= page <= pages:
            return None
        return self._html(
            "list",
            self.edition.now,
            f"{section.slug}{page}",
            heading=section.title,
            section=section,
            numbers=numbers[(page - 1) * per_page : page * per_page],
            page=page,
            pages=pages,
            specials=list(Standing) if page == 1 and section == self.face.beat.sections[0] else [],
        )

    def _topic(self, name: str, topic: str) -> Content | None:
        names, find = {
            "author": (self.desk.writer.staff, self.desk.by),
            "tag": (self.desk.keywords(), self.desk.tagged),
        }[name]
        full = next((full for full in names if slug(full) == topic), None)
        if full is None:
            return None
        return self._html(
            "list", self.edition.now, topic, heading=full, section=None, page=1,
            numbers=find(full)[: self.face.beat.per_page], pages=1, specials=[],
            kind=self.face.labels[f"{name}_page"],
        )  # fmt: skip

    def _home(self) -> Content:
        return self._html(
            "list", self.edition.now, "home", heading=self.face.beat.name, section=None, page=1, pages=1,
            numbers=self.desk.ordinary()[: self.face.beat.per_page], kind=None,
            specials=[Standing.FIVE, Standing.LIVE],
        )  # fmt: skip

    def _html(
        self, template: str, modified: datetime, key: str, *, status: int = 200, **values: object
    ) -> Content:
        text = self._render(template, values)
        text = weigh(text, self.edition.weight, Draw(self.edition.seed, self.face.beat.host, "weight", key))
        return Content(
            text.encode(self.face.encoding, "xmlcharrefreplace"), self.face.media, modified, status
        )

    def _render(self, template: str, values: Mapping[str, object]) -> str:
        return self._templates.get_template(f"{template}.html.j2").render(values)

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
        if not self.face.zipped_sitemaps:
            return content
        squeezed = zlib.compressobj(6, zlib.DEFLATED, 31)
        return Content(
            squeezed.compress(content.body) + squeezed.flush(), "application/gzip", content.modified
        )

    def _robots(self) -> Content:
        sitemap = self.face.absolute(self.face.path("sitemap"))
        text = f"User-agent: *\nDisallow: /search\nDisallow: /account/\n\nSitemap: {sitemap}\n"
        return Content(text.encode(), "text/plain; charset=utf-8", self.edition.now)

    def _picture(self, name: str) -> Content:
        draw = Draw(self.edition.seed, self.face.beat.host, name)
        return Content(_png(bytes(draw.number(0, 255) for _ in range(3))), "image/png", self.edition.now)

    def _newest(self) -> range:
        return self.desk.ordinary()[:IN_FEED]


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
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
