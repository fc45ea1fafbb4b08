"""The rules ``byline`` and ``timestamps``: lines at the head of the text that other fields already hold."""

from __future__ import annotations

import re
from itertools import islice

from newsspider.cleaning.days import is_calendar_word
from newsspider.cleaning.lines import findings
from newsspider.cleaning.phrases import folded, words_of
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.cleaning.removal import drop, originals
from newsspider.items import STANDFIRST, Article

_TOP = 4
_LONGEST = 120
_BY = re.compile(
    r"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|DOOR|Av|Af|Przez|Автор|Текст|Oleh|OLEH|Bởi|Written by|"
    r"Reported by|Texte|Text|Tekst|Autor|Autorin|Auteur|Autore|Penulis|Reporter|लेखक|द्वारा|"
    r"文|撰文|記者|记者|글)\s?[:：]?\s?(?=\S)"
)
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*|&|/|\||@\w+)")
_LINKS = "and und et y e i en og och ja dan và и та & de da di van von der den la le al bin el du"
_JOINING = frozenset(_LINKS.split())
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|\b\d{4}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|年")
_CLOCK_WORDS = """
    am pm a p m gmt utc est edt et cst ct pst pt mst mt ist bst cet cest jst hkt sgt aest uhr h um
    at on à às alle ore le la el las los a de del of the th st nd rd o kl klo klokken wib wita wit
    saat pada hrs hours noon midnight time local updated published posted last update modified mis
    jour publié modifié actualizado publicado aktualisiert veröffentlicht stand aggiornato
    pubblicato atualizado bijgewerkt gepubliceerd opublikowano aktualizacja обновлено опубликовано в
    г afp ap reuters dpa efe ansa pti ani ians xinhua kyodo yonhap tass
"""
_DATE_WORDS = frozenset(_CLOCK_WORDS.split())


def byline(article: Article, policy: CleaningPolicy) -> Article:
    """Remove the byline where it stands as a line at the head of the text.

    >>> from newsspider.items import Block
    >>> lines = ("By Ann Writer and Bob Scribe", "By noon it rained.")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> byline(read, CleaningPolicy()).article_body
    'By noon it rained.'
    """
    known = {
        folded(name) for name in (article.byline_raw or "", *article.authors, ", ".join(article.authors))
    }
    known.discard("")
    longest = _LONGEST + max(map(len, known), default=0)  # with its signs and spaces; most blocks are prose
    for index in reversed(_top(article)):
        text = article.blocks[index].text
        if (len(text) <= longest and folded(text) in known) or _is_byline(text):
            article = drop(article, index, "byline")
    return article


def timestamps(article: Article, policy: CleaningPolicy) -> Article:
    """Remove lines at the head of the text that only say when it came out or how long it takes to read.

    >>> from newsspider.items import Block
    >>> lines = ("Published 1 day ago", "5 min read", "30 avril 2015 à 07:19", "It rained.")
    >>> read = Article(blocks=tuple(Block(role="paragraph", text=line) for line in lines))
    >>> timestamps(read, CleaningPolicy()).article_body
    'It rained.'
    """
    named = {index for index, finding in findings(article.blocks) if "timestamps" in finding.whole}
    for index in reversed(_top(article)):
        text = article.blocks[index].text
        if len(text) <= _LONGEST and (index in named or _is_date(text)):
            article = drop(article, index, "timestamps")
    return article


def _top(article: Article) -> list[int]:
    """Return the blocks at the head of the text as it was read, without those that later rules cut."""
    cut = {removal.block for removal in article.removed if removal.start is not None} - {
        removal.block for removal in article.removed if removal.rule == "dateline"
    }
    found, position = [], 0
    for index, original in enumerate(islice(originals(article), len(article.blocks))):
        if position + original - index >= _TOP:
            break
        if article.blocks[index].role not in {STANDFIRST, "heading"}:
            position += 1
            if original not in cut:
                found.append(index)
    return found


def _is_byline(text: str) -> bool:
    match = _BY.match(text) if len(text) <= _LONGEST else None
    if not match or text[-1] in ".!?":
        return False
    words = text[match.end() :].replace(",", " ").split()
    if not 1 < len(words) <= 12:
        return False
    return all(word in _JOINING or (_NAME.fullmatch(word) and word[0] == word[0].upper()) for word in words)


def _is_date(text: str) -> bool:
    clocks = len(_CLOCK.findall(text))
    if not clocks:
        return False
    words = words_of(text)
    if "#" not in words or not (clocks > 1 or any(map(is_calendar_word, words))):
        return False
    return all(
        word == "#" or is_calendar_word(word) or word.rstrip("#") in _DATE_WORDS or "#" in word
        for word in words
    )
