"""Whatever is handed in is read within bounds, and nothing secret of it comes through."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.core.call_imports.model import LONGEST_BODY, MAX_CALLS, MAX_CLIENTS, MAX_HEADERS, MAX_KEPT, ImportedCall
from console.core.call_imports.read import again, read_calls
from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.json.halves import mend_halves
from tests.core.snippets.calls import TEXTS

CANARY = "Zq8Q~kdf83hfKDLSj38dkfjs83jdkLSD93kd"
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlaXNoZXJl"
_STARTS = [
    "curl ",
    "http ",
    "GET https://a.b/",
    "meta {\n",
    "###\n",
    "Invoke-RestMethod ",
    '{"info": {}, "item": [',
    "irm -Uri ",
]


def _postman(items, **more):
    return json.dumps({"info": {"name": "x"}, "item": items, **more})


def _call(**request):
    return {"name": "x", "request": {"method": "POST", "url": "https://a.example", **request}}


HOSTILE = {
    "calls": _postman([_call()] * 900),
    "sizes": _postman([_call(body={"mode": "raw", "raw": "x" * (LONGEST_BODY - 1)})] * 50),
    "body": _postman([_call(body={"mode": "raw", "raw": "x" * (LONGEST_BODY + 1)})]),
    "headers": _postman([_call(header=[{"key": f"x-{number}", "value": "1"} for number in range(900)])]),
    "address": _postman([_call(url="https://a.example/" + "x" * 5_000)]),
    "clients": "\n".join(f"curl https://a.example/{n} -d grant_type=x -d client_id={n}" for n in range(200)),
    "variables": _postman(
        [_call(url="https://a.example/{{v0}}")],
        variable=[{"key": f"v{n}", "value": f"{{{{v{n + 1}}}}}" * 200} for n in range(30)],
    ),
    "folders": '{"info": {}, "item": ' + '[{"item": ' * 45 + "[]" + "}]" * 45 + "}",
    "braces": "{" * 3_000,
    "quotes": "curl '" * 3_000,
    "lines": "###\nGET https://a.b\n\nx\n" * 3_000,
    "aliases": "type: collection.insomnia.rest/5.0\na: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    ) + "collection: *u\n",
    "same folder": "type: collection.insomnia.rest/5.0\ncollection: &a [{url: x, method: GET}]\n" + "".join(
        f"f{n}: &f{n} {{children: [{', '.join([f'*f{n - 1}' if n else '{url: x}'] * 50)}]}}\n" for n in range(15)
    ).replace("collection: &a [{url: x, method: GET}]", "") + "collection: [*f14]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_an_import_stays_within_its_bounds(name):
    found = read_calls(HOSTILE[name])
    assert len(found.calls) <= MAX_CALLS and len(found.clients) <= MAX_CLIENTS and len(found.problems) <= 100
    assert all(len(one.headers) <= MAX_HEADERS and len(one.body) <= LONGEST_BODY for one in found.calls)
    assert sum(len(one.body) + len(one.url) for one in found.calls) <= MAX_KEPT
    assert found.problem_count or found.left_out or found.clients or name == "lines"


# (place in a request of Postman, told as one of its names)
PLACES = [
    {"header": [{"key": "Authorization", "value": f"Bearer {CANARY}"}]},
    {"header": [{"key": "authorization", "value": CANARY}]},
    {"header": [{"key": "X-Customer-Token", "value": CANARY}]},
    {"header": [{"key": "Ocp-Apim-Subscription-Key", "value": CANARY}]},
    {"header": [{"key": "Cookie", "value": f"session={CANARY}"}]},
    {"header": [{"key": "X-Note", "value": CANARY}]},
    {"header": [{"key": f"X-{JWT}", "value": "1"}]},
    {"url": f"https://a.example/?api_key={CANARY}"},
    {"url": f"https://a.example/?code={CANARY}#{CANARY}"},
    {"url": f"https://me:{CANARY}@a.example/"},
    {"url": f"https://a.example/hooks/{CANARY}"},
    {"url": f"https://a.example/{JWT}?a={JWT}"},
    {"method": JWT},
    {"auth": {"type": "basic", "basic": [{"key": "username", "value": "me"}, {"key": "password", "value": CANARY}]}},
    {"auth": {"type": "apikey", "apikey": [{"key": "key", "value": "k"}, {"key": "value", "value": CANARY}]}},
    {"auth": {"type": "oauth2", "oauth2": [{"key": "clientSecret", "value": CANARY}]}},
    {"auth": {"type": JWT, JWT: []}},
    {"body": {"mode": "raw", "raw": json.dumps({"a": {"client_secret": CANARY}})}},
    {"body": {"mode": "raw", "raw": json.dumps({"a": json.dumps({"password": CANARY})})}},
    {"body": {"mode": "raw", "raw": f"<p>{JWT}</p>"}},
    {"body": {"mode": "urlencoded", "urlencoded": [{"key": "password", "value": CANARY}]}},
    {"body": {"mode": "formdata", "formdata": [{"key": JWT, "type": "file"}]}},
    {"header": [{"key": "X-Note", "value": "{{apiToken}}"}]},
    {"url": "https://a.example/{{apiToken}}"},
    {"body": {"mode": "raw", "raw": "{{apiToken}}"}},
]  # fmt: skip


@pytest.mark.parametrize("request_", PLACES, ids=range(len(PLACES)))
def test_a_secret_comes_through_at_no_place(request_):
    text = _postman([{**_call(**request_), "name": f"call {JWT}"}], variable=[{"key": "apiToken", "value": CANARY}])
    found = read_calls(text)
    assert CANARY not in repr(found) and JWT not in repr(found)
    assert len(found.calls) == 1


def test_what_went_through_a_browser_is_cleaned_and_bounded_anew():
    call = ImportedCall("x", "GET", f"https://a.example/?api_key={CANARY}", (("Authorization", CANARY),), JWT)
    found = read_calls("curl https://a.example")
    typed = again(type(found)(calls=(call,) * (MAX_CALLS + 1)))
    assert len(typed.calls) == MAX_CALLS and CANARY not in repr(typed) and JWT not in repr(typed)


def test_cleaning_twice_changes_nothing():
    text = _postman([{**_call(**one)} for one in PLACES], variable=[{"key": "apiToken", "value": CANARY}])
    once = again(read_calls(text))
    twice = again(once)
    assert [(one.url, one.headers, one.body) for one in twice.calls] == [
        (one.url, one.headers, one.body) for one in once.calls
    ]


@settings(max_examples=60, deadline=None)
@given(start=st.sampled_from(_STARTS), text=st.lists(TEXTS | st.sampled_from(_STARTS), max_size=6).map("".join))
def test_no_text_breaks_a_reader(start, text):
    read_calls(start + text)
    read_calls(text)


VECTORS = Path(__file__).parents[2] / "vectors" / "call_imports"
HALF = "\ud800"


def _with_halves(value):
    """Each text of a document with half of a character at its end, but for those that say of what form it is."""
    if isinstance(value, dict):
        return {name: _with_halves(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_halves(item) for item in value]
    return f"{value}{HALF}" if isinstance(value, str) and not _IS_FORM.search(value) else value


_IS_FORM = re.compile(r"^(?:raw|urlencoded|formdata|GET|POST|PUT|PATCH|DELETE|request|workspace|https://schema[.].*)$")


@pytest.mark.parametrize("name", sorted(path.name for path in VECTORS.glob("*.json")))
def test_half_of_a_character_in_any_text_comes_to_no_page_and_to_no_row(name):
    document = _with_halves(json.loads((VECTORS / name).read_text("utf-8")))
    found = read_calls(json.dumps(document))
    msgspec.json.encode(found)  # refuses what UTF-8 cannot hold
    msgspec.json.encode(again(found))


def test_half_of_a_character_is_told_as_a_character_that_is_none():
    text = json.dumps({"info": {"name": f"n{HALF}"}, "item": [_call(header=[{"key": f"x-a{HALF}", "value": HALF}])]})
    found = read_calls(text)
    assert found.title == "n\ufffd"
    assert found.calls[0].headers == (("x-a\ufffd", "\ufffd"),)


def test_halves_are_mended_however_deep_and_once_where_a_part_is_shared():
    shared = {f"a{HALF}": [f"b{HALF}", "ø"]}
    value = {"x": shared, "y": [shared, shared], "n": 1}
    for _ in range(5_000):
        value = {"in": value}
    mend_halves(value)
    while "in" in value:
        value = value["in"]
    assert value == {"x": {"a\ufffd": ["b\ufffd", "ø"]}, "y": [shared, shared], "n": 1}
    assert shared == {"a\ufffd": ["b\ufffd", "ø"]}


HALVED = {
    "encoded by curl": r"curl https://a.example/x -G --data-urlencode $'a=\ud800b'",
    "a part of a form": r"curl https://a.example/x -F $'a=\ud800'",
    "HTTPie": r"http --form POST https://a.example/x $'a=\ud800' X-A:$'\ud800'",
    "Bruno": f"post {{\n url: https://a.example/{HALF}\n}}\nbody:form-urlencoded {{\n a{HALF}: {HALF}\n}}\n",
    "an .http file": f"POST https://a.example/x?a={HALF}\nX-A: {HALF}\n\na={HALF}\n",
}


@pytest.mark.parametrize("text", HALVED.values(), ids=HALVED)
def test_half_of_a_character_in_a_text_is_read_as_one_that_is_none(text):
    found = read_calls(text)
    assert len(found.calls) == 1
    msgspec.json.encode(found)
    assert explain(Evidence(pasted=text)) == explain(Evidence(pasted=text))


def test_two_halves_of_a_character_are_that_character():
    (call,) = read_calls(r"curl https://a.example/x -d $'{\"a\": \"it\'s \ud83d\ude00\"}'").calls
    assert json.loads(call.body) == {"a": "it's 😀"}
