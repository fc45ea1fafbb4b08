"""What a link is."""

import pytest
from scrapy import Request

from newsspider.extraction.links.link import tidy_url


@pytest.mark.parametrize(
    "host", ["a.example:99999", "a.example:0", "a.example:-1", "a.example:x", "a\ud800.example"]
)
def test_what_no_request_can_be_made_of_is_no_link(host):
    """A port that is none, or half a character, would end the reading of the whole page."""
    assert tidy_url(f"https://{host}/rain") == ""


def test_half_a_character_in_a_query_is_no_link():
    """Half a character is none wherever it stands; a whole one beyond ASCII is."""
    assert tidy_url("https://a.example/rain?q=\ud800") == ""
    assert tidy_url("https://a.example/rain?q=été#top") == "https://a.example/rain?q=été"


@pytest.mark.parametrize(
    "url", ["https://a.example:8080/rain", "https://[::1]/rain?a=1", "https://a.example:/"]
)
def test_what_a_request_can_be_made_of_is_a_link(url):
    """Other ports and hosts stay as they are."""
    assert tidy_url(url) == url
    assert Request(url).url
