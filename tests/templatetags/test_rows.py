"""Rows written without templates: every value in them is text, whatever it holds."""

import re

import pytest

from console.templatetags.rows import claim_rows, copy_rows, fact_rows, finding_row, finding_rows, limit_rows, size_rows

EVIL = "<x-evil>\"'&\u202e"
CLAIM = {
    **dict.fromkeys(("name", "value", "human", "meaning", "status", "clue", "clue_check"), EVIL),
    "is_absent": False,
}
FINDING = dict.fromkeys(
    ("status", "what", "why", "do", "who", "token", "api", "token_label", "api_label", "code", "url"), EVIL
)


LONG_URL = "https://login.example/3f1d2c60/v2.0"


@pytest.mark.parametrize(
    "written",
    [
        claim_rows([{**CLAIM, "value": LONG_URL}], ""),
        finding_rows([{**FINDING, "token": LONG_URL}], ""),
        fact_rows([{"label": "Issuer", "value": LONG_URL, "is_code": True}]),
    ],
)
def test_an_address_breaks_between_its_parts(written):
    assert "https://login<wbr>.example/<wbr>3f1d2c60/<wbr>v2.0" in written


@pytest.mark.parametrize(
    "written",
    [
        claim_rows([CLAIM, {**CLAIM, "is_absent": True}, {**CLAIM, "value": EVIL * 100}], EVIL),
        finding_rows([FINDING, {**FINDING, "url": None}, {**FINDING, "mark": EVIL, "token": EVIL * 100}], EVIL),
        fact_rows([dict.fromkeys(("label", "value", "note", *more), EVIL) for more in ((), ("url",), ("tone",))]),
        copy_rows([dict.fromkeys(("id", "title", "value", "note"), EVIL)]),
        size_rows([{"name": EVIL, "share": 5, "text": EVIL}]),
        limit_rows([dict.fromkeys(("name", "limit", "left", "status", "source"), EVIL)]),
    ],
)
def test_no_value_becomes_markup(written):
    tags = set(re.findall(r"<(\w[\w-]*)", written))
    assert tags <= {
        "tr", "th", "td", "span", "bdi", "a", "li", "dl", "dt", "dd", "meter", "strong", "div", "h3", "button", "p"
    }  # fmt: skip
    assert "&lt;x-evil&gt;&quot;&#x27;&amp;" in written
    assert re.sub(r'<[a-z]+[0-9]?(?: [a-z-]+="[^"<>]*")*>|</[a-z]+[0-9]?>|[^<>]+', "", written) == ""


def test_a_finding_shows_both_sides_and_only_the_reasons_it_has():
    row = {"status": "fail", "what": "W", "token": "a", "api": "b", "api_label": "now", "why": "", "code": "audience"}
    assert finding_row(row, "-1") == (
        '<li class="fail" id="finding-1-audience"><span class="icon" aria-hidden="true">&#10005;</span> '
        '<span class="what"><span class="visually-hidden">Failed: </span><bdi class="untrusted">W</bdi></span> '
        '<span class="chip code">audience</span>'
        '<dl><dt>token</dt><dd class="mono"><bdi class="untrusted">a</bdi></dd>'
        '<dt>now</dt><dd class="mono"><bdi class="untrusted">b</bdi></dd></dl></li>\n'
    )
    assert "<dl>" not in finding_row({"status": "pass", "what": "W"})


def test_a_claim_that_fails_links_to_its_finding_and_an_absent_one_says_so():
    row = {**dict.fromkeys(CLAIM, ""), "name": "aud", "status": "fail", "clue": "fails: audience"}
    row["clue_check"] = "audience"
    assert 'href="#finding-2-audience">fails: audience</a>' in claim_rows([row], "-2")
    assert '<span class="muted">absent</span>' in claim_rows([{**row, "is_absent": True}])
    assert "tall" in claim_rows([{**row, "value": "v" * 601}])
    assert "tall" not in claim_rows([{**row, "value": "v" * 600}])
