"""The sandbox's pages: no script, all text escaped, and a form of them counts only from the page itself."""

import re

import pytest

from console.sandbox import pages, tickets
from console.sandbox.pages import Button
from tests.sandbox.builders import BASE, NOW, keys

EVIL = "<script>alert(1)</script>\"'&"


def test_whatever_is_shown_is_text():
    made = pages.page(
        200,
        EVIL,
        pages.paragraph(EVIL),
        pages.facts({EVIL: EVIL}),
        pages.form(EVIL, {EVIL: EVIL}, Button(EVIL, EVIL, EVIL, EVIL), typed={EVIL: EVIL}),
        pages.link(EVIL, EVIL),
        now=NOW,
    )
    text = made.body.decode()
    assert "<script" not in text
    tags = "a body button dd dl dt form h1 head html input label main meta p small style title"
    assert " ".join(sorted(set(re.findall(r"<(\w+)", text)))) == tags
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;") == 18
    assert made.header("Content-Type") == "text/html; charset=utf-8"
    assert made.header("Cache-Control") == "no-store"


def test_a_page_says_what_it_is_and_asks_for_no_password():
    text = pages.page(200, "Sign in", now=NOW).body.decode()
    assert "You are in the sandbox of the console." in text
    assert 'type="password"' not in text


def test_half_a_character_is_no_crash():
    assert pages.page(200, "\ud800", now=NOW).body


def ticket(asked="a=1", purpose="sign-in", base=BASE):
    return tickets.new(asked, purpose=purpose, base=base, keys=keys(), now=NOW)


def fits(value, asked="a=1", purpose="sign-in", base=BASE, now=NOW):
    return tickets.fits(value, asked, purpose=purpose, base=base, keys=keys(), now=now)


def test_a_ticket_counts_for_what_it_was_given_for_and_for_ten_minutes():
    assert fits(ticket())
    assert fits(ticket(), base="http://127.0.0.1:8000/sandbox/W1")
    assert fits(ticket(), now=NOW + 599)
    assert not fits(ticket(), now=NOW + 600)
    assert not fits(ticket(), asked="a=2")
    assert not fits(ticket(), purpose="consent")
    assert not fits(ticket(), base="https://console.example/sandbox/w2")


@pytest.mark.parametrize("value", ["", ".", "9", "9.9", "é.x", "²." + "0" * 64, "9" * 20 + ".x", "1800000600.é"])
def test_anything_else_is_no_ticket(value):
    assert not fits(value)


def test_a_ticket_lives_no_longer_than_it_says():
    until, _, seal = ticket().partition(".")
    assert not fits(f"{int(until) + 1}.{seal}")
