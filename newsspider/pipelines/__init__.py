"""Item pipelines: what an article must have, what is cleaned out of it, and which articles are let through.

Each is a thin shell around the pure library, and can be switched in ``ITEM_PIPELINES`` under its name here.
Items that are no :class:`~newsspider.Article` pass untouched.
"""

from newsspider.pipelines.article import ArticlePipeline
from newsspider.pipelines.cleaning import (
    AccessPipeline,
    BylinePipeline,
    CleaningPipeline,
    DatelinePipeline,
    EndMatterPipeline,
    PlaceholderPipeline,
    PromotionPipeline,
    RecurringPipeline,
    RelatedLinesPipeline,
    SiteLinesPipeline,
)
from newsspider.pipelines.dropped import Dropped, KnownArticle, LeftForLater
from newsspider.pipelines.images import ArticleImagesPipeline
from newsspider.pipelines.limits import DateWindowPipeline, MaxArticlesPipeline
from newsspider.pipelines.missing import MissingPagePipeline
from newsspider.pipelines.required import PageTypePipeline, RequiredAfterCleaningPipeline, RequiredPipeline
from newsspider.pipelines.versions import ContentHashPipeline, DuplicatesPipeline, VersionPipeline

__all__ = [
    "AccessPipeline",
    "ArticleImagesPipeline",
    "ArticlePipeline",
    "BylinePipeline",
    "CleaningPipeline",
    "ContentHashPipeline",
    "DateWindowPipeline",
    "DatelinePipeline",
    "Dropped",
    "DuplicatesPipeline",
    "EndMatterPipeline",
    "KnownArticle",
    "LeftForLater",
    "MaxArticlesPipeline",
    "MissingPagePipeline",
    "PageTypePipeline",
    "PlaceholderPipeline",
    "PromotionPipeline",
    "RecurringPipeline",
    "RelatedLinesPipeline",
    "RequiredAfterCleaningPipeline",
    "RequiredPipeline",
    "SiteLinesPipeline",
    "VersionPipeline",
]
