"""Articles that a page holds only as data, as editors and front ends store them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from newsspider.extraction.body import guess_body
from newsspider.extraction.json_text import Json
from tests.extraction.body.pages import PARAGRAPHS, page

HEADING = "What the divers found"
ITEMS = ("Three anchors of iron with their chains", "Most of a trawler that sank two winters ago")
WANTED = (
    ("paragraph", PARAGRAPHS[0]),
    ("paragraph", PARAGRAPHS[1]),
    ("heading", HEADING),
    ("paragraph", PARAGRAPHS[2]),
    *(("list_item", item) for item in ITEMS),
    ("paragraph", PARAGRAPHS[3]),
)
"""The article that each editor stores: blocks by their role."""


def _blocks(store: Callable[[str, str], Json], items: Callable[[tuple[str, ...]], Json]) -> list[Json]:
    """Return the article as a list of elements: *store* makes one, *items* makes a list."""
    stored: list[Json] = []
    for role, text in WANTED:
        if role != "list_item":
            stored.append(store(role, text))
        elif text == ITEMS[0]:
            made = items(ITEMS)
            stored.extend(made if isinstance(made, list) else [made])
    return stored


def _nodes(kind: str, inner: str, names: dict[str, str]) -> list[Json]:
    """Return the elements of an editor that has nodes of a *kind* with others *inner*."""

    def node(name: str, *children: Json) -> Json:
        return {kind: name, inner: list(children)}

    def leaf(text: str) -> Json:
        return {kind: "text", "value" if kind == "nodeType" else "text": text}

    return _blocks(
        lambda role, text: node(names[role], leaf(text[:20]), leaf(text[20:])),
        lambda items: node(
            names["list"], *(node(names["item"], node(names["paragraph"], leaf(item))) for item in items)
        ),
    )


def _spans(role: str, text: str, **more: Json) -> Json:
    style = "h3" if role == "heading" else "normal"
    spans: list[Json] = [{"_type": "span", "text": text[:20]}, {"_type": "span", "text": text[20:]}]
    return {"_type": "block", "style": style, "children": spans, **more}


def _rendered(tag: str, *children: Json) -> Json:
    return ["$", tag, None, {"className": "mb-4", "children": list(children)}]


EDITORS: dict[str, list[Json]] = {
    "rich text": _nodes(
        "nodeType", "content",
        {"paragraph": "paragraph", "heading": "heading-2", "list": "unordered-list", "item": "list-item"},
    ),
    "prose mirror": _nodes(
        "type", "content",
        {"paragraph": "paragraph", "heading": "heading", "list": "bulletList", "item": "listItem"},
    ),
    "slate": _nodes(
        "type", "children",
        {"paragraph": "paragraph", "heading": "heading-two", "list": "bulleted-list", "item": "list-item"},
    ),
    "portable text": _blocks(
        _spans, lambda items: [_spans("paragraph", item, listItem="bullet") for item in items]
    ),
    "blocks with data": _blocks(
        lambda role, text: {"type": "header" if role == "heading" else role, "data": {"text": text}},
        lambda items: {"type": "list", "data": {"style": "unordered", "items": list(items)}},
    ),
    "drafts": _blocks(
        lambda role, text: {"type": "header-two" if role == "heading" else "unstyled", "text": text},
        lambda items: [{"type": "unordered-list-item", "text": item} for item in items],
    ),
}  # fmt: skip


def _read(script: str) -> list[tuple[str, str]]:
    guess = guess_body(page(f'<div id="root"></div>{script}'), "Harbour to close for six weeks")
    assert guess.source == "state"
    return [(block.role, block.text) for block in guess.blocks]


@pytest.mark.parametrize("editor", EDITORS)
def test_an_article_is_read_as_its_editor_stores_it(editor: str) -> None:
    """Paragraphs, headings and lists have their roles, in order, whatever an editor calls them."""
    data = json.dumps({"props": {"article": {"body": EDITORS[editor]}}})
    assert _read(f'<script type="application/json">{data}</script>') == list(WANTED)


def test_elements_that_are_kept_by_key_are_looked_up() -> None:
    """A cache of entities lists the keys of an article's paragraphs; each is read in its place."""
    kinds = {"heading": "H3", "paragraph": "P", "list_item": "ULI"}
    entities: dict[str, Json] = {"ROOT_QUERY": {}}
    for number, (role, text) in enumerate(WANTED):
        entities[f"Paragraph:{number}"] = {"__typename": "Paragraph", "type": kinds[role], "text": text}
    keys: list[Json] = [{"__ref": f"Paragraph:{number}"} for number in range(len(WANTED))]
    entities["Post:1"] = {"paragraphs": keys}
    assert _read(f"<script>window.__APOLLO_STATE__ = {json.dumps(entities)}</script>") == list(WANTED)


def test_an_article_that_is_pushed_in_pieces_is_put_together() -> None:
    """Rows of rendered elements that are cut anywhere and pushed as text are read as one."""
    body = _blocks(
        lambda role, text: _rendered("h2" if role == "heading" else "p", text[:20], text[20:]),
        lambda items: _rendered("ul", *(_rendered("li", item) for item in items)),
    )
    row = f'2:"$Sreact"\n5:{json.dumps(_rendered("main", _rendered("div", *body)))}\n'
    pieces = (row[: len(row) // 3], row[len(row) // 3 :])
    pushes = "".join(f"<script>self.__next_f.push({json.dumps([1, piece])})</script>" for piece in pieces)
    assert _read(pushes) == list(WANTED)
