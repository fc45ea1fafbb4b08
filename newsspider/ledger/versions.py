"""Whether an article is new, changed or known, by what the ledger knows of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from newsspider.items import Article
from newsspider.ledger.rows import Completion, Refresh, headline_mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of an article."""

    kind: Literal["new", "changed", "again", "unchanged", "rebased", "duplicate", "conflict"]
    """``new``, ``changed`` and ``again`` are exported; of ``rebased`` the new hash is kept; ``conflict`` is
    another article under the same canonical URL."""
    version: int = 1
    """The article's."""
    known: Completion | None = None
    """Its last version in the output."""

    @property
    def is_exported(self) -> bool:
        """Whether a line is written."""
        return self.kind in ("new", "changed", "again")

    def kept(self, article: Article) -> Completion | None:
        """Return what the ledger keeps of *article* where only the hash is to be replaced; else None."""
        if self.known is None or self.kind != "rebased":
            return None
        return replace(completion_of(article, self.known.file, self.known.offset), version=self.version)


def decide(article: Article, known: Completion | None, refresh: Refresh, run: int) -> Decision:
    """Return what becomes of *article* in run number *run*, where *known* is its last version in the output.

    A hash that another newsspider version computed says nothing: the article is taken for unchanged.

    >>> decide(Article(content_hash="00"), None, Refresh.DUE, 1)
    Decision(kind='new', version=1, known=None)
    """
    if known is None:
        return Decision(kind="new")
    fresh = refresh is Refresh.ALL and known.run < run
    if known.newsspider_version != article.newsspider_version:
        return Decision(kind="again" if fresh else "rebased", version=known.version, known=known)
    if known.content_hash == key_of(article):
        elsewhere = bool(known.url) and known.url != article.url and not fresh
        kind: Literal["duplicate", "again", "unchanged"] = (
            "duplicate" if elsewhere else "again" if fresh else "unchanged"
        )
        return Decision(kind=kind, version=known.version, known=known)
    if known.url and known.url != article.url:
        # the text is judged where it was read before; another headline too means another article
        other = known.headline != headline_mark(article.headline)
        return Decision(kind="conflict" if other else "duplicate", version=known.version, known=known)
    return Decision(kind="changed", version=known.version + 1, known=known)


def key_of(article: Article) -> str:
    """Return the part of ``content_hash`` that a ledger keeps."""
    return f"{int((article.content_hash or '0')[:16], 16):016x}"


def completion_of(article: Article, file: str = "", offset: int = 0) -> Completion:
    """Return what the ledger keeps of *article*, whose line is at *offset* of *file*."""
    return Completion(
        id=article.id,
        version=article.version,
        content_hash=article.content_hash or "",
        newsspider_version=article.newsspider_version,
        file=file,
        offset=offset,
        headline=headline_mark(article.headline),
        url=article.url,
    )
