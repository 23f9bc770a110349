"""Addresses in what people write become links that lead away safely; nothing else of it becomes markup."""

import re

import pytest

from console.templatetags.linked import MAX_LINKS, linked

LINK = re.compile(r'<a href="([^"]*)" rel="noopener noreferrer nofollow">')


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://api.example/orders?a=1&b=2.", ["https://api.example/orders?a=1&amp;b=2"]),
        ("(http://one.example) and HTTPS://TWO.example/x, too", ["http://one.example", "HTTPS://TWO.example/x"]),
        ("https://host.example:8443/a%20b#part", ["https://host.example:8443/a%20b#part"]),
        ("javascript:alert(1) data:text/html,x ftp://x.example //x.example", []),
        ("https://name:word@bank.example/ https://bank.example@evil.example/", []),
        ("https:///nowhere https://[bad http:// https://", []),
        ("https://bücher.example/ https://b\u202eank.example/", []),
        ('https://a.example/"onmouseover="alert(1)', ["https://a.example/"]),
        ("https://a.example/<script>alert(1)</script>", ["https://a.example/"]),
        ("", []),
    ],
)
def test_only_addresses_that_lead_to_a_host_become_links(text, addresses):
    shown = str(linked(text))
    assert LINK.findall(shown) == addresses
    assert shown.count("<a ") == len(addresses)
    assert "<script" not in shown
    assert "javascript:" not in "".join(LINK.findall(shown))


def test_what_is_no_address_is_escaped_and_what_cannot_be_seen_is_shown():
    shown = str(linked("<b>x</b> \u202e https://a.example y & z\x00"))
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert "U+202E" in shown
    assert "U+0000" in shown
    assert "y &amp; z" in shown


def test_a_text_of_nothing_but_addresses_makes_a_page_of_bounded_size():
    shown = str(linked("https://a.example/ " * 5_000))
    assert shown.count("<a ") == MAX_LINKS


def test_nothing_at_all_is_nothing():
    assert LINK.findall(str(linked(None))) == []
