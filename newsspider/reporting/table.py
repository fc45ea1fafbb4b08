"""The verdict as a person reads it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from newsspider.reporting.verdict import Counts, SiteCounts, Verdict

_COLUMNS = ("pages", "exported", "dropped", "links", "failed", "noted", "left")


def table(found: Verdict) -> RenderableType:
    """Return the verdict as one rich renderable: a line, a table by site, the problems."""
    lines: list[RenderableType] = [Text(found.headline, style="bold")]
    if found.sites:
        grid = Table(show_edge=False, pad_edge=False, header_style="bold")
        grid.add_column("site", no_wrap=True)
        for column in _COLUMNS:
            grid.add_column(column, overflow="fold")
        for name, counts in found.sites.items():
            grid.add_row(escape(name), *_cells(counts))
        lines.append(grid)
    lines.extend(Text(f"LOST: {problem}", style="bold red") for problem in found.problems)
    return Group(*lines)


def _cells(site: SiteCounts) -> list[str]:
    links = {"found": sum(site.found.values()), "new": site.new, **site.skipped} if site.found else {}
    return [
        _cell(site.pages),
        str(sum(site.exported.values())),
        _cell(site.dropped),
        _cell(links),
        _cell(site.failed),
        _cell(site.noted),
        _cell(site.left),
    ]


def _cell(counts: Counts) -> str:
    return "\n".join(f"{escape(what)} {number}" for what, number in counts.items())
