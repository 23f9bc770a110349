"""The C# of a call parses by a real grammar, and its texts are those that the call sends, whatever stands in it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.snippets import csharp
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, SECRET, TEXTS, order
from tests.core.snippets.grammars import Program
from tests.core.snippets.programs import (
    ENTRA,
    ENVIRONMENT,
    HARD,
    LONG,
    ONE_LINE,
    PLAYED,
    UNSEEN,
    ascii_calls,
    body_of,
    strictly,
    with_body,
)


def read(call, recipe=None):
    return Program("csharp", csharp.write(call, recipe), ENVIRONMENT)


def sent(program):
    ((method,),) = program.arguments_of("HttpMethod")
    added = program.arguments_of("TryAddWithoutValidation")
    headers = [tuple(program.value(one) for one in pair) for pair in added]
    body = program.value(program.variables["body"]) if "body" in program.variables else ""
    return program.value(method), program.value(program.variables["url"]), headers, body


def test_csharp_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    assert sent(read(order())) == strictly(order())


@settings(max_examples=80)
@given(call=ascii_calls())
def test_any_call_survives_csharp(call):
    assert sent(read(call)) == strictly(call)


@settings(max_examples=60)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_program(text):
    program = read(with_body(text or "x"))
    assert not UNSEEN & set(program.text)
    assert sent(program)[3] == body_of(text or "x")


@pytest.mark.parametrize("text", [HARD, LONG, ONE_LINE], ids=["hard", "long", "one line"])
def test_what_is_hard_to_write_and_long_is_read_as_it_was(text):
    assert sent(read(with_body(text)))[3] == body_of(text)


def test_what_is_said_of_a_body_goes_with_the_body_even_without_one():
    text = csharp.write(replace(order(), body=None), None)
    assert "request.Content = new ByteArrayContent(Array.Empty<byte>());" in text
    assert 'request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");' in text
    assert "request.Content" not in csharp.write(replace(order(), body=None, headers=()), None)


def test_msal_obtains_the_token_by_secret_and_by_certificate():
    program = read(order(), SECRET)
    for name, told in (("Create", "a-client"), ("WithAuthority", SECRET.authority), ("WithClientSecret", "s")):
        assert [program.value(one) for one, *_ in program.arguments_of(f".{name}")] == [told]
    assert "WithInstanceDiscovery(false)" in program.text
    assert '"Bearer " + accessToken' in program.text and "ACCESS_TOKEN" not in program.text
    program = read(order(), replace(CERTIFICATE, authority=ENTRA.authority, is_known=True))
    assert [[program.value(one) for one in files] for files in program.arguments_of("CreateFromPemFile")] == [
        ["c.pem", "k.pem"]
    ]
    assert "WithInstanceDiscovery" not in program.text and "WithClientSecret" not in program.text


@pytest.mark.parametrize("recipe", [BY_FORM, PLAYED], ids=["no MSAL", "below a path"])
def test_where_msal_does_not_serve_the_form_is_posted(recipe):
    program = read(order(), recipe)
    assert "Microsoft.Identity" not in program.text
    ((_, endpoint),) = [two for two in program.arguments_of("HttpRequestMessage") if "Post" in two[0].text.decode()]
    assert program.value(endpoint) == recipe.endpoint
    assert 'new("client_secret", Wanted("CLIENT_SECRET"))' in program.text
    basic = read(order(), BASIC).text
    assert 'new("client_secret"' not in basic and 'Uri.EscapeDataString(Wanted("CLIENT_SECRET"))' in basic


def test_what_it_does_not_do_is_said():
    assert csharp.SNIPPET.problem(order(), None) == ""
    assert csharp.SNIPPET.problem(order(), CERTIFICATE) == ""
    assert "a host and a tenant only" in csharp.SNIPPET.problem(
        order(), replace(CERTIFICATE, authority=PLAYED.authority)
    )
    assert "does not serve" in csharp.SNIPPET.problem(order(), replace(CERTIFICATE, authority=""))
    assert "X-Note has more" in csharp.SNIPPET.problem(replace(order(), headers=(("X-Note", ("é",)),)), None)
