"""Long work is followed where the answer says, when it says, until it says that it is done."""

import pytest

from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.http.retry_after import bounded_s
from console.core.runs.operation import advance, begin

NOW = 1_800_000_000
URL = "https://api.example.com/orders/v1/reports"


def exchange(status, headers=(), body=b"", failure=None):
    response = None if failure else Response(status, "", tuple(headers), body)
    return Exchange(Request("GET", URL), response, failure, NOW, 5)


@pytest.mark.parametrize(
    ("headers", "poll_url"),
    [
        ([("Operation-Location", "https://api.example.com/op/1")], "https://api.example.com/op/1"),
        ([("Location", "/op/2")], "https://api.example.com/op/2"),
        ([("Location", "op/3")], "https://api.example.com/orders/v1/op/3"),
        (
            [("Location", "/result"), ("Operation-Location", "/op/4")],
            "https://api.example.com/op/4",
        ),
        ([("Azure-AsyncOperation", "https://elsewhere.example/op")], "https://elsewhere.example/op"),
    ],
)
def test_a_202_names_the_monitor(headers, poll_url):
    assert begin(exchange(202, headers), now=NOW).poll_url == poll_url


@pytest.mark.parametrize("target", ["/op\t/1", "https://api.example.com/\x00op", " /op/1", "/op/1\\..\\x", "/op/\x7f1"])
def test_a_monitor_with_characters_that_readers_drop_is_kept_as_it_came(target):
    """So that it is refused, in words, and neither mended silently nor given a token."""
    for asked in (
        begin(exchange(202, [("Location", target)]), now=NOW),
        advance(exchange(202, [("Location", target)]), now=NOW),
    ):
        assert asked.poll_url == target


@pytest.mark.parametrize(("status", "headers"), [(202, []), (200, [("Location", "/x")]), (500, [("Location", "/x")])])
def test_other_answers_start_nothing(status, headers):
    assert begin(exchange(status, headers), now=NOW) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("99999999999999", 600),
        ("Fri, 15 Jan 2027 08:00:10 GMT", 10),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),
        ("soon", 2),
        ("-5", 2),
        ("", 2),
        ("Wed, 99 Foo 2099 07:28:00 GMT", 2),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_is_bounded(value, seconds):
    assert bounded_s((("Retry-After", value),), now=NOW) == seconds


@pytest.mark.parametrize(
    ("status", "body", "is_done", "state"),
    [
        (202, b"", False, ""),
        (200, b'{"status": "Running"}', False, "Running"),
        (200, b'{"status": "Succeeded"}', True, "Succeeded"),
        (200, b'{"status": "Cancelled"}', True, "Cancelled"),
        (200, b'{"rows": 3}', True, ""),
        (200, b'{"status": 3}', True, ""),
        (204, b"", True, ""),
        (404, b"", True, ""),
        (200, b"[" * 5000, True, ""),
    ],
)
def test_a_look_at_the_monitor_says_whether_it_goes_on(status, body, is_done, state):
    seen = advance(exchange(status, body=body), now=NOW)
    assert (seen.is_done, seen.state) == (is_done, state)
    assert (seen.poll_url is None) is is_done


def test_without_an_answer_the_run_ends():
    failed = exchange(0, failure=Failure(FailureKind.TIMEOUT, "No answer."))
    assert advance(failed, now=NOW).is_done
