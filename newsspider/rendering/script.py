"""The script that both engines run in a page, with its words filled in."""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from importlib import resources

from newsspider.extraction.links.words import read_words


@lru_cache(maxsize=1)
def page_script() -> str:
    """Return a JavaScript expression; its value is the object that ``page.js`` returns."""
    folder = resources.files("newsspider.rendering")
    words = tomllib.loads(folder.joinpath("consent.toml").read_text(encoding="utf-8"))
    words["more"] = sorted(read_words("next"))
    # of U+2028 and U+2029 old engines make line ends; json escapes them
    return f"({folder.joinpath('page.js').read_text(encoding='utf-8')})({json.dumps(words)})"
