"""Spans on whole hours, and the ids by which the far side knows an attempt."""

import pytest

from console.core.attempts.history import HOUR_S, HistoryFilter, HistorySpan, is_failing, is_refused, starts, step_h
from console.core.attempts.references import reference, references
from console.core.evidence import Evidence, EvidenceResponse
from console.core.exchange import Exchange, Request, Response

MIDNIGHT = 20_000 * 86_400


@pytest.mark.parametrize("now", [MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + HOUR_S - 1, MIDNIGHT + 86_399])
def test_spans_begin_on_whole_hours(now):
    hour = now // HOUR_S * HOUR_S
    assert starts(HistorySpan.TODAY, now) == MIDNIGHT
    assert starts(HistorySpan.DAY, now) == hour - 23 * HOUR_S
    assert starts(HistorySpan.WEEK, now) == hour - (7 * 24 - 1) * HOUR_S
    assert starts(HistorySpan.ALL, now) is None


@pytest.mark.parametrize(("hours", "step"), [(1, 1), (24, 1), (48, 1), (49, 6), (168, 6), (337, 24), (2881, 168)])
def test_a_picture_never_has_very_many_bars(hours, step):
    assert step_h(0, hours * HOUR_S) == step


@pytest.mark.parametrize(
    ("status", "refused", "failing"),
    [(None, False, True), (200, False, False), (302, False, False), (399, False, False), (400, True, True),
     (401, True, True), (499, True, True), (500, False, True)],
)  # fmt: skip
def test_refused_is_answered_no_and_failing_is_all_that_is_no_success(status, refused, failing):
    assert (is_refused(status), is_failing(status)) == (refused, failing)


@pytest.mark.parametrize(
    ("status", "expected"),
    [("401", (401, 402)), ("refused", (400, 500)), ("5xx", (500, 600)), ("", None), ("none", None)],
)
def test_a_status_is_a_range(status, expected):
    assert HistoryFilter(status=status).statuses == expected


def answered(*headers, body=None, error=None):
    exchange = Exchange(Request("GET", "https://x"), Response(401, headers=headers), None, 1.5, 7)
    return references(Evidence(response=EvidenceResponse(401, body=body), token_error=error), [exchange])


def test_ids_are_found_in_headers_and_bodies_in_lower_case_and_once():
    trace = "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
    assert answered(("traceparent", trace)) == ("0af7651916cd43dd8448eb211c80319c", "")
    assert answered(
        ("X-MS-Request-Id", "AB-1"), ("Date", "now"), error={"trace_id": "ab-1", "correlation_id": "C"}
    ) == (
        "ab-1",
        "c",
    )
    assert answered(body={"requestId": "R", "activityId": ["no"]}) == ("r", "")
    assert answered(("request-id", "ü"), ("x-request-id", "x" * 201)) == ("", "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" AB-1 ", "ab-1"),
        ("00-" + "A" * 32 + "-" + "b" * 16 + "-01", "a" * 32),
        ("GET /x", ""),
        ("ü", ""),
        ("x" * 201, ""),
    ],
)
def test_what_is_searched_by_is_spelled_as_it_is_kept(typed, kept):
    assert reference(typed) == kept
