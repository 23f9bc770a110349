"""Secrets in a policy's text: those of many shapes are found, and what only looks like one is left alone."""

import html
import time

import pytest

from console.core.policy.lint.secret_shapes import looks_secret, may_tell_secret
from tests.core.policy.lint.test_lint import codes
from tests.core.policy.lint_texts import header, when, whole


def quoted(expression):
    return html.escape(expression)


def asked(condition):
    return (
        f'<choose><when condition="{quoted(condition)}"><trace source="x"><message>y</message></trace></when></choose>'
    )


def body(text):
    return f"<set-body>{quoted(text)}</set-body>"


HEADERS = "context.Request.Headers"
TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcdefghijklmnopqrs"
ENTRA = "Abc8Q~d1f2g3h4j5k6l7m8n9o0pq1rs2tu3vw4xy"
SECRETS = {
    "a bearer token as a literal": header("Authorization", quoted('@("Bearer 0123456789abcdef0123")')),
    "a user and a password": header("Authorization", "Basic dXNlcjpwYXNzd29yZA=="),
    "a key in a header named so": header("X-Api-Key", "9f8a7c6b5d4e3f2a"),
    "the same as an expression": header("X-Api-Key", quoted('@("9f8a7c6b5d4e3f2a")')),
    "a token in a header of any name": header("X-Id", TOKEN),
    "a client secret in a variable": f'<set-variable name="client_secret" value="{ENTRA}"/>',
    "a variable named as a key": '<set-variable name="apiKey" value="d41d8cd98f00b204e9800998ecf8427e"/>',
    "what a header is compared with": asked(f'@({HEADERS}.GetValueOrDefault("X-Secret","") == "sup3r-s3cret-9")'),
    "what a header must not be": asked(f'@({HEADERS}["x-api-key"] != "7d793037a0760186574b0282f2f435e7")'),
    "a member of an object": body('@{ return new JObject(new JProperty("client_secret","kX9!aa22bbQQ")).ToString(); }'),
    "a form": body("grant_type=password&username=a&password=hunter2x"),
    "a member of a JSON text": body('{"password": "hunter2x!"}'),
    "a password in an address": '<set-backend-service base-url="https://svc:Passw0rd@backend.example/"/>',
    "a connection string": body("Endpoint=sb://x.example/;SharedAccessKeyName=Root;SharedAccessKey=abcd1234efgh5678="),
    "a signed address": "<send-request><set-url>https://f.example/api?sig=abcdefghij0123456789&amp;sv=1</set-url></send-request>",
    "a private key": body("-----BEGIN RSA PRIVATE KEY-----\nMIIE"),
    "a token of another service": header("X-Hub", quoted('@("ghp_0123456789abcdefABCDEF0123")')),
}  # fmt: skip


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_of_this_shape_is_found(name):
    assert "secret-in-policy" in codes(whole(SECRETS[name]))


HARMLESS = {
    "a challenge": header("WWW-Authenticate", quoted(r'@("Bearer realm=\"orders\", error=\"invalid_token\"")')),
    "a challenge that points to metadata": header(
        "WWW-Authenticate", 'Bearer resource_metadata="https://x.example/.well-known/oauth-protected-resource"'
    ),
    "a challenge of another scheme": header("WWW-Authenticate", "Basic realm=orders"),
    "a challenge in a header of one's own": header("X-Auth", quoted(r'@("Bearer scope=\"a b\"")')),
    "a challenge in a variable": f"""<set-variable name="challenge" value="{
        quoted(r'@("Bearer error=" + "insufficient_scope")')
    }"/>""",
    "a named value": header("Authorization", "Bearer {{token}}"),
    "a variable": header("Authorization", quoted('@("Bearer " + context.Variables["t"])')),
    "an interpolated variable": header("Authorization", quoted('@($"Bearer {context.Variables["t"]}")')),
    "words after the scheme": header("X-Message", "Bearer token missing"),
    "words in an expression": body('@("Bearer token required")'),
    "an error that speaks of a password": body('{"error":"invalid password: incorrect"}'),
    "the type of a member": body('{"password": "string"}'),
    "a mask": body("password=***********"),
    "a header's name": '<set-variable name="apiKeyHeader" value="Ocp-Apim-Subscription-Key"/>',
    "an address": '<set-variable name="secretUrl" value="https://kv.example/secrets/x"/>',
    "a secret's name": '<set-variable name="secretName" value="backend-client-secret"/>',
    "a comparison with a named value": asked(f'@({HEADERS}.GetValueOrDefault("X-Api-Key","") == "{{{{key}}}}")'),
    "the scheme alone": asked(f'@({HEADERS}.GetValueOrDefault("Authorization","").StartsWith("Bearer "))'),
    "an id in a claim": asked(
        f'@({HEADERS}.GetValueOrDefault("Authorization","").AsJwt()?.Claims.GetValueOrDefault("appid","")'
        ' == "6b1f9ad2-0c3e-4e7a-b8d5-f24a7c90e1ab")'
    ),
    "a form of variables": body('@("id=" + context.Variables["id"] + "&client_secret=" + context.Variables["s"])'),
    "a form of named values": body('@{ return "client_secret={{sec}}&scope=" + "api://x/.default"; }'),
    "a type of token": '<set-variable name="token_type" value="urn:ietf:params:oauth:token-type:jwt"/>',
    "a way to sign in": body('@(new JObject(new JProperty("auth_method","client_secret_post")).ToString())'),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_like_one_is_left_alone(name):
    assert "secret-in-policy" not in codes(whole(HARMLESS[name]))
    assert "secret-in-policy" not in codes(whole(on_error=when(HARMLESS[name])))


def test_who_masks_would_rather_mask_too_much():
    assert may_tell_secret("invalid password: incorrect")
    assert may_tell_secret('@("Bearer token-of-words")')
    assert not may_tell_secret("Orders.Read")


@pytest.mark.parametrize("value", ["a" * 3_000 + "1", "Ab" * 1_500 + "!", "a." * 1_500 + ".", "a-b " * 700 + "  1"])
def test_a_long_value_is_judged_at_once(value):
    started = time.process_time()
    assert looks_secret(value)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("value", ["correct.horse", "Contoso Api-orders", "my_own_api", "realm" * 2])
def test_words_are_no_secret(value):
    assert not looks_secret(value)
