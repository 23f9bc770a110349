"""Collections and archives of other tools are read as the calls they hold, with what folders hand down."""

import json
from pathlib import Path

import pytest
import yaml

from console.core.call_imports.read import read_calls

VECTORS = Path(__file__).parents[2] / "vectors" / "call_imports"
POSTMAN, INSOMNIA, INSOMNIA_5, HAR, BRUNO = (
    json.loads((VECTORS / f"{name}.json").read_text()) for name in ("postman", "insomnia", "insomnia_5", "har", "bruno")
)


def read(value):
    found = read_calls(json.dumps(value))
    assert "eyJ" not in repr(found) and "a-real-secret-value" not in repr(found) and "geheimnis" not in repr(found)
    return found


def test_a_collection_of_postman():
    found = read(POSTMAN)
    one, new, form, parts, graph, token, short = found.calls
    assert (found.title, one.folder, one.url, one.headers) == (
        "Orders", "Orders", "https://api.example/v1/orders/1042?top=1", (("X-Pin", "{{pin}}"),),
    )  # fmt: skip
    assert [(left.name, left.is_secret) for left in one.left_out] == [("X-Api-Key", True), ("Authorization", False)]
    assert (new.url, new.kind, new.headers) == (
        "https://api.example/v1/orders", "json", (("Content-Type", "application/json"),),
    )  # fmt: skip
    assert [(left.name, left.where, left.is_secret) for left in new.left_out] == [("code", "address", True)]
    assert (form.url, form.body, form.kind) == ("https://api.example/f", "a=1+api.example", "form")
    assert (parts.kind, parts.body, [left.name for left in parts.left_out][:1]) == ("multipart", "a=1", ["f"])
    assert json.loads(graph.body) == {"query": "{ a }", "variables": {"b": 1}}
    assert (token.auth, short.url) == ("OAuth 2.0", "https://api.example/short")
    (client,) = found.clients
    assert (client.token_endpoint, client.grant) == ("https://login.example/north/token", "client_credentials")
    assert [(left.name, left.is_secret) for left in client.left_out] == [("clientSecret", True)]
    assert ["“Empty” has no address" in problem.what for problem in found.problems] == [True]
    assert found.problems[0].where.startswith("item › ")


@pytest.mark.parametrize(
    "text",
    [json.dumps(INSOMNIA), json.dumps(INSOMNIA_5), yaml.safe_dump(INSOMNIA_5), yaml.safe_dump(INSOMNIA)],
    ids=["4", "5 as JSON", "5", "4 as YAML"],
)
def test_an_export_of_insomnia(text):
    found = read_calls(text)
    one, new, form = found.calls
    assert (found.title, one.folder, one.url) == ("Orders", "Orders", "https://api.example/orders/1042?top=1")
    assert one.headers == (("X-Note", "a"),) and one.auth == "Bearer token"
    assert (new.body, new.headers, new.auth) == (
        '{"item": 1}', (("Content-Type", "application/json"),), "OAuth 2.0",
    )  # fmt: skip
    assert form.url == "https://api.example/f?a=1"
    assert [(client.client_id, client.grant) for client in found.clients] == [("abc", "client_credentials")]
    assert any("only Insomnia knows" in problem.what for problem in found.problems)
    assert "a-real-secret-value" not in repr(found) and "eyJ" not in repr(found)


def test_what_is_no_http_request_is_told_and_no_call():
    others = [
        {"name": "Feed", "meta": {"id": "ws-req_1"}, "url": "{{ _.feed }}"},
        {"name": "Hello", "meta": {"id": "greq_1"}, "url": "grpc.example:9000", "protoMethodName": "/a.B/C"},
        {"name": "Chat", "meta": {"id": "socketio-req_1"}, "url": "https://api.example/chat"},
        {"name": "Nowhere", "meta": {"id": "req_1"}, "method": "GET"},
        {"name": "Elsewhere", "meta": {"id": "req_2"}, "method": "GET", "url": "wss://api.example/feed"},
    ]
    found = read_calls(json.dumps({"type": "collection.insomnia.rest/5.0", "collection": others}))
    assert (found.calls, len(found.problems)) == ((), 5)
    for name, words in (("Feed", "no HTTP"), ("Hello", "no HTTP"), ("Chat", "no HTTP"), ("Nowhere", "no address")):
        assert [words in one.what for one in found.problems if name in one.what] == [True]
    assert "“Elsewhere” goes to wss://" in found.problems[-1].what


@pytest.mark.parametrize("text", ["curl wss://api.example/feed", "http ftp://api.example/file"])
def test_a_command_that_goes_elsewhere_says_so_alone(text):
    (problem,) = read_calls(text).problems
    assert "no HTTP call" in problem.what


def test_an_archive_of_a_browser():
    found = read(HAR)
    assert [(one.method, one.url) for one in found.calls] == [
        ("POST", "https://api.example/orders"), ("GET", "https://api.example/x"),
    ]  # fmt: skip
    first = found.calls[0]
    assert first.body == "a=1+2" and first.headers == (("X-Note", "a"),)
    assert {(one.name, one.is_secret) for one in first.left_out} == {("Cookie", True), ("sig", True)}
    assert "pictures: 1" in found.problems[0].what


def test_a_collection_that_bruno_exported():
    found = read(BRUNO)
    one, new = found.calls
    assert (one.url, one.folder, one.auth) == ("https://api.example/orders/1042?top=1", "Orders", "Bearer token")
    assert one.headers == (("X-K", "{{k}}"),)
    assert (new.body, new.auth, new.kind) == ('{"item": 1}', "", "json")


def test_a_broken_collection_is_read_as_far_as_it_goes_and_told_with_its_line():
    text = json.dumps(POSTMAN, indent=1).replace('"name": "By form",', '"name": "By form"', 1)
    found = read_calls(text)
    assert len(found.calls) >= 2 and found.problems[0].line is not None


@pytest.mark.parametrize("value", [POSTMAN, INSOMNIA, INSOMNIA_5, HAR, BRUNO], ids=["p", "i4", "i5", "h", "b"])
@pytest.mark.parametrize("other", [None, 1, "x", [], {}, [1, None], {"a": [{}]}, True], ids=range(8))
def test_a_member_of_the_wrong_type_counts_as_absent(value, other):
    for name in value:
        read_calls(json.dumps({**value, name: other}))
    text = json.dumps(value)
    for name in ('"url": ', '"request": ', '"headers": ', '"body": ', '"auth": ', '"data": ', '"method": '):
        at = text.find(name)
        if at >= 0:
            start, _, rest = text.partition(name)
            end = json.JSONDecoder().raw_decode(rest)[1]
            read_calls(f"{start}{name}{json.dumps(other)}{rest[end:]}")


def test_what_was_masked_before_is_no_secret_that_is_left_out():
    headers = [{"name": "Authorization", "value": "Bearer <token>"}, {"name": "X-Api-Key", "value": "***"}]
    request = {"method": "GET", "url": "https://a.example/?sig=***", "httpVersion": "HTTP/1.1", "headers": headers}
    (call,) = read(request).calls
    assert [(one.name, one.is_secret) for one in call.left_out] == [
        ("Authorization", False), ("X-Api-Key", False), ("sig", False),
    ]  # fmt: skip
