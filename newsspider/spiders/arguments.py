"""The arguments of the ``news`` spider: typed, and wrong ones told in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
)

from newsspider.errors import ArgumentError
from newsspider.tables.values import Url


def _listed(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _moment(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(f"{value!r} is no date; write 2026-04-30 or 2026-04-30T18:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _whole_day(value: object) -> object:
    if isinstance(value, str) and len(value.strip()) == len("2026-04-30"):
        start = _moment(value)
        return start + timedelta(days=1, microseconds=-1) if isinstance(start, datetime) else start
    return _moment(value)


_MANY = 1 << 31  # more than there are, and few enough for any ledger


class Arguments(BaseModel):
    """What ``-a name=value`` may say. A spider that takes more sets a subclass as ``arguments_class``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    site: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Sites by name, several with commas; ``all``: every site file of ``NEWSSPIDER_SITES``."""
    url: Url | None = None
    """A section page to start from, with or without a site file."""
    sections: Annotated[tuple[Url, ...], BeforeValidator(_listed)] = ()
    """Section pages to start from, instead of the site file's."""
    discover: Annotated[tuple[Literal["sections", "feeds", "sitemaps"], ...], BeforeValidator(_listed)] = (
        "sections",
    )
    """Where articles are looked for: any of ``sections``, ``feeds``, ``sitemaps``."""
    max_articles: PositiveInt | None = None
    """Articles exported in the run, exactly; none: no limit."""
    max_pages: Annotated[int, Field(gt=0, lt=_MANY)] = 5
    """List pages a section."""
    related_depth: Annotated[int, Field(ge=0, lt=_MANY)] = 1
    """Steps along related-article links."""
    since: Annotated[datetime | None, BeforeValidator(_moment)] = None
    """First moment of the articles wanted, UTC if no zone is said."""
    until: Annotated[datetime | None, BeforeValidator(_whole_day)] = None
    """Last moment of the articles wanted; a day means its end."""
    refresh: Literal["due", "all", "none"] | None = None
    """Known articles that are fetched again; by default ``due``, with ``-O`` (a fresh file) ``all``."""
    job: str | None = Field(default=None, alias="_job")
    """The job's id, from scrapyd."""


ArgumentsT = TypeVar("ArgumentsT", bound=Arguments)


def read_arguments(kind: type[ArgumentsT], given: Mapping[str, object]) -> ArgumentsT:
    """Return *given* validated; raises :class:`~newsspider.ArgumentError`, one line for the first mistake.

    >>> read_arguments(Arguments, {"max_page": "3", "url": "https://a.example/"})
    Traceback (most recent call last):
    ...
    newsspider.errors.ArgumentError: unknown argument 'max_page': did you mean 'max_pages'?
    """
    try:
        arguments = kind.model_validate(dict(given))
    except ValidationError as error:
        raise ArgumentError(_line(kind, error)) from error
    if not (arguments.site or arguments.url or arguments.sections):
        raise ArgumentError("nothing to crawl: give -a site=NAME, -a url=URL or -a sections=URL,URL")
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise ArgumentError("argument 'since' is later than 'until'")
    if not arguments.discover:
        raise ArgumentError("argument 'discover' is empty: give any of sections, feeds, sitemaps")
    return arguments


def _line(kind: type[Arguments], error: ValidationError) -> str:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        known = [field for field in kind.model_fields if field != "job"]
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        return f"unknown argument {name!r}: {hint}"
    reason = first["msg"].removeprefix("Value error, ")
    given = repr(first["input"])
    return f"argument {name!r}: {reason[0].lower()}{reason[1:]}{'' if given in reason else f', not {given}'}"
