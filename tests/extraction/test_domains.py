"""Where a registered domain begins."""

from __future__ import annotations

import pytest

from newsspider.extraction.domains import registrable


@pytest.mark.parametrize(
    ("host", "wanted"),
    [
        ("www.example.com", "example.com"),
        ("example.com", "example.com"),
        ("a.b.example.com.br", "example.com.br"),
        ("www.Example.CO.UK", "example.co.uk"),
        ("any.ck", "any.ck"),
        ("a.press.any.ck", "press.any.ck"),
        ("a.www.ck", "www.ck"),
        ("www.xn--80ak6aa92e.xn--p1ai", "xn--80ak6aa92e.xn--p1ai"),
        ("www.новости.рф", "новости.рф"),
        ("news.unlisted", "news.unlisted"),
        ("www.news.unlisted", "news.unlisted"),
        ("example.github.io", "github.io"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("", ""),
    ],
)
def test_registrable(host: str, wanted: str) -> None:
    """A domain is one label before its suffix, by wildcards and exceptions too; an address stays whole."""
    assert registrable(host) == wanted


def test_a_suffix_alone_is_no_domain_and_stays() -> None:
    """A host that is a public suffix itself is given back."""
    assert registrable("co.uk") == "co.uk"
