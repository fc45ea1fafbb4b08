"""Datelines in scripts that part words: a prefix of the text that is place, day and agency and nothing else.

Every place where a dateline might end is tried. The text up to there is cut into pieces at commas, brackets
and dashes, and *each* piece must be understood; one word that is none of the parts makes it prose. What the
parts prove together decides (:func:`_believable`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from newsspider.cleaning.agencies import agencies, is_call_sign, standard_name
from newsspider.cleaning.data import rows
from newsspider.cleaning.dateline_bare import is_outlet
from newsspider.cleaning.dateline_reading import Reading
from newsspider.cleaning.days import Day, parse_day
from newsspider.cleaning.phrases import shipped
from newsspider.cleaning.places import PARTICLES, in_normal_case, is_abbreviation, is_region, population
from newsspider.items import Place

_HEAD = 150
_LONGEST = 60  # of a piece, in characters
_END = re.compile(
    r"(?P<dash>\s*[.,]?\s?(?:--+|[–—―−]+)-?\s*|[.,]?\s+-\s*|[.,:]?-\s+|(?<=[)\]])\.?-)"
    r"|(?P<colon>\s?[:：]\s*)|(?P<danda>\s?।\s*)|(?P<close>(?<=[)\]）］/])(?:\s[?_\"”]\s|\s*(?![-–—:.,]))\s*)"
    r"|(?P<stop>\.\s+)"
)
_MARK = re.compile(r"[-–—―−:：।)\]）］/.]")
_CLOSING = ")]）］/"
_PIECE = re.compile(
    r"[(\[（［]\s*(?P<bracket>[^()\[\]（）［］]{1,60}?)\s*[)\]）］]|(?<!\S)/(?P<slash>[^/\s][^/]{1,40})/"
    r"|(?P<cut>[,،;]|\s(?:-{1,3}|[–—―−])\s|[–—―−]|--+|/\s)|(?P<text>(?:(?![,،;(\[（［–—―−]|--|\s-{1,3}\s|\s/\S).)+)"
)
_BYLINE = re.compile(r"(?:By|BY)\s+(?=(?:[A-Z][\w.'’-]*,?\s+|and\s+){1,10}?[A-Z]{2,}[A-Z/,.' -]*)")
_BYLINE_NAME = re.compile(r"(?:[A-Z][\w'’-]*[a-z][\w'’-]*|[A-Z]\.|and|de|van|von|al-\w+),?")
_CORRESPONDENT = re.compile(
    r"(?:DAL|DALLA|DAI)\s+NOSTR[OAI]\s+(?:INVIAT[OAI]|CORRISPONDENT[EI])\s*(?:(?:A|DA)\s)?"
)
_VIA = re.compile(r"[\w .]{2,24} via (?P<agency>[\w .]{2,20})")
_DESK = re.compile(r".{0,20}\s(?:डेस्क|ब्यूरो|संवाददाता|टीम|Desk|Bureau)")
_UNKNOWN_AGENCY = re.compile(r"[^\W\d_][\w .,&’'/-]{1,28}")
_PLACE_SPLIT = re.compile(r"\s*/\s*|\s+(?:and|und|et|y|e|и|و)\s+|\s+&\s+")
_SMALL_WORDS = PARTICLES | {"el-sheik", "in"}
_STORY = re.compile(r"[\"“”„«»‘’'¿¡(\[]*\s?(?:[^\W\d_]|\d)")
# the form of picture agencies: "LOS ANGELES, CA - MARCH 21: ..." describes a picture
_CAPTION = re.compile(r"[-–—] [A-Z]{3,9}\.? \d{1,2}(?:, \d{4})?\s?:")
# "Leipzig: Hier wurde ..." speaks of the place; a story filed there would not point back at it
_POINTS_BACK = re.compile(r"(?:Hier|Here|Ici|Aquí|Aqui|Qui|Здесь)\b")
_MAJOR = 100
_LONG_DASHES = ("--", "—", "–")


@dataclass(slots=True)
class _Parts:
    places: list[Place] = field(default_factory=list)
    day: Day | None = None
    agency: str | None = None
    bracketed: bool = False
    """The agency stands in brackets or slashes."""
    unsure: bool = False
    """The agency is not a known one."""
    outlet: bool = False
    """The agency is a site's name, or another agency's report is passed on."""
    region: bool = False
    """A known country or state follows the place."""
    capitals: bool = False
    """The places are written in capitals."""
    at_place: bool = False
    """The piece just read belongs to a place, so that a region may follow."""


def read_spaced(text: str) -> Reading | None:
    """Return the dateline at the start of *text*.

    >>> reading = read_spaced("SANTA FE, N.M. (AP) — A cat who has been missing")
    >>> reading.end, reading.places, reading.agency
    (22, (Place(name='Santa Fe', within='N.M.'),), 'AP')
    >>> read_spaced("FILE - In this June 20, 2020, file photo, Tiz the Law")
    >>> read_spaced("EDITOR’S NOTE — A look at the veracity of claims")
    """
    start = _after_byline(text)
    lead = _CORRESPONDENT.match(text)
    story = lead.end() if lead else start
    best = None
    for match in _ends(text[: start + _HEAD], story + 1):
        parts = _parse(text[story : match.start()])
        if parts is None or not match.lastgroup:
            continue
        if _believable(parts, match.lastgroup, text, match.end()):
            if match[0].lstrip().startswith("."):
                _end_abbreviation(parts)
            best = _reading(parts, start, match.end())
    if best and start and not (best.agency and best.places):
        return None
    return best


def _ends(head: str, at: int) -> Iterator[re.Match[str]]:
    # _END is tried at the few marks that it needs only: tried everywhere it is most of the rule's cost
    for mark in _MARK.finditer(head, at):
        start = mark.end() if mark[0] in _CLOSING else mark.start() - head.endswith(" ", 0, mark.start())
        if start < at:
            continue
        match = _END.match(head, start)
        if match:
            yield match
            at = match.end()


def _after_byline(text: str) -> int:
    match = _BYLINE.match(text)
    if not match:
        return 0
    at = match.end()
    for word in re.finditer(r"\S+", text[at : at + 100]):
        bare = word[0].strip(",.()")
        if len(bare) > 1 and bare.isupper():
            return at + word.start()
        if not _BYLINE_NAME.fullmatch(word[0]):
            return 0
    return 0


def _parse(prefix: str) -> _Parts | None:
    if len(prefix) > _HEAD or not prefix:
        return None
    parts = _Parts()
    for match in _PIECE.finditer(prefix):
        if match["cut"]:
            continue
        inside = match["bracket"] or match["slash"]
        text = (inside or match["text"]).strip()
        if not text or text == ".":
            continue
        if len(text) > _LONGEST:
            return None
        places = len(parts.places)
        if not (_take_bracket(parts, text) if inside else _take_text(parts, text)):
            return None
        parts.at_place = len(parts.places) > places or (parts.at_place and is_region(text))
    return parts


def _take_bracket(parts: _Parts, text: str) -> bool:
    day = parse_day(text)
    if day:
        return _set_day(parts, day)
    name, dash, said = text.rpartition(" - ")
    day = parse_day(said) if dash else None
    agency = standard_name(name if day else text)
    if agency and not parts.agency:
        parts.agency, parts.bracketed = agency, True
        return _set_day(parts, day) if day else True
    if parts.at_place and is_region(text):
        return _set_region(parts, text)
    known = any(population(place.name) for place in parts.places) or parts.region
    station = is_call_sign(text) and (parts.capitals or not parts.places)
    if (
        (known or station)
        and not parts.agency
        and _UNKNOWN_AGENCY.fullmatch(text)
        and text.casefold() not in _labels()
    ):
        parts.agency, parts.bracketed, parts.unsure = (None if "," in text else text), True, True
        return True
    return False


def _take_text(parts: _Parts, text: str) -> bool:
    if _DESK.fullmatch(text):
        return True
    day = parse_day(text)
    if day:
        return _set_day(parts, day)
    if parts.day and re.fullmatch(r"(?:19|20)\d\d\.?", text):
        parts.day = replace(parts.day, year=int(text[:4]))
        return True
    if parts.at_place and is_region(text):
        return _set_region(parts, text)
    return (
        _take_agency(parts, text)
        or (not parts.day and not (parts.agency and parts.places) and _take_place(parts, text))
        or any(_take_both(parts, first, second) for first, second in _splits(text))
    )


def _take_both(parts: _Parts, first: str, second: str) -> bool:
    trial = replace(parts, places=list(parts.places))
    if not (_take_text(trial, first) and _take_text(trial, second)):
        return False
    parts.places, parts.capitals = trial.places, trial.capitals
    parts.day, parts.agency, parts.outlet = trial.day, trial.agency, trial.outlet
    return True


def _splits(text: str) -> Iterator[tuple[str, str]]:
    # "КИЕВ. 3 декабря", "MADRID 27 Nov.", "अमर उजाला नई दिल्ली"
    head, stop, tail = text.partition(". ")
    if stop and head and tail:
        yield head, tail
    words = text.split()
    for count in (2, 3):
        if len(words) > count and parse_day(" ".join(words[-count:])):
            yield " ".join(words[:-count]), " ".join(words[-count:])
        first = " ".join(words[:count])
        if len(words) > count and first.casefold() in agencies():
            yield first, " ".join(words[count:])


def _take_agency(parts: _Parts, text: str) -> bool:
    via = _VIA.fullmatch(text)
    name = via["agency"] if via else text
    known = agencies().get(name.strip(" .").casefold())
    if not known or parts.agency:
        return False
    parts.agency = known
    parts.outlet = bool(via) or is_outlet(text)
    return True


def _take_place(parts: _Parts, text: str) -> bool:
    whole = [text] if population(text) else [name for name in _PLACE_SPLIT.split(text) if name]
    known = all(population(name) for name in whole)
    # after an agency in brackets the story begins: "(CNN) -- For Capt. ..."
    if not known and (parts.places or (parts.bracketed and not text.isupper())):
        return False
    if not all(_looks_like_place(name) for name in whole):
        return False
    parts.capitals = text.isupper()
    parts.places += [Place(name=in_normal_case(name.rstrip("."))) for name in whole]
    return True


def _looks_like_place(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 5 or len(name) > 40 or name.casefold() in _labels():
        return False
    for word in words:
        if not word[0].isalpha() and word[0] not in "'’":
            return False
        if word[0].islower() and word not in _SMALL_WORDS:
            return False
    if (
        name[0].lower() == name[0].upper()
    ):  # a script without capitals: nothing but brevity speaks for a place
        return len(words) <= 3 and len(name) <= 24
    return not any(character in name for character in '"“”?!$%&:')


def _set_day(parts: _Parts, day: Day) -> bool:
    if parts.day:
        return False
    parts.day = day
    return True


def _set_region(parts: _Parts, text: str) -> bool:
    last = parts.places[-1]
    within = f"{last.within}, {text}" if last.within else text
    parts.places[-1] = replace(last, within=within)
    parts.region = True
    return True


def _end_abbreviation(parts: _Parts) -> None:
    """Give the region its full stop back: in "MOBILE, Ala. -" it was taken for a part of the dash."""
    last = parts.places[-1] if parts.places else None
    if last and last.within and is_abbreviation(f"{last.within}."):
        parts.places[-1] = replace(last, within=f"{last.within}.")


def _believable(parts: _Parts, end: str, text: str, at: int) -> bool:
    known = bool(parts.places) and all(population(place.name) for place in parts.places)
    if parts.agency and not parts.unsure:
        return _agency_proves(parts, end, known=known)
    if parts.bracketed and not parts.places:
        return end == "dash"
    if parts.day and parts.day.year and not parts.places:
        return text[:at].rstrip().endswith(_LONG_DASHES) and bool(re.match('["“‘]?[A-Z]', text[at:]))
    if end == "close" or not parts.places or _CAPTION.search(text[:_HEAD]):
        return False
    if parts.day:
        return known or parts.region or (end in {"dash", "colon"} and parts.capitals)
    return end in {"dash", "colon", "danda"} and _stands_alone(parts, end, text, at)


def _agency_proves(parts: _Parts, end: str, *, known: bool) -> bool:
    if parts.bracketed:
        # without a separator "The Associated Press (AP) said" has the same form
        return end != "close" or not parts.places or known or parts.region or parts.capitals
    if parts.places or parts.day:
        return end != "close" and (known or bool(parts.day)) and (end != "stop" or bool(parts.places))
    return parts.outlet and end == "dash"


def _stands_alone(parts: _Parts, end: str, text: str, at: int) -> bool:
    """Judge a place that no day and no known agency confirms."""
    rest = text[at:]
    if rest and (not _STORY.match(rest) or rest[0].islower() or _POINTS_BACK.match(rest)):
        return False
    if shipped().named(text[:at]):  # Oku is a town in Japan, "OKU:" is Turkish for "READ:"
        return False
    if parts.bracketed or parts.region:
        return end != "danda"
    known = [population(place.name) for place in parts.places]
    if not all(known):
        return False
    if parts.capitals:
        return True
    # in ordinary letters: a large place, and no second dash that would make the first one part of a pair
    paired = end == "dash" and re.search(r"\s[-–—]\s", rest[:120])
    return min(known) >= _MAJOR // (2 if end == "danda" else 1) and not paired


def _reading(parts: _Parts, start: int, end: int) -> Reading:
    certain = bool((parts.agency and not parts.unsure) or (parts.day and parts.places))
    return Reading(start, end, tuple(parts.places), parts.day, parts.agency, certain)


@cache
def _labels() -> frozenset[str]:
    return frozenset(rows("labels.txt"))
