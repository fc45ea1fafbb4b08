"""The rule ``dateline``: where, when and by whom a story was filed becomes a field and leaves the body."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import islice

from newsspider.cleaning.dateline_bare import read_bare
from newsspider.cleaning.dateline_cjk import read_cjk
from newsspider.cleaning.dateline_reading import Reading
from newsspider.cleaning.dateline_shapes import read_spaced
from newsspider.cleaning.days import resolve
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import cut
from newsspider.items import STANDFIRST, Article, Dateline

RULE = "dateline"
_FIRST_BLOCKS = 12
_PARAGRAPHS = 4  # before a dateline: a headline and highlights may come first, but not much of a story
# before one that only a place speaks for may stand one paragraph: a teaser that read as body
_LEAD = 2
_TEASER = 80
_SENTENCE_END = re.compile(r"[.!?…।。:,;][\"“”’'»)\]]*$")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SPEAKER = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .'’-]{2,30}:\s")


def dateline(article: Article, policy: CleaningPolicy) -> Article:
    """Take the dateline out of the first blocks; fill ``agency`` and ``date_published`` where empty.

    >>> from newsspider.items import Block
    >>> story = Block(role="paragraph", text="BEIRUT/THE HAGUE, March 7 (Reuters) - An inquiry found more.")
    >>> cleaned = dateline(Article(blocks=(story,), date_published="2024-03-08"), CleaningPolicy())
    >>> cleaned.article_body, cleaned.agency
    ('An inquiry found more.', 'Reuters')
    >>> cleaned.dateline.normalized, cleaned.dateline.date
    ('BEIRUT/THE HAGUE, March 7 (Reuters)', '2024-03-07')
    """
    if article.dateline is not None or article.removed:
        # what other rules uncover is no dateline: one opens the text that was read
        return article
    found = _find(article)
    if found is None:
        return article
    index, reading = found
    text = article.blocks[index].text
    near = _published(article)
    day = resolve(reading.day, near) if reading.day else None
    line = Dateline(
        raw=text[reading.start : reading.end].strip(),
        normalized=_normalized(reading, day),
        places=reading.places,
        date=day.isoformat() if day else None,
        agency=reading.agency,
        block=index,
        start=reading.start,
    )
    article = _filled(replace(article, dateline=line), line)
    if policy.dateline == "keep":
        return article
    return _cut(article, index, reading)


def read_dateline(text: str) -> Reading | None:
    """Return the dateline at the start of *text*, whatever its script.

    >>> read_dateline("MADRID 27 Nov. (EUROPA PRESS) - La nieve").end
    32
    """
    return read_cjk(text) or read_spaced(text) or read_bare(text)


def _find(article: Article) -> tuple[int, Reading] | None:
    body = (index for index, block in enumerate(article.blocks) if block.role != STANDFIRST)
    paragraphs = 0
    for index in islice(body, _FIRST_BLOCKS):
        block = article.blocks[index]
        if block.role not in {"paragraph", "quote"}:
            continue
        if paragraphs > _PARAGRAPHS:
            break
        reading = read_dateline(block.text)
        if reading and (reading.certain or (paragraphs < _LEAD and _stands_out(article, index, reading))):
            return index, reading
        paragraphs += len(block.text) > _TEASER
    return None


def _stands_out(article: Article, index: int, reading: Reading) -> bool:
    """Tell whether a place at the start of a block opens the story.

    A headline ("Paris: Police make arrests") is no sentence. Where other blocks begin in the same way, it is
    a list by place or a script with speakers.
    """
    text = article.blocks[index].text
    shouted = text[reading.start :].split(" ")[0].isupper()
    if not shouted and reading.end < len(text) and not _SENTENCE_END.search(text):
        return False
    others = [block.text for at, block in enumerate(article.blocks) if at != index]
    if _SPEAKER.match(text):
        return not any(_SPEAKER.match(other) for other in others)
    return not any(read_spaced(other) for other in others)


def _cut(article: Article, index: int, reading: Reading) -> Article:
    blocks_before = len(article.blocks)
    article = cut(article, index, (reading.start, reading.end), RULE)
    if reading.start and len(article.blocks) == blocks_before:
        article = cut(article, index, (0, reading.start), "byline")
    removal = next(removal for removal in article.removed if removal.rule == RULE)
    if article.dateline is None or removal.block == article.dateline.block:
        return article
    return replace(article, dateline=replace(article.dateline, block=removal.block))


def _filled(article: Article, line: Dateline) -> Article:
    filled = {}
    if line.agency and not article.agency:
        article = replace(article, agency=line.agency)
        filled["agency"] = RULE
    if line.date and not article.date_published:
        article = replace(
            article,
            date_published=line.date,
            date_published_raw=line.raw,
            date_published_precision="day",
            date_published_zone="unknown",
        )
        filled["date_published"] = RULE
    return replace(article, provenance={**article.provenance, **filled}) if filled else article


def _published(article: Article) -> date | None:
    for value in (article.date_published, article.date_modified):
        try:
            return date.fromisoformat((value or "")[:10])
        except ValueError:
            continue
    return None


def _normalized(reading: Reading, day: date | None) -> str:
    """Spell a dateline in one style: ``NEW DELHI, May 4 (ANI)``.

    The region is left to ``places``; a day of which the month is not known is left to ``raw``.
    """
    month = day.month if day else reading.day.month if reading.day else None
    said = f"{_MONTHS[month - 1]} {reading.day.day}" if reading.day and month else ""
    where = "/".join(place.name.upper() for place in reading.places)
    line = ", ".join(part for part in (where, said) if part)
    agency = f"({reading.agency})" if reading.agency else ""
    return " ".join(part for part in (line, agency) if part)
