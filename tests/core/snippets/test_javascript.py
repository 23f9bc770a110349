"""What the JavaScript of a call hands to fetch under node is what the call sends, whatever stands in it."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from console.core.snippets import javascript
from console.core.snippets.hidden import TOKEN_VARIABLE
from tests import npm
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, calls, order

pytestmark = pytest.mark.skipif(npm.why_missing() != "", reason=npm.why_missing() or "node is there")
ENTRA = replace(SECRET, authority="https://login.microsoftonline.com/t", is_known=True)


@pytest.fixture(scope="module")
def node():
    """Runs scripts in one process: (what they threw, what they called)."""
    process = subprocess.Popen(
        ["node", str(Path(__file__).with_name("run_javascript.js"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )

    def run(script, **environment):
        code = "\n".join(line for line in script.split("\n") if not line.startswith("import "))
        process.stdin.write(json.dumps({"text": code, "environment": environment}).encode() + b"\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        return told["error"], told["calls"]

    yield run
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def sent(told):
    return told["method"], told["url"], [tuple(one) for one in told["headers"]], told["body"] or ""


def test_javascript_sends_what_the_call_sends_with_the_secrets_of_its_environment(node):
    error, (told,) = node(javascript.write(order(), None), **HIDDEN)
    assert (error, sent(told), told["redirect"], told["isBytes"]) == ("", as_sent(order()), "manual", True)


def test_javascript_stops_before_it_sends_a_call_without_its_secrets(node):
    error, told = node(javascript.write(order(), None), **{**HIDDEN, "SUBSCRIPTION_KEY": ""})
    assert (error, told) == ("Error: The environment variable SUBSCRIPTION_KEY is not set.", [])


@settings(max_examples=200)
@given(call=calls())
def test_any_call_survives_javascript(node, call):
    error, (told,) = node(javascript.write(call, None), **HIDDEN)
    method, url, headers, body = as_sent(call)
    assert (error, told["method"], told["url"], dict(map(tuple, told["headers"]))) == ("", method, url, dict(headers))
    assert (told["body"] or "") == body.encode("utf-8", "replace").decode()


@settings(max_examples=200)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_script(node, text):
    call = replace(order(), body=(text or "x",), headers=(("__proto__", (text, TOKEN_VARIABLE)),))
    script = javascript.write(call, None)
    assert not {"\u202e", "\ufeff", "\r", "\u2028", "\U000e0041"} & set(script)
    error, (told,) = node(script, **HIDDEN)
    assert (error, told["headers"], told["body"]) == ("", [["__proto__", f"{text}a-token"]], text or "x")


def test_msal_obtains_the_token_by_secret_and_by_certificate(node):
    _, (made, asked, call) = node(javascript.write(order(), SECRET), CLIENT_SECRET="s", **HIDDEN)
    auth = {"clientId": "a-client", "authority": "https://login.example/t", "knownAuthorities": ["login.example"]}
    assert (made, asked) == ({"auth": {**auth, "clientSecret": "s"}}, {"scopes": ["api://orders/.default"]})
    assert ["Authorization", "Bearer got"] in call["headers"]
    files = {"CLIENT_KEY_FILE": "k.pem", "CLIENT_CERTIFICATE_FILE": "c.pem"}
    _, (made, _, _) = node(javascript.write(order(), CERTIFICATE), **files, **HIDDEN)
    certificate = {"thumbprintSha256": "ABCD of in c.pem", "privateKey": "in k.pem", "x5c": "in c.pem"}
    assert made == {"auth": {**auth, "clientCertificate": certificate}}
    assert "knownAuthorities" not in javascript.write(order(), ENTRA)


def test_where_msal_does_not_serve_fetch_posts_the_form(node):
    _, (told, call) = node(javascript.write(order(), BY_FORM), CLIENT_SECRET="a b&c", **HIDDEN)
    form = "grant_type=client_credentials&scope=api%3A%2F%2Forders%2F.default"
    assert sent(told) == ("POST", BY_FORM.endpoint, [], f"{form}&client_id=a-client&client_secret=a+b%26c")
    assert ["Authorization", "Bearer got"] in call["headers"]
    _, (told, _) = node(javascript.write(order(), BASIC), CLIENT_SECRET="a:b", **HIDDEN)
    assert sent(told) == ("POST", BASIC.endpoint, [("Authorization", "Basic YS1jbGllbnQ6YSUzQWI=")], form)


@pytest.mark.parametrize("recipe", [None, SECRET, CERTIFICATE, ENTRA, BY_FORM, BASIC])
def test_it_is_whole_with_its_imports(recipe, tmp_path):
    script = javascript.write(order(), recipe)
    file = tmp_path / javascript.SNIPPET.file_name
    file.write_text(script)
    done = subprocess.run(["node", "--check", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("ConfidentialClientApplication", "X509Certificate", "readFileSync"):
        assert (f"import {{ {name} }} " in script) == (f"{name}(" in script), name


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"method": "GET"}, "no body with GET"),
        ({"method": "TRACE", "body": None}, "does not send TRACE"),
        ({"headers": (("Expect", ("100-continue",)),)}, "does not send the header Expect"),
        ({"headers": (("X-Note", ("漢",)),)}, "X-Note has one"),
    ],
)
def test_what_fetch_cannot_send_is_said(changed, told):
    assert told in javascript.SNIPPET.problem(replace(order(), **changed), None)
    assert javascript.SNIPPET.problem(order(), None) == ""
    assert "cannot sign" in javascript.SNIPPET.problem(order(), replace(CERTIFICATE, authority=""))
