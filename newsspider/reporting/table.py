"""The verdict as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from newsspider.reporting.verdict import Counts, SiteCounts, Verdict


def table(found: Verdict) -> RenderableType:
    """Return the verdict as one rich renderable: a line, a table by site, what was lost."""
    parts: list[RenderableType] = [Text(found.headline, style="bold")]
    if found.sites:
        grid = Table(show_edge=False, pad_edge=False, header_style="bold")
        grid.add_column("site", no_wrap=True)
        grid.add_column("what", no_wrap=True)
        grid.add_column("number", justify="right", no_wrap=True)
        grid.add_column("of which")
        for name, counts in found.sites.items():
            label = escape(name)
            for measure, number, detail in _rows(counts):
                grid.add_row(label, measure, str(number), detail)
                label = ""
            grid.add_section()
        parts.append(grid)
    parts.extend(Text(f"LOST: {problem}", style="bold red") for problem in found.problems)
    return Group(*parts)


def _rows(site: SiteCounts) -> Iterator[tuple[str, int, str]]:
    """Yield (measure, total, details) for what was counted at all."""
    found = sum(site.found.values())
    links = {"new": site.new, **site.skipped} if found else {}
    rows: tuple[tuple[str, int, Counts], ...] = (
        ("pages", sum(site.pages.values()), site.pages),
        ("exported", sum(site.exported.values()), site.exported),
        ("dropped", sum(site.dropped.values()), site.dropped),
        ("links", found, links),
        ("failed", sum(site.failed.values()), site.failed),
        ("noted", sum(site.noted.values()), site.noted),
        ("left", sum(site.left.values()), site.left),
    )
    for measure, total, counts in rows:
        if total or measure == "exported":
            details = (f"{escape(what)} {number}" for what, number in counts.items() if number)
            yield measure, total, ", ".join(details)
