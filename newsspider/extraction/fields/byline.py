"""From the text of a byline to the people it names, and the organisations beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from newsspider.extraction.fields.agency import agencies
from newsspider.extraction.fields.byline_labels import is_other_hand, written
from newsspider.extraction.fields.data import words as words_of
from newsspider.extraction.fields.names import is_town
from newsspider.extraction.fields.person import is_name, is_office, is_organisation, is_role, person
from newsspider.extraction.text import fold, normalize

_MAX_LENGTH = 300
_NOISE = re.compile(
    r"https?://[^\s)]+|www\.[^\s)]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[A-Za-z]{2,10}){1,3}(?=[^A-Za-z]|\Z)"
    r"|(?<!\w)@\w{2,30}|@\w{2,30}"
    r"|\(?\+?\d{3}\)?[ -]\d{3}-\d{4}|©|\xa9"
)
_MONTHS = (
    "jan|feb|fév|mar|mär|apr|avr|abr|may|mai|maj|jun|jul|juil|aug|aoû|ago|sep|oct|okt|out|nov|dec|dez|déc|dic"
)
# where the date, the place or the count of comments begins
_DATE = re.compile(
    rf"(?:\b(?:published|posted|updated|last updated|modified|aktualisiert|veröffentlicht|stand|publié"
    rf"|mis à jour"
    r"|publicado|actualizado|datum|date|location|anzahl|added|created)\b\s*:?.*"
    r"|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b.*"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b(?=[^\d|]{0,20}\d|\W*\Z).*"
    r"|\b(?:am|le|el|den)?\s*\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunes|martes"
    r"|miércoles|jueves|viernes|sábado"
    r"|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b.*"
    r"|\b(?:on|am|le|el|il|em)\s+\d.*"
    rf"|\b(?:on\s+)?(?:{_MONTHS})[^\W\d]{{0,8}}\.?\s+\d.*"
    r"|(?<=[^\W\d_])\d{1,2}\.?\s.*|(?<!\w)\d.*"
    r"|\b\d+\s*(?:min|hour|stund).*)",
    re.IGNORECASE,
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_AFTER_DATE = re.compile(
    (
        rf"\A(?=\W{{0,3}}(?:{_DAYS}|(?:{_MONTHS})\w{{0,8}}\.?\s\d|\d)).{{0,100}}?\b(?:by|von|par"
        rf"|por)\s+(?=[^\W\d_])"
    ),
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"\A.{0,40}?\b(?:written|reported|posted) by\s+", re.IGNORECASE)
_LEADING = re.compile(r"\A[\s|:/·•∙⋅–—\-,.()\[\]*»«>【〔]+|[\s|:/·•∙⋅–—\-,\[(*«»<】〕]+\Z")
_BRACKETS = re.compile(r"\s*[\(\[（]([^()\[\]（）]{0,120})[\)\]）]?")
# stands behind the name of one who photographed or edited
_OTHER = "¬"
_SUFFIX = re.compile(r",\s+(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
_LINES = re.compile(r"\s*[|•·∙⋅\n]\s*")
_SPLIT = re.compile(
    r"\s*(?:[,;|•·、／\n]|(?<=\w)\s?/\s?(?=\w)|\s[–—-]\s|\s?:\s|\s&\s|(?<=[^\W\d_]{4})\.\s)\s*"
)
# "... for The Mail on Sunday", "... is a reporter for NBC", "... in Berlin"
_FOR = re.compile(
    r"\s(?:(?i:for|pour|für|para|special to|on behalf of|im auftrag|of the)|is an?|was an?|are|covers|ist|est"
    r"|es un|è un|from)(?:\s.*|\Z)"
    r"|\s(?:in|à|aus|at|desde)\s[A-ZÀ-Þ].*|＝.*"
    r"|\A(?i:special to)\s.*"
)
# a date, and "reports from Taipei", which follows a reporter's name
_CJK_DATE = re.compile(r"\d[\d\s年月日時时分秒:/.-]{3,}|[^\s／/]{1,8}(?:報導|报道|報道|電|电|訊|讯)\Z")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# "De Havenkrant" is a paper, "de Ada Berg" a Romanian byline
_ARTICLES = ("De ", "Da ")
_PLAIN_JOINERS = frozenset(("and", "und", "et", "и", "og", "och", "ve", "&"))


@dataclass(frozen=True, slots=True)
class Signers:
    """Who signs an article."""

    people: tuple[str, ...] = ()
    """By name, in the order of the byline."""
    organisations: tuple[str, ...] = ()
    """Agencies, desks and publishers, as written."""

    def __add__(self, other: Signers) -> Signers:
        """Return all of both, each once."""
        return Signers(_unique(self.people + other.people), _unique(self.organisations + other.organisations))


@lru_cache(maxsize=8_192)  # most of a site's articles are signed by the same few
def read_byline(text: str, site_names: tuple[str, ...] = (), *, certain: bool = False) -> Signers:
    """Return who signs by *text*; *certain* where it is known to be names, so that a single word may be one.

    >>> read_byline("By Meg JamesStaff Writer").people
    ('Meg James',)
    >>> read_byline("Von Ada Berg, Jan Kos und Lu Sommer, NDR")
    Signers(people=('Ada Berg', 'Jan Kos', 'Lu Sommer'), organisations=('NDR',))
    """
    text = normalize(_NOISE.sub(" | ", text[: _MAX_LENGTH * 2]).replace("：", ": "))[:_MAX_LENGTH]
    if is_office(fold(text)) or fold(text) in map(fold, site_names):
        return Signers((), (text,))
    text = _AFTER_DATE.sub("", _STATEMENT.sub("", written(text)))
    text = _BRACKETS.sub(lambda said: _OTHER if is_other_hand(said[1]) else " ", _SUFFIX.sub(" ", text))
    people: list[str] = []
    organisations: list[str] = []
    for member in _members(_apart(text, site_names)):
        name = person(member, certain=certain)
        key = fold(name)
        if not key or _is_nobody(key) or _OTHER in member:
            continue
        if is_of_site(name, site_names) or is_organisation(name, key):
            organisations.append(name)
        elif is_name(name, certain=certain) and not (people and _is_rest(name, member)):
            people.append(text if certain and _is_particle_of(name, text) else name)
    if len(people) > 1:
        people = [name for name in people if not is_town(name)]
    return Signers(_unique(people), _unique(organisations))


def _members(text: str) -> Iterator[str]:
    # a date ends its line only: the name may come after a bar
    for line in _LINES.split(text):
        dated = _CJK_DATE.sub(" | ", line) if _CJK.search(line) else _DATE.sub("", line)
        for piece in _SPLIT.split(without_label(_LEADING.sub("", dated))):
            for member in _joined(_LEADING.sub("", without_label(piece))):
                yield _LEADING.sub("", _FOR.sub("", member))


def is_of_site(name: str, site_names: Iterable[str]) -> bool:
    """Tell whether *name* is one of *site_names*, or begins with it, as that of a desk does.

    >>> is_of_site("Harbour News Staff", ["Harbour News"]), is_of_site("Reuters", ["Harbour News"])
    (True, False)
    """
    return f"{fold(name)} ".startswith(tuple(f"{fold(own)} " for own in site_names))


def _is_nobody(key: str) -> bool:
    return any(key in _words()[kind] for kind in ("nobody", "label", "heading", "degree"))


def _apart(text: str, names: Iterable[str]) -> str:
    """Return *text* with a bar before the site's own name, one of *names*: "Ada Berg Harbour Herald"."""
    ending = next((name for name in names if " " in name and text.endswith(f" {name}")), "")
    return f"{text.removesuffix(ending)}| {ending}" if ending else text


def _is_particle_of(name: str, text: str) -> bool:
    """Tell whether *text* is *name* and a word before it that may be a label or part of it: "Di Webster"."""
    first, _, rest = text.partition(" ")
    return rest == name and " " not in name and first.casefold() in _words()["particle"]


def _is_rest(name: str, member: str) -> bool:
    """Tell whether *name*, behind others, is what is left of an office: "CEO of Harbours", "à Port"."""
    is_cut = name != member and " " not in name and not _CJK.search(name)
    return is_cut or (name[0].islower() and name.partition(" ")[0] not in _words()["particle"])


def _joined(piece: str) -> Iterator[str]:
    """Split *piece* at words that join names: "and", "und", "with"."""
    words = piece.split()
    joiners = _words()["joiner"]
    # what follows a comma: "Jan Kos, and Lu Sommer"
    leading = _PLAIN_JOINERS | (joiners - _words()["particle"])
    start = 1 if len(words) > 2 and words[0] in leading else 0
    for at, word in enumerate(words):
        # a joiner of one language is a particle of another: "Ortega y Gasset"
        if word.casefold() in joiners and start < at < len(words) - 1:
            left, right = words[start:at], words[at + 1 :]
            is_plain = left and (word.casefold() in _PLAIN_JOINERS or fold(" ".join(right)) in agencies())
            if is_plain or (len(left) >= 2 and len(right) >= 2):
                yield " ".join(left)
                start = at + 1
    if words[start:]:
        yield without_label(" ".join(words[start:]))


def is_joined(name: str, text: str, names: Collection[str]) -> bool:
    """Tell whether *name* stands in *text* behind one of *names* and a comma, or behind a word that joins.

    >>> is_joined("Lu Sommer", "Ada Berg and Lu Sommer", ["Ada Berg"])
    True
    >>> is_joined("Harbour Watch", "Ada Berg, Executive Editor, Harbour Watch", ["Ada Berg"])
    False
    >>> is_joined("Harbour Repair", "Ada Berg | All About Quays and Harbour Repair", ["Ada Berg"])
    False
    """
    before = text.casefold().partition(name.casefold())[0].rpartition("|")[2].strip()
    known = tuple(map(str.casefold, names))
    rest, _, last = before.rpartition(" ")
    if last in _words()["joiner"]:
        # "and" may stand in a line of its own; in a list of sections it joins these
        return not rest or any(key in rest for key in known)
    return before.endswith((",", "&")) and before.rstrip(" ,&").endswith(known)


def starts_a_name(text: str) -> bool:
    """Tell whether *text* may begin with a name: no lower-case word but a particle.

    >>> starts_a_name("von Berg"), starts_a_name("signing up you agree")
    (True, False)
    """
    first = text.split(" ", maxsplit=1)[0]
    return bool(text) and (
        not text[0].islower() or first == "the" or first in _words()["particle"] or first in agencies()
    )


def is_bare(text: str) -> bool:
    """Tell whether *text* is no sentence: no full stop, no lower-case words but those of names and roles.

    >>> is_bare("Ada von Berg and Lu Sommer"), is_bare("Ada Berg is a bridge inspector"), is_bare("Ada Berg.")
    (True, False, False)
    """
    joiners, particles = _words()["joiner"], _words()["particle"]
    is_closed = text.endswith((".", "!", "?", "…", ":", "。"))
    return not is_closed and all(
        not word[0].islower() or word.casefold() in joiners or word.casefold() in particles or is_role(word)
        for word in text.split()
    )


def without_label(text: str) -> str:
    """Return *text* without "By", "Von", "Author:" and the like before the names, however many."""
    labels = _labels()
    if text.startswith(_ARTICLES):
        labels -= _words()["heading"]
    for _ in range(3):
        words = text.split(" ")
        for count in range(min(4, len(words) - 1), 0, -1):
            head = " ".join(words[:count]).casefold().strip("| ")
            rest = " ".join(words[count:])
            if head.rstrip(":*") in labels and (head.endswith(":") or starts_a_name(rest)):
                text = _LEADING.sub("", rest)
                break
        else:
            return text
    return text


def _unique(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(names)}.values())[::-1]


@cache
def _labels() -> frozenset[str]:
    return _words()["label"] | _words()["heading"]


def _words() -> Mapping[str, frozenset[str]]:
    return words_of("byline_words.tsv")
