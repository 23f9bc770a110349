"""A .bru file is read by Bruno's own parser as the call that was written, whatever stands in it."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from console.core.snippets import bruno
from tests import npm
from tests.core.snippets.calls import BASIC, CERTIFICATE, HIDDEN, SECRET, calls, order
from tests.core.snippets.programs import strictly

pytestmark = pytest.mark.skipif(npm.why_missing() != "", reason=npm.why_missing() or "node is there")
JSON = (("Content-Type", ("application/json",)),)
TEXT = (("Content-Type", ("text/plain",)),)


@pytest.fixture(scope="module")
def bru():
    """Reads texts in one process."""
    process = subprocess.Popen(
        ["node", str(npm.HERE / "read_bruno.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=npm.installed()
    )

    def read(text):
        process.stdin.write(json.dumps({"text": text}).encode() + b"\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        assert told["error"] == "", (told["error"], text)
        return told["read"]

    yield read
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def sent(read):
    """As Bruno sends it with HIDDEN in its environment."""

    def filled(text):
        for name, value in HIDDEN.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        return text

    asked = read["http"]
    headers = [(one["name"], filled(one["value"])) for one in read.get("headers", []) if one["enabled"]]
    body = read.get("body", {}).get(asked["body"], "")
    return asked["method"].upper(), filled(asked["url"]), headers, filled(body)


def test_bruno_reads_what_the_call_sends(bru):
    read = bru(bruno.write(order(), None))
    assert sent(read) == strictly(order())
    assert read["settings"] == {"encodeUrl": False, "followRedirects": False, "timeout": 30000}
    assert (read["http"]["auth"], read["http"]["body"]) == ("none", "json")
    assert "OCP_APIM_SUBSCRIPTION_KEY: The value of the header" in read["docs"]


@settings(max_examples=60)
@given(call=calls())
def test_any_call_that_is_offered_survives_bruno(bru, call):
    call = replace(call, headers=(*call.headers, *TEXT))
    assume(bruno.SNIPPET.problem(call, None) == "")
    assert sent(bru(bruno.write(call, None))) == strictly(call)


@pytest.mark.parametrize(
    "body",
    [
        "}\n}\n",
        "\n\n  {\n}\n\n",
        "'''\nvars:pre-request {\n  a: b\n}\nscript:pre-request {\n  alert(1)\n}",
        "a\n" * 20_000 + "x" * 100_000,
        "{} \\ \" ' ` ${HOME} @ <<END é漢😀",
    ],
    ids=["brackets", "blank lines", "blocks", "long", "marks"],
)
def test_what_looks_like_a_block_stays_text(bru, body):
    call = replace(order(), body=(body,), headers=TEXT)
    assert bruno.SNIPPET.problem(call, None) == ""
    read = bru(bruno.write(call, None))
    assert sent(read)[3] == body
    assert set(read) == {"meta", "http", "headers", "body", "settings", "docs"}


def test_only_json_is_sent_as_json(bru):
    for body, mode in (('{"a": 1}', "json"), ('{"a": 1} // b', "text"), ("[" * 100_000, "text")):
        assert bru(bruno.write(replace(order(), body=(body,), headers=JSON), None))["http"]["body"] == mode


def test_bruno_obtains_the_token_by_secret(bru):
    read = bru(bruno.write(order(), SECRET))
    told = read["auth"]["oauth2"]
    assert told["grantType"] == "client_credentials"
    assert (told["accessTokenUrl"], told["clientId"], told["scope"]) == (SECRET.endpoint, "a-client", SECRET.scope)
    assert (told["clientSecret"], told["credentialsPlacement"]) == ("{{CLIENT_SECRET}}", "body")
    assert (told["tokenHeaderPrefix"], told["tokenPlacement"]) == ("Bearer", "header")
    assert "Authorization" not in [one["name"] for one in read["headers"]]
    assert bru(bruno.write(order(), BASIC))["auth"]["oauth2"]["credentialsPlacement"] == "basic_auth_header"


@pytest.mark.parametrize(
    ("changed", "recipe", "told"),
    [
        ({}, CERTIFICATE, "signs no assertion"),
        ({}, replace(SECRET, form=(("grant_type", "client_credentials"), ("resource", "x"))), "other fields"),
        ({"headers": JSON}, SECRET, "Authorization only"),
        ({"headers": ()}, None, "says that it is text"),
        ({"body": ("{{x}}",)}, None, "{{ for the start"),
        ({"body": ("a\r\nb",)}, None, "not seen"),
        ({"headers": (*JSON, ("~X", ("a",)))}, None, "the header ~X"),
        ({"headers": (*JSON, ("X", ("'''",)))}, None, "the header X as it is"),
        ({"headers": (*JSON, ("X", ("漢",)))}, None, "Latin-1"),
    ],
)
def test_what_bruno_does_not_do_is_said(changed, recipe, told):
    assert told in bruno.SNIPPET.problem(replace(order(), **changed), recipe)
    assert bruno.SNIPPET.problem(order(), None) == ""
