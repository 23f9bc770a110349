"""The Python of a call compiles, and hands to requests what the call sends."""

import ast

import pytest
from hypothesis import given, settings

from console.core.snippets import python
from console.core.snippets.quoting.python import lines
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, calls, order


class Spy:
    """In place of requests and of msal: keeps what they are called with."""

    def __init__(self):
        self.calls = []

    def request(self, method, url, headers=None, data=b"", timeout=0, allow_redirects=True):
        assert not allow_redirects  # requests would take a key in a header along
        self.calls.append((method, url, list((headers or {}).items()), data.decode()))
        return type("Answer", (), {"status_code": 200, "reason": "OK", "text": ""})

    def post(self, url, **asked):
        self.calls.append((url, asked))
        return type("Answer", (), {"json": lambda: {"access_token": "got"}})

    def ConfidentialClientApplication(self, client_id, **made):  # noqa: N802 (MSAL's name)
        self.calls.append((client_id, made))
        return type("Made", (), {"acquire_token_for_client": lambda scopes: {"access_token": "got"}})


def run(text, **environment):
    spy = Spy()
    code = "\n".join(line for line in text.splitlines() if not line.startswith("import "))
    names = {"requests": spy, "msal": spy, "print": lambda *told: None}
    exec(
        compile(ast.parse(code), "call.py", "exec"),
        {**names, "os": type("Os", (), {"environ": environment}), "pathlib": Files},
    )
    return spy.calls


class Files:
    @staticmethod
    def Path(name):  # noqa: N802 (pathlib's name)
        return type("File", (), {"read_text": lambda: f"content of {name}"})


def test_python_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    assert run(python.write(order(), None), **HIDDEN) == [as_sent(order())]


@settings(max_examples=200)
@given(call=calls())
def test_any_call_survives_python(call):
    assert run(python.write(call, None), **HIDDEN) == [as_sent(call)]


@settings(max_examples=200)
@given(text=TEXTS)
def test_any_text_is_the_same_in_several_lines(text):
    written = lines((text,))
    assert ast.literal_eval(written.replace("\n    + ", "\n    ")) == text
    assert "\u202e" not in written and "\ufeff" not in written


def test_msal_obtains_the_token_by_secret_and_by_certificate():
    by_secret, sent = run(python.write(order(), SECRET), CLIENT_SECRET="s", **HIDDEN)
    assert by_secret == (
        "a-client",
        {"authority": "https://login.example/t", "client_credential": "s", "instance_discovery": False},
    )
    assert ("Authorization", "Bearer got") in sent[2]
    files = {"CLIENT_KEY_FILE": "k.pem", "CLIENT_CERTIFICATE_FILE": "c.pem"}
    by_certificate, _ = run(python.write(order(), CERTIFICATE), **files, **HIDDEN)
    credential = {"private_key": "content of k.pem", "public_certificate": "content of c.pem"}
    assert by_certificate[1]["client_credential"] == credential


def test_where_msal_does_not_serve_requests_posts_the_form():
    (url, asked), _ = run(python.write(order(), BY_FORM), CLIENT_SECRET="a b", **HIDDEN)
    assert (url, asked["data"]) == (
        BY_FORM.endpoint,
        {**dict(BY_FORM.form), "client_id": "a-client", "client_secret": "a b"},
    )
    text = python.write(order(), BASIC)
    (_, asked), _ = run(
        text.replace("from urllib.parse import quote_plus", "quote_plus = lambda text: text.replace(' ', '+')"),
        CLIENT_SECRET="a b",
        **HIDDEN,
    )
    assert (asked["auth"], asked["data"]) == (("a-client", "a+b"), dict(BASIC.form))
    assert "import msal" not in text


@pytest.mark.parametrize("recipe", [None, SECRET, CERTIFICATE, BY_FORM, BASIC])
def test_it_is_whole_with_its_imports(recipe):
    tree = ast.parse(python.write(order(), recipe))
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for name in node.names
    }
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    assert imported <= used
    assert {"requests", "os", "msal", "pathlib", "quote_plus"} & used <= imported


def test_what_requests_cannot_do_is_said():
    from dataclasses import replace

    assert "cannot sign" in python.SNIPPET.problem(order(), replace(CERTIFICATE, authority=""))
