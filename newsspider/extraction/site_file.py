"""Reading a site file: from TOML to a site, or to a line for each thing that is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable

from newsspider.cleaning.policy import CleaningPolicy
from newsspider.errors import SiteError
from newsspider.extraction.addresses import host_of, lies_on
from newsspider.extraction.layout import GENERIC, LinkRules, Template
from newsspider.extraction.site import CrawlRules, Schedule, Site
from newsspider.extraction.site_tables import SiteTable, TemplateTable
from newsspider.tables.file import TableError, nearest, read_table


def read_site_file(file: Traversable) -> Site:
    """Return the site that *file* describes. Raises :class:`~newsspider.SiteError` with all that is wrong."""
    source = str(file)
    try:
        table, text = read_table(file, SiteTable, "site file")
    except TableError as error:
        raise SiteError(*error.problems) from error
    wrong = [f"{source}: {line}" for line in _contradictions(table)]
    if wrong:
        raise SiteError(*wrong)
    digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    return replace(_site(file.name.removesuffix(".toml"), source, table), digest=digest)


def _site(stem: str, source: str, table: SiteTable) -> Site:
    crawl = table.crawl
    return Site(
        stem=stem,
        source=source,
        name=table.name,
        domains=tuple(table.domains),
        language=table.language,
        timezone=table.timezone,
        seen=table.seen,
        quirks=table.quirks,
        sections=tuple(table.sections),
        feeds=tuple(table.feeds),
        sitemaps=tuple(table.sitemaps),
        links=LinkRules(**dict(table.links)),
        crawl=CrawlRules(
            delay=crawl.delay,
            robots=crawl.robots,
            private_addresses=crawl.private_addresses,
            refresh=None if crawl.refresh is None else tuple(crawl.refresh),
            render_timeout=crawl.render_timeout,
            render_limit=crawl.render_limit,
        ),
        cleaning=CleaningPolicy(
            dateline=table.cleaning.dateline,
            lines=tuple(table.cleaning.lines),
            patterns=tuple(table.cleaning.patterns),
            off=frozenset(table.cleaning.off),
        ),
        schedule=Schedule(**dict(table.schedule)) if table.schedule else None,
        templates=tuple(map(_template, table.template)),
    )


def _template(table: TemplateTable) -> Template:
    return Template(
        name=table.name,
        page=table.page,
        match=table.match,
        render=table.render,
        fields={key: value for key, value in dict(table.fields).items() if value is not None},
        drop=table.drop.body,
        stop=table.stop.body,
    )


def _contradictions(table: SiteTable) -> list[str]:
    """Return what is wrong between keys that are each right."""
    wrong = _unknown_rules(table.cleaning.off) + _wordless(table.cleaning.lines)
    names = [template.name for template in table.template]
    for name in sorted({name for name in names if names.count(name) > 1} | ({GENERIC} & set(names))):
        wrong.append(f"[[template]], key 'name': {name!r} is taken")
    for template in table.template:
        if (template.drop.body or template.stop.body) and template.fields.body is None:
            wrong.append(
                f"[[template]] of {template.name!r}: 'drop' and 'stop' need [template.fields], key 'body'"
            )
    for url in table.sections:
        if not lies_on(host_of(url), table.domains):
            wrong.append(f"key 'sections': {url!r} is on none of the site's domains")
    if table.schedule and (table.schedule.every is None) == (table.schedule.cron is None):
        wrong.append("[schedule]: needs one of 'every' and 'cron'")
    return wrong


def _wordless(lines: Sequence[str]) -> list[str]:
    return [
        f"[cleaning], key 'lines': {line!r} has no words; `patterns` can say what signs a line is made of"
        for line in lines
        if not any(character.isalnum() or character == "#" for character in line)
    ]


def _unknown_rules(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    from newsspider.cleaning import RULES  # noqa: PLC0415  # loads every rule's data
    from newsspider.cleaning.recurring import RULE as RECURRING  # noqa: PLC0415

    known = (*RULES, RECURRING)
    return [
        f"[cleaning], key 'off': no rule is named {name!r}{nearest(name, known)}"
        for name in names
        if name not in known
    ]
