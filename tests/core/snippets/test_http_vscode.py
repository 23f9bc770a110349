"""A .http file for the REST Client of VS Code is read as what the call sends, or is not offered."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.snippets import http_vscode
from console.core.snippets.text import Variable
from tests.core.snippets.calls import HIDDEN, SECRET, as_sent, order
from tests.core.snippets.http_files import NOT_HELD, held, same, sent

VALUES = {f"$processEnv {name}": value for name, value in HIDDEN.items()}


def test_it_sends_what_the_call_sends_with_the_secrets_of_its_environment():
    text = http_vscode.write(order(), None)
    assert sent(text, VALUES) == as_sent(order())
    assert http_vscode.SNIPPET.problem(order(), None) == ""
    assert "# @no-redirect\n" in text and all(f"{name}" in text for name in HIDDEN)


@settings(max_examples=100)
@given(call=held)
def test_any_call_that_it_holds_survives(call):
    assert same(sent(http_vscode.write(call, None), VALUES), as_sent(call))


@pytest.mark.parametrize(("changed", "told"), NOT_HELD)
def test_what_would_be_read_in_another_way_is_not_offered(changed, told):
    assert told in http_vscode.SNIPPET.problem(replace(order(), **changed), None)


@pytest.mark.parametrize("body", [("{", Variable("A_VALUE")), (Variable("A_VALUE"), "}")])
def test_a_variable_beside_a_brace_is_not_offered(body):
    assert "takes {{" in http_vscode.SNIPPET.problem(replace(order(), body=body), None)


def test_around_json_blanks_are_left_out():
    call = replace(order(), body=('\r\n{"a":\r\n 1}\n',))
    assert http_vscode.SNIPPET.problem(call, None) == ""
    assert sent(http_vscode.write(call, None), VALUES)[3] == '{"a":\n 1}'


def test_no_secret_goes_into_a_form_of_it():
    assert "not encoded" in http_vscode.SNIPPET.problem(order(), SECRET)
