"""Reading discovery documents and key sets."""

import json

import pytest

from console.core.exchange import Response
from console.core.oauth.metadata import MAX_BYTES, Metadata, UnreadableDocument, read_key_document, read_metadata

GOOD = {"issuer": "https://i", "token_endpoint": "https://i/token", "jwks_uri": "https://i/keys", "x": [1]}


def answer(fields: object, status: int = 200) -> Response:
    return Response(status, body=json.dumps(fields).encode())


def test_a_document_gives_its_endpoints_and_is_kept_whole():
    read = read_metadata(answer(GOOD))
    assert read == Metadata("https://i", "https://i/token", "https://i/keys", "", GOOD)


@pytest.mark.parametrize("absent", ["issuer", "token_endpoint", "jwks_uri"])
def test_an_absent_member_is_empty(absent):
    read = read_metadata(answer({name: value for name, value in GOOD.items() if name != absent}))
    assert isinstance(read, Metadata)
    assert getattr(read, absent) == ""


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (answer({}), "names no issuer and no endpoint"),
        (answer({"error": "x"}), "names no issuer and no endpoint"),
        (answer(GOOD | {"issuer": None, "jwks_uri": 7}), "gives issuer, jwks_uri as something else than a text"),
        (answer([]), "not a JSON object"),
        (answer(GOOD, 404), "HTTP 404"),
        (Response(301, headers=(("Location", "https://new"),)), "redirect to https://new; enter that address instead"),
        (Response(200, headers=(("Content-Type", "text/html"),), body=b"{}"), "web page"),
        (Response(200, body=b"\xef\xbb\xbf<html>"), "not a JSON object"),
        (Response(200, body=b"{" * 1000), "not a JSON object"),
        (Response(200, body=json.dumps(GOOD).encode(), is_cut=True), "came incomplete"),
        (Response(200, body=json.dumps(GOOD).encode() + b" " * MAX_BYTES), "larger than 512 KB"),
    ],
)
def test_anything_else_is_explained(response, words):
    read = read_metadata(response)
    assert isinstance(read, UnreadableDocument)
    assert words in read.detail


def test_a_key_set_is_handed_on_as_text():
    assert read_key_document(answer({"keys": []})) == '{"keys": []}'


@pytest.mark.parametrize("fields", [{}, {"keys": {}}, {"keys": None}, [], "x"])
def test_json_without_a_list_of_keys_is_no_key_set(fields):
    read = read_key_document(answer(fields))
    assert isinstance(read, UnreadableDocument)
    assert read.detail.startswith("No key set here")
