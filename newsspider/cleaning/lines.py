"""What the line rules share: drop a block that is a phrase, cut a phrase that is glued to a paragraph.

A glued phrase goes only where it is bounded: it is the last sentence or the last bracket of the paragraph, or
a phrase of three words and more at its start, before a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from newsspider.cleaning.phrases import LONGEST, folded, label, shipped
from newsspider.cleaning.removal import cut, drop_all
from newsspider.items import Article

_BRACKET = re.compile(r"[(\[][^()\[\]]{4,300}[)\]]$")
_SENTENCE = re.compile(r"[.!?…。！？।\"”’»)] +")
_TAIL = 260
_REMEMBERED = 4000
_MOST_CUTS = 100  # a cut copies the article; a page with more is made to slow us down
_HEAD = 110
_WORDS = 3
RELATED = "related"
_CAPITAL = re.compile(r"\s*[\"“”„«‘'(]?\s*([^\W\d_])")
_GLUED = frozenset({"ads", "continuation", "related", "credits", "copyright"})
_GLUED_FIRST = frozenset({"ads", "continuation"})


def strip(article: Article, rule: str) -> Article:
    """Take what the phrases of *rule* name out of the blocks of *article*.

    >>> from newsspider.items import Block
    >>> read = Article(blocks=(Block(role="paragraph", text="It rained. Also Read: How it snowed"),
    ...                        Block(role="paragraph", text="READ MORE: Hail")))
    >>> strip(read, "related").article_body
    'It rained.'
    """
    going = []
    cuts = 0
    for index, block in enumerate(article.blocks):
        taken = rule in line_rules(block.text)
        # the cut first: "Story continues below ..." would take the prose that is glued to it as its rest
        span = glued(block.text).get(rule) if rule in _GLUED and cuts < _MOST_CUTS else None
        if span and (span[0] == 0 or not taken):
            cuts += 1
            article = cut(article, index, span, rule)
            taken = rule in line_rules(article.blocks[index].text)
        if taken:
            going.append(index)
    return drop_all(article, going, rule)


def line_rules(text: str) -> frozenset[str]:
    """Return the rules whose phrases take the whole of *text*."""
    return _line_rules(text) if len(text) <= LONGEST else frozenset()


def glued(text: str) -> Mapping[str, tuple[int, int]]:
    """Return rule → span of the phrase glued to the end or the start of *text*.

    >>> glued("It rained all day. (Reporting by A. Writer; Editing by B. Sub)")
    {'credits': (18, 62)}
    >>> glued("Story continues below advertisement The win moved the team up.")
    {'continuation': (0, 36)}
    """
    return _glued(text) if len(text) <= _REMEMBERED else _find_glued(text)


@lru_cache(maxsize=1024)
def _line_rules(text: str) -> frozenset[str]:
    return shipped().rules(text)


def _find_glued(text: str) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    start = _last_sentence(text)
    if start:
        for rule in _tail_rules(text[start:]):
            spans[rule] = (len(text[:start].rstrip()), len(text))
    end = 0 if len(text) <= _HEAD and _is_whole(text) else _first_phrase(text)
    if end:
        rules = line_rules(text[:end].strip()) & _GLUED_FIRST
        spans.update((rule, (0, end)) for rule in rules if rule not in spans)
    return spans


# every rule asks of every block; of a text that is too long to keep, it asks anew
_glued = lru_cache(maxsize=1024)(_find_glued)


def _last_sentence(text: str) -> int:
    if len(text) > 40 and text[-1] in ")]":
        match = _BRACKET.search(text, max(0, len(text) - _TAIL))
        if match and match.start() and _tail_rules(match[0]):
            return match.start()
    at = max(0, len(text) - _TAIL)
    ends = [match.end() for match in _SENTENCE.finditer(text, at)]
    # from the earliest: "Also Read: First. Second" is one label and its title
    for end in ends:
        if _tail_rules(text[end:]):
            return end
    return 0


def _tail_rules(tail: str) -> frozenset[str]:
    """Return the rules that take *tail*; of a sentence in prose only those that leave no doubt."""
    if not shipped().may_open(tail) & _GLUED:
        return frozenset()
    inside = tail.strip("()[]")
    if tail[0] in "([" and len(inside.split()) < _WORDS and not inside.isupper():
        return frozenset()
    rules = line_rules(tail) & _GLUED
    if RELATED in rules and tail[0] not in "([" and not label(tail):
        return rules - {RELATED}
    return rules


def _first_phrase(text: str) -> int:
    """Return where a phrase of three words at the start of *text* ends; 0 where none does."""
    if not shipped().may_open(text[:_HEAD]) & _GLUED_FIRST:
        return 0
    words = list(re.finditer(r"\S+", text[:_HEAD]))
    for count in range(min(len(words) - 1, 12), 2, -1):
        end = words[count].start()
        match = _CAPITAL.match(text, end)
        if match and match[1].isupper() and words[count - 1][0][-1] not in ",;:" and _is_whole(text[:end]):
            return end
    return 0


def _is_whole(phrase: str) -> bool:
    return bool(shipped().lines.get(folded(phrase), frozenset()) & _GLUED_FIRST)
