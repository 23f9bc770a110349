"""A collection has the shape of version 2.1, and filled in it holds what the call sends."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from console.core.snippets import postman
from tests.core.snippets.calls import BASIC, CERTIFICATE, HIDDEN, ORDER, SECRET, as_sent, calls, order
from tests.core.snippets.test_har import wrong

# Of schema.getpostman.com/json/collection/v2.1.0/collection.json, the parts that are used.
PAIR = {"key": str, "value": str}
REQUEST = {"auth": {"type": str}, "method": str, "header": [PAIR], "url": str}
ITEM = {"name": str, "request": REQUEST}
SHAPE = {"info": {"name": str, "schema": str}, "item": [ITEM], "variable": [{**PAIR, "type": str}]}
MORE = (".description?", ".protocolProfileBehavior?", ".body?", ".oauth2?")


def filled(text):
    """As Postman puts variables in: a name without braces between two of each."""
    return re.sub(r"\{\{([^{}]*)\}\}", lambda found: HIDDEN[found[1]], text)


def sent(text):
    request = json.loads(text)["item"][0]["request"]
    headers = [(one["key"], filled(one["value"])) for one in request["header"]]
    return request["method"], filled(request["url"]), headers, filled(request.get("body", {}).get("raw", ""))


@pytest.mark.parametrize("recipe", [None, SECRET])
def test_it_has_the_shape_of_version_2_1(recipe):
    text = postman.write(order(), recipe)
    assert [one for one in wrong(json.loads(text), SHAPE) if not one.endswith(MORE)] == []
    assert "/v2.1.0/" in json.loads(text)["info"]["schema"] and text.isascii()


def test_filled_in_it_sends_what_the_call_sends():
    text = postman.write(order(), None)
    assert sent(text) == as_sent(order())
    variables = json.loads(text)["variable"]
    assert {one["key"] for one in variables} == set(HIDDEN) and {one["value"] for one in variables} == {""}
    assert ORDER.headers[1][1] not in text


@settings(max_examples=200)
@given(call=calls())
def test_any_call_survives_a_collection(call):
    assume(postman.SNIPPET.problem(call, None) == "")
    assert sent(postman.write(call, None)) == as_sent(call)


def test_postman_obtains_the_token_by_secret():
    for recipe, way in ((SECRET, "body"), (BASIC, "header")):
        collection = json.loads(postman.write(order(), recipe))
        auth = collection["item"][0]["request"]["auth"]
        told = {one["key"]: one["value"] for one in auth["oauth2"]}
        assert (auth["type"], told["client_authentication"], told["headerPrefix"]) == ("oauth2", way, "Bearer")
        assert (told["accessTokenUrl"], told["clientSecret"]) == (SECRET.endpoint, "{{CLIENT_SECRET}}")
        assert (told["clientId"], told["scope"]) == ("a-client", "api://orders/.default")
        assert collection["variable"][0]["key"] == "CLIENT_SECRET"
        assert not any(one["key"] == "ACCESS_TOKEN" for one in collection["variable"])
        assert not any(one["key"] == "Authorization" for one in collection["item"][0]["request"]["header"])


@pytest.mark.parametrize(
    ("changed", "recipe", "told"),
    [
        ({"body": ('{"a": "{{b}}"}',)}, None, "takes {{"),
        ({"url": ("https://a.example/{{b}}",)}, None, "takes {{"),
        ({"url": ("https://a.example/orders/:id?a=b",)}, None, "begins with a colon"),
        ({}, CERTIFICATE, "signs no assertion"),
        ({}, replace(SECRET, form=(*SECRET.form, ("audience", "a"))), "other fields"),
        ({"headers": ()}, SECRET, "Authorization only"),
    ],
)
def test_what_a_collection_cannot_hold_is_said(changed, recipe, told):
    assert told in postman.SNIPPET.problem(replace(order(), **changed), recipe)
    assert postman.SNIPPET.problem(order(), SECRET) == ""
