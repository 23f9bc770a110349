"""A whole token written without templates: every text in every panel of it is text, whatever it holds."""

import base64
import json
from html.parser import HTMLParser

import pytest
from django.template import Context, Template

from console.core.api import Expectation
from console.core.checks import run_all
from console.core.checks.base import Context as Judged
from console.core.redaction.redact import redact_claims
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED
from console.core.tokens.timeline import Clock
from console.templatetags.decoded import decoded_tokens
from console.web.present.copies import copies_view
from console.web.present.findings import checks_of
from console.web.present.lifetime import lifetime_view
from console.web.present.size import size_view
from console.web.present.tokens import token_view

NOW = 1_767_226_000
EVIL = "<x-evil on='1'>\"'&\u202e</bdi></script><!--"
ENTRA = {"iss": "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0", "ver": "2.0"}
CLAIMS = {"iss": EVIL, "aud": [EVIL, "b"], "iat": EVIL, "nbf": NOW - 60, "exp": NOW + 600, "sub": EVIL * 100,
          EVIL: EVIL, EVIL * 2: [EVIL] * 100}  # fmt: skip
LISTS = ("notes", "advice")  # of texts; the other lists are never without rows in what is spoilt here
TAGS = {
    "a", "bdi", "button", "caption", "dd", "details", "div", "dl", "dt", "h2", "h3", "header", "li", "line", "meter",
    "p", "pre", "rect", "section", "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead",
    "tr", "ul", "wbr",
}  # fmt: skip


class Seen(HTMLParser):
    """The tags, attributes and comments a browser would make of it, and whether each element is closed in its turn."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.comments, self.open = set(), set(), [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("input", "wbr"):  # they are never closed
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        self.comments.append(data)


def encoded(header, claims):
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), b"\x01" * 256)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def item(text, *, api_name=EVIL, key=""):
    """As the inspector makes one, with every panel there is."""
    token, wanted = (
        parse(text),
        Expectation(audiences=(EVIL,), roles=(EVIL,), issuers=(EVIL,), tenant=EVIL, leeway_s=60),
    )
    findings = run_all(Judged(token, wanted, NOT_CHECKED, NOW))
    shown = token_view(token, NOT_CHECKED, findings, api_name=api_name, now=NOW, hides_signature=False)
    shown["findings"] = checks_of(token, findings, api_name=api_name)
    shown["lifetime"] = lifetime_view(token, NOW, leeway_s=60, clocks=(Clock("The browser", 400),))
    masked = redact_claims(token.claims, key=b"k") if token.claims else None
    return {**shown, "key": key, "measured": size_view(token), "copies": copies_view(token, masked, key=key)}


def spoilt(value, name=""):
    """The same with every text replaced by a hostile one, also where there is none; the names of parts stay.

    What is shown only of a part that is no JSON stays away.
    """
    if isinstance(value, dict):
        return {inner: spoilt(one, inner) for inner, one in value.items()}
    if isinstance(value, list | tuple):
        return [one if name == "parts" else spoilt(one, name) for one in value] or [EVIL] * (name in LISTS)
    return EVIL if isinstance(value, str) and name not in ("key", "header_raw", "payload_raw") else value


HOSTILE = encoded({"alg": EVIL, "kid": EVIL, "typ": EVIL, EVIL: [EVIL]}, CLAIMS)
ITEMS = {
    "a hostile token": item(HOSTILE),
    "one that names an issuer": item(encoded({"alg": "RS256"}, {**CLAIMS, **ENTRA})),
    "one that cannot be read": item(f"{base64.urlsafe_b64encode(EVIL.encode()).decode().rstrip('=')}.e30.AA"),
    "every text hostile": spoilt(item(encoded({"alg": "none"}, {**CLAIMS, **ENTRA, "iat": NOW}))),
    "every text hostile, unreadable": {
        **spoilt(item("bm8.bm8.AA")),
        "is_readable": True,
        "header_raw": EVIL,
        "payload_raw": EVIL,
    },
}


@pytest.mark.parametrize("name", ITEMS)
def test_no_text_in_any_panel_becomes_markup(name):
    written = decoded_tokens("", [{**ITEMS[name], "key": "", "label": ""}])
    seen = Seen(written)
    assert seen.tags <= TAGS
    assert {"section", "details", "bdi", "h2"} <= seen.tags
    assert not seen.comments
    assert not seen.open
    assert "on" not in seen.attributes
    assert "<x-evil" not in written


@pytest.mark.parametrize("text", [HOSTILE, EVIL])
def test_the_token_that_parts_are_asked_for_with_is_text_too(text):
    one = {**item(HOSTILE), "asks_with": text, "checked_at": NOW, "key": EVIL}
    seen = Seen(decoded_tokens("", [one]))
    assert (seen.tags - TAGS, seen.comments, seen.open) == ({"input"}, [], [])
    assert "on" not in seen.attributes


@pytest.mark.parametrize("name", [name for name in ITEMS if not name.startswith("every")])
def test_what_cannot_be_seen_is_shown_in_every_panel(name):
    assert "\u202e" not in decoded_tokens("", [ITEMS[name]])


def test_the_key_of_a_token_is_text_too():
    seen = Seen(decoded_tokens("", [{**item(HOSTILE), "key": EVIL}]))
    assert (seen.tags <= TAGS, seen.comments, seen.open) == (True, [], [])


def test_of_several_tokens_each_has_a_title_that_says_where_it_stood():
    one = item(HOSTILE)
    written = decoded_tokens("", [{**one, "key": "", "label": ""}, {**one, "key": "-1", "label": EVIL}])
    seen = Seen(written)
    assert (seen.tags <= TAGS, seen.comments, seen.open) == (True, [], [])
    assert '<h2 class="part-of">Token 1 of 2</h2>' in written
    assert '<h2 class="part-of">Token 2 of 2: <bdi class="untrusted">' in written
    assert "part-of" not in decoded_tokens("", [{**one, "key": "", "label": "access_token"}])
    assert not decoded_tokens("", [])


def test_what_the_console_itself_writes_of_a_token_is_ascii():
    plain = encoded({"alg": "RS256"}, {"iss": "https://idp.example", "exp": NOW + 60, "iat": NOW, "sub": "a"})
    assert decoded_tokens("", [{**item(plain), "key": ""}]).isascii()


@pytest.mark.parametrize("is_revealed", [True, False])
def test_a_profiles_token_holds_what_its_page_puts_beside_it_and_no_text_of_it_is_markup(is_revealed):
    page = (
        "{% load decoded %}{% obtained_token item is_revealed=told %}<strong>{{ mine }}</strong>{% endobtained_token %}"
    )
    shown = Template(page).render(Context({"item": ITEMS["a hostile token"], "told": is_revealed, "mine": EVIL}))
    seen = Seen(shown)
    assert (seen.tags <= TAGS, seen.comments, seen.open) == (True, [], [])
    assert "<strong>&lt;x-evil" in shown
    assert ("The signature is hidden" in shown) is not is_revealed
