"""What the line rules share: drop a block that is a phrase, cut a phrase that is glued to a paragraph.

A glued phrase goes only where it is bounded: it is the last sentence or the last bracket of the paragraph, or
a phrase of three words and more at its start, before a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from newsspider.cleaning.phrases import LONGEST, folded, label, shipped, words_of
from newsspider.cleaning.removal import cut, drop_all
from newsspider.items import Article, Block

_BRACKET = re.compile(r"[(\[][^()\[\]]{4,300}[)\]]$")
# the end of a sentence, and the first two words of the next
_SENTENCE = re.compile(r"[.!?…。！？।\"”’»)] +(?=[\W_]*([^\W\d_]+|\d+)(?:[\W_]*([^\W\d_]+|\d+))?)")
_TAIL = 260
_MOST_CUTS = 100  # a cut copies the article; a page with more is made to slow us down
_HEAD = 110
_TOKEN = re.compile(r"\S+")
_WORDS = 3
RELATED = "related"
_CAPITAL = re.compile(r"\s*[\"“”„«‘'(]?\s*([^\W\d_])")
_GLUED = frozenset({"ads", "continuation", "related", "credits", "copyright"})
_GLUED_FIRST = frozenset({"ads", "continuation"})
_DATA = frozenset({"table_row", "preformatted"})
"""What stands in a table or in code is no line of text, whatever it begins with."""
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """What phrases say of one text."""

    whole: frozenset[str]
    """Rules that take all of it."""
    glued: Mapping[str, tuple[int, int]]
    """Rule → span of the phrase glued to its end or its start."""


NOTHING = Finding(_NONE, {})


def _find(text: str) -> Finding:
    phrases = shipped()
    whole = phrases.within(text)
    glued = _glued_after(text)
    if phrases.opens(text):
        whole |= phrases.opening(text)
        glued = _glued_first(text) | glued
    if glued:
        # "Advertisement READ MORE: Hail": what is left between phrases may be one as well
        first = max((end for start, end in glued.values() if not start), default=0)
        last = min((start for start, _ in glued.values() if start), default=len(text))
        whole |= phrases.rules(text[first:last].strip())
    return Finding(whole, glued) if whole or glued else NOTHING


class _Findings:
    """What was found in the blocks of an article: each rule leaves most as they are for the next."""

    def __init__(self) -> None:
        self._young: dict[str, Finding] = {}
        self._old: dict[str, Finding] = {}

    def forget(self) -> None:
        self._young, self._old = {}, {}

    def turn(self) -> None:
        """Forget what none of the last blocks said: others are asked of now."""
        self._old, self._young = self._young, {}

    def of(self, text: str) -> Finding:
        finding = self._young.get(text)
        if finding is None:
            finding = self._young[text] = self._old.get(text) or _find(text)
        return finding


_findings = _Findings()


class _Same:
    """The blocks of an article, compared by identity: they never change, and to compare them takes longer."""

    __slots__ = ("blocks",)

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks

    def __hash__(self) -> int:
        return id(self.blocks)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.blocks is other.blocks


def findings(blocks: tuple[Block, ...]) -> tuple[tuple[int, Finding], ...]:
    """Return the index of each block of which phrases say something, with what they say."""
    return _of_blocks(_Same(blocks))


# one rule after another asks of the same blocks
@lru_cache(maxsize=2)
def _of_blocks(same: _Same) -> tuple[tuple[int, Finding], ...]:
    _findings.turn()
    return tuple(
        (index, finding)
        for index, block in enumerate(same.blocks)
        if (finding := found_in(block)) is not NOTHING
    )


def forget() -> None:
    """Forget all findings, so that the next article costs what a new one does: for measuring."""
    _findings.forget()
    _of_blocks.cache_clear()


def strip(article: Article, rule: str) -> Article:
    """Take what the phrases of *rule* name out of the blocks of *article*.

    >>> read = Article(blocks=(Block(role="paragraph", text="It rained. Also Read: How it snowed"),
    ...                        Block(role="paragraph", text="READ MORE: Hail")))
    >>> strip(read, "related").article_body
    'It rained.'
    """
    going = []
    cuts = 0
    for index, found in findings(article.blocks):
        finding = found
        span = finding.glued.get(rule)
        # the cut first: "Story continues below ..." would take the prose that is glued to it as its rest
        while span and cuts < _MOST_CUTS and (span[0] == 0 or rule not in finding.whole):
            cuts += 1
            article = cut(article, index, span, rule)
            finding = found_in(article.blocks[index])
            span = finding.glued.get(rule)
        if rule in finding.whole:
            going.append(index)
    return drop_all(article, going, rule)


def found_in(block: Block) -> Finding:
    """Return what phrases say of *block*.

    >>> found_in(Block(role="paragraph", text="It rained all day. (Reporting by A. Writer)")).glued
    {'credits': (18, 43)}
    >>> found_in(Block(role="table_row", text="Watch | Price")) is NOTHING
    True
    """
    if block.role in _DATA:
        return NOTHING
    return _findings.of(block.text)


def _glued_after(text: str) -> dict[str, tuple[int, int]]:
    """Return rule → span of the phrases glued to the end of *text*, one after the other.

    >>> _glued_after("It rained all day. READ MORE: Hail (With inputs from PTI)")
    {'related': (18, 34), 'credits': (34, 57)}
    """
    spans: dict[str, tuple[int, int]] = {}
    while start := _last_sentence(text):
        before = text[:start].rstrip()
        last = dict.fromkeys(_tail_rules(text[start:]), (len(before), len(text)))
        text = before
        if not last.keys() - spans.keys():
            break
        spans = last | spans
    return spans


def _glued_first(text: str) -> dict[str, tuple[int, int]]:
    """Return rule → span of the phrase glued to the start of *text*.

    >>> _glued_first("Story continues below advertisement The win moved the team up.")
    {'continuation': (0, 36)}
    """
    end = _first_phrase(text)
    if not end:
        return {}
    return dict.fromkeys(shipped().rules(text[:end].strip()) & _GLUED_FIRST, (0, end))


def _last_sentence(text: str) -> int:
    size = len(text)
    if size > 40 and text[-1] in ")]":
        match = _BRACKET.search(text, max(0, size - _TAIL))
        if match and match.start() and _tail_rules(match[0]):
            return match.start()
    opens_with = shipped().opens_with
    # from the earliest: "Also Read: First. Second" is one label and its title
    for match in _SENTENCE.finditer(text, max(0, size - _TAIL)):
        if opens_with(*match.groups("")) and _tail_rules(text[match.end() :]):
            return match.end()
    return 0


def _tail_rules(tail: str) -> frozenset[str]:
    """Return the rules that take *tail*; of a sentence in prose only those that leave no doubt."""
    rules = shipped().rules(tail) & _GLUED if len(tail) <= LONGEST else _NONE
    if not rules:
        return _NONE
    inside = tail.strip("()[]")
    if tail[0] in "([" and len(inside.split()) < _WORDS and not inside.isupper():
        return _NONE
    if RELATED in rules and tail[0] not in "([" and not label(tail):
        return rules - {RELATED}
    return rules


def _first_phrase(text: str) -> int:
    """Return where a phrase of three words at the start of *text* ends; 0 where none does."""
    words = list(_TOKEN.finditer(text[:_HEAD]))
    first = words_of(words[0][0])[:1] if words else []
    if not _first_words().issuperset(first) or (len(text) <= _HEAD and _is_whole(text)):
        return 0
    for count in range(min(len(words) - 1, 12), 2, -1):
        end = words[count].start()
        match = _CAPITAL.match(text, end)
        if match and match[1].isupper() and words[count - 1][0][-1] not in ",;:" and _is_whole(text[:end]):
            return end
    return 0


@cache
def _first_words() -> frozenset[str]:
    return frozenset(
        line.partition(" ")[0] for line, rules in shipped().lines.items() if rules & _GLUED_FIRST
    )


def _is_whole(phrase: str) -> bool:
    return bool(shipped().lines.get(folded(phrase), _NONE) & _GLUED_FIRST)
