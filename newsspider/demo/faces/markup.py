"""Turning stories into markup: the template engine, and what pads a page to real size."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from newsspider.demo.address import slug
from newsspider.demo.draw import Draw
from newsspider.demo.story import Passage

if TYPE_CHECKING:
    from newsspider.demo.faces.face import Face

STYLE_SHARE = 0.35
"""Of the padding that is style sheet; the rest is script."""
_POOL = 400_000
_WORDS = ("card", "rail", "hero", "grid", "lead", "menu", "slot", "sticky", "teaser", "wrap")
_MENU_LINKS = 240


def environment(face: Face) -> Environment:
    """Return the template engine for *face*: its own folder first, then what all share."""
    folders = (f"faces/{face.folder}", "faces/shared")
    loader = ChoiceLoader([PackageLoader("newsspider.demo", folder) for folder in folders])
    engine = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    engine.globals.update(
        face=face,
        desk=face.desk,
        beat=face.beat,
        labels=face.labels,
        now=face.edition.now.astimezone(face.beat.zone),
        language=face.desk.writer.language,
        menu=menu(face) if face.edition.weight else "",
        kind=None,
        story=None,
    )
    engine.filters.update(slug=slug, groups=groups, linking=linking)
    return engine


def groups(passages: tuple[Passage, ...]) -> list[tuple[str, list[Passage]]]:
    """Return *passages* with neighbours of one list or table together."""

    def key(entry: tuple[int, Passage]) -> tuple[str, int]:
        index, passage = entry
        return passage.role, -1 if passage.role in ("list_item", "table_row") else index

    return [(role, [passage for _, passage in run]) for (role, _), run in groupby(enumerate(passages), key)]


def linking(text: str, name: str, href: str) -> Markup:
    """Return *text* with *name*, where it first occurs, as a link."""
    before, found, after = text.partition(name)
    if not found:
        return escape(text)
    return Markup('{}<a href="{}">{}</a>{}').format(before, href, name, after)


def menu(face: Face) -> Markup:
    """Return the mega menu that a page of real size carries."""
    draw, lists = Draw(face.beat.host, "menu"), face.desk.writer.language.keywords.values()
    keywords = sorted({word for words in lists for word in words})
    links = (
        Markup('<li class="mega__item mega__item--{}"><a class="mega__link" href="{}">{}</a></li>').format(
            index, face.path("tag", slug=slug(word)), word
        )
        for index, word in enumerate(draw.pick(keywords) for _ in range(_MENU_LINKS))
    )
    return Markup('<div class="mega" hidden><ul>{}</ul></div>').format(Markup("").join(links))


def weigh(page: str, weight: int, draw: Draw) -> str:
    """Return *page* padded with style and script to between two and four thirds of *weight* bytes."""
    missing = draw.number(weight * 2 // 3, weight * 4 // 3) - len(page)
    if missing <= 0:
        return page
    style = int(missing * STYLE_SHARE)
    head, end, rest = page.partition("</head>")
    body, last, tail = rest.rpartition("</body>")
    css = f"<style>{_pool('css')[:style]}</style>"
    script = f"<script>{_pool('js')[: missing - style]}*/</script>"
    return f"{head}{css}{end}{body}{script}{last}{tail}"


@lru_cache
def _pool(kind: str) -> str:
    # few words often repeated, so that a page zips about as well as real ones; the script is one comment, so
    # that it may be cut anywhere
    draw = Draw(kind)
    words = [f"{draw.pick(_WORDS)}-{draw.pick(_WORDS)}" for _ in range(64)]
    form = (
        ".c-{0}__{1}{{margin:{2}px;color:#{3:06x}}}" if kind == "css" else "{0}:{{id:'{1}',w:{2},t:'{3:x}'}},"
    )
    made = ["" if kind == "css" else "/*"]
    size = 0
    while size < _POOL:
        made.append(
            form.format(draw.pick(words), draw.pick(words), draw.number(0, 64), draw.number(0, 16**6 - 1))
        )
        size += len(made[-1])
    return "".join(made)
