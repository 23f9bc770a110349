"""Names in a request and what they stand for."""

import pytest

from console.core.call import CallProblem
from console.core.compose.draft import RequestDraft
from console.core.compose.variables import filled_in, shown_in, without_value

VALUES = {"id": "a/b ö", "n": "{{id}}", "item-1": '"x"', "empty": ""}
DRAFT = RequestDraft(
    "POST",
    "/orders/{{id}}/{{ n }}",
    "top={{empty}}&q={{id}}",
    (("X-{{id}}", "{{id}} and {{other}}"),),
    body='{"item": {{item-1}}, "of": "{{{id}}}"}',
    fields=(("{{id}}", "{{item-1}}"),),
)


def test_values_are_encoded_in_path_and_query_and_stand_as_they_are_elsewhere():
    found = filled_in(DRAFT, VALUES)
    assert found.path == "/orders/a%2Fb%20%C3%B6/%7B%7Bid%7D%7D"
    assert found.query == "top=&q=a%2Fb%20%C3%B6"
    assert found.headers == (("X-{{id}}", "a/b ö and {{other}}"),)
    assert found.body == '{"item": "x", "of": "{a/b ö}"}'
    assert found.fields == (("{{id}}", '"x"'),)
    assert shown_in(DRAFT.path, VALUES) == found.path


@pytest.mark.parametrize(("path", "query", "part"), [("/a/{{x}}", "", "path"), ("/a", "b={{x}}", "query")])
def test_a_name_without_a_value_is_no_part_of_an_address(path, query, part):
    problem = filled_in(RequestDraft(path=path, query=query), {})
    assert isinstance(problem, CallProblem)
    assert problem.field == part
    assert problem.what == f"The {part} names {{{{x}}}}, which has no value."


def test_what_has_no_value_is_named_once():
    assert without_value(DRAFT, {"id": ""}) == ("n", "empty", "item-1", "other")
    assert without_value(RequestDraft(body="{{}} {{ a b }} {x} {{" + "y" * 101 + "}}"), {}) == ()


def test_a_value_within_a_string_of_json_stays_in_it():
    body = '{"a{{n}}": "{{v}} \\" {{v}}", "n": {{n}}, "open": "{{v}}'
    found = filled_in(RequestDraft(body=body, body_kind="json"), {"v": 'x"y\n', "n": "7"})
    assert found.body == '{"a7": "x\\"y\\n \\" x\\"y\\n", "n": 7, "open": "x\\"y\\n'


def test_values_make_no_request_without_end():
    draft = RequestDraft(body="{{n}}" * 50_000)
    assert isinstance(filled_in(draft, {"n": "x" * 1_000}), CallProblem)
