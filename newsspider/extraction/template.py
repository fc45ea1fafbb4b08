"""Choosing the template that fits a page, and reading what it points to.

A template fits if its ``match`` is on the page and its headline and its body, as far as it has them, both
give a value. What it leaves out is for the reader to guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from newsspider.extraction.body.container import read_container
from newsspider.extraction.fields import (
    agency,
    article_section,
    authors,
    breadcrumbs,
    dates,
    description,
    headline,
    images,
    keywords,
    publisher,
)
from newsspider.extraction.fields.context import Context, Found
from newsspider.extraction.layout import Template
from newsspider.extraction.page import Node, Page
from newsspider.extraction.text import fold, normalize
from newsspider.items import STANDFIRST, Block

Tidy: TypeAlias = Callable[[Sequence[str], Context], object]

TIDY: Mapping[str, Tidy] = {
    "headline": headline.tidy,
    "description": description.tidy,
    "authors": authors.tidy,
    "date_published": dates.tidy,
    "date_modified": dates.tidy,
    "keywords": keywords.tidy,
    "article_section": article_section.tidy,
    "breadcrumbs": breadcrumbs.tidy,
    "images": images.tidy,
    "publisher": publisher.tidy,
    "agency": agency.tidy,
}
"""How the texts that a template's expressions give become the field's value; the body is read apart."""


_MARKUP = re.compile(r"</?(p|br|div|h[1-6]|li|blockquote)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one template read of one page."""

    template: Template
    fields: Mapping[str, Found[object]]
    """The fields, but for the body, that the template points to and the page has."""
    blocks: tuple[Block, ...]
    """The body; empty if the template leaves it out."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a template does not fit a page."""

    template: Template
    reason: str
    """In words: ``no 'match' on the page``."""


def read_template(page: Page, template: Template, context: Context) -> Reading | Misfit:
    """Read *page* by *template*, or say why it does not fit."""
    if template.match and not any(expression.nodes(page) for expression in template.match):
        return Misfit(template, "no 'match' on the page")
    fields: dict[str, Found[object]] = {}
    for name in TIDY:
        found = _field(page, template, name, context)
        if found is not None:
            fields[name] = found
        elif name == "headline" and name in template.fields:
            return Misfit(template, "no headline")
    if "body" not in template.fields:
        return Reading(template, fields, ())
    blocks = _body(page, template)
    if not blocks:
        return Misfit(template, "no body")
    return Reading(template, fields, _with_standfirst(blocks, fields.get("description")))


def _field(page: Page, template: Template, name: str, context: Context) -> Found[object] | None:
    for expression in template.fields.get(name, ()):
        values = tuple(dict.fromkeys(expression.values(page)))  # a responsive page says many things twice
        value = TIDY[name](values, context) if values else None
        if value:
            return Found(value, f"template:{template.name}", raw=", ".join(values))
    return None


def _body(page: Page, template: Template) -> tuple[Block, ...]:
    for expression in template.fields["body"]:
        if expression.selects == "nodes":
            blocks = _from_tree(page, expression.nodes(page), template)
        else:
            blocks = _from_text(page, expression.values(page))
        if blocks:
            return blocks
    return ()


def _from_tree(page: Page, found: Sequence[Node], template: Template) -> tuple[Block, ...]:
    """Read the containers *found*; one inside another is read with it."""
    if not found:
        return ()
    chosen = set(found)
    containers = [node for node in found if chosen.isdisjoint(node.iterancestors())]
    drop = {node for expression in template.drop for node in expression.nodes(page)}
    # the standfirst has a field of its own, also where it lies inside the body's element
    drop.update(
        node for expression in template.fields.get("description", ()) for node in expression.nodes(page)
    )
    return read_container(page, containers, drop=drop - chosen, stop=_stop(page, template, chosen))


def _stop(page: Page, template: Template, containers: set[Node]) -> Node | None:
    """Return the first element inside *containers* at which the body ends."""
    found = chain.from_iterable(expression.nodes(page) for expression in template.stop)
    return next((node for node in found if not containers.isdisjoint(node.iterancestors())), None)


def _from_text(page: Page, values: Sequence[str]) -> tuple[Block, ...]:
    """Read a body that the page holds as text: HTML, or a line a paragraph."""
    text = "\n".join(values)
    if _MARKUP.search(text):
        inner = Page(text.encode(), page.url, encoding="utf-8")
        return read_container(inner, [inner.root], drop=(), stop=None)
    lines = (normalize(line) for line in text.splitlines())
    return tuple(Block(role="paragraph", text=line) for line in lines if line)


def _with_standfirst(blocks: tuple[Block, ...], description: Found[object] | None) -> tuple[Block, ...]:
    """Return *blocks* as body, led by the standfirst that the template points to, which is there once.

    A first paragraph in bold looks like a standfirst; a template says what is one.
    """
    body = [replace(block, role="paragraph") if block.role == STANDFIRST else block for block in blocks]
    if description is None:
        return tuple(body)
    text = str(description.value)
    if fold(body[0].text) == fold(text):
        del body[0]
    return (Block(role=STANDFIRST, text=text), *body)
