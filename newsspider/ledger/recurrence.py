"""What recurs on the sites of a run: as it was known when the run began, and counted for the next one."""

from __future__ import annotations

import json
import logging
from collections.abc import Container, Iterable
from dataclasses import dataclass

from newsspider.cleaning.line_counts import LineCounts
from newsspider.cleaning.recurring import lines_of
from newsspider.items import Article
from newsspider.ledger.protocol import Ledger

NOTE = "lines"
"""The ledger's note that holds the line counts of a site."""

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Site:
    """One site."""

    known: frozenset[str]
    """What recurred before this run; never changed."""
    added: LineCounts
    """What this run adds."""


class Recurrence:
    """The lines that recur on each site.

    :meth:`lines` says the same throughout a run, so that what becomes of an article does not hang on when it
    was fetched. An article is counted once, when it is settled as new. The counts are kept when the run ends:
    one that is killed loses what it counted and nothing else, and no article is counted for it again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._sites: dict[str, _Site] = {}
        self._seen: dict[str, tuple[str, frozenset[str]]] = {}

    def lines(self, site: str) -> frozenset[str]:
        """Return the keys of the lines that recurred on *site* when the run began."""
        return self._site(site).known

    def saw(self, article: Article) -> None:
        """Note the lines of *article*, whose line was written; a copy of another article shows nothing."""
        if article.duplicate_of is None:
            self._seen[article.id] = (article.site, lines_of(article))

    def settled(self, ids: Iterable[str], known: Container[str]) -> None:
        """Count the articles *ids*, which are settled now; those that were *known* before are not new."""
        for identity in ids:
            seen = self._seen.pop(identity, None)
            if seen is not None and identity not in known:
                self._site(seen[0]).added.add(seen[1])

    def keep(self) -> None:
        """Add the counts of this run to those in the ledger, which other workers may have changed."""
        for name, site in self._sites.items():
            if site.added.articles:
                counts = _read(self._ledger.note(name, NOTE), name)
                counts.merge(site.added)
                self._ledger.keep_note(name, NOTE, json.dumps(counts.to_json()))

    def knows(self, site: str) -> bool:
        """Tell whether the counts of *site* were read."""
        return site in self._sites

    def read(self, site: str) -> None:
        """Read what the ledger knows of *site*; :meth:`lines` does it where nobody has."""
        self._site(site)

    def _site(self, name: str) -> _Site:
        if name not in self._sites:
            self._sites[name] = _Site(_read(self._ledger.note(name, NOTE), name).recurring(), LineCounts())
        return self._sites[name]


def _read(note: str | None, site: str) -> LineCounts:
    if note is None:
        return LineCounts()
    try:
        return LineCounts.from_json(json.loads(note))
    except (ValueError, AttributeError) as error:
        # evidence that grows again by itself: no reason to refuse the crawl
        logger.warning("The line counts of %s can't be read and begin anew: %s", site, error)
        return LineCounts()
