"""What all demo sites share: where each page lies, and what it shows of its story."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import ClassVar

from newsspider.demo.address import Address, slug
from newsspider.demo.beat import Beat, Section
from newsspider.demo.desk import Desk, Standing
from newsspider.demo.edition import Edition
from newsspider.demo.story import Passage, Story

PARTS = 3
"""Pages of the article in parts."""
_ADDRESS_OF: Mapping[int, str] = {
    Standing.LIVE: "live",
    Standing.GALLERY: "gallery",
    Standing.VIDEO: "video",
}


class Face(ABC):
    """A site: its addresses, and what its pages show. Its folder holds the page templates."""

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
        self.routes = {name: Address(pattern) for name, pattern in self.addresses.items()}

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the site answers on, the main one first."""
        return (self.beat.host,)

    def path(self, name: str, **fields: object) -> str:
        """Return the path of the page called *name* in :attr:`addresses`."""
        return self.routes[name].make(**fields)

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
        return self.five_addresses(number)[1:] if number == Standing.FIVE else ()

    def parts(self, number: int) -> tuple[str, ...]:
        """Return the URLs of the further pages of story *number*."""
        if number != Standing.PARTS:
            return ()
        return tuple(
            self.absolute(self.story_path("part", number, part=part)) for part in range(2, PARTS + 1)
        )

    def five_addresses(self, number: int) -> tuple[str, ...]:
        """Return the URLs under which the article of many addresses is linked."""
        url = self.absolute(self.link(number))
        sign = "&" if "?" in url else "?"
        tracked = ("utm_source=push&utm_medium=web", "fbclid=IwAR0demo", "cmp=rail")
        return (url, *(f"{url}{sign}{mark}" for mark in tracked))

    def shown(self, story: Story) -> tuple[Passage, ...]:
        """Return the passages of *story* that its readers get."""
        return story.passages[:2] if story.outline.number == Standing.TEASER else story.passages

    def part(self, story: Story, part: int) -> tuple[Passage, ...]:
        """Return the passages on page *part*, from 1, of a *story* in parts."""
        size = -(-len(story.passages) // PARTS)
        return story.passages[(part - 1) * size : part * size]

    def list_urls(self) -> Iterator[str]:
        """Yield the URLs of the home page and of every list page."""
        yield self.absolute("/")
        for section in self.beat.sections:
            for page in range(1, self.desk.pages(section) + 1):
                yield self.absolute(self.list_path(section, page))

    def true_canonical(self, number: int) -> str:
        """Return the URL that stands for story *number*; where the page's own claim is false, its address."""
        return self.canonical(number)

    def description(self, story: Story) -> str | None:
        """Return the standfirst or the description in the page's head."""
        return story.outline.standfirst

    def published(self, story: Story) -> str:
        """Return when *story* came out, as exactly as its page says."""
        return story.outline.published.isoformat()

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
