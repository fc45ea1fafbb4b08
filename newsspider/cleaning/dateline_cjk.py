"""Datelines of Chinese, Japanese and Korean agencies: brackets and suffixes where others write a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsspider.cleaning.agencies import standard_name
from newsspider.cleaning.dateline_reading import Reading
from newsspider.cleaning.days import parse_day
from newsspider.cleaning.places import population
from newsspider.items import Place

_NAMES = (
    "新华社|新华网|新華社|中新社|中新网|中国新闻网|人民网|光明网|央视网|中央社|"
    "法新社|美联社|路透社|共同社|塔斯社|韩联社|本报|本台"
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # (서울=연합뉴스) 이재영 기자 =   [울산=뉴시스]
        r"[(\[【（［]\s*(?P<place>[^=＝()\[\]]{1,24}?)\s?[=＝]\s?(?P<agency>[^=＝()\[\]【】（）［］]{2,16})[)\]】）］]\s*"
        r"(?:(?P<reporter>[^=。.,]{1,40}?)\s?=\s*)?",
        # ［東京　２６日　ロイター］ -   Tetsushi Kajimoto［東京　２４日　ロイター］ -
        r"(?P<byline>[A-Z][A-Za-z ,.'-]{2,60})?[［\[](?P<place>[^\d［\]］]{0,20}?)\s?(?P<day>\d{1,2}日)\s"
        r"(?P<agency>[^\]］\s]{2,12})[\]］]\s*(?:[-－–—―]\s*)?",
        # 【6月18日 AFP】
        r"【(?P<day>\d{1,2}月\d{1,2}日)\s?(?P<agency>[^】]{2,20})】\s*(?:[-－–—―]\s*)?",
        # 【ソウル＝小池和樹】
        r"【(?P<place>[^】＝=\s]{1,14}?)[＝=](?P<reporter>[^】]{2,14})】\s*",
        # 【ワシントン共同】
        r"[【（［](?P<place>[^】＝=\s）］]{1,12}?)(?P<agency>共同|時事|ＡＦＰ時事|AFP時事|ロイター|AP|AFP)[】）］]\s*",
        # 新华社北京4月24日电 （记者某某）   （中央社記者戴雅真台北29日電）
        rf"[（(【]?(?P<agency>{_NAMES})(?:客户端)?(?P<where>[^\d\s，。：]{{0,24}}?)\s?(?P<day>(?:\d{{1,2}}月)?\d{{1,2}}日)"
        r"(?:综合)?专?[电電讯訊][）)】]?\s*(?:题：|題：)?(?:[（(]\s?(?:记者|記者)[^）)]{2,30}[）)])?\s*",
    )
)
_REPORTER = re.compile(r"记者|記者|特派员|通讯员")
_LIST = re.compile(r"[·・/、,]\s*")


def read_cjk(text: str) -> Reading | None:
    """Return the dateline at the start of *text*, in the shapes of East Asian agencies.

    >>> reading = read_cjk("（中央社記者戴雅真台北29日電）市政府今天公布")
    >>> reading.end, reading.places, reading.agency
    (16, (Place(name='台北', within=None),), 'CNA')
    >>> read_cjk("【関連記事】市政府今天公布")
    """
    if text.isascii() and not text.startswith(("(", "[")):
        # as nearly all text of other languages: of ASCII alone is only "(Seoul=Yonhap)"
        return None
    for shape in _SHAPES:
        match = shape.match(text)
        if match:
            reading = _reading(match)
            if reading:
                return reading
    return None


def _reading(match: re.Match[str]) -> Reading | None:
    said = match.groupdict()
    named = said.get("agency")
    agency = standard_name(named) if named else None
    where = said.get("place") or _where(said.get("where") or "")
    places = tuple(_places(where))
    day = parse_day(said["day"]) if said.get("day") else None
    known = all(population(place.name) for place in places)
    # an unknown name in the agency's place, as in (제목=부제), is no dateline; nor is an unknown place alone
    if (named and not agency and named not in {"本报", "本台"}) or (not named and not (places and known)):
        return None
    byline = said.get("byline")
    return Reading(
        start=match.end("byline") if byline else 0,
        end=match.end(),
        places=places,
        day=day,
        agency=agency,
        certain=bool(agency or day),
    )


def _where(text: str) -> str:
    # reporters' names and the place stand together without a mark: the place is the longest known ending
    text = _REPORTER.sub("", text)
    for at in range(len(text)):
        if population(text[at:]):
            return text[at:]
    return "" if len(text) > 6 else text


def _places(where: str) -> Iterator[Place]:
    for name in _LIST.split(where):
        if name.strip():
            yield Place(name=name.strip())
