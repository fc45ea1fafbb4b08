"""The rules that take whole lines, and phrases glued to paragraphs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from newsspider.cleaning import clean, lines
from newsspider.cleaning.phrases import index_of, phrases_in
from newsspider.cleaning.policy import CleaningPolicy
from newsspider.extraction.catalogue import find_site
from newsspider.items import Article, Block, Role

LISTS = Path(__file__).parents[2].parent / "shared" / "lists"


def left(*texts: str, policy: CleaningPolicy | None = None) -> list[str]:
    """Return what cleaning leaves of paragraphs."""
    read = Article(blocks=tuple(Block(role="paragraph", text=text) for text in texts))
    return [block.text for block in clean(read, policy or CleaningPolicy()).blocks]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement · Scroll to continue",
        "- Anzeige -",
        "Publicidade",
        "广告",
        "Реклама",
        "إعلان",
        "โฆษณา",
        "Also Read: Rain in the Hills",
        "यह भी पढ़ें",
        "Lesen Sie auch: Regen",
        "À lire aussi » La pluie",
        "【関連記事】",
        "Baca Juga",
        "Leggi anche",
        "Čtěte také:",
        "اقرأ أيضاً",
        "Read next >",
        "Follow us on Facebook",
        "12 comments",
        "5 min read",
        "vor 2 Stunden",
        "責任編輯：王小明",
        "無断転載禁止",
        "© 2024 Example News. All rights reserved.",
    ],
)
def test_placeholder_lines_go(line: str) -> None:
    """A line that holds the place of something else goes, in any language and dress."""
    assert left("It rained.", line) == ["It rained."]


INLINE = {
    "ar": "اقرأ أيضا: المطر في الجبال",
    "bg": "Прочетете още: Дъжд в планината",
    "cs": "Čtěte také: Déšť v horách",
    "da": "Læs også: Regn i bjergene",
    "de": "Lesen Sie auch: Regen in den Bergen",
    "en": "Also Read: Rain in the Hills",
    "es": "Lea también: Lluvia en la sierra",
    "fi": "Lue myös: Sadetta vuorilla",
    "fr": "À lire aussi : La pluie en montagne",
    "hi": "यह भी पढ़ें: पहाड़ों में बारिश",
    "hu": "Olvassa el ezt is: Eső a hegyekben",
    "id": "Baca juga: Hujan di Gunung",
    "it": "Leggi anche: Pioggia in montagna",
    "ja": "【関連記事】山の雨",
    "ko": "관련기사: 산에 내린 비",
    "nl": "Lees ook: Regen in de bergen",
    "no": "Les også: Regn i fjellet",
    "pl": "Czytaj też: Deszcz w górach",
    "pt": "Leia também: Chuva na serra",
    "ru": "Читайте также: Дождь в горах",
    "sv": "Läs också: Regn i fjällen",
    "sw": "Soma pia: Mvua milimani",
    "th": "อ่านเพิ่มเติม: ฝนบนภูเขา",
    "tr": "İLGİLİ HABER: Dağlarda yağmur",
    "uk": "Читайте також: Дощ у горах",
    "zh": "延伸阅读：山里的雨",
}


@pytest.mark.parametrize("language", INLINE)
def test_related_lines_go_in_each_language(language: str) -> None:
    """A line that leads to another story goes with its title, alone or glued to a paragraph."""
    line = INLINE[language]
    assert left("It rained.", line) == ["It rained."]
    assert left(f"It rained all day. {line}") == ["It rained all day."]


PROSE = (
    "Войдите в дом, сказал он, и закройте дверь.",
    "По материалам дела, дождь шёл три дня.",
    "Beim Laden des Wagens begann es zu regnen.",
    "È stata istituita una commissione d'inchiesta sulla pioggia.",
    "Il est accusé de toucher une commission sur chaque parapluie.",
    "The company uses cookies to track its readers, the court heard.",
    "The group contributed from its own savings to mend the roof.",
    "He opened the book to continue reading while it rained.",
    "Video: 4K/30p with no crop",
    "Related: the two had met before.",
    "(c) The court held that rain is no excuse.",
    "Published in 1999, the book tells of a flood.",
    "Follow the river on foot and you reach the mill.",
    "Updated rules on flooding take effect in May.",
    "Share prices of umbrella makers rose.",
    "Disclosure of the report was delayed by the storm.",
    "Next",
    "Frissítés: délután ismét esett.",
    "Corrección: el río bajó dos metros, no tres.",
    "Mit Reuters sprach der Minister über das Wetter.",
)


@pytest.mark.parametrize("text", PROSE)
def test_prose_that_begins_like_a_phrase_stays(text: str) -> None:
    """A sentence, or a line of facts, is left alone although phrases begin in the same way."""
    assert left("It rained all day.", "The roads were closed.", "It ended.", "The sun rose.", text)[4:] == [
        text
    ]


@pytest.mark.parametrize("role", ["table_row", "preformatted"])
def test_tables_and_code_stay(role: Role) -> None:
    """What stands in a table or in code is left alone, whatever it says."""
    read = Article(blocks=(Block(role=role, text="Watch | Price | Read more: 5"),))
    assert clean(read).blocks == read.blocks


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("It rained all day. (Reporting by A. Writer; Editing by B. Sub)", "It rained all day."),
        ("It rained all day. Also Read: Rain in the Hills", "It rained all day."),
        ("Story continues below advertisement The rain went on.", "The rain went on."),
        ("It rained. With inputs from agencies.", "It rained."),
        ("It rained all day long in the hills. (ANI)", "It rained all day long in the hills."),
    ],
)
def test_glued_phrases_are_cut(text: str, rest: str) -> None:
    """A phrase glued to a paragraph is cut where it is bounded."""
    assert left(text) == [rest]


@pytest.mark.parametrize(
    "text",
    [
        "It rained all day. Read more about rain in the encyclopaedia.",
        "They met the minister. More on that later.",
        "The drug is still being tested (beta).",
        "Advertisement Standards Authority officials met on Monday.",
    ],
)
def test_prose_is_not_cut(text: str) -> None:
    """A sentence that merely begins like a phrase stays in its paragraph."""
    assert left(text) == [text]


def test_titles_under_a_label_go_with_it() -> None:
    """The list of titles that follows a label of related stories goes too; a list in the text stays."""
    label = Block(role="heading", text="Lesen Sie auch")
    titles = [Block(role="list_item", text=text) for text in ("Regen in den Bergen", "Regen im Tal")]
    prose = Block(role="paragraph", text="Es regnete.")
    read = Article(blocks=(titles[1], prose, label, *titles))
    assert clean(read).blocks == (titles[1], prose)


def test_credits_are_kept_as_a_field() -> None:
    """Credit lines leave the body and are kept; the one agency they name fills an empty field."""
    read = Article(
        blocks=(
            Block(role="paragraph", text="It rained."),
            Block(role="paragraph", text="With inputs from ANI"),
        )
    )
    cleaned = clean(read)
    assert (cleaned.credits, cleaned.agency) == (("With inputs from ANI",), "ANI")


def test_site_lines_use_the_notation_of_the_phrases() -> None:
    """A line of the site file may end in an ellipsis, as the shipped phrases may."""
    policy = CleaningPolicy(lines=("Catch all the …",))
    assert left("It rained.", "Catch all the breaking news live", policy=policy) == ["It rained."]


def test_a_site_file_adds_lines_and_patterns_and_switches_rules_off(tmp_path: Path) -> None:
    """What a site file says in ``[cleaning]`` holds for the articles of its site, and for no others."""
    (tmp_path / "paper.example.toml").write_text(
        """
        format = 1
        name = "The Paper"
        domains = ["paper.example"]
        [cleaning]
        lines = ["Watch The Paper live", "[Catch …]"]
        patterns = ['Ref\\. [\\d-]+']
        off = ["related"]
        [[template]]
        name = "story"
        """,
        "utf-8",
    )
    site = find_site("https://www.paper.example/story", (str(tmp_path),))
    assert site is not None
    lines = ("It rained.", "WATCH the paper: live!", "Catch all the news", "Ref. 2024-17", "Read more: Hail")
    assert left(*lines, policy=site.cleaning) == ["It rained.", "Read more: Hail"]
    assert left(*lines) == list(lines[:-1])


def test_a_phrase_without_words_is_refused() -> None:
    """A phrase that would match anything is an error."""
    with pytest.raises(ValueError, match="no words"):
        index_of(phrases_in("… ", "ads"))


def test_a_short_phrase_takes_only_a_short_line() -> None:
    """The more a phrase says, the longer the line that it may take."""
    index = index_of(phrases_in("More on …", "related"))
    assert index.rules("More on the rain")
    assert not index.rules("More on the rain " + "and the hail and the snow " * 8)


@pytest.mark.skipif(not LISTS.exists(), reason="the lists are not here")
def test_listed_lines_go() -> None:
    """At least 98 in 100 of the listed lines go when they stand alone."""
    rows = [line.split("\t") for line in (LISTS / "boilerplate_lines.tsv").read_text("utf-8").splitlines()]
    lines = [row[0] for row in rows if not row[1].endswith("_glued")]
    assert sum(left(line) == [] for line in lines) >= 0.98 * len(lines)


def test_each_text_of_a_long_article_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many blocks an article has, one rule after another finds what was found before."""
    looked: Counter[str] = Counter()
    find = lines._find

    def count(text: str) -> lines.Finding:
        looked[text] += 1
        return find(text)

    monkeypatch.setattr(lines, "_find", count)
    left(*(f"Ship {n} lay in the harbour of Wexmoor for a day." for n in range(3000)))
    assert len(looked) == 3000
    assert set(looked.values()) == {1}
