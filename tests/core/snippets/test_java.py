"""The Java of a call parses by a real grammar, and its texts are those that the call sends, whatever stands in it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.snippets import java
from tests.core.snippets.calls import BASIC, BY_FORM, CERTIFICATE, SECRET, TEXTS, order
from tests.core.snippets.grammars import Program, walk
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

NOT_IMPORTED = {
    *("String", "System", "Exception", "IllegalStateException", "Call"),
    *("BodyPublishers", "BodyHandlers", "Version", "HTTP_1_1", "UTF_8", "POST"),
}
MOST_IN_CONSTANT = 65_535  # bytes, JVMS 4.4.7
EARLY = re.compile(
    r"(?<!\\)(?:\\\\)*\\u(?:000[aAdD]|0022|005[cC])"
)  # read before texts are: it would end one (JLS 3.3)


def read(call, recipe=None):
    return Program("java", java.write(call, recipe), ENVIRONMENT)


def sent(program):
    method = program.arguments_of("method")[0][0]
    headers = [tuple(program.value(one) for one in pair) for pair in program.arguments_of("header")]
    body = program.value(program.variables["body"]) if "body" in program.variables else ""
    return program.value(method), program.value(program.variables["address"]), headers, body


def test_java_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    assert sent(read(order())) == strictly(order())


@settings(max_examples=80)
@given(call=ascii_calls())
def test_any_call_survives_java(call):
    assert sent(read(call)) == strictly(call)


@settings(max_examples=60)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_program(text):
    program = read(with_body(text or "x"))
    assert not UNSEEN & set(program.text) and not EARLY.search(program.text)
    assert sent(program)[3] == body_of(text or "x")


@pytest.mark.parametrize("text", [HARD, LONG, ONE_LINE], ids=["hard", "long", "one line"])
def test_what_is_hard_to_write_and_long_is_read_as_it_was_and_fits_into_constants(text):
    program = read(with_body(text))
    assert sent(program)[3] == body_of(text)
    texts = [node for node in walk(program.root) if node.type == "string_literal"]
    assert max(3 * len(program._raw(one)) // 2 for one in texts) < MOST_IN_CONSTANT
    assert len(texts) < 500


def test_msal_obtains_the_token_by_secret_and_by_certificate():
    program = read(order(), SECRET)
    assert [program.value(one) for (one,) in program.arguments_of("createFromSecret")] == ["s"]
    assert [program.value(one) for (one,) in program.arguments_of("authority")] == [SECRET.authority]
    assert "instanceDiscovery(false)" in program.text and '"Bearer " + accessToken' in program.text
    program = read(order(), replace(CERTIFICATE, authority=ENTRA.authority, is_known=True))
    ((key, certificate),) = program.arguments_of("createFromCertificate")
    assert key.text.decode() == 'key(wanted("CLIENT_KEY_FILE"))'
    assert certificate.text.decode() == 'certificate(wanted("CLIENT_CERTIFICATE_FILE"))'
    assert "instanceDiscovery" not in program.text


@pytest.mark.parametrize("recipe", [BY_FORM, PLAYED], ids=["no MSAL", "below a path"])
def test_where_msal_does_not_serve_the_form_is_posted(recipe):
    program = read(order(), recipe)
    assert "msal4j" not in program.text
    assert recipe.endpoint in [program.value(one) for (one,) in program.arguments_of("URI.create")]
    assert '"&client_secret=" + encoded(wanted("CLIENT_SECRET"))' in program.text
    basic = read(order(), BASIC).text
    assert "client_secret=" not in basic
    assert '.header("Authorization", "Basic " + pair)' in basic


@pytest.mark.parametrize("recipe", [None, SECRET, CERTIFICATE, BY_FORM, BASIC])
def test_all_that_it_names_is_imported_and_nothing_else(recipe):
    program = read(order(), recipe)
    imported = {name.rpartition(".")[2] for name in re.findall(r"^import (\S+);$", program.text, re.MULTILINE)}
    used = {node.text.decode() for node in walk(program.root) if node.type in ("identifier", "type_identifier")}
    assert {name for name in used if name[0].isupper()} - NOT_IMPORTED == imported


def test_what_it_does_not_do_is_said():
    assert java.SNIPPET.problem(order(), None) == ""
    assert "a host and a tenant only" in java.SNIPPET.problem(order(), replace(CERTIFICATE, authority=PLAYED.authority))
    assert "the header Expect" in java.SNIPPET.problem(replace(order(), headers=(("Expect", ("x",)),)), None)
    assert "X-Note has more" in java.SNIPPET.problem(replace(order(), headers=(("X-Note", ("é",)),)), None)
