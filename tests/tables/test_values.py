"""Values of tables."""

import pytest

from newsspider.tables.values import web_address


@pytest.mark.parametrize(
    "text",
    [
        "", "paper.example", "/world", "ftp://paper.example/", "https://", "http:///world", "http://[paper/",
        "http://paper.example:99999/", "http://paper.example:0/", "http://paper.example:x/",
        "http://paper example/", "http://paper\u2100.example/", "http://paper.example/\ud800",
    ],
)  # fmt: skip
def test_what_cannot_be_asked_for_is_no_web_address(text):
    """Other schemes, no host, impossible hosts and ports, and half characters are refused by name."""
    with pytest.raises(ValueError, match="is no web address") as told:
        web_address(text)
    assert repr(text) in str(told.value)


@pytest.mark.parametrize(
    "text", ["https://paper.example", "http://[::1]:8080/a b", "https://\xfcber.example/?q=\xfc#top"]
)
def test_a_web_address_stays_as_it_is(text):
    """What a browser takes is taken."""
    assert web_address(text) == text
