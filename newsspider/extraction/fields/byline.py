"""From the text of a byline to the people it names, and the organisations beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from newsspider.cleaning.places import population
from newsspider.extraction.fields.agency import agencies
from newsspider.extraction.fields.byline_labels import is_other_hand, written
from newsspider.extraction.fields.data import words as words_of
from newsspider.extraction.fields.names import is_known_name
from newsspider.extraction.text import fold, normalize

_MAX_LENGTH = 300
_MAX_WORDS = 5
_TOWN = 50
_FULL = 2
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
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ]{2})(?=(?:[A-Z]{2,}|[A-Z][a-z]+))")
_BRACKETS = re.compile(r"\s*[\(\[（]([^()\[\]（）]{0,120})[\)\]）]?")
# stands behind the name of one who photographed or edited
_OTHER = "¬"
_SUFFIX = re.compile(r",\s+(?=(?:jr|sr|ii|iii|iv)\b)", re.IGNORECASE)
_LINES = re.compile(r"\s*[|•·∙⋅\n]\s*")
_SPLIT = re.compile(r"\s*(?:[,;|•·、／\n]|(?<=\w)\s?/\s?(?=\w)|\s[–—:-]\s|\s&\s|(?<=[^\W\d_]{4})\.\s)\s*")
# "... for The Mail on Sunday", "... is a reporter for NBC", "... in Berlin"
_FOR = re.compile(
    r"\s(?:(?i:for|pour|für|para|special to|on behalf of|im auftrag|of the)|is an?|was an?|are|covers|ist|est"
    r"|es un|è un|from)(?:\s.*|\Z)"
    r"|\s(?:in|à|aus|at|desde)\s[A-ZÀ-Þ].*|＝.*"
    r"|\A(?i:special to)\s.*"
)
_CJK_ROLE = re.compile(
    r"\s*(?:記者|记者|編集委員|論説委員|特派員|(?:선임|수습|인턴|전문)?기자|특파원|논설위원)(?:\s?외\s?\d+명)?\s*\Z"
    r"|\A[\u3400-\u9fff]{0,6}(?:記者|记者)\s*(?=\S)"
)
# a date, and "reports from Taipei", which follows a reporter's name
_CJK_DATE = re.compile(r"\d[\d\s年月日時时分秒:/.-]{3,}|[^\s／/]{1,8}(?:報導|报道|報道|電|电|訊|讯)\Z")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLAIN_JOINERS = frozenset(("and", "und", "et", "и", "og", "och", "ve", "&"))
_OUTLET_ENDINGS = (
    "presse", "zeitung", "blatt", "redaktion", "nachrichten", "avisen", "bladet",
    "報", "报", "社", "網", "网",
)  # fmt: skip
# the last part of compounds: "Wirtschaftsredakteurin", "politiikantoimittaja"
_OFFICES = (
    "redakteur", "redakteurin", "redaktör", "redaktor", "korrespondent", "korrespondentin", "reporter",
    "reporterin", "journalist", "journalistin", "toimittaja", "kommentator",
)  # fmt: skip
# behind a name: "Ada Berg HS"
_STATION = re.compile(r"[A-Z]{2,3}")
_NO_LETTERS = frozenset('$€£%!?#=<>“”"')
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
_DOMAIN = re.compile(
    r"[\w-]+\.(?:com|de|net|org|tr|be|co|fr|es|it|ru|ua|info|news|tv|at|ch|uk|nl|pl)\b", re.IGNORECASE
)


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
    if _is_office(fold(text)):
        return Signers((), (text,))
    text = _AFTER_DATE.sub("", _STATEMENT.sub("", written(text)))
    text = _BRACKETS.sub(lambda said: _OTHER if is_other_hand(said[1]) else " ", _SUFFIX.sub(" ", text))
    people: list[str] = []
    organisations: list[str] = []
    own = frozenset(fold(name) for name in site_names)
    for member in _members(_apart(text, site_names)):
        name = _person(member, certain)
        key = fold(name)
        if not key or _is_nobody(key) or _OTHER in member:
            continue
        if key in own or _is_organisation(name, key):
            organisations.append(name)
        elif _is_name(name, certain=certain) and not (people and _is_town(name)):
            people.append(text if certain and _is_particle_of(name, text) else name)
            # behind a whole name a word is a place or a rest: "Ada Berg, Berlin"
            certain = certain and " " not in name
    return Signers(_unique(people), _unique(organisations))


def _members(text: str) -> Iterator[str]:
    # a date ends its line only: the name may come after a bar
    for line in _LINES.split(text):
        dated = _CJK_DATE.sub(" | ", line) if _CJK.search(line) else _DATE.sub("", line)
        for piece in _SPLIT.split(without_label(_LEADING.sub("", dated))):
            for member in _joined(_LEADING.sub("", without_label(piece))):
                yield _LEADING.sub("", _FOR.sub("", member))


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


def _is_town(name: str) -> bool:
    return " " in name and population(name) >= _TOWN


def _joined(piece: str) -> Iterator[str]:
    """Split *piece* at words that join names: "and", "und", "with"."""
    words = piece.split()
    joiners = _words()["joiner"]
    # what follows a comma: "Jan Kos, and Lu Sommer"
    start = 1 if len(words) > 2 and words[0] in joiners - _words()["particle"] else 0
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
    """
    before = text.casefold().partition(name.casefold())[0].rstrip()
    if before.rpartition(" ")[2] in _words()["joiner"]:
        return True
    return before.endswith((",", "&")) and before.rstrip(" ,&").endswith(tuple(map(str.casefold, names)))


def stands_in(name: str) -> bool:
    """Tell whether *name* is an agency's or a desk's, who sign in place of a person.

    >>> stands_in("dpa"), stands_in("Web Desk"), stands_in("Harbour Council")
    (True, True, False)
    """
    keys = {fold(name)} if _is_office(fold(name)) else fold(name).split()
    return bool(keys) and all(map(_is_office, keys))


def _is_office(key: str) -> bool:
    return key in agencies() or key in _words()["desk"]


def is_title(text: str) -> bool:
    """Tell whether *text* is what somebody is, not who.

    >>> is_title("Senior Political Writer"), is_title("Ada Berg")
    (True, False)
    """
    words = text.split()
    return bool(words) and all(_is_role(word) for word in words)


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
    known = _words()["joiner"] | _words()["particle"]
    is_closed = text.endswith((".", "!", "?", "…", ":", "。"))
    return not is_closed and all(
        not word[0].islower() or word.casefold() in known or _is_role(word) for word in text.split()
    )


def without_label(text: str) -> str:
    """Return *text* without "By", "Von", "Author:" and the like before the names, however many."""
    labels = _words()["label"] | _words()["heading"]
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


def _person(member: str, certain: bool) -> str:
    """Return *member* without roles, degrees, and what is glued to it."""
    name = _CJK_ROLE.sub("", _LEADING.sub("", member))
    for glued in _GLUED.finditer(name):
        left, right = name[: glued.start()], name[glued.start() :]
        # "Meg JamesStaff Writer", "Jo DoeFOXBusiness", but not "Jo McDonald"
        first = right.split(" ")[0]
        if " " in left and (
            first.casefold() in _words()["role"] or re.match(r"[A-Z]{3}", right) or left.endswith(first)
        ):
            name = left
            break
    whole = name.split()
    words = _once(_without_roles(whole))
    if certain and len(words) == 1 and len(whole) == _FULL and is_known_name(name):
        # somebody may be called so: "Ada Court"
        words = whole
    if len(words) > 2 and _STATION.fullmatch(words[-1]) and words[-1].casefold() not in _words()["suffix"]:
        words = words[:-1]
    if len(words) == 1 and not certain and re.fullmatch(r"[A-Z]\w+\.[A-Z]\w+", words[0]):
        words = [""] if _DOMAIN.fullmatch(words[0]) else words[0].split(".")
    return _cased(" ".join(words).strip(" ,.:;-–|") if words else "")


def _without_roles(words: list[str]) -> list[str]:
    known = _words()
    if words and words[-1].casefold() in known["organisation"]:
        # "Jo Doe Reuters"
        return words[:-1] if len(words) > 2 and words[-1].casefold() in agencies() else words
    words = words[: _start_of_roles(words)]
    while words and words[0].casefold() in known["degree"]:
        words = words[1:]
    # "News reporter Jo Doe": the role comes first
    lead = 0
    while lead < len(words) and _is_role(words[lead]):
        lead += 1
    return words[lead:] if lead and len(words) - lead >= 2 else words


def _start_of_roles(words: list[str]) -> int:
    """Return where the roles and degrees behind a name begin."""
    known = _words()
    cut = len(words)
    while cut > 0 and (_is_role(words[cut - 1]) or words[cut - 1].casefold() in known["degree"]):
        cut -= 1
    # "Jo Doe Senior Autos Reporter": from a role's first word on, where an office ends it
    first = next((at for at in range(2, cut) if _is_role(words[at])), cut)
    cut = first if cut < len(words) else cut
    # the agency before its own role: "Tom Krisher AP Auto Writer"
    if 2 < cut < len(words) and (
        words[cut - 1].isupper() or words[cut - 1].casefold() in known["organisation"]
    ):
        cut -= 1
    return cut


def _is_role(word: str) -> bool:
    plain = word.casefold().strip(".,:")
    return plain in _words()["role"] or plain.endswith(_OFFICES)


def _once(words: list[str]) -> list[str]:
    half = len(words) // 2
    if (
        half
        and len(words) % 2 == 0
        and [w.casefold() for w in words[:half]] == [w.casefold() for w in words[half:]]
    ):
        return words[half:]
    return words


def _cased(name: str) -> str:
    if name.isupper() and " " in name and not _CJK.search(name):
        return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
    return name


def _is_organisation(name: str, key: str) -> bool:
    if _is_office(key) or _DOMAIN.search(name):
        return True
    known = _words()["organisation"]
    # "Siân ap Rhys" is none of the AP
    words = set(key.split()) - set(name.split()).intersection(_words()["particle"])
    if any(word in known or word.endswith(_OUTLET_ENDINGS) for word in words):
        return True
    if _CJK.search(name):
        return any(word in name for word in known if _CJK.search(word))
    return bool(_ACRONYM.match(name))


def _is_name(name: str, *, certain: bool) -> bool:
    words = name.split()
    if (
        not name
        or any(c.isdigit() or c in _NO_LETTERS for c in name)
        or len(name) > 60
        or len(words) > _MAX_WORDS + (2 if certain else 0)
    ):
        return False
    if _CJK.search(name):
        return len(name) <= 12
    if certain or len(words) < 2:
        return certain and any(c.isalpha() for c in name)
    particles = _words()["particle"]
    # "Chief Economist", "Lead Reviewer": a title, not a name
    if _is_role(words[0]) or all(_is_role(word) for word in words):
        return False
    is_rest = len(words) == 2 and words[0] in particles
    return not is_rest and all(
        not w[0].islower() or w.casefold() in particles or "'" in w or "’" in w for w in words
    )


def _unique(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(names)}.values())[::-1]


def _words() -> Mapping[str, frozenset[str]]:
    return words_of("byline_words.tsv")
