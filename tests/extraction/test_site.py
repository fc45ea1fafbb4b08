"""Site files are read strictly, and a site is found by its domain."""

from datetime import timedelta
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from newsspider.errors import SiteError
from newsspider.extraction.catalogue import SHIPPED, Catalogue, all_sites, catalogue, find_site, load_site
from newsspider.extraction.site import Site

MINIMAL = """
format = 1
name = "The Paper"
domains = ["paper.example"]
[[template]]
name = "story"
"""

FULL = """
format = 1
name = "The Paper"
domains = ["paper.example", "paper.test"]
language = "pt-BR"
timezone = "America/Sao_Paulo"
seen = 2026-04-16
sections = ["https://www.paper.example/world"]
feeds = ["https://feeds.other.example/rss"]
sitemaps = ["https://paper.example/news.xml"]
[links]
article = '^/\\d{4}/'
section = '^/world/?$'
related = ['aside.related a']
next = 'a[rel=next]'
[crawl]
delay = 2
robots = "ignore"
private_addresses = true
refresh = ["1h", "7d"]
render_timeout = 10.5
render_limit = 5
[cleaning]
lines = ["Watch The Paper live"]
patterns = ['Read also: .+']
dateline = "keep"
[schedule]
every = "15m"
args = { max_pages = "2" }
[[template]]
name = "story"
match = 'article.story'
render = true
fields.headline = 'h1'
fields.body = ['.text', 'json:articleBody']
drop.body = '.ad'
stop.body = 'text:Also Read'
[[template]]
name = "old"
"""


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problem(write, text: str, name: str = "paper.example.toml") -> str:
    path = write(name, text)
    with pytest.raises(SiteError) as caught:
        load_site(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def test_a_minimal_file_has_defaults_for_the_rest(write):
    """Format, name, domains and a template with a name are enough."""
    site = load_site(write("paper.example.toml", MINIMAL))
    assert (site.stem, site.name, site.domains) == ("paper.example", "The Paper", ("paper.example",))
    assert (site.crawl.robots, site.crawl.delay, site.cleaning.dateline) == ("obey", None, "extract")
    assert site.schedule is None
    assert site.templates[0].fields == {}


def test_every_key_is_read(write):
    """Each key of the format ends up where the classes say."""
    site = load_site(write("paper.example.toml", FULL))
    assert (site.language, site.timezone, str(site.seen)) == ("pt-BR", "America/Sao_Paulo", "2026-04-16")
    assert site.feeds == ("https://feeds.other.example/rss",)
    assert site.links.article is not None
    assert site.links.article.search("/2026/storm")
    assert [expression.text for expression in site.links.related] == ["aside.related a"]
    assert (site.crawl.delay, site.crawl.robots, site.crawl.private_addresses) == (2, "ignore", True)
    assert site.crawl.refresh == (timedelta(hours=1), timedelta(days=7))
    assert (site.crawl.render_timeout, site.crawl.render_limit) == (10.5, 5)
    assert (site.cleaning.lines, site.cleaning.dateline) == (("Watch The Paper live",), "keep")
    assert site.schedule is not None
    assert (site.schedule.every, site.schedule.args) == (timedelta(minutes=15), {"max_pages": "2"})
    story, old = site.templates
    assert (story.name, story.render, old.name) == ("story", True, "old")
    assert [expression.text for expression in story.fields["body"]] == [".text", "json:articleBody"]
    assert [expression.text for expression in (*story.drop, *story.stop)] == [".ad", "text:Also Read"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("name =", "nmae ="), "unknown key 'nmae'; did you mean 'name'?"),
        (("delay = 2", "dela = 2"), "[crawl], unknown key 'dela'; did you mean 'delay'?"),
        (("[links]", "[link]"), "unknown key 'link'; did you mean 'links'?"),
        (
            ("fields.headline", "fields.headlin"),
            "[template.fields] of 'story', unknown key 'headlin'; did you mean 'headline'?",
        ),
        (
            ("render = true", "rendr = true"),
            "[[template]] of 'story', unknown key 'rendr'; did you mean 'render'?",
        ),
        (("drop.body", "drop.bdy"), "[template.drop] of 'story', unknown key 'bdy'; did you mean 'body'?"),
        (("delay = 2", 'delay = "2"'), "[crawl], key 'delay': must be a number"),
        (("delay = 2", "delay = inf"), "[crawl], key 'delay': Input should be a finite number"),
        (("delay = 2", "delay = -1"), "[crawl], key 'delay': Input should be greater than or equal to 0"),
        (("render = true", 'render = "yes"'), "[[template]] of 'story', key 'render': must be true or false"),
        (('name = "The Paper"', "name = 3"), "key 'name': must be text"),
        (('"paper.test"]', "3]"), "key 'domains': must be text"),
        (
            ("seen = 2026-04-16", 'seen = "2026"'),
            "key 'seen': must be a date, such as 2026-04-16, without quotes",
        ),
        (
            ('robots = "ignore"', 'robots = "ignre"'),
            "must be 'obey' or 'ignore', not 'ignre'; did you mean 'ignore'?",
        ),
        (("format = 1", "format = 2"), "key 'format': must be 1, not 2"),
        (("format = 1", ""), "key 'format': is missing"),
        (
            ("America/Sao_Paulo", "America/Sao Paulo"),
            "key 'timezone': 'America/Sao Paulo' is not an IANA time zone",
        ),
        (('"paper.test"', '"https://paper.test"'), "'https://paper.test' is not a bare domain"),
        (('"pt-BR"', '"Portuguese"'), "key 'language': 'Portuguese' is not a language tag"),
        (
            ("https://www.paper.example/world", "/world"),
            "key 'sections': '/world' is no web address",
        ),
        (("https://www.paper.example/world", "https://x.example/"), "is on none of the site's domains"),
        (("'^/world/?$'", "'(world'"), "[links], key 'section': bad regular expression '(world'"),
        (("'a[rel=next]'", "'a[rel'"), "[links], key 'next': bad CSS selector 'a[rel'"),
        (("'Read also: .+'", "'+'"), "[cleaning], key 'patterns': bad regular expression '+'"),
        (("'h1'", "'h1['"), "[template.fields] of 'story', key 'headline': bad CSS selector 'h1['"),
        (("'h1'", "3"), "key 'headline': must be an expression, or a list of them"),
        (("'h1'", "[]"), "key 'headline': must be an expression, or a list of them"),
        (("'.ad'", "'.ad::text'"), "[template.drop] of 'story', key 'body': must point to elements"),
        (
            ('"7d"', '"7 days"'),
            "[crawl], key 'refresh': '7 days' is not a duration, such as '15m', '6h' or '7d'",
        ),
        (('every = "15m"', 'cron = "* *"'), "[schedule], key 'cron': '* *' is not a cron expression"),
        (('every = "15m"', ""), "[schedule]: needs one of 'every' and 'cron'"),
        (('name = "old"', ""), "[[template]] number 2, key 'name': is missing"),
        (('name = "old"', 'name = "story"'), "[[template]], key 'name': 'story' is taken"),
        (
            ("fields.body = ['.text', 'json:articleBody']", ""),
            "'drop' and 'stop' need [template.fields], key 'body'",
        ),
        (
            ('dateline = "keep"', 'off = ["no such rule"]'),
            "[cleaning], key 'off': no rule is named 'no such rule'",
        ),
        (('"Watch The Paper live"', '"… !"'), "[cleaning], key 'lines': '… !' has no words"),
        (
            ('dateline = "keep"', 'dateline = "kept"'),
            "[cleaning], key 'dateline': must be 'extract' or 'keep', not 'kept'; did you mean 'keep'?",
        ),
        (('lines = ["Watch The Paper live"]', 'line = ["Watch"]'), "[cleaning], unknown key 'line'"),
        (("[crawl]", "[crawl"), "not a TOML file"),
    ],
)
def test_each_mistake_is_a_line_with_file_table_and_key(write, change, message):
    """A wrong file is an error of one line that names file, table and key, and the nearest valid key."""
    assert FULL.count(change[0]) >= 1
    assert message in problem(write, FULL.replace(*change, 1))


def test_a_file_without_a_template_is_wrong(write):
    """A site file needs a template; an empty list of them is none."""
    text = MINIMAL.partition("[[template]]")[0]
    assert problem(write, text) == "no [[template]]: a site file needs at least one"
    assert (
        problem(write, text + "template = []", "b.toml") == "no [[template]]: a site file needs at least one"
    )


def test_an_error_names_the_first_problem_and_counts_the_rest(write):
    """All problems of a file are kept; the message is the first and says how many there are."""
    path = write("paper.example.toml", MINIMAL.replace("name", "nane"))
    with pytest.raises(SiteError, match=r"\(and 3 more: `scrapy sites --check`\)$") as caught:
        load_site(path)
    assert len(caught.value.problems) == 4


def test_an_unknown_name_suggests_the_nearest(write):
    """A misspelt site name is answered with the one that was meant."""
    folder = write("one/paper.example.toml", MINIMAL).parent
    with pytest.raises(SiteError, match=r"no site is named 'papr.example': did you mean 'paper.example'\?"):
        load_site("papr.example", [folder])


def test_a_missing_file_and_a_missing_folder_are_errors(tmp_path):
    """Neither a file nor a folder that is not there is taken for an empty one."""
    with pytest.raises(SiteError, match="there is no such site file"):
        load_site(tmp_path / "nowhere.toml")
    with pytest.raises(SiteError, match="there is no such folder of site files"):
        find_site("https://paper.example/", [tmp_path / "nowhere"])


def test_the_same_domain_twice_in_one_folder_is_an_error(write):
    """Two files of one folder can't have one domain."""
    folder = write("one/a.toml", MINIMAL).parent
    write("one/b.toml", MINIMAL)
    with pytest.raises(
        SiteError, match=r"b\.toml: key 'domains': 'paper\.example' is a domain of a\.toml too"
    ):
        find_site("https://paper.example/", [folder])
    assert catalogue(folder).problems() == (
        f"{folder / 'b.toml'}: key 'domains': 'paper.example' is a domain of a.toml too",
    )


def test_a_site_is_found_by_the_nearest_domain_above_the_host(write):
    """Subdomains belong to the site, unless a file has them; other hosts that end alike do not."""
    folder = write("one/paper.toml", MINIMAL).parent
    write("one/sport.toml", MINIMAL.replace("paper.example", "sport.paper.example"))

    def stem(url: str) -> str | None:
        site = find_site(url, [folder])
        return site.stem if site else None

    assert stem("https://paper.example/x") == "paper"
    assert stem("http://M.Paper.example:8080/x") == "paper"
    assert stem("https://live.sport.paper.example/") == "sport"
    assert stem("https://newspaper.example/") is None
    assert stem("mailto:desk@paper.example") is None


def test_a_file_of_the_same_name_replaces_the_later_one_whole(write):
    """The first folder wins, and the file that it replaces is gone with its domains."""
    mine = write("mine/paper.toml", MINIMAL.replace("The Paper", "Mine")).parent
    other = write(
        "other/paper.toml", MINIMAL.replace('"paper.example"', '"paper.example", "old.example"')
    ).parent
    folders = [mine, other]
    assert load_site("paper", folders).name == "Mine"
    assert [site.name for site in all_sites(folders)] == ["Mine"]
    assert find_site("https://old.example/", folders) is None
    assert find_site("https://old.example/", [other]) is not None


def test_a_users_file_comes_over_a_shipped_one(write):
    """A shipped site is found without any folder and replaced by the user's of the same name."""
    folder = write("mine/newsx.com.toml", MINIMAL.replace("paper.example", "newsx.com")).parent
    shipped = find_site("https://www.newsx.com/world/")
    mine = find_site("https://www.newsx.com/world/", [folder])
    assert shipped is not None
    assert mine is not None
    assert (shipped.name, mine.name) == ("NewsX", "The Paper")


def test_only_shipped_files_may_name_code(write):
    """A user's file that names a module of quirks is refused."""
    assert "only a shipped site file may name code" in problem(
        write, MINIMAL.replace("[[", 'quirks = "x"\n[[')
    )


def test_site_files_are_read_from_a_zip_file(tmp_path):
    """A package that stays zipped still has its site files."""
    archive = tmp_path / "egg.zip"
    with ZipFile(archive, "w") as file:
        file.writestr("sites/paper.example.toml", MINIMAL)
    zipped = Catalogue(ZipPath(archive, "sites/"))
    assert zipped.domains == {"paper.example": "paper.example"}
    assert zipped.load("paper.example").name == "The Paper"


def test_every_shipped_file_is_right():
    """No shipped site file has an error, and each has seen its site and starts somewhere."""
    assert catalogue(SHIPPED).problems() == ()
    sites = all_sites([SHIPPED])
    assert len(sites) >= 11
    assert [site.stem for site in sites if not (site.seen and site.sections and site.timezone)] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = " + "[" * 5000, "not a TOML file"),
        ("a = " + "9" * 5000, "not a TOML file"),
        (None, "can't be read: Is a directory"),
    ],
)
def test_a_site_file_that_cannot_be_read_is_one_line_for_every_search(tmp_path, text, message):
    """Who looks for the site of a URL is told of a file that is none in one line, as who reads it is."""
    path = tmp_path / "paper.example.toml"
    if text is None:
        path.mkdir()
    else:
        path.write_text(text)
    with pytest.raises(SiteError) as told:
        find_site("https://paper.example/rain", [tmp_path])
    assert str(told.value).startswith(f"{path}: {message}")


def test_domains_are_those_of_urls() -> None:
    """A site has the hosts of its domains and below, with and without ``www.``, and no others."""
    site = Site(stem="a", name="A", domains=("www.a.example",))
    assert all(site.has(host) for host in ("a.example", "www.a.example", "sport.a.example"))
    assert not site.has("bada.example")


@pytest.mark.parametrize(
    ("domain", "url"),
    [
        ("Example.com", "https://example.com/a"),
        ("b\u00fccher.example", "https://xn--bcher-kva.example/a"),
        ("www.paper.test", "https://paper.test/a"),
    ],
)
def test_domains_as_people_write_them(tmp_path: Path, domain: str, url: str) -> None:
    """Capitals, letters beyond ASCII and ``www.`` in a site file find the URLs that they mean."""
    text = f'format = 1\nname = "A"\ndomains = ["{domain}"]\n[[template]]\nname = "now"\n'
    (tmp_path / "a.toml").write_text(text, "utf-8")
    found = find_site(url, [tmp_path])
    assert found is not None
    assert found.has(url.split("/")[2])
