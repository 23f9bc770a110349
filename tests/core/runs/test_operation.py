"""Long work is followed where the answer says, when it says, until it says that it is done."""

from dataclasses import replace

import pytest

from console.core.collections.work import succeeded
from console.core.exchange import Exchange, Failure, FailureKind, Request, Response
from console.core.http.retry_after import bounded_s
from console.core.runs.base import Progress, RunFacts
from console.core.runs.operation import CUT, Monitor, OperationReport, advance, begin, cancel_url, monitor_of, report_of

NOW = 1_800_000_000
URL = "https://api.example.com/orders/v1/reports"
FACTS = RunFacts(NOW)


def exchange(status, headers=(), body=b"", failure=None, method="GET"):
    response = None if failure else Response(status, "", tuple(headers), body)
    return Exchange(Request(method, URL), response, failure, NOW, 5)


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


@pytest.mark.parametrize(
    ("method", "status", "headers", "body", "found"),
    [
        ("PUT", 201, [("Operation-Location", "/op/1")], b"{}", ("https://api.example.com/op/1", "monitor")),
        ("PUT", 200, [("Azure-AsyncOperation", "/op/1")], b"{}", ("https://api.example.com/op/1", "monitor")),
        ("PUT", 200, [("Operation-Location", "/op/1")], b'{"status": "Succeeded"}', None),
        ("POST", 201, [("Location", "/things/1")], b"{}", None),
        ("PUT", 201, [], b'{"properties": {"provisioningState": "Creating"}}', (URL, "resource")),
        ("PATCH", 200, [], b'{"properties": {"provisioningState": "Updating"}}', (URL, "resource")),
        ("PUT", 200, [], b'{"properties": {"provisioningState": "Succeeded"}}', None),
        ("GET", 200, [], b'{"properties": {"provisioningState": "Creating"}}', None),
        ("PUT", 200, [], b'{"properties": []}', None),
        ("POST", 202, [("Location", "/op/2")], b"", ("https://api.example.com/op/2", "location")),
    ],
)
def test_the_way_to_follow_is_read_from_the_first_answer(method, status, headers, body, found):
    begun = begin(FACTS, exchange(status, headers, body, method=method))
    monitor = monitor_of(begun.kept) if begun else None
    assert ((monitor.url, monitor.style) if monitor else None) == found


@pytest.mark.parametrize(
    ("style", "status", "body", "is_done", "state"),
    [
        ("location", 202, b"", False, "Running"),
        ("location", 200, b'{"status": "active"}', True, "Finished"),
        ("location", 200, b'{"status": "InProgress"}', False, "InProgress"),
        ("location", 204, b"", True, "Finished"),
        ("monitor", 200, b'{"status": "Compacting"}', False, "Compacting"),
        ("resource", 200, b'{"status": "x", "properties": {"provisioningState": "Creating"}}', False, "Creating"),
        ("resource", 200, b'{"properties": {"provisioningState": "Failed"}}', True, "Failed"),
    ],
)
def test_each_way_has_its_own_sign_of_the_end(style, status, body, is_done, state):
    seen = advance(FACTS, {"url": URL, "style": style}, exchange(status, body=body))
    assert (seen.is_done, seen.state) == (is_done, state)
    assert is_done or monitor_of(seen.kept).style == style


@pytest.mark.parametrize(
    ("style", "status", "state"),
    [
        ("monitor", 200, CUT),
        ("resource", 200, CUT),
        ("", 200, CUT),
        ("location", 200, "Finished"),
        ("monitor", 202, "Running"),
    ],
)
def test_of_an_answer_that_is_too_long_nobody_says_that_the_work_is_finished(style, status, state):
    """Behind a Location it is the result, which may be long; a 202 says enough by itself."""
    came = exchange(status, body=b'{"status": "Running", "log": "' + b"x" * 99)
    came = replace(came, response=replace(came.response, is_cut=True))
    assert advance(FACTS, {"url": URL, "style": style}, came).state == state
    is_good = not succeeded(state, came.response, ())
    assert is_good is (state != CUT)


def test_a_monitor_that_names_another_result_is_asked_on():
    seen = advance(
        FACTS, {"url": URL, "style": "monitor"}, exchange(200, [("Location", "/x")], b'{"status": "Running"}')
    )
    assert monitor_of(seen.kept).url == URL


@pytest.mark.parametrize(
    ("body", "report"),
    [
        (b'{"status": "Running", "percentComplete": 42.5}', OperationReport(42.5)),
        (b'{"percentComplete": 0}', OperationReport(0.0)),
        (b'{"percentComplete": 101}', OperationReport()),
        (b'{"percentComplete": "50"}', OperationReport()),
        (b'{"percentComplete": true}', OperationReport()),
        (
            b'{"status": "Failed", "error": {"code": "Quota", "message": "Too many."}}',
            OperationReport(error="Quota: Too many."),
        ),
        (b'{"error": {"code": 7}}', OperationReport()),
        (b'{"error": "x"}', OperationReport()),
        (b"[1]", OperationReport()),
        (b"[" * 5000, OperationReport()),
    ],
)
def test_what_the_far_side_says_beside_its_word_is_told(body, report):
    assert report_of(Response(200, body=body)) == report


def test_a_word_that_clients_may_not_know_is_noted():
    assert "spell it Canceled" in report_of(Response(200, body=b'{"status": "Cancelled"}')).note
    assert report_of(None) == OperationReport()


@pytest.mark.parametrize(
    ("url", "style", "cancelled_at"),
    [
        ("https://a.example/op/1", "monitor", "https://a.example/op/1:cancel"),
        ("https://a.example/op/1/?api-version=1", "monitor", "https://a.example/op/1:cancel?api-version=1"),
        ("https://a.example/op/1", "location", ""),
        ("https://a.example/op/1", "", ""),
        ("https://a.example/op\t1", "monitor", ""),
    ],
)
def test_only_a_status_monitor_can_be_asked_to_cancel(url, style, cancelled_at):
    assert cancel_url(Monitor(url, leaves_api=False, style=style)) == cancelled_at


@pytest.mark.parametrize(
    ("status", "body", "is_done", "state"),
    [
        (202, b"", False, "Cancel asked for"),
        (200, b'{"status": "Canceled"}', True, "Canceled"),
        (200, b'{"status": "Running"}', False, "Cancel asked for"),
        (405, b"", False, "Cancel refused"),
        (404, b"{}", False, "Cancel refused"),
    ],
)
def test_after_a_wish_to_cancel_the_work_is_followed_until_it_says_that_it_ended(status, body, is_done, state):
    kept = {"url": URL, "style": "monitor"}
    seen = advance(FACTS, kept, exchange(status, body=body, method="POST"))
    assert (seen.is_done, seen.state) == (is_done, state)
    assert is_done or seen.kept == kept


def test_a_wish_to_cancel_that_nobody_answered_ends_nothing():
    unheard = Exchange(Request("POST", URL), None, Failure(FailureKind.TIMEOUT, "No answer."), NOW, 5)
    assert advance(FACTS, {"url": URL}, unheard).state == "Cancel refused"
