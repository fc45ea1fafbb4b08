"""From an answer to its page."""

from scrapy.http import Response

from newsspider.fetching.answer import page_of


def test_the_header_names_the_charset():
    """A page in the charset that its HTTP header alone names is read as such."""
    answer = Response(
        "https://e.com/",
        headers={"Content-Type": "text/html; charset=windows-1251"},
        body="<p>Погода портится на всём побережье</p>".encode("cp1251"),
    )
    assert page_of(answer).root.findtext(".//p") == "Погода портится на всём побережье"
