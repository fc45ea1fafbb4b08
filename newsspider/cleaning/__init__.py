"""Cleaning: small pure functions that take out of an article what is not its text.

``RULES`` holds them in the order in which they run. Datelines come first, because they stand where the body
begins; end matter follows what may stand after it; lines that a site adds come last.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from newsspider.cleaning import placeholders
from newsspider.cleaning.bylines import byline, timestamps
from newsspider.cleaning.copyright import copyright
from newsspider.cleaning.credits import credits
from newsspider.cleaning.datelines import dateline
from newsspider.cleaning.photo_credits import photo_credits
from newsspider.cleaning.placeholders import Rule
from newsspider.cleaning.policy import DEFAULT, CleaningPolicy
from newsspider.cleaning.related import related
from newsspider.cleaning.site_lines import site_lines
from newsspider.items import Article

__all__ = ["DEFAULT", "RULES", "CleaningPolicy", "Rule", "clean", "content_hash"]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "dateline": dateline,
        "byline": byline,
        "timestamps": timestamps,
        "ads": placeholders.ads,
        "continuation": placeholders.continuation,
        "related": related,
        "promos": placeholders.promos,
        "social": placeholders.social,
        "embeds": placeholders.embeds,
        "paywall": placeholders.paywall,
        "consent": placeholders.consent,
        "credits": credits,
        "photo_credits": photo_credits,
        "notes": placeholders.notes,
        "copyright": copyright,
        "site_lines": site_lines,
    }
)
"""Name → rule, in the order they run; each ``(Article, CleaningPolicy) -> Article``, pure."""


def clean(article: Article, policy: CleaningPolicy = DEFAULT) -> Article:
    """Return *article* without what its rules take out, and with its ``content_hash``.

    What went is in ``removed``; :func:`newsspider.cleaning.removal.restore` puts it back to the letter.

    >>> from newsspider.items import Block
    >>> lines = ("PARIS, May 4 (AFP) - It rained.", "Advertisement", "READ MORE: How it snowed")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> cleaned = clean(read)
    >>> cleaned.article_body, cleaned.dateline.normalized, [removal.rule for removal in cleaned.removed]
    ('It rained.', 'PARIS, May 4 (AFP)', ['dateline', 'ads', 'related'])
    """
    for name, rule in RULES.items():
        if name not in policy.off:
            article = rule(article, policy)
    return replace(article, content_hash=content_hash(article.article_body))


def content_hash(body: str) -> str:
    """Return the hash by which a change of *body* is noticed: case and space do not count.

    >>> content_hash("It rained.") == content_hash("it  rained.") != content_hash("It snowed.")
    True
    """
    return hashlib.sha256(" ".join(_folded_lines(body)).encode()).hexdigest()


def _folded_lines(body: str) -> Iterator[str]:
    """Yield the lines of *body* in one case, those with space that is not single as their words."""
    for line in body.casefold().split("\n"):
        bare = line.strip()
        if "  " in bare or not bare.isprintable():  # no other white space is printable
            yield from bare.split()
        elif bare:
            yield bare
