"""What the steps of a URL's path say of the page: the words are data, in path_words.toml."""

from __future__ import annotations

import tomllib
from importlib import resources

_KINDS = {
    kind: frozenset(words)
    for kind, words in tomllib.loads(
        resources.files(__package__).joinpath("path_words.toml").read_text(encoding="utf-8")
    ).items()
}

AUTHOR = _KINDS["author"]
"""Steps of an author's page."""
TAG = _KINDS["tag"]
"""Steps of a page that lists what there is on something."""
SECTION = _KINDS["section"] | _KINDS["shelf"] | _KINDS["search"]
"""Steps of any other list of articles; only a page with few paragraphs is one for that."""
GALLERY = _KINDS["gallery"]
"""Steps of pictures with little text."""
VIDEO = _KINDS["video"]
"""Steps of a film with little text."""
LISTS = AUTHOR | TAG | SECTION | _KINDS["page"] | _KINDS["feed"]
"""Steps of pages that many articles call their canonical URL, or that lead to many."""
NO_ARTICLE = frozenset[str]().union(*(words for kind, words in _KINDS.items() if kind != "shelf"))
"""Steps below which no link leads to an article."""
