"""What "Copy as" writes of a call is read back as the same call, in every format that both know."""

import json
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from console.core.call_imports.draft import ImportDraft
from console.core.call_imports.read import read_calls
from console.core.call_imports.readers import bruno, curl, har, http_file, httpie, postman, powershell
from console.core.exchange import Exchange, Request
from console.core.json.text import UNSEEN
from console.core.openapi.text import read_text
from console.core.snippets import bruno as bruno_snippet
from console.core.snippets import curl_bash, curl_cmd, curl_powershell, http_jetbrains, http_vscode
from console.core.snippets import har as har_snippet
from console.core.snippets import httpie as httpie_snippet
from console.core.snippets import postman as postman_snippet
from console.core.snippets import powershell as powershell_snippet
from console.core.snippets.text import Variable
from tests.core.snippets import http_files
from tests.core.snippets.calls import calls, order
from tests.core.snippets.programs import ascii_calls
from tests.core.snippets.test_powershell import NOT_OF_GRAMMAR

SHELLS = [
    (curl_bash, curl.READER),
    (curl_cmd, curl.READER),
    (curl_powershell, curl.READER),
    (httpie_snippet, httpie.READER),
]
FILES = [(http_vscode, http_file.READER), (http_jetbrains, http_file.READER)]


def placed(text):
    return "".join(one if isinstance(one, str) else f"{{{{{one.name}}}}}" for one in text or ())


def wanted(call):
    headers = [(name, placed(value).strip()) for name, value in call.headers]
    return call.method, placed(call.url), headers, placed(call.body)


def read_back(reader, text):
    draft = ImportDraft()
    reader.read(text, draft)
    (call,) = draft.calls
    return call.method, call.url, list(call.headers), call.body


def same(got, expected):
    """Around JSON blanks may be another; all else is the same."""
    assert got[:3] == expected[:3]
    assert got[3] == expected[3] or json.loads(got[3]) == json.loads(expected[3])


@pytest.mark.parametrize(("snippet", "reader"), SHELLS, ids=lambda one: getattr(one, "__name__", "").split(".")[-1])
@settings(max_examples=25, deadline=None)
@given(call=calls())
def test_a_command_is_read_as_the_call_it_was_made_of(snippet, reader, call):
    if not snippet.SNIPPET.problem(call, None):
        same(read_back(reader, snippet.write(call, None)), wanted(call))


@pytest.mark.parametrize(("snippet", "reader"), FILES, ids=["vscode", "jetbrains"])
@settings(max_examples=25, deadline=None)
@given(call=http_files.held)
def test_a_file_is_read_as_the_call_it_was_made_of(snippet, reader, call):
    same(read_back(reader, snippet.write(call, None)), wanted(replace(call, headers=call.one_of_each)))


@settings(max_examples=25, deadline=None)
@given(call=calls())
def test_a_collection_of_postman_is_read_as_the_call_it_was_made_of(call):
    if not postman_snippet.problem(call, None):
        draft = ImportDraft()
        postman.READER.read(read_text(postman_snippet.write(call, None), draft.problems).value, draft)
        (got,) = draft.calls
        assert (got.method, got.url, list(got.headers), got.body) == wanted(call)


@settings(max_examples=25, deadline=None)
@given(call=calls())
def test_an_archive_is_read_as_the_request_it_holds(call):
    headers = tuple((name, placed(value)) for name, value in call.headers)
    request = Request(call.method, placed(call.url), headers, placed(call.body).encode())
    text = har_snippet.write(replace(call, exchanges=(Exchange(request, None, None, 0.0, 0),)), None)
    draft = ImportDraft()
    har.READER.read(read_text(text, draft.problems).value, draft)
    (got,) = draft.calls
    assert (got.method, got.url, list(got.headers), got.body) == wanted(call)


WRITTEN = (*(one for one, _ in (*SHELLS, *FILES)), postman_snippet, bruno_snippet, powershell_snippet)


@pytest.mark.parametrize("write", [one.write for one in WRITTEN], ids=[one.SNIPPET.code for one in WRITTEN])
def test_of_the_order_its_secrets_are_left_out_and_named(write):
    found = read_calls(write(order(), None))
    (call,) = found.calls
    assert (call.method, call.url, call.kind) == ("POST", "https://api.example/orders/v1?top=10", "json")
    assert dict(call.headers) == {"Content-Type": "application/json", "X-Note": 'it\'s "quoted" at 100%'}
    assert json.loads(call.body) == {"item": "it's $HOME `id` %PATH%", "client_secret": "***"}
    named = [(one.name, one.where, one.is_secret) for one in call.left_out]
    assert ("Authorization", "header", False) in named  # a variable stood there
    assert ("Ocp-Apim-Subscription-Key", "header", False) in named
    assert ("subscription-key", "address", False) in named
    assert ("client_secret", "body", False) in named
    assert call.auth == "Bearer token"


def test_a_variable_of_the_order_is_its_placeholder():
    text = curl_bash.write(replace(order(), body=("a", Variable("A_VALUE"))), None)
    assert read_back(curl.READER, text)[3] == "a{{A_VALUE}}"


@settings(max_examples=25, deadline=None)
@given(call=ascii_calls())
def test_a_call_of_powershell_is_read_as_the_call_it_was_made_of(call):
    known = "".join(map(placed, (call.url, call.body, *(value for _, value in call.headers))))
    if powershell_snippet.SNIPPET.problem(call, None) or NOT_OF_GRAMMAR.search(known) or UNSEEN.search(known):
        return
    if "\n" in known:  # a line of it may look like what PowerShell prints
        return
    got = read_back(powershell.READER, powershell_snippet.write(call, None))
    expected = wanted(replace(call, headers=call.one_of_each))
    assert (got[0], got[1], got[3]) == (expected[0], expected[1], expected[3])
    assert [pair for pair in got[2] if pair[0] != "Content-Type"] == [
        pair for pair in expected[2] if pair[0] != "Content-Type"
    ]


@settings(max_examples=25, deadline=None)
@given(call=calls())
def test_a_request_of_bruno_is_read_as_the_call_it_was_made_of(call):
    if not bruno_snippet.SNIPPET.problem(call, None):
        got = read_back(bruno.READER, bruno_snippet.write(call, None))
        expected = wanted(replace(call, headers=call.one_of_each))
        assert (got[0], got[3]) == (expected[0], expected[3]) and got[2] == expected[2]
        assert unquote(got[1]) == unquote(expected[1])  # a .bru file has it percent-encoded throughout


LIMITED = [*SHELLS, (http_jetbrains, http_file.READER), (powershell_snippet, powershell.READER)]


@pytest.mark.parametrize(("snippet", "reader"), LIMITED, ids=lambda one: getattr(one, "__name__", "").split(".")[-1])
def test_a_timeout_comes_back_with_its_call(snippet, reader):
    draft = ImportDraft()
    reader.read(snippet.write(replace(order(), body=None, timeout_s=7), None), draft)
    assert [one.timeout_s for one in draft.calls] == [7]


def test_a_timeout_of_bruno_comes_back_with_its_call():
    draft = ImportDraft()
    bruno.READER.read(bruno_snippet.write(replace(order(), timeout_s=7), None), draft)
    assert [one.timeout_s for one in draft.calls] == [7]
