"""The call: answered, refused, not sent, to an operation that nobody knows."""

import pytest

from console.core.diagnosis import explain
from console.core.evidence import Evidence, EvidenceResponse
from console.core.exchange import Failure, FailureKind
from console.core.preflight.base import StageStatus
from console.core.preflight.call import STAGE, SeenCall


@pytest.mark.parametrize("status", [200, 202, 204])
def test_an_answer_of_the_api_is_well(status):
    result = STAGE.judge(SeenCall("GET /orders", status, elapsed_ms=5, attempt_id="9"))
    assert (result.status, result.what, result.attempt_id) == (StageStatus.OK, f"The API answered {status}.", "9")


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 500])
def test_any_other_answer_fails(status):
    result = STAGE.judge(SeenCall("GET /orders", status))
    assert (result.status, result.what) == (StageStatus.FAIL, f"The API answered {status}.")
    assert result.do and result.owner


def test_a_redirect_says_why_it_is_not_followed():
    result = STAGE.judge(SeenCall("GET /orders", 302))
    assert result.why == "It sends elsewhere, and no redirect is followed: token and key would go along."
    assert result.do == "Correct the path, or the API's address, to where the answer points."


def test_where_nobody_has_told_what_to_call_a_404_is_a_warning():
    result = STAGE.judge(SeenCall("GET /", 404, is_known=False))
    assert result.status is StageStatus.WARN
    assert result.do == "Choose an operation that exists, a health check best, and start again."
    assert STAGE.judge(SeenCall("GET /", 401, is_known=False)).status is StageStatus.FAIL


def test_no_answer_fails_with_the_cause_of_the_diagnosis():
    failure = Failure(FailureKind.TIMEOUT, "The answer was not complete in time.", "total")
    diagnosis = explain(Evidence(response=EvidenceResponse(failure="timeout", rule="total", detail=failure.detail)))
    result = STAGE.judge(SeenCall("GET /orders", failure=failure, diagnosis=diagnosis))
    assert (result.status, result.cause) == (StageStatus.FAIL, "call-timeout")
    assert result.what.startswith("The API gave no answer. ")


def test_what_is_not_sent_says_what_to_mend():
    result = STAGE.judge(SeenCall(problem=("The header is set twice.", "Remove it.")))
    assert (result.what, result.why, result.do) == ("The call was not sent.", "The header is set twice.", "Remove it.")


def test_without_an_api_there_is_nothing_to_call():
    assert STAGE.judge(SeenCall(has_api=False)).status is StageStatus.SKIPPED
