"""The Invoke-RestMethod of a call parses by a real grammar, and its texts are those that the call sends."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.paste.powershell import read_powershell
from console.core.paste.shell import syntax
from console.core.snippets import powershell
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, order
from tests.core.snippets.grammars import walk
from tests.core.snippets.powershell_texts import text_of
from tests.core.snippets.programs import HARD, LONG, UNSEEN, ascii_calls, body_of, with_body

NOT_OF_GRAMMAR = re.compile("[‘’‚‛“”„#]")  # to the grammar these marks are letters, and # after $() a comment
JSON = (("Content-Type", ("application/json",)),)


def sent(text):
    """(method, URL, headers, body) out of the tree."""
    root = syntax.powershell(text)
    assert not root.has_error, text[:2000]
    table, headers, body = {}, [], ""
    for node in walk(root):
        if node.type == "hash_entry":
            name, value = (node.named_children[at] for at in (0, -1))
            inner = next((one for one in walk(value) if one.type == "hash_literal_expression"), None)
            is_header = name.text[:1] == b"'"
            if inner is None and is_header:
                headers.append((text_of(name.text.decode(), {}), _text(value)))
            elif inner is None:
                table[name.text.decode()] = _text(value)
        elif node.type == "assignment_expression" and node.text.startswith(b"$body = "):
            body = _text(node.named_children[-1])
    content = [("Content-Type", table["ContentType"])] if "ContentType" in table else []
    return table["Method"], table["Uri"], sorted([*headers, *content]), body


def _text(node):
    found = next((one for one in walk(node) if one.type == "string_literal"), None)
    return text_of(found.text.decode(), HIDDEN) if found is not None else node.text.decode()


def expected(call):
    method, url, headers, body = as_sent(call)
    if call.body is None:
        headers = [pair for pair in headers if pair[0] != "Content-Type"]
    return method, url, sorted(headers), body


def test_powershell_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    assert sent(powershell.write(order(), None)) == expected(order())


@settings(max_examples=60)
@given(call=ascii_calls())
def test_any_call_survives_powershell(call):
    def plain(text):
        return tuple(NOT_OF_GRAMMAR.sub("x", one) if isinstance(one, str) else one for one in text)

    headers = (*((name, plain(value)) for name, value in call.headers), *JSON)
    call = replace(call, url=plain(call.url), headers=headers, body=plain(call.body) if call.body else None)
    assert sent(powershell.write(call, None)) == expected(call)


@settings(max_examples=100)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_script(text):
    script = powershell.write(with_body(text or "x"), None)
    assert not UNSEEN & set(script)
    written = re.search(r"^\$body = (.*)\n\$call = @\{$", script, re.MULTILINE | re.DOTALL)[1]
    assert text_of(written, HIDDEN) == body_of(text or "x")


@pytest.mark.parametrize("text", [HARD, LONG], ids=["hard", "long"])
def test_what_is_hard_to_write_and_long_is_read_as_it_was(text):
    text = NOT_OF_GRAMMAR.sub("x", text)
    call = replace(with_body(text), headers=JSON)
    assert sent(powershell.write(call, None))[3] == body_of(text)


@pytest.mark.parametrize(
    "recipe", [SECRET, CERTIFICATE, BY_FORM, BASIC, replace(CERTIFICATE, algorithm="PS256")], ids=lambda one: one.way
)
def test_it_obtains_the_token_in_each_way_and_parses(recipe):
    script = powershell.write(order(), recipe)
    assert not syntax.powershell(script).has_error
    assert f"'{recipe.endpoint}'" in script and "$env:ACCESS_TOKEN = $answer.access_token" in script
    assert ("'client_secret' = $env:CLIENT_SECRET\n" in script) is (recipe in (SECRET, BY_FORM))
    assert ("'client_assertion' = " in script) is ("RSASignaturePadding" in script) is ("x5t#S256" in script)
    assert ("Basic $pair" in script) is recipe.is_basic


def test_our_own_reader_reads_it_back():
    read = read_powershell(powershell.write(order(), None)).request
    method, url = as_sent(order())[:2]
    assert (read.method, read.url.partition("?")[0]) == (method, url.partition("?")[0])
    assert dict(read.headers)["Authorization"] == "Bearer ***"
    assert not any(secret in powershell.write(order(), None) for secret in HIDDEN.values())


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, ""),
        ({"method": "GET", "body": None}, ""),
        ({"method": "GET"}, "a body with GET"),
        ({"headers": ()}, "that it is a form"),
        ({"headers": (*JSON, ("X-Note", ("é",)))}, "X-Note has more"),
    ],
)
def test_what_it_does_not_do_is_said(changed, told):
    problem = powershell.SNIPPET.problem(replace(order(), **changed), None)
    assert told in problem and bool(told) is bool(problem)
    assert "ES256" in powershell.SNIPPET.problem(order(), replace(CERTIFICATE, algorithm="ES256"))
