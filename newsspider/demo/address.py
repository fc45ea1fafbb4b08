"""Addresses of a site, written once and used both ways: to make a link, and to know one."""

from __future__ import annotations

import re
import unicodedata

_FIELD = re.compile(r"\{(\w+)\}")
_SHAPES = {"number": r"\d+", "page": r"\d+", "part": r"\d+", "day": r"\d{4}/\d\d/\d\d", "section": r"[a-z]+"}
_SLUG_WORDS = 10


class Address:
    """A path, with query if any, that has fields in it.

    >>> story = Address("/{section}/{slug}-{number}/")
    >>> story.make(section="world", slug="talks", number=7)
    '/world/talks-7/'
    >>> story.match("/world/talks-7/")
    {'section': 'world', 'slug': 'talks', 'number': '7'}
    >>> story.match("/world/") is None
    True
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        pieces = _FIELD.split(pattern)
        self._regex = re.compile(
            "".join(
                f"(?P<{piece}>{_SHAPES.get(piece, '[^/?&=]+')})" if index % 2 else re.escape(piece)
                for index, piece in enumerate(pieces)
            )
        )

    def make(self, **fields: object) -> str:
        """Return the address with its fields filled; fields that it has no place for are left out."""
        return self._pattern.format(**fields)

    def match(self, path: str) -> dict[str, str] | None:
        """Return the fields of *path*, or None where it is another address."""
        found = self._regex.fullmatch(path)
        return found.groupdict() if found else None


def slug(text: str) -> str:
    """Return *text* as a piece of an address.

    >>> slug("Kühnberg wartet: 3 Fragen")
    'kuhnberg-wartet-3-fragen'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:_SLUG_WORDS])
