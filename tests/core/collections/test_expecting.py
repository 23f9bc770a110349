"""Each line of what is expected: met, not met, and one sentence for a line that says nothing."""

import pytest

from console.core.collections.answer import AnswerPart, CollectionAnswer
from console.core.collections.expecting import judged, read_expectation
from console.core.exchange import Response
from tests.core.collections.support import answer, values

ORDER = {
    "id": 7,
    "code": "1001",
    "price": 1.50,
    "status": "done",
    "tags": ["new", 5],
    "owner": {"name": "Ann"},
    "none": None,
    "ok": True,
}
JSON = (("Content-Type", "application/json; charset=utf-8"), ("ETag", '"v1"'), ("Via", "a"), ("via", "b"))


def problem(line, given=None, taken=()) -> str:
    expectation = read_expectation(line)
    assert not isinstance(expectation, str), expectation
    told = judged((expectation,), given or answer(ORDER, headers=JSON), dict(taken))
    return told[-1].problem


@pytest.mark.parametrize(
    "line",
    [
        "status 200", "status is 200", "STATUS 2xx", "status 2XX", "status 404, 200", "header ETag exists",
        "header etag is \"v1\"", "header Content-Type contains JSON", "header Location is absent", "header Via is a, b",
        "header ETag is not \"v2\"", "$.id exists", "$.id is 7", "$.id is 7.0", "$.price is 1.5", "$.price is 15e-1",
        "$.status is done", '$.status is "done"', "$.status is not open", "$.status contains on", "$.tags contains new",
        "$.tags contains 5", "$.owner contains name", '$.owner is {"name": "Ann"}', '$.tags is ["new", 5.0]',
        "$.none is null", "$.none exists", "$.more is absent", "$.ok is true", "$ exists", "$.id is {{id}}",
        "$.status is {{word}}", "$.status contains {{part}}", "header ETag is \"{{tag}}\"", "$.status IS done",
    ],
)  # fmt: skip
def test_a_line_that_is_met(line):
    assert problem(line, taken=values(id=7, word="done", part="on", tag="v1").items()) == ""


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("status 404", "The status is 200."),
        ("status 4xx, 5xx", "The status is 200."),
        ("header Location exists", "There is no such header."),
        ("header ETag is absent", 'The header is "\\"v1\\"".'),
        ("header ETag is v1", 'The header is "\\"v1\\"".'),
        ("$.id is 8", "There is 7."),
        ('$.id is "7"', "There is 7."),
        ("$.code is 1001", 'There is "1001"; that is a text: write it in quotes.'),
        ("$.code is 1002", 'There is "1001".'),
        ("$.ok is 1", "There is true."),
        ("$.status is open", 'There is "done".'),
        ('$.status is not "done"', 'There is "done".'),
        ("$.id contains 7", "There is 7."),
        ("$.tags contains old", 'There is ["new",5].'),
        ("$.more exists", "There is nothing."),
        ("$.more is not 5", "There is nothing."),
        ("$.none is absent", "There is null."),
        ("$.status is {{word}}", 'There is "done".'),
        ("$.id is {{text}}", "There is 7."),
    ],
)
def test_a_line_that_is_not_met_says_what_there_is(line, told):
    assert problem(line, taken=values(word="open", text="7").items()) == told


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b'{"a":'])
def test_a_body_that_is_no_json_has_no_values(body):
    assert problem("$.id exists", answer(body)) == "The body is no JSON."


def test_a_body_that_is_too_large_or_cut_says_so():
    large = Response(200, "", (), b" " * 2_000_000 + b"{}")
    cut = Response(200, "", (), b'{"id": ', is_cut=True)
    told = [problem("$.id exists", CollectionAnswer(AnswerPart(one), AnswerPart(one))) for one in (large, cut)]
    assert told == ["The body is larger than 2 MB, so it is not read.", "The body was cut, so it cannot be read."]


def test_one_of_200_to_299_is_expected_where_no_status_is():
    line = read_expectation("$.id exists")
    assert not isinstance(line, str)
    assert [one.line for one in judged((line,), answer(ORDER), {})] == ["status 2xx", "$.id exists"]
    assert [one.problem for one in judged((), answer(status=401), {})] == ["The status is 401."]
    assert [one.is_met for one in judged((), answer(status=204), {})] == [True]


@pytest.mark.parametrize(
    "line",
    [
        "", "200", "status", "status ok", "status 600", "status 200,", "header", "header ETag", "header a:b exists",
        "header ETag exists now", "$.id", "$.id is", "$.id equals 7", "$..id exists", "$.id exists 7", "body is x",
        "$.id " + "x" * 1000,
    ],
    ids=lambda line: line[:20],
)  # fmt: skip
def test_a_line_that_says_nothing_is_one_sentence(line):
    told = read_expectation(line)
    assert isinstance(told, str)
    assert told.endswith(".")


def test_what_people_are_told_of_a_secret_is_its_mask():
    told = problem("$.access_token is abc", answer({"access_token": "s3cr3t-of-the-answer"}))
    assert told == 'There is "<token>".'


@pytest.mark.parametrize("number", ["1" + "0" * 5000, "1e999999999", "1e99999999999999999999", "-0", "0.1"])
def test_numbers_of_any_size_are_compared(number):
    given = answer(f'{{"n": {number}}}'.encode())
    assert problem(f"$.n is {number}" if len(number) < 900 else "$.n exists", given) == ""
    assert problem("$.n is 5", given).startswith("There is ")
