"""The PowerShell of a call parses, its texts are those that the call sends, and our own reader reads it back."""

import re

import pytest
from hypothesis import given, settings

from console.core.paste.curl import read_curl
from console.core.paste.shell import syntax
from console.core.snippets import curl_powershell
from console.core.snippets.quoting.powershell import expression
from console.core.snippets.text import Variable
from tests.core.snippets.calls import BASIC, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, calls, order
from tests.core.snippets.powershell_texts import text_of


@settings(max_examples=300)
@given(text=TEXTS)
def test_any_text_survives_powershell(text):
    pieces = (text, Variable("A_KEY"), text)
    assert text_of(expression(pieces), {"A_KEY": "key"}) == f"{text}key{text}"
    assert text_of(expression((text,)), {}) == text
    assert not set("\u202e\ufeff") & set(expression(pieces))


@pytest.mark.parametrize("recipe", [None, SECRET])
def test_it_parses_as_powershell(recipe):
    assert not syntax.powershell(curl_powershell.write(order(), recipe)).has_error


@settings(max_examples=100)
@given(call=calls())
def test_any_call_parses_as_powershell(call):
    written = curl_powershell.write(call, None)
    plain = re.sub("[‘’‚‛“”„#]", "x", written)  # to the grammar these marks are letters, and # after $() a comment
    assert not syntax.powershell(plain).has_error


def test_our_own_reader_reads_it_back():
    read = read_curl(curl_powershell.write(order(), None)).request
    method, url = as_sent(order())[:2]
    assert (read.method, read.url.partition("?")[0]) == (method, url.partition("?")[0])
    assert dict(read.headers)["Authorization"] == "Bearer ***"
    assert dict(read.headers)["Content-Type"] == "application/json"
    assert not any(secret in curl_powershell.write(order(), None) for secret in HIDDEN.values())


@pytest.mark.parametrize(("recipe", "offered"), [(None, True), (SECRET, True), (CERTIFICATE, False), (BASIC, False)])
def test_what_curl_cannot_do_is_said(recipe, offered):
    assert (curl_powershell.SNIPPET.problem(order(), recipe) == "") is offered
