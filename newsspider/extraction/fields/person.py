"""One member of a byline: the person's name in it, or the organisation that it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsspider.extraction.fields.agency import agencies
from newsspider.extraction.fields.data import words as words_of
from newsspider.extraction.fields.names import is_known_name
from newsspider.extraction.text import fold

_MAX_LENGTH = 60
_MAX_WORDS = 5
_FULL = 2
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ]{2})(?=(?:[A-Z]{2,}|[A-Z][a-z]+))")
_CJK_ROLE = re.compile(
    r"\s*(?:記者|记者|編集委員|論説委員|特派員|(?:선임|수습|인턴|전문)?기자|특파원|논설위원)(?:\s?외\s?\d+명)?\s*\Z"
    r"|\A[\u3400-\u9fff]{0,6}(?:記者|记者)\s*(?=\S)"
)
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
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
_NO_LETTERS = frozenset("$€£%!?#=<>")
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
_DOMAIN = re.compile(
    r"[\w-]+\.(?:com|de|net|org|tr|be|co|fr|es|it|ru|ua|info|news|tv|at|ch|uk|nl|pl)\b", re.IGNORECASE
)


def person(member: str, *, certain: bool) -> str:
    """Return *member* without roles, degrees, and what is glued to it."""
    name = _CJK_ROLE.sub("", member)
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
    return _cased(" ".join(words).strip(' ,.:;-–|"“”') if words else "")


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
    while lead < len(words) and is_role(words[lead]):
        lead += 1
    return words[lead:] if lead and len(words) - lead >= 2 else words


def _start_of_roles(words: list[str]) -> int:
    """Return where the roles and degrees behind a name begin."""
    known = _words()
    cut = len(words)
    while cut > 0 and (is_role(words[cut - 1]) or words[cut - 1].casefold() in known["degree"]):
        cut -= 1
    # "Jo Doe Senior Autos Reporter": from a role's first word on, where an office ends it
    first = next((at for at in range(2, cut) if is_role(words[at])), cut)
    cut = first if cut < len(words) else cut
    # the agency before its own role: "Tom Krisher AP Auto Writer"
    if 2 < cut < len(words) and (
        words[cut - 1].isupper() or words[cut - 1].casefold() in known["organisation"]
    ):
        cut -= 1
    return cut


def is_role(word: str) -> bool:
    """Tell whether *word* is part of what somebody is: "Senior", "Wirtschaftsredakteurin"."""
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


def is_organisation(name: str, key: str) -> bool:
    """Tell whether *name*, folded *key*, is no person's but an agency's, a desk's or an outlet's."""
    if is_office(key) or _DOMAIN.search(name):
        return True
    known = _words()["organisation"]
    # "Siân ap Rhys" is none of the AP
    words = set(key.split()) - set(name.split()).intersection(_words()["particle"])
    if any(word in known or word.endswith(_OUTLET_ENDINGS) for word in words):
        return True
    if _CJK.search(name):
        return any(word in name for word in known if _CJK.search(word))
    return bool(_ACRONYM.match(name))


def is_name(name: str, *, certain: bool) -> bool:
    """Tell whether *name* may be a person's; a single word only where it is *certain* to be a name."""
    particles = _words()["particle"]
    words = name.split()
    if (
        not name
        or any(c.isdigit() or c in _NO_LETTERS for c in name)
        or len(name) > _MAX_LENGTH
        or sum(word not in particles for word in words) > _MAX_WORDS + (2 if certain else 0)
    ):
        return False
    if _CJK.search(name):
        return len(name) <= 12
    if certain or len(words) < 2:
        return certain and any(c.isalpha() for c in name)
    # "Chief Economist", "Lead Reviewer": a title, not a name
    if is_role(words[0]) or all(is_role(word) for word in words):
        return False
    is_rest = len(words) == 2 and words[0] in particles
    return not is_rest and all(
        not w[0].islower() or w.casefold() in particles or "'" in w or "’" in w for w in words
    )


def stands_in(name: str) -> bool:
    """Tell whether *name* is an agency's or a desk's, who sign in place of a person.

    >>> stands_in("dpa"), stands_in("Web Desk"), stands_in("Harbour Council")
    (True, True, False)
    """
    keys = {fold(name)} if is_office(fold(name)) else fold(name).split()
    return bool(keys) and all(map(is_office, keys))


def is_office(key: str) -> bool:
    """Tell whether *key*, which is folded, is the name of an agency or a desk and nothing else."""
    return key in agencies() or key in _words()["desk"]


def is_title(text: str) -> bool:
    """Tell whether *text* is what somebody is, not who.

    >>> is_title("Senior Political Writer"), is_title("Ada Berg")
    (True, False)
    """
    words = text.split()
    return bool(words) and all(is_role(word) for word in words)


def _words() -> Mapping[str, frozenset[str]]:
    return words_of("byline_words.tsv")
