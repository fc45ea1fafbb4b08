"""The rule ``credits``: who reported, edited and supplied the story becomes a field and leaves the body."""

from __future__ import annotations

from dataclasses import replace

from newsspider.cleaning.agencies import agencies
from newsspider.cleaning.lines import strip
from newsspider.cleaning.phrases import folded
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.items import Article

RULE = "credits"
_OPENING, _CLOSING = "([（【<-–— ", ")]）】> "
_LONGEST_NAME = 3


def credits(article: Article, policy: CleaningPolicy) -> Article:
    """Move "Reporting by …" and "With inputs from agencies" into ``credits``; fill an empty ``agency``.

    >>> from newsspider.items import Block
    >>> read = Article(blocks=(Block(role="paragraph", text="It rained. (With inputs from PTI)"),))
    >>> cleaned = credits(read, CleaningPolicy())
    >>> cleaned.article_body, cleaned.credits, cleaned.agency
    ('It rained.', ('With inputs from PTI',), 'PTI')
    """
    before = len(article.removed)
    article = strip(article, RULE)
    lines = [removal.text.strip() for removal in article.removed[before:]]
    if not lines:
        return article
    found = (line.lstrip(_OPENING).rstrip(_CLOSING) for line in lines)
    names = dict.fromkeys((*article.credits, *(line for line in found if line)))
    article = replace(article, credits=tuple(names))
    agency = None if article.agency else _agency(lines)
    if agency is None:
        return article
    return replace(article, agency=agency, provenance={**article.provenance, "agency": RULE})


def _agency(lines: list[str]) -> str | None:
    """Return the one agency that the lines name; of several, none can be said to be the source."""
    names = agencies()
    found = set()
    for line in lines:
        words = folded(line).split()
        for count in range(1, _LONGEST_NAME + 1):
            for at in range(len(words) - count + 1):
                name = names.get(" ".join(words[at : at + count]))
                if name and (count > 1 or len(words[at]) > 2):
                    found.add(name)
    return found.pop() if len(found) == 1 else None
