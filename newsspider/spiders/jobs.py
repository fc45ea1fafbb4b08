"""The jobs that site files and the schedule file ask for, with arguments that their spiders take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from scrapy.spiderloader import SpiderLoader

from newsspider.errors import NewsspiderError, ScheduleError
from newsspider.extraction.catalogue import SHIPPED, all_sites
from newsspider.extraction.site import Schedule
from newsspider.ledger import is_shared
from newsspider.scheduler import ledger_url
from newsspider.scheduling import NOT_PARAMETERS, Cron, Every, Job, ScheduleTable
from newsspider.spiders.news import NewsSpider, site_folders
from newsspider.spiders.starts import sites_of
from newsspider.tables.file import nearest

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """A job as a file asks for it."""

    where: str
    """The file and the table, for messages."""
    name: str
    schedule: Schedule
    spider: str = "news"
    settings: Mapping[str, str] = field(default_factory=dict)


def scheduled_jobs(table: ScheduleTable, source: str, settings: BaseSettings) -> tuple[Job, ...]:
    """Return the jobs of the site files and of the schedule file *source*, which is *table*.

    A job of the schedule file comes in place of a site file's of the same name. Raises
    :class:`~newsspider.ScheduleError` and :class:`~newsspider.SiteError`.
    """
    wishes = {wish.name: wish for wish in (*_site_wishes(settings), *_file_wishes(table, source))}
    jobs = tuple(_job(wish, table, settings) for _, wish in sorted(wishes.items()))
    if not jobs:
        raise ScheduleError(
            f"there is no job: no site file has a [schedule] table, and {source} has no [[job]]"
        )
    sites = sorted({site for job in jobs for site in job.sites})
    for node in table.node:
        for site in node.sites:
            if site not in sites:
                hint = nearest(site, sites)
                raise ScheduleError(
                    f"{source}: [[node]] of {node.name!r}, key 'sites': no job crawls {site!r}{hint}"
                )
    return jobs


def _site_wishes(settings: BaseSettings) -> Iterator[_Wish]:
    for site in all_sites((*site_folders(settings), SHIPPED)):
        if site.schedule is not None:
            where = f"{site.source}: [schedule]"
            if "site" in site.schedule.args:
                raise ScheduleError(f"{where}, key 'args': 'site' is the file's own")
            own = Schedule(
                every=site.schedule.every,
                cron=site.schedule.cron,
                jitter=site.schedule.jitter,
                args={"site": site.stem, **site.schedule.args},
            )
            yield _Wish(where=where, name=site.stem, schedule=own)


def _file_wishes(table: ScheduleTable, source: str) -> Iterator[_Wish]:
    for job in table.job:
        yield _Wish(
            where=f"{source}: [[job]] of {job.name!r}",
            name=job.name,
            schedule=Schedule(every=job.every, cron=job.cron, jitter=job.jitter, args=job.args),
            spider=job.spider,
            settings=job.settings,
        )


def _job(wish: _Wish, table: ScheduleTable, settings: BaseSettings) -> Job:
    schedule, own = wish.schedule, {**table.settings, **wish.settings}
    return Job(
        name=wish.name,
        timing=Every(schedule.every or timedelta())
        if schedule.cron is None
        else Cron(schedule.cron, table.timezone),
        jitter=table.jitter if schedule.jitter is None else schedule.jitter,
        sites=_sites(wish, settings),
        has_shared_ledger=is_shared(own.get("LEDGER_URL") or ledger_url(settings)),
        spider=wish.spider,
        args=schedule.args,
        settings=own,
    )


def _sites(wish: _Wish, settings: BaseSettings) -> frozenset[str]:
    """Return the sites that the job crawls; its spider checks the arguments as it would in a crawl."""
    taken = sorted(wish.schedule.args.keys() & NOT_PARAMETERS)
    if taken:
        raise ScheduleError(f"{wish.where}, key 'args': {taken[0]!r} is scrapyd's own name")
    loader = SpiderLoader.from_settings(settings)
    try:
        spider = loader.load(wish.spider)
    except KeyError:
        hint = nearest(wish.spider, loader.list())
        raise ScheduleError(f"{wish.where}: there is no spider {wish.spider!r}{hint}") from None
    if not issubclass(spider, NewsSpider):
        return frozenset({wish.spider})
    try:
        arguments = spider.check(wish.schedule.args)
        return frozenset(sites_of(arguments, site_folders(settings)))
    except NewsspiderError as error:
        raise ScheduleError(f"{wish.where}: {error}") from error
