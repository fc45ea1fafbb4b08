"""A daily on today's front end: modules build each page from JSON, after a choice about cookies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import cast

from newsspider.demo.address import slug
from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.desk import Standing
from newsspider.demo.faces.markup import groups
from newsspider.demo.faces.scripted import DATA, Scripted
from newsspider.demo.story import Passage, Story

Element = Mapping[str, object]


class Prisma(Scripted):
    """Prisma Daily. More stories come by a click in the first section, by scrolling in the others."""

    folder = "prisma"
    scripts = ("main.js", "view.js")
    related_shown = 3
    beat = Beat(
        host="prisma.test",
        name="Prisma Daily",
        language="en",
        locale="en-GB",
        offset=timedelta(hours=1),
        sections=(
            Section("world", "World", "world"),
            Section("culture", "Culture", "culture"),
        ),
        style=Style(standfirst=True, headings=True),
        per_page=5,
    )

    def data(self, template: str, values: Mapping[str, object]) -> Mapping[str, object] | None:
        """Return an article's parts or a list's teasers; all other pages are pieces of HTML."""
        if template == "article":
            story = cast("Story", values["story"])
            passages = cast("Sequence[Passage]", values["passages"])
            return self._article(story, passages) | {"pages": self._pages(story, values)}
        if template == "list":
            return self._list(values)
        return None

    def _article(self, story: Story, passages: Sequence[Passage]) -> dict[str, object]:
        outline = story.outline
        return {
            "kind": "article",
            "title": f"{outline.headline} | {self.beat.name}",
            "url": self.absolute(self.link(outline.number)),
            "headline": outline.headline,
            "standfirst": outline.standfirst,
            "authors": [
                {"name": name, "href": self.path("author", slug=slug(name))} for name in outline.authors
            ],
            "published": self.published(story),
            "section": {"name": outline.section.title, "href": self.list_path(outline.section, 1)},
            "picture": {
                "src": self.picture(outline.number),
                "caption": story.caption,
                "credit": story.credit,
            },
            "body": list(self._elements(passages)),
            "locked": self.labels["paywall"] if self.free(outline.number) is False else None,
            "tags": [{"name": word, "href": self.path("tag", slug=slug(word))} for word in outline.keywords],
            "related": [self._teaser(number) for number in self.related(outline.number)],
        }

    def _pages(self, story: Story, values: Mapping[str, object]) -> list[dict[str, object]]:
        number, parts = story.outline.number, cast("int", values["parts"])
        if parts == 1:
            return []
        paths = [self.link(number)]
        paths += [self.story_path("part", number, part=part) for part in range(2, parts + 1)]
        return [
            {"name": part, "href": None if part == values["part"] else path}
            for part, path in enumerate(paths, start=1)
        ]

    def _list(self, values: Mapping[str, object]) -> Mapping[str, object]:
        section = cast("Section | None", values["section"])
        page, pages = cast("int", values["page"]), cast("int", values["pages"])
        specials = cast("Sequence[int]", values["specials"])
        teasers = [self._teaser(number) for number in (*specials, *cast("Sequence[int]", values["numbers"]))]
        if specials:
            headline = self.desk.outline(Standing.FIVE).headline
            teasers += [{"headline": headline, "href": url} for url in self.five_addresses(Standing.FIVE)[1:]]
        more = DATA + self.list_path(section, page + 1) if section and page < pages else None
        return {
            "kind": "list",
            "title": f"{values['heading']} | {self.beat.name}",
            "heading": values["heading"],
            "teasers": teasers,
            "more": more,
            "by": "click" if section == self.beat.sections[0] else "scroll",
        }

    def _teaser(self, number: int) -> dict[str, object]:
        return {"headline": self.desk.outline(number).headline, "href": self.link(number)}

    @staticmethod
    def _elements(passages: Sequence[Passage]) -> Iterator[Element]:
        for role, group in groups(tuple(passages)):
            match role:
                case "list_item":
                    yield {"type": "list", "items": [passage.text for passage in group]}
                case "table_row":
                    yield {"type": "table", "rows": [passage.cells for passage in group]}
                case _:
                    yield {"type": role, "text": group[0].text}
