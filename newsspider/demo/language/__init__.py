"""What a story in one language is made of: names, places, sentences, and the words of a page's chrome."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from newsspider.demo.draw import Draw
from newsspider.demo.grammar import Grammar


@dataclass(frozen=True, slots=True)
class Spot:
    """A real place, so that a dateline can name a known one."""

    name: str
    """As its people write it: ``New Delhi``."""
    within: str
    """Its country."""


@dataclass(frozen=True, slots=True)
class DatelinePattern:
    """How an agency writes where and when."""

    pattern: str
    """With ``{place}``, ``{PLACE}``, ``{OTHER}``, ``{within}``, ``{date}`` to fill."""
    agency: str
    """The agency's standard name."""


@dataclass(frozen=True, slots=True)
class People:
    """Names and the posts that go with them, so that gender agrees where a language asks for it."""

    first: tuple[str, ...]
    """Given names."""
    roles: Mapping[str, tuple[str, ...]]
    """Topic to posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language's data."""

    grammar: Grammar
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    people: tuple[People, ...]
    issues: Mapping[str, tuple[str, ...]]
    keywords: Mapping[str, tuple[str, ...]]
    orgs: Mapping[str, tuple[str, ...]]
    places: tuple[Spot, ...]
    datelines: tuple[DatelinePattern, ...]
    labels: Mapping[str, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def person(self, draw: Draw, people: People) -> str:
        """Return the full name of somebody who does not exist."""
        return f"{draw.pick(people.first)} {draw.pick(self.heads)}{draw.pick(self.tails)}"


@cache
def load(code: str) -> Language:
    """Return the language of the BCP 47 tag *code*, read from the package's data once."""
    data = tomllib.loads(resources.files(__name__).joinpath(f"{code}.toml").read_text("utf-8"))
    labels = data["labels"]
    return Language(
        grammar=Grammar(data["rules"] | data.get("endings", {})),
        heads=tuple(data["people"]["heads"]),
        tails=tuple(data["people"]["tails"]),
        people=tuple(People(tuple(group["first"]), group["roles"]) for group in data["people"]["groups"]),
        issues=data["issues"],
        keywords=data["keywords"],
        orgs=data["orgs"],
        places=tuple(Spot(**place) for place in data["places"]),
        datelines=tuple(DatelinePattern(**entry) for entry in data["datelines"]),
        labels={key: text for key, text in labels.items() if isinstance(text, str)},
        weekdays=tuple(labels["weekdays"]),
        months=tuple(labels["months"]),
    )
