"""Fields of many lines: each line that cannot be used is told at once, with its number, whatever form it stands in."""

import pytest

from console.core.providers import provider_of
from console.web.forms.apis import ApiForm
from console.web.forms.calls import CallForm, KeepForm
from console.web.forms.collections import CollectionForm
from console.web.forms.connections import ConnectionEditForm
from console.web.forms.lines import MOST_TOLD, told
from console.web.forms.policies import PolicyForm

TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
CALL = {"method": "GET", "path": "/orders"}


def errors(form, name):
    form.is_valid()
    return list(form.errors.get(name, ()))


def test_headers_of_a_call_are_told_line_by_line():
    text = "no colon\nX-Good: 1\n: nothing\nHost: elsewhere\nmy name: 1"
    assert errors(CallForm({**CALL, "headers": text}), "headers") == [
        "Line 1 is not “Name: value”: it has no colon. Write both, or take the line out.",
        "Line 3 is not “Name: value”: nothing stands before its colon. Write both, or take the line out.",
        "Line 4: The header Host decides where a request goes, so it cannot be set here; remove it.",
        "Line 5: 'my name' is not a header name: letters, digits and hyphens only, without blank or colon.",
    ]


def test_rows_of_headers_are_told_row_by_row():
    rows = {"header_name": "Content-Length", "header_value": "5"}
    assert errors(CallForm({**CALL, **rows}), "headers") == [
        "Header 1: The header Content-Length is set by the console itself, from the body that is sent; remove it."
    ]
    assert errors(CallForm({**CALL, "header_name": "", "header_value": "5"}), "headers") == [
        "Header 1 has a value and no name. Write its name, or take the value out."
    ]


def test_a_request_that_is_only_kept_may_name_any_header():
    assert errors(KeepForm({**CALL, "name": "A", "headers": "Host: elsewhere"}), "headers") == []
    assert len(errors(PolicyForm({"headers": "a\nb\nHost: x"}, sources=[]), "headers")) == 2


def test_lists_of_an_api_tell_each_line_that_holds_what_it_must_not():
    typed = {"audiences": f"api://orders\n{TOKEN}\na\n{TOKEN}", "algorithms": "RS256\nrs256\nnone"}
    form = ApiForm(typed)
    told = errors(form, "audiences")
    assert [one[:7] for one in told] == ["Line 2:", "Line 4:"]
    assert TOKEN not in "".join(told)
    assert errors(form, "algorithms")[0].startswith("rs256, none are no algorithms that tokens are signed with here.")


def test_steps_of_a_collection_tell_each_line_and_how_many_are_left():
    typed = {"request_1": "r", "expects_1": "nonsense\n" * (MOST_TOLD + 2), "takes_1": "a = $.a\nb = $.b\na = $.c\nb"}
    form = CollectionForm({"name": "A", **typed}, requests=[("r", "R")])
    found = errors(form, "expects_1")
    assert len(found) == MOST_TOLD + 1
    assert found[-1].startswith("2 more lines are to be mended: mend these first")
    assert [one[:7] for one in errors(form, "takes_1")] == ["Line 3:", "Line 4:"]


def test_what_is_named_for_a_connection_is_cut_nowhere_without_a_word():
    lines = "managed \n" + "x" * 201 + "\nid " + "n" * 201
    assert errors(ConnectionEditForm({"name": "A", "named": lines}), "named") == [
        "Line 1 names no object ID. Write it behind “managed”, or take the line out.",
        "The object ID in line 2 has 201 characters; at most 200 are kept. Shorten it.",
        "The note in line 3 has 201 characters; at most 200 are kept. Shorten it.",
    ]


@pytest.mark.parametrize(
    ("code", "grant", "scope", "told"),
    [
        ("cognito", "client_credentials", "a b/c d", "a and d are not."),
        ("cognito", "client_credentials", "a", "a is not."),
        ("maskinporten", "jwt_bearer", "a b:c d e", "a, d and e have none."),
        ("maskinporten", "jwt_bearer", " ".join("abcdefgh"), "a, b, c, d, e and 3 more have none."),
    ],
)
def test_every_scope_that_does_not_fit_is_named(code, grant, scope, told):
    assert provider_of(code).scope_problem(grant, scope).endswith(told)


def test_one_that_is_left_is_told_as_one():
    assert told(["x"] * (MOST_TOLD + 1))[-1].startswith("One more line is to be mended")
    assert told(["x"] * MOST_TOLD) == ["x"] * MOST_TOLD
