"""newsspider in somebody else's Scrapy project, by one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsspider.rendering.engine import install

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

PIPELINES = (
    "newsspider.pipelines.PageTypePipeline",
    "newsspider.pipelines.RequiredPipeline",
    "newsspider.pipelines.MissingPagePipeline",
    "newsspider.pipelines.DateWindowPipeline",
    "newsspider.pipelines.DatelinePipeline",
    "newsspider.pipelines.BylinePipeline",
    "newsspider.pipelines.PlaceholderPipeline",
    "newsspider.pipelines.RelatedLinesPipeline",
    "newsspider.pipelines.PromotionPipeline",
    "newsspider.pipelines.AccessPipeline",
    "newsspider.pipelines.EndMatterPipeline",
    "newsspider.pipelines.SiteLinesPipeline",
    "newsspider.pipelines.ContentHashPipeline",
    "newsspider.pipelines.RecurringPipeline",
    "newsspider.pipelines.RequiredAfterCleaningPipeline",
    "newsspider.pipelines.DuplicatesPipeline",
    "newsspider.pipelines.VersionPipeline",
    "newsspider.pipelines.MaxArticlesPipeline",
)
"""The pipelines in the order in which they run: at 200, 210, 220 ..., so that others fit between them."""

_EXTENSIONS = {
    "scrapy.extensions.feedexport.FeedExporter": None,
    "newsspider.extensions.FeedExporter": 0,
    "newsspider.extensions.Bookkeeping": 10,
    "newsspider.extensions.VerdictReport": 15,
}
_EXPORTERS = dict.fromkeys(("jsonlines", "jsonl", "jl"), "newsspider.exporters.ArticleLinesExporter")


class Addon:
    """Brings the pipelines, the JSON Lines exporter and the verdict: ``ADDONS = {"newsspider.Addon": 500}``.

    What a project sets itself stays: a pipeline that ``ITEM_PIPELINES`` names keeps the place given there,
    and one set to None is off. Items that are no :class:`~newsspider.Article` pass untouched.
    """

    def update_settings(self, settings: BaseSettings) -> None:
        """Add the components to *settings*."""
        ours = {path: 200 + 10 * n for n, path in enumerate(PIPELINES)}
        for setting, components in (
            ("ITEM_PIPELINES", ours),
            ("EXTENSIONS", _EXTENSIONS),
            ("FEED_EXPORTERS", _EXPORTERS),
        ):
            set_by_project = settings.getdict(setting)
            settings.set(setting, {**components, **set_by_project}, priority="project")
        install(settings)
        settings.set("FEED_EXPORT_ENCODING", "utf-8", priority="addon")
        settings.set("FEED_URI_PARAMS", "newsspider.extensions.feed_params", priority="addon")
