"""The verdict on a run: what it brought, what it lost, what ended it. A pure function of the stats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from newsspider.reporting.counts import ENDED_BY, read_counts

Counts = dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCounts:
    """The counts of one site, each by what was counted; see :data:`newsspider.reporting.counts.Measure`."""

    pages: Counts = field(default_factory=dict)
    """Pages read, by type."""
    exported: Counts = field(default_factory=dict)
    """Articles exported, by page type."""
    dropped: Counts = field(default_factory=dict)
    """Pages without an item, by reason."""
    found: Counts = field(default_factory=dict)
    """Links found, by role."""
    new: int = 0
    """Links found and not skipped."""
    skipped: Counts = field(default_factory=dict)
    """Links not followed, by reason."""
    failed: Counts = field(default_factory=dict)
    """Requests without a page, by status or reason."""
    noted: Counts = field(default_factory=dict)
    """What is worth knowing."""
    left: Counts = field(default_factory=dict)
    """What was left undone, by the limit that left it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a run came to."""

    ok: bool
    """Whether no article was lost that the run should have brought."""
    headline: str
    """The run in one line; where nothing was exported, why."""
    problems: tuple[str, ...] = ()
    """What lost articles, one line each; empty if ``ok``."""
    ended_by: str
    """What ended the run: ``finished``, a limit, ``shutdown`` ..."""
    exported: int
    """Articles exported."""
    seconds: float | None = None
    """From start to end."""
    sites: Mapping[str, SiteCounts] = field(default_factory=dict)
    """The counts, by site."""

    @property
    def exit_code(self) -> int:
        """0 if ``ok``, else 1."""
        return 0 if self.ok else 1


_ENDS = {
    "finished": "there was nothing more to do",
    "max_articles": "max_articles was reached",
    "shutdown": "it was stopped from outside",
    "feed_unwritable": "the feed could not be written",
    "ledger_unusable": "the ledger could not be opened",
    "ledger_failed": "the ledger could not be written",
    "scheduler_failed": "the scheduler broke, which is a fault of newsspider's: the log says where",
    "renderer_down": "there was no browser to render pages with",
    "closespider_timeout": "its time was up",
    "closespider_itemcount": "CLOSESPIDER_ITEMCOUNT was reached",
    "closespider_pagecount": "CLOSESPIDER_PAGECOUNT was reached",
    "closespider_errorcount": "CLOSESPIDER_ERRORCOUNT was reached",
    "memusage_exceeded": "MEMUSAGE_LIMIT_MB was reached",
}

# finish reasons after which work may be lost, whatever the counts say
_BAD_ENDS = (
    "shutdown",
    "feed_unwritable",
    "ledger_unusable",
    "ledger_failed",
    "scheduler_failed",
    "renderer_down",
    "start_error",
    "memusage_exceeded",
    "cancelled",
)

_WHY_FAILED = {
    "robots": "robots.txt forbids it",
    "robots_unreachable": "robots.txt could not be read, which means no (NEWSSPIDER_ROBOTS_UNREACHABLE)",
    "redirect_loop": "it redirects in circles",
    "offsite": "it redirects off the site",
    "private_address": "it leads to a private address",
    "timeout": "it did not answer in time",
    "render_timeout": "it took too long in the browser",
    "render_crash": "the browser died over it",
    "renderer_down": "there was no browser",
    "dns": "its host is not known",
    "connection": "it refuses or cuts the connection",
    "no_document": "it is empty, or not HTML",
    "decoding": "its content encoding is damaged",
    "too_large": "it is larger than DOWNLOAD_MAXSIZE",
    "tls": "its certificate or its encryption is not sound",
}


def verdict(stats: Mapping[str, object]) -> Verdict:
    """Return the verdict on the run whose stats these are."""
    sites = _by_site(stats)
    exported = sum(_total(site.exported) for site in sites.values())
    ended_by = str(stats.get(ENDED_BY) or stats.get("finish_reason") or "unknown")
    problems = tuple(_problems(stats, sites, ended_by))
    seconds = stats.get("elapsed_time_seconds")
    return Verdict(
        ok=not problems,
        headline=_headline(sites, exported, ended_by),
        problems=problems,
        ended_by=ended_by,
        exported=exported,
        seconds=round(float(seconds), 3) if isinstance(seconds, int | float) else None,
        sites=sites,
    )


def as_json(found: Verdict) -> dict[str, object]:
    """Return the verdict as JSON can hold it."""
    return asdict(found) | {"exit_code": found.exit_code}


def _by_site(stats: Mapping[str, object]) -> dict[str, SiteCounts]:
    counts: dict[str, dict[str, Counts]] = {}
    for measure, what, site, number in read_counts(stats):
        counts.setdefault(site, {}).setdefault(measure, {})[what] = number
    return {
        site: SiteCounts(
            **{name: dict(sorted(values.items())) for name, values in measures.items()},
            new=_total(measures.get("found", {})) - _total(measures.get("skipped", {})),
        )
        for site, measures in sorted(counts.items())
    }


def _problems(stats: Mapping[str, object], sites: Mapping[str, SiteCounts], ended_by: str) -> list[str]:
    found = []
    errors = _number(stats, "spider_exceptions/count")
    if errors:
        found.append(f"{errors} {_plural('page', errors)} lost to an exception in a callback")
    for what, text in (
        ("item_error", "lost to an exception in a pipeline"),
        ("feed", "not written to a feed"),
    ):
        number = sum(site.failed.get(what, 0) for site in sites.values())
        if number:
            found.append(f"{number} {_plural('article', number)} {text}")
    feeds = sum(_number(stats, name) for name in stats if name.startswith("feedexport/failed_count/"))
    if feeds:
        found.append(f"{feeds} {_plural('feed', feeds)} could not be stored")
    if not any(_total(site.pages) for site in sites.values()) and not _was_left_nothing(sites):
        found.append("no page was fetched")
    waiting = _forgotten(sites)
    if waiting:
        found.append(f"{waiting} {_plural('URL', waiting)} left waiting, though no limit kept anything back")
    if ended_by in _BAD_ENDS:
        found.append(f"the run ended because {_ENDS.get(ended_by, ended_by)}")
    return found


def _headline(sites: Mapping[str, SiteCounts], exported: int, ended_by: str) -> str:
    left = _merged(sites, "left")
    undone = f"; left undone: {_listed(left)}" if left else ""
    if not exported:
        return f"Nothing was exported: {_why_nothing(sites, ended_by)}{undone}"
    where = f"{len(sites)} {_plural('site', len(sites))}" if len(sites) != 1 else next(iter(sites))
    within = " within its limits" if left and ended_by == "finished" else ""
    return (
        f"{exported} {_plural('article', exported)} exported from {where}; {_end(ended_by)}{within}{undone}"
    )


def _why_nothing(sites: Mapping[str, SiteCounts], ended_by: str) -> str:
    """Return the first reason, from the start of the flow to its end, that explains an empty run."""
    pages, failed = _merged(sites, "pages"), _merged(sites, "failed")
    found, skipped, dropped = _merged(sites, "found"), _merged(sites, "skipped"), _merged(sites, "dropped")
    lists = sum(pages.get(role, 0) for role in ("section", "feed", "sitemap"))
    failures = f" ({_listed(failed, _WHY_FAILED)})" if failed else ""
    new = _total(found) - _total(skipped)
    left = _merged(sites, "left")
    reasons = (
        (ended_by == "feed_unwritable", "the feed could not be written"),
        (not pages and bool(left.get("needs_rendering")), "the pages need a browser: set RENDERER"),
        (_was_left_nothing(sites), "the other workers on the ledger left nothing to do"),
        (not pages, f"no page was fetched{failures}"),
        (set(dropped) == {"unchanged"}, "all articles are known already, and unchanged"),
        (bool(dropped), f"every page was dropped ({_listed(dropped)})"),
        (not found, f"no link to an article was found on {lists} list {_plural('page', lists)}"),
        (bool(found) and skipped.get("known", 0) == _total(found), "all articles are known already"),
        (bool(found) and new <= 0, f"every link was skipped ({_listed(skipped)})"),
        (bool(failed), f"the articles could not be fetched{failures}"),
        (bool(left), "all of it was left for another run"),
        (True, _end(ended_by)),
    )
    return next(text for holds, text in reasons if holds)


def _forgotten(sites: Mapping[str, SiteCounts]) -> int:
    """Count what a run left though it found nothing more to do; other workers may have given it back."""
    is_shared = "shared_ledger" in _merged(sites, "noted")
    return 0 if is_shared else _merged(sites, "left").get("finished", 0)


def _was_left_nothing(sites: Mapping[str, SiteCounts]) -> bool:
    """Tell whether a worker of many asked for no page at all."""
    asked = _total(_merged(sites, "pages")) + _total(_merged(sites, "failed"))
    return not asked and "shared_ledger" in _merged(sites, "noted")


def _end(ended_by: str) -> str:
    return _ENDS.get(ended_by, f"it ended with {ended_by!r}")


def _merged(sites: Mapping[str, SiteCounts], measure: str) -> Counts:
    total: Counts = {}
    for site in sites.values():
        for what, number in getattr(site, measure).items():
            total[what] = total.get(what, 0) + number
    return total


def _listed(counts: Counts, words: Mapping[str, str] | None = None) -> str:
    first = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{(words or {}).get(what, what)}: {number}" for what, number in first)


def _total(counts: Mapping[str, int]) -> int:
    return sum(counts.values())


def _number(stats: Mapping[str, object], name: str) -> int:
    value = stats.get(name, 0)
    return value if isinstance(value, int) else 0


def _plural(word: str, number: int) -> str:
    return word if number == 1 else word + "s"
