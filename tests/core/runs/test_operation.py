"""Long work is followed where the answer says, when it says, until it says that it is done."""

import pytest

from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.http.retry_after import bounded_s
from console.core.runs.base import Progress, RunFacts
from console.core.runs.operation import advance, begin, monitor_of

NOW = 1_800_000_000
URL = "https://api.example.com/orders/v1/reports"
FACTS = RunFacts(NOW)


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
    assert monitor_of(begin(FACTS, exchange(202, headers)).kept).url == poll_url


@pytest.mark.parametrize("target", ["/op\t/1", "https://api.example.com/\x00op", " /op/1", "/op/1\\..\\x", "/op/\x7f1"])
def test_a_monitor_with_characters_that_readers_drop_is_kept_as_it_came(target):
    """So that it is refused, in words, and neither mended silently nor given a token."""
    for asked in (
        begin(FACTS, exchange(202, [("Location", target)])),
        advance(FACTS, {}, exchange(202, [("Location", target)])),
    ):
        assert monitor_of(asked.kept).url == target


@pytest.mark.parametrize(("status", "headers"), [(202, []), (200, [("Location", "/x")]), (500, [("Location", "/x")])])
def test_other_answers_start_nothing(status, headers):
    assert begin(FACTS, exchange(status, headers)) is None


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
        (202, b"", False, "Running"),
        (200, b'{"status": "Running"}', False, "Running"),
        (200, b'{"status": "Succeeded"}', True, "Succeeded"),
        (200, b'{"status": "Cancelled"}', True, "Cancelled"),
        (200, b'{"rows": 3}', True, "Finished"),
        (200, b'{"status": 3}', True, "Finished"),
        (204, b"", True, "Finished"),
        (404, b"", True, "Stopped"),
        (200, b"[" * 5000, True, "Finished"),
    ],
)
def test_a_look_at_the_monitor_says_whether_it_goes_on(status, body, is_done, state):
    seen = advance(FACTS, {"url": URL}, exchange(status, body=body))
    assert (seen.is_done, seen.state) == (is_done, state)
    assert (monitor_of(seen.kept) is None) is is_done


def test_without_an_answer_the_run_ends():
    failed = exchange(0, failure=Failure(FailureKind.TIMEOUT, "No answer."))
    assert advance(FACTS, {"url": URL}, failed) == Progress("Stopped", is_done=True, not_before=NOW)
