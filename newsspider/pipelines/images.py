"""The pictures of articles, by Scrapy's own pipeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.pipelines.images import ImagesPipeline

from newsspider.fetching.row import SITE_KEY
from newsspider.items import Article

if TYPE_CHECKING:
    from scrapy.pipelines.media import FileInfoOrError, MediaPipeline


class ArticleImagesPipeline(ImagesPipeline):
    """Scrapy's ImagesPipeline for articles: downloads ``images`` and fills ``images_files``.

    Add it to ``ITEM_PIPELINES`` and set ``IMAGES_STORE``. It runs before the feed and changes nothing else.
    """

    def get_media_requests(self, item: Any, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """Return a request for each of the article's images."""
        if isinstance(item, Article):
            meta = {SITE_KEY: item.site}
            return [Request(image.url, callback=NO_CALLBACK, meta=meta) for image in item.images]
        return super().get_media_requests(item, info)

    def item_completed(
        self, results: list[FileInfoOrError], item: Any, info: MediaPipeline.SpiderInfo
    ) -> Any:
        """Return the article with ``images_files``: url, path, checksum and status of each file."""
        if not isinstance(item, Article):
            return super().item_completed(results, item, info)
        files = tuple({name: str(value) for name, value in found[1].items()} for found in results if found[0])
        return replace(item, images_files=files)
