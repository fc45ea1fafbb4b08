"""A German daily on a modern front end: the article is in embedded JSON, the document is a skeleton."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from newsspider.demo.beat import Beat, Section, Style
from newsspider.demo.desk import Standing
from newsspider.demo.faces.face import Face
from newsspider.demo.faces.markup import groups
from newsspider.demo.story import Passage, Story

Element = Mapping[str, object]


class Modern(Face):
    """Nordblatt."""

    folder = "modern"
    beat = Beat(
        host="nordblatt.test",
        name="Nordblatt",
        language="de",
        locale="de",
        offset=timedelta(hours=2),
        sections=(
            Section("politik", "Politik", "nation"),
            Section("wirtschaft", "Wirtschaft", "business"),
            Section("sport", "Sport", "sport"),
            Section("kultur", "Kultur", "culture"),
        ),
        style=Style(standfirst=True, headings=True, datelines=0.3),
    )
    addresses: ClassVar = {
        "home": "/",
        "story": "/{section}/{slug}-a{number}",
        "part": "/{section}/{slug}-a{number}?seite={part}",
        "live": "/liveticker/{slug}-a{number}",
        "gallery": "/bilder/{slug}-a{number}",
        "video": "/video/{slug}-a{number}",
        "section": "/{section}",
        "section_page": "/{section}?seite={page}",
        "tag": "/thema/{slug}",
        "author": "/autor/{slug}",
        "login": "/konto/anmelden",
        "feed": "/rss.xml",
        "sitemap": "/sitemap.xml",
        "sitemap_news": "/sitemap-news.xml",
        "sitemap_part": "/sitemap-artikel-{page}.xml",
        "robots": "/robots.txt",
        "media": "/bild/{slug}.png",
    }

    def breadcrumbs(self, story: Story) -> tuple[str, ...]:
        """Return nothing: the page has none."""
        return ()

    def state(self, story: Story, passages: Sequence[Passage]) -> Mapping[str, object]:
        """Return what the page's scripts start from."""
        outline = story.outline
        article = {
            "id": f"a{outline.number}",
            "type": "article",
            "headlines": {"basic": outline.headline, "seo": f"{outline.headline} - {self.beat.name}"},
            "subheadlines": {"basic": outline.standfirst},
            "publish_date": outline.published.isoformat(),
            "last_updated_date": story.modified.isoformat(),
            "canonical_url": self.absolute(self.link(outline.number)),
            "section": {"name": outline.section.title, "path": f"/{outline.section.slug}"},
            "authors": [{"type": "author", "name": name} for name in outline.authors],
            "keywords": list(outline.keywords),
            "is_free": self.free(outline.number),
            "lead_image": {
                "url": self.picture(outline.number),
                "caption": story.caption,
                "credit": story.credit,
            },
            "content_elements": list(self._elements(story, passages)),
        }
        return {
            "props": {"pageProps": {"article": article, "flags": {"ads": True, "dark": False}}},
            "page": "/[ressort]/[artikel]",
            "buildId": "nordblatt-4711",
        }

    def _elements(self, story: Story, passages: Sequence[Passage]) -> Iterator[Element]:
        also = self.desk.related(story.outline.number)[:1]
        for index, (role, group) in enumerate(groups(tuple(passages))):
            texts = [passage.text for passage in group]
            opening = f"{story.filed.raw} " if story.filed and group[0] is story.passages[0] else ""
            match role:
                case "heading":
                    yield {"type": "header", "level": 2, "content": texts[0]}
                case "quote":
                    yield {"type": "quote", "content_elements": [_text(texts[0])]}
                case "list_item":
                    yield {"type": "list", "list_type": "unordered", "items": [_text(text) for text in texts]}
                case "table_row":
                    head, *rows = group
                    yield {
                        "type": "table",
                        "header": [_text(cell) for cell in head.cells],
                        "rows": [[_text(cell) for cell in row.cells] for row in rows],
                    }
                case _:
                    yield _text(opening + texts[0])
            if index == 1:
                yield {"type": "ad", "slot": "artikel-mitte"}
            if index == 2 and story.outline.number not in (Standing.TEASER, Standing.PARTS):
                for number in also:
                    title = self.desk.outline(number).headline
                    also_read = f"Lesen Sie auch: {title}"
                    yield {"type": "interstitial_link", "content": also_read, "url": self.link(number)}


def _text(content: str) -> Element:
    return {"type": "text", "content": content}
