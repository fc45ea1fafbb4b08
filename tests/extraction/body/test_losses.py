"""Where generic readers lose text or keep too much: one page a class of loss, every word invented."""

from __future__ import annotations

import json

import pytest

from newsspider.extraction.body import guess_body
from tests.extraction.body.pages import PARAGRAPHS, page, paragraphs

HEADLINE = "Harbour to close for six weeks"
TITLE = f"<h1>{HEADLINE}</h1>"

SECOND = (
    "The bridge at Oldhaven will be painted green, its keeper said, after a vote in which nine "
    "hundred people "
    "took part and blue came second by eleven.",
    "Work is to begin once the swallows have left their nests under the arches, which they do in "
    "most years "
    "before the first of September.",
    "The paint was mixed by hand in the town's own yard, and a bench on the east bank has been "
    "given a coat "
    "of it so that anyone who doubts the colour can sit on it.",
)


def read(inner: str) -> list[str]:
    """Return the texts of the body of a page with *inner* between menu and trailer."""
    return [block.text for block in guess_body(page(inner), HEADLINE).blocks]


def lost(texts: list[str], wanted: tuple[str, ...] = PARAGRAPHS) -> list[str]:
    """Return what of *wanted* is in none of *texts*."""
    return [text for text in wanted if not any(text in other for other in texts)]


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        (PARAGRAPHS, PARAGRAPHS),
        (PARAGRAPHS[:2], (*PARAGRAPHS, SECOND[0])),
        ((*PARAGRAPHS[:-1], PARAGRAPHS[-1][: 2 * len(PARAGRAPHS[-1]) // 3]), (*PARAGRAPHS, SECOND[0])),
    ],
    ids=["whole", "teaser", "cut off"],
)
def test_prose_that_a_whole_stated_body_lacks_is_left_out(
    stated: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    """What the metadata's body lacks is left out if that is most of what was chosen, and not cut off."""
    data = {"@type": "NewsArticle", "headline": HEADLINE, "articleBody": "\n".join(stated)}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    story = page(f"<article>{TITLE}{paragraphs((*PARAGRAPHS, SECOND[0]))}</article>", head=head)
    texts = [block.text for block in guess_body(story, HEADLINE).blocks]
    assert texts == list(wanted)


@pytest.mark.parametrize(
    "after",
    [
        '<div class="about-author"><h4>About the author</h4><p>Nell Tarn writes about boats and '
        "weather for the "
        "Wexmoor Herald. She lives on the coast.</p></div>",
        '<div class="republish"><p>Republish this article for free under our licence. Copy the '
        "code below into "
        "your own site.</p></div>",
        '<div class="newsletter-signup"><h3>Sign up for our newsletter</h3><p>Get the best of the '
        "Wexmoor Herald "
        "in your inbox every morning.</p></div>",
        '<section class="comments"><h3>2 comments</h3><div class="comment"><p>Shocking news for the market '
        'square!</p></div><div class="comment"><p>My uncle saw it coming.</p></div></section>',
    ],
    ids=["about", "reprint", "newsletter", "comments"],
)
def test_what_follows_the_article_is_left_out(after: str) -> None:
    """About-boxes, reprint notices, sign-ups and comments under the text are no body."""
    texts = read(f'<article>{TITLE}<div class="body">{paragraphs()}</div>{after}</article>')
    assert texts == list(PARAGRAPHS)


def test_the_next_article_of_an_endless_scroll_is_left_out() -> None:
    """A second article under the first has its own headline and is not its body."""
    texts = read(
        f'<article>{TITLE}<div class="body">{paragraphs()}</div></article>'
        f'<article class="next-story"><h2>Bridge to be painted green</h2>'
        f'<div class="body">{paragraphs(SECOND)}</div></article>'
    )
    assert not lost(texts)
    assert lost(texts, SECOND) == list(SECOND)


@pytest.mark.parametrize(
    "line",
    [
        '<p><strong>Read more: <a href="/a">Nine boats that never came home from the sea</a></strong></p>',
        '<p><a href="/b">Also read: The bridge at Oldhaven will be painted green</a></p>',
        '<div class="related-inline"><a href="/c"><h4>Divers find an anchor from the old war</h4></a></div>',
        '<div class="ad-slot">Advertisement</div>',
        '<ul class="related-links"><li><a href="/d">Storm took the roof off the fish hall</a></li>'
        '<li><a href="/e">What the port earns in a year</a></li></ul>',
    ],
    ids=["read more", "also read", "card", "advertisement", "list"],
)
def test_promotion_between_paragraphs_is_left_out(line: str) -> None:
    """Links to other stories and ad labels inside the text are no body, and what follows them is."""
    first, rest = paragraphs(PARAGRAPHS[:2]), paragraphs(PARAGRAPHS[2:])
    texts = read(f'<article>{TITLE}<div class="body">{first}{line}{rest}</div></article>')
    assert texts == list(PARAGRAPHS)


def test_a_body_split_over_siblings_is_read_whole() -> None:
    """Paragraphs in a box each, ads between them, are one body."""
    boxes = '<div class="ad">Advertisement</div>'.join(
        f'<section class="chunk"><p>{text}</p></section>' for text in PARAGRAPHS
    )
    assert read(f"<main>{TITLE}{boxes}</main>") == list(PARAGRAPHS)


def test_slides_are_one_body() -> None:
    """The text of each slide is kept, with its heading."""
    slides = "".join(
        f'<div class="slide"><h2>Berth {n}</h2><img src="{n}.jpg"><p>{text}</p></div>'
        for n, text in enumerate(PARAGRAPHS, start=1)
    )
    assert not lost(read(f'<article>{TITLE}<div class="slideshow">{slides}</div></article>'))


def test_an_accordion_is_read_open() -> None:
    """Questions that unfold are body, the answers too."""
    folds = "".join(
        f"<details><summary>What does point {n} mean?</summary><p>{text}</p></details>"
        for n, text in enumerate(PARAGRAPHS)
    )
    assert not lost(read(f'<article>{TITLE}<div class="faq">{folds}</div></article>'))


def test_what_has_a_caption_is_none() -> None:
    """A header that is named for the caption in it does not make one of the standfirst beside it."""
    lead, *rest = PARAGRAPHS
    caption = "<figure><figcaption>Divers at the quay.</figcaption></figure>"
    header = f'<header class="head hasCaption">{TITLE}<h2 class="subtitle">{lead}</h2>{caption}</header>'
    assert read(f"<article>{header}{paragraphs(tuple(rest))}</article>") == list(PARAGRAPHS)


def test_a_guide_in_cards_is_read_whole() -> None:
    """An article that is a list of boxes, each with a heading and a button, keeps its text."""
    cards = "".join(
        f'<li class="x7"><div class="x8"><h2>Berth number {number}</h2><div><p>{text}</p></div>'
        f'<ul><li>Deep at low water</li></ul><a class="x9" href="/berth/{number}">See prices</a></div></li>'
        for number, text in enumerate(PARAGRAPHS)
    )
    assert not lost(read(f'<main>{TITLE}<ul class="x6">{cards}</ul></main>'))


def test_a_list_inside_the_text_is_kept() -> None:
    """Short list items and the paragraphs inside list items are body."""
    items = ("Three anchors and a chain", "Most of a trawler", "A church bell without its clapper")
    inside = "".join(f"<li>{text}</li>" for text in items)
    texts = read(
        f'<article>{TITLE}<div class="body">{paragraphs(PARAGRAPHS[:3])}<p>The divers found:</p>'
        f"<ul>{inside}</ul><ol><li><p>{PARAGRAPHS[3]}</p></li><li><p>{PARAGRAPHS[4]}</p></li></ol>"
        f"</div></article>"
    )
    assert not lost(texts)
    assert not lost(texts, items)


def test_headline_and_date_lines_are_no_body() -> None:
    """What stands between headline and text (date, byline, sharing) is left out."""
    texts = read(
        f'<article>{TITLE}<p class="byline">By Nell Tarn, harbour reporter</p>'
        '<p class="date">Published 14 April 2026, 9:30</p><div class="share"><a href="#f">Share</a> '
        f'<a href="#t">Post</a></div><div class="body">{paragraphs()}</div></article>'
    )
    assert texts == list(PARAGRAPHS)


def test_a_live_blog_keeps_its_entries_and_their_times() -> None:
    """Entries under the lead of a live blog are its body, each with the time it begins with."""
    entries = "".join(
        f'<div class="live-entry"><p class="entry-time">{9 + n}:30</p><p>{text}</p></div>'
        for n, text in enumerate(PARAGRAPHS)
    )
    texts = read(
        f'<article>{TITLE}<p class="lead">{SECOND[0]}</p><div class="live-blog">{entries}</div></article>'
    )
    assert not lost(texts)


def test_a_layout_table_gives_paragraphs() -> None:
    """A page laid out by tables is read cell by cell, paragraph by paragraph."""
    menu = "".join(f'<tr><td><a href="/{n}">Section {n}</a></td></tr>' for n in range(6))
    texts = read(f"<table><tr><td><table>{menu}</table></td><td>{TITLE}{paragraphs()}</td></tr></table>")
    assert texts == list(PARAGRAPHS)


_SCRIPTS = {
    "ar": ("أغلق ميناء ويكسمور أبوابه أمام سفن الشحن لمدة ستة أسابيع كما قال مكتب الميناء يوم "
           "الثلاثاء حتى يتمكن "
           "الغواصون من إزالة ما تركته عواصف الشتاء في قاع القناة.",
           "وتقصد المدينة نحو أربعين سفينة كل أسبوع معظمها محملة بالأخشاب من الشمال وسترسل إلى "
           "أولدهيفن حيث يوجد "
           "رصيفان خاليان منذ الخريف الماضي."),
    "he": ("נמל וקסמור ייסגר לאוניות משא למשך שישה שבועות, כך נמסר ביום שלישי ממשרד הנמל, כדי "
           "שצוללנים יוכלו לפנות "
           "את מה שהותירו סערות החורף בקרקעית התעלה.",
           "כארבעים אוניות בשבוע פוקדות את העיירה, רובן נושאות עצים מן הצפון, והן יישלחו "
           "לאולדהייבן, שם שני רציפים "
           "עומדים ריקים מאז הסתיו שעבר."),
    "hi": ("वेक्समूर का बंदरगाह छह सप्ताह तक मालवाहक जहाजों के लिए बंद रहेगा, बंदरगाह कार्यालय ने मंगलवार को कहा, ताकि "
           "गोताखोर सर्दियों के तूफानों का मलबा हटा सकें।",
           "हर सप्ताह लगभग चालीस जहाज इस शहर में आते हैं, जिनमें से अधिकतर उत्तर से लकड़ी लाते हैं, और अब उन्हें ओल्डहेवन "
           "भेजा जाएगा जहां दो घाट खाली हैं।"),
    "th": ("ท่าเรือเว็กซ์มัวร์จะปิดรับเรือบรรทุกสินค้าเป็นเวลาหกสัปดาห์เพื่อให้นักประดาน้ำเก็บกวาดสิ่งที่พายุฤดูหนาวทิ้งไว้ใต้ร่องน้ำ",
           "ในแต่ละสัปดาห์มีเรือราวสี่สิบลำเข้าเทียบท่าที่เมืองนี้ส่วนใหญ่บรรทุกไม้จากทางเหนือและจะถูกส่งไปยังโอลด์เฮเวนแทน"),
    "zh": ("威克斯穆尔港务办公室周二表示,港口将对货船关闭六个星期,以便潜水员清理冬季风暴在航道底部"
           "留下的残骸。",
           "每周约有四十艘船停靠该镇,大多运载来自北方的木材,这些船将改往旧港,那里自去年秋天起有两"
           "个泊位空置。"),
    "ja": ("ウェクスムーア港は六週間にわたり貨物船の入港を停止すると港湾事務所が火曜日に発表した。"
           "冬の嵐が水路の底に残したものを潜水士が取り除くためである。",
           "町には毎週およそ四十隻が入港し、その多くは北から木材を運んでくる。船は昨年の秋から二つ"
           "の岸壁が空いている旧港へ回される。"),
    "ko": ("웩스무어 항만 사무소는 화요일 잠수부들이 겨울 폭풍이 수로 바닥에 남긴 잔해를 치울 수 "
           "있도록 항구를 육 주 동안 화물선에 닫는다고 밝혔다.",
           "매주 약 마흔 척의 배가 이 도시에 들어오며 대부분 북쪽에서 목재를 싣고 온다. 이 배들은 "
           "지난가을부터 두 선석이 비어 있는 올드헤이븐으로 보내진다."),
    "ru": ("Гавань Вексмура закроется для грузовых судов на шесть недель, сообщила во вторник "
           "портовая контора, чтобы "
           "водолазы убрали со дна канала то, что оставили зимние штормы.",
           "В город каждую неделю заходит около сорока судов, большей частью с лесом с севера. Их "
           "отправят в Олдхейвен, "
           "где с прошлой осени пустуют два причала."),
}  # fmt: skip


@pytest.mark.parametrize("script", _SCRIPTS)
def test_any_script_is_read(script: str) -> None:
    """The body of a page is read whole and alone in every script."""
    texts = tuple(f"{text} {n}" for n in range(2) for text in _SCRIPTS[script])
    assert read(f'<article>{TITLE}<div class="body">{paragraphs(texts)}</div></article>') == list(texts)
