"""A story: what happened, as the newsroom knows it before any page is made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from newsspider.demo.beat import Beat, Section
from newsspider.demo.draw import Draw
from newsspider.demo.language import Language, Spot, load

Role = Literal["paragraph", "heading", "list_item", "quote", "table_row"]

SHORT_MONTH = 5
"""A month of more letters than this is cut to three in a dateline."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a story's text."""

    role: Role
    text: str
    cells: tuple[str, ...] = ()
    """A table row's cells; ``text`` is them joined."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Where, when and by which agency a story was filed."""

    raw: str
    places: tuple[Spot, ...]
    """``within`` is empty where the line does not name it."""
    day: date | None
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """As much of a story as a list page shows."""

    number: int
    section: Section
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: datetime
    keywords: tuple[str, ...]
    facts: Mapping[str, str]
    place: Spot
    other: Spot


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole of it."""

    outline: Outline
    modified: datetime
    filed: Filed | None
    passages: tuple[Passage, ...]
    ending: str | None
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Writes a site's stories; story *number* is a function of (seed, site, number) alone."""

    seed: int
    beat: Beat
    staff: tuple[str, ...]

    @classmethod
    def hire(cls, seed: int, beat: Beat) -> Writer:
        """Return the writer of *beat*, with a staff of twelve."""
        language, draw = load(beat.language), Draw(seed, beat.host, "staff")
        names = (language.person(draw, draw.pick(language.people)) for _ in range(12))
        return cls(seed=seed, beat=beat, staff=tuple(dict.fromkeys(names)))

    @property
    def language(self) -> Language:
        """The words it writes with."""
        return load(self.beat.language)

    def draw(self, number: int, purpose: str) -> Draw:
        """Return the draws of story *number* for one *purpose*, so that one does not move the other."""
        return Draw(self.seed, self.beat.host, number, purpose)

    def outline(self, number: int, section: Section, published: datetime) -> Outline:
        """Return the outline of story *number*."""
        language, draw, topic = self.language, self.draw(number, "outline"), section.topic
        place, other = draw.sample(language.places, 2)
        first, second = draw.pick(language.people), draw.pick(language.people)
        who, whom = language.person(draw, first), language.person(draw, second)
        role, second_role = draw.pick(first.roles[topic]), draw.pick(second.roles[topic])
        reporters = draw.sample(self.staff, 2)
        facts = {
            "who": who, "last": who.split()[-1], "role": role, "role_low": role.lower(),
            "second": whom, "second_last": whom.split()[-1], "second_role": second_role,
            "second_role_low": second_role.lower(), "place": place.name, "other": other.name,
            "issue": draw.pick(language.issues[topic]), "org": draw.pick(language.orgs[topic]),
            "weekday": language.weekdays[published.weekday()],
            "reporter": reporters[0], "second_reporter": reporters[1],
        }  # fmt: skip
        return Outline(
            number=number,
            section=section,
            headline=self.title(language.grammar.write("headline", draw, facts)),
            standfirst=sentence(language.grammar.write("standfirst", draw, facts)),
            authors=reporters[: 2 if draw.chance(0.2) else 1],
            published=published,
            keywords=(draw.pick(language.keywords[topic]), who, place.name),
            facts=facts,
            place=place,
            other=other,
        )

    def story(self, outline: Outline, edits: int = 0) -> Story:
        """Return the story of *outline* after it was edited *edits* times."""
        draw, style = self.draw(outline.number, "story"), self.beat.style
        passages = tuple(self._passages(outline, draw))
        filed = self._filed(outline, draw) if draw.chance(style.datelines) else None
        story = Story(
            outline=outline,
            modified=outline.published + timedelta(minutes=draw.number(3, 50)),
            filed=filed,
            passages=passages,
            ending=self._write(style.ending, draw, outline) if style.ending else None,
            caption=self._write("caption", draw, outline),
            credit=f"{self.language.labels['photo']}: {draw.pick(self.staff)} / {self.beat.name}",
        )
        for edit in range(edits):
            story = self._edited(story, edit)
        return story

    def write(self, rule: str, outline: Outline, purpose: str) -> str:
        """Return another sentence about *outline*, of its own for each *purpose*."""
        return self._write(rule, self.draw(outline.number, purpose), outline)

    def title(self, text: str) -> str:
        """Return *text* as the site writes its headlines."""
        if self.beat.style.title_case:
            return re.sub(r"(?<![\w’'.])[a-z]", lambda match: match[0].upper(), text)
        return sentence(text)

    def _write(self, rule: str, draw: Draw, outline: Outline) -> str:
        return sentence(self.language.grammar.write(rule, draw, outline.facts))

    def _edited(self, story: Story, edit: int) -> Story:
        update = self.write("update", story.outline, f"edit {edit}")
        lead, *rest = story.passages
        return replace(
            story,
            modified=story.modified + timedelta(hours=1),
            passages=(lead, Passage("paragraph", update), *rest),
        )

    def _passages(self, outline: Outline, draw: Draw) -> Iterator[Passage]:
        yield Passage("paragraph", self._write("lead", draw, outline))
        special = draw.sample((self._list, self._table, self._quote, self._plain, self._plain), 2)
        for index in range(draw.number(5, 9)):
            if index % 3 == 1 and self.beat.style.headings:
                yield Passage("heading", self.title(self._write("heading", draw, outline)))
            if index in (2, 4):
                yield from special[index // 2 - 1](outline, draw)
            yield Passage("paragraph", self._write("paragraph", draw, outline))

    def _list(self, outline: Outline, draw: Draw) -> Iterator[Passage]:
        items = dict.fromkeys(self._write("list_item", draw, outline) for _ in range(4))
        intro = self.language.grammar.write("list_intro", draw, {**outline.facts, "count": str(len(items))})
        yield Passage("paragraph", sentence(intro))
        yield from (Passage("list_item", item) for item in items)

    def _table(self, outline: Outline, draw: Draw) -> Iterator[Passage]:
        yield Passage("paragraph", self._write("table_intro", draw, outline))
        write = self.language.grammar.write
        yield row(write("table_head", draw, outline.facts), write("table_unit", draw, outline.facts))
        districts = dict.fromkeys(self._write("district", draw, outline) for _ in range(4))
        yield from (row(district, str(draw.number(2, 900))) for district in districts)

    def _quote(self, outline: Outline, draw: Draw) -> Iterator[Passage]:
        yield Passage("quote", self._write("quote", draw, outline) + ".")

    def _plain(self, outline: Outline, draw: Draw) -> Iterator[Passage]:
        yield Passage("paragraph", self._write("paragraph", draw, outline))

    def _filed(self, outline: Outline, draw: Draw) -> Filed:
        pattern = draw.pick(self.language.datelines)
        day = outline.published.date()
        raw = pattern.pattern.format(
            place=outline.place.name,
            PLACE=outline.place.name.upper(),
            OTHER=outline.other.name.upper(),
            within=outline.place.within,
            date=f"{_short(self.language.months[day.month - 1])} {day.day}",
        )
        within = outline.place.within if "{within}" in pattern.pattern else ""
        places = [Spot(outline.place.name, within)]
        if "{OTHER}" in pattern.pattern:
            places.append(Spot(outline.other.name, ""))
        return Filed(raw, tuple(places), day if "{date}" in pattern.pattern else None, pattern.agency)


def sentence(text: str) -> str:
    """Return *text* with its first letter a capital.

    >>> sentence("no new fees")
    'No new fees'
    """
    return text[:1].upper() + text[1:]


def row(*cells: str) -> Passage:
    """Return a table row."""
    return Passage("table_row", " | ".join(cells), cells)


def _short(month: str) -> str:
    return month if len(month) <= SHORT_MONTH else month[:3]
