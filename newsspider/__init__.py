"""newsspider: news sites as data.

The names below are the public API of the library. They need no Scrapy; :class:`Addon`, which does, is
imported when it is asked for, and so is what reads site files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from newsspider.cleaning import clean
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.errors import ArgumentError, ExtractionError, NewsspiderError, SiteError
from newsspider.extraction.layout import Template
from newsspider.extraction.page import Page
from newsspider.extraction.page_type import PageType
from newsspider.extraction.reader import extract, read
from newsspider.extraction.site import Site
from newsspider.items import Article, Block, Dateline, Image, Place, Removal
from newsspider.version import __version__

if TYPE_CHECKING:
    from newsspider.addon import Addon
    from newsspider.extraction.catalogue import find_site, load_site

__all__ = [
    "Addon",
    "ArgumentError",
    "Article",
    "Block",
    "CleaningPolicy",
    "Dateline",
    "ExtractionError",
    "Image",
    "NewsspiderError",
    "Page",
    "PageType",
    "Place",
    "Removal",
    "Site",
    "SiteError",
    "Template",
    "__version__",
    "clean",
    "extract",
    "find_site",
    "load_site",
    "read",
]

_LAZY = {
    "Addon": "newsspider.addon",
    "find_site": "newsspider.extraction.catalogue",
    "load_site": "newsspider.extraction.catalogue",
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
