"""The Go of a call parses by a real grammar, and its texts are those that the call sends, whatever stands in it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.snippets import go
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, calls, order
from tests.core.snippets.grammars import Program, walk
from tests.core.snippets.programs import (
    ENTRA,
    ENVIRONMENT,
    HARD,
    LONG,
    ONE_LINE,
    PLAYED,
    UNSEEN,
    body_of,
    strictly,
    with_body,
)

OF_PUBLIC = replace(SECRET, authority=ENTRA.authority, is_known=True)


def read(call, recipe=None):
    return Program("go", go.write(call, recipe), ENVIRONMENT)


def sent(program):
    method, url, body = program.arguments_of("http.NewRequest")[-1]
    added = program.arguments_of("request.Header.Add")
    headers = [(program.value(name), program.value(value, "latin-1")) for name, value in added]
    text = program.value(program.variables["body"]) if body.text != b"nil" else ""
    return program.value(method), program.value(url), headers, text


def test_go_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    assert sent(read(order())) == strictly(order())


@settings(max_examples=80)
@given(call=calls())
def test_any_call_survives_go(call):
    method, url, headers, _ = strictly(call)
    body = as_sent(call)[3].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert sent(read(call)) == (method, url, headers, body)


@settings(max_examples=60)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_program(text):
    program = read(with_body(text or "x"))
    assert not UNSEEN & set(program.text)
    assert sent(program)[3] == body_of(text or "x")


@pytest.mark.parametrize("text", [HARD, LONG, ONE_LINE], ids=["hard", "long", "one line"])
def test_what_is_hard_to_write_and_long_is_read_as_it_was(text):
    """Half of a pair, which UTF-8 does not have, goes out as the sign that stands for what cannot be read."""
    assert sent(read(with_body(text)))[3] == body_of(text.replace("\ud800", "\ufffd"))


def test_azidentity_obtains_the_token_by_secret_and_by_certificate():
    program = read(order(), SECRET)
    ((tenant, client, secret, _),) = program.arguments_of("NewClientSecretCredential")
    assert [program.value(one) for one in (tenant, client, secret)] == ["t", "a-client", "s"]
    assert 'ActiveDirectoryAuthorityHost: "https://login.example/"' in program.text
    assert "DisableInstanceDiscovery: true" in program.text and '"Bearer " + accessToken' in program.text
    program = read(order(), replace(CERTIFICATE, authority=ENTRA.authority, is_known=True))
    ((_, _, certificates, key, options),) = program.arguments_of("NewClientCertificateCredential")
    assert (certificates.text, key.text, options.text) == (b"certificates", b"key", b"nil")
    assert [program.value(one) for (one,) in program.arguments_of("os.ReadFile")] == ["c.pem", "k.pem"]
    assert "azcore.ClientOptions" not in program.text
    other = replace(OF_PUBLIC, authority="https://login.microsoftonline.us/t")
    assert "login.microsoftonline.us" in go.write(order(), other)
    assert "DisableInstanceDiscovery" not in go.write(order(), other)


@pytest.mark.parametrize("recipe", [BY_FORM, PLAYED], ids=["no azidentity", "below a path"])
def test_where_azidentity_does_not_serve_the_form_is_posted(recipe):
    program = read(order(), recipe)
    assert program.value(program.arguments_of("http.NewRequest")[0][1]) == recipe.endpoint
    assert ["client_secret", "s"] in [[program.value(one) for one in pair] for pair in program.arguments_of("form.Add")]
    assert "SetBasicAuth" in go.write(order(), BASIC)


@pytest.mark.parametrize("body", [order().body, ("x",), None], ids=["lines", "one", "none"])
@pytest.mark.parametrize("recipe", [None, SECRET, CERTIFICATE, OF_PUBLIC, BY_FORM, BASIC])
def test_what_is_imported_is_used_and_nothing_else_or_go_would_refuse_it(recipe, body):
    program = read(replace(order(), body=body), recipe)
    imported = {name.rpartition("/")[2] for name in re.findall(r'^\t"(\S+)"$', program.text, re.MULTILINE)}
    found = (
        node.named_children[0] for node in walk(program.root) if node.type in ("selector_expression", "qualified_type")
    )
    used = {one.text.decode() for one in found if one.type in ("identifier", "package_identifier")}
    declared = {*program.variables, "request", "response", "tokenRequest", "told", "client"}
    assert used - declared == imported
    assert (
        go.write(replace(order(), url=("https://a.example",), headers=(), body=None, token=None), None).count("os.")
        == 0
    )


def test_what_it_does_not_do_is_said():
    assert go.SNIPPET.problem(order(), None) == ""
    assert "a host and a tenant only" in go.SNIPPET.problem(order(), replace(CERTIFICATE, authority=PLAYED.authority))
    assert "X-Note has more" in go.SNIPPET.problem(replace(order(), headers=(("X-Note", ("漢",)),)), None)
    assert HIDDEN["ACCESS_TOKEN"] not in go.write(order(), None)
