"""Bylines as sites write them: systems, papers and broadcasters of many countries, each on a whole page.

The shapes are in ``bylines/*.txt``: ``== what it is: the people`` and then the article, with ``{title}`` and
``{text}`` in the script that ``script`` names, and ``ld`` before what its JSON-LD states of the author.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from newsspider.extraction.fields import authors, headline
from newsspider.extraction.fields.context import Context
from newsspider.extraction.page import Page
from newsspider.extraction.text import fold

SCRIPTS = {
    "latin": (
        "The harbour bridge reopens after nine months",
        "Rain fell on the old quay while the crews lowered the last span into place, and nobody went home.",
    ),
    "cyrillic": (
        "Мост в гавани снова открыт после девяти месяцев",
        "Дождь шёл над старой набережной, пока рабочие опускали последний пролёт, и никто не ушёл домой.",
    ),
    "greek": (
        "Η γέφυρα του λιμανιού ανοίγει ξανά μετά από εννέα μήνες",
        "Η βροχή έπεφτε στην παλιά προκυμαία ενώ τα συνεργεία κατέβαζαν το τελευταίο τμήμα της γέφυρας.",
    ),
    "arabic": (
        "جسر الميناء يفتح من جديد بعد تسعة أشهر",
        "هطل المطر على الرصيف القديم بينما كان العمال ينزلون الجزء الأخير، ولم يعد أحد إلى بيته قبل المساء.",
    ),
    "hebrew": (
        "הגשר בנמל נפתח מחדש אחרי תשעה חודשים",
        "גשם ירד על הרציף הישן בזמן שהצוותים הורידו את החלק האחרון למקומו, ואיש לא הלך הביתה לפני הערב.",
    ),
    "hindi": (
        "बंदरगाह का पुल नौ महीने बाद फिर खुला",
        "पुराने घाट पर बारिश होती रही जब मजदूर आखिरी हिस्सा नीचे उतार रहे थे, और शाम से पहले कोई घर नहीं गया।",
    ),
    "bengali": (
        "নয় মাস পর আবার খুলল বন্দরের সেতু",
        "পুরোনো ঘাটে বৃষ্টি পড়ছিল যখন শ্রমিকেরা শেষ অংশটি নামাচ্ছিলেন, সন্ধ্যার আগে কেউ বাড়ি যাননি।",
    ),
    "tamil": (
        "துறைமுக பாலம் ஒன்பது மாதங்களுக்குப் பிறகு திறப்பு",
        "பழைய கரையில் மழை பெய்தது, கடைசி பகுதியை இறக்கும் வரை யாரும் வீட்டிற்குச் செல்லவில்லை.",
    ),
    "thai": (
        "สะพานท่าเรือเปิดใช้อีกครั้งหลังเก้าเดือน",
        "ฝนตกที่ท่าเรือเก่าขณะที่คนงานวางช่วงสุดท้ายของสะพาน และไม่มีใครกลับบ้านก่อนค่ำ",
    ),
    "chinese": (
        "海港大桥九个月后重新开放",
        "工人们放下最后一段桥身的时候，旧码头一直在下雨，天黑以前没有一个人回家，附近的居民都来看热闹。",
    ),
    "japanese": (
        "港の橋が九か月ぶりに開通",
        "作業員が最後の橋げたを下ろす間、古い岸壁には雨が降り続き、夕方まで誰も家に帰らなかったという。",
    ),
    "korean": (
        "항구 다리가 아홉 달 만에 다시 열렸다",
        "작업자들이 마지막 구간을 내리는 동안 낡은 부두에는 비가 내렸고 아무도 집에 가지 않았다.",
    ),
}
FRAMES = {
    "other people's work in marked boxes": """
        <title>{title} | News Test</title><meta property="og:site_name" content="News Test">
        <body><header class="site-header"><a href="/">News Test</a><nav>Town</nav></header>
        <main><article>{article}</article>
        <section class="newsletter"><form><p>By signing up you agree to our terms.</p></form></section>
        <section class="related-stories"><h2>Related</h2>
        <div class="card"><h3><a href="/r1">Ferry strike goes on</a></h3>
        <p class="author">By Rob Tally</p></div>
        <div class="card"><h3><a href="/r2">Lighthouse for sale</a></h3>
        <p class="author">By Eve Munro</p></div>
        </section><section id="comments"><ol class="comment-list">
        <li class="comment"><cite class="fn">Stan Reader</cite> <i>says:</i><p>What a bridge.</p></li>
        <li class="comment"><b class="comment-author">Joan Critic</b><p>I saw the rain.</p></li></ol>
        </section></main><aside class="sidebar"><h3>Most read</h3><ol>
        <li><a href="/m1">Old quay floods</a><p class="byline">By Rita Moss</p></li>
        <li><a href="/m2">Tram is late</a><p class="byline">By Carl Dunn</p></li></ol></aside>
        <footer><p>Copyright 2024 News Test. Website by Pixel House</p></footer>
    """,
    "other people's work in boxes with generated names": """
        <title>{title} | News Test</title>
        <body><div class="css-1"><a href="/">News Test</a><a href="/world">World</a></div>
        <div class="css-2"><div class="css-3">{article}</div><div class="css-4">
        <div class="css-5"><a href="/r1"><h3>Ferry strike goes on</h3></a>
        <div class="css-6">By <a href="/author/rob">Rob Tally</a></div><div>May 2, 2024</div></div>
        <div class="css-5"><a href="/r2"><h3>Lighthouse for sale</h3></a>
        <div class="css-6">By <a href="/author/eve">Eve Munro</a></div><div>May 1, 2024</div></div></div>
        <div class="css-7"><p>Stan Reader</p>
        <p>What a bridge. I saw it from the window of the harbour café.</p></div></div>
    """,
}


@dataclass
class Shape:
    name: str
    people: tuple[str, ...]
    script: str = "latin"
    lines: list[str] = field(default_factory=list)

    def article(self) -> str:
        title, text = SCRIPTS[self.script]
        return "\n".join(self.lines).replace("{title}", title).replace("{text}", f"<p>{text}</p>" * 5)


def shapes() -> Iterator[Shape]:
    """Yield the shapes of all files."""
    for path in sorted((Path(__file__).parent / "bylines").glob("*.txt")):
        for part in path.read_text("utf-8").split("== ")[1:]:
            head, *lines = part.splitlines()
            name, _, people = head.partition(":")
            shape = Shape(name, tuple(person.strip() for person in people.split(";") if person.strip()))
            for line in lines:
                kind, _, rest = line.partition(" ")
                if kind == "script":
                    shape.script = rest
                else:
                    shape.lines.append(_data(rest) if kind == "ld" else line)
            yield shape


def _data(stated: str) -> str:
    article = {"@type": "NewsArticle", "headline": "{title}"}
    data = stated if "@graph" in stated else json.dumps(article | json.loads(stated))
    return f'<script type="application/ld+json">{data}</script>'


SHAPES = list(shapes())


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_people_of_a_byline(shape: Shape, frame: str, page: Callable[..., Page], context: Context) -> None:
    """Whoever wrote the article is found, and nobody of the teasers, comments and pictures around it."""
    title = SCRIPTS[shape.script][0]
    story = page(FRAMES[frame].replace("{title}", title).replace("{article}", shape.article()))
    shown = headline.guess(story, context)
    found = authors.guess(story, replace(context, headline=shown.value if shown else None))
    assert {*map(fold, found.value if found else ())} == {*map(fold, shape.people)}


def test_each_shape_has_a_name_of_its_own() -> None:
    """No two shapes are called the same."""
    names = [shape.name for shape in SHAPES]
    assert sorted(set(names)) == sorted(names)
