"""The token: given, refused with or without a known cause, or a person's to sign in for."""

from console.core.diagnosis import explain
from console.core.evidence import Evidence
from console.core.exchange import Failure, FailureKind
from console.core.oauth.token_response import TokenError
from console.core.preflight.base import StageStatus
from console.core.preflight.token import STAGE, SeenTokenRequest
from tests.core.preflight.support import labels

EXPIRED = {
    "error": "invalid_client",
    "error_description": "AADSTS7000222: The provided client secret keys are expired.",
}


def test_a_token_that_is_given_is_told_without_the_token():
    result = STAGE.judge(SeenTokenRequest(token_type="Bearer", scope="a b", life_s=3600, attempt_id="7"))
    assert (result.status, result.what, result.attempt_id) == (StageStatus.OK, "The provider gave a token.", "7")
    assert labels(result) == {"type": "Bearer", "scope": "a b", "lives": "1 hour"}


def test_a_refusal_carries_cause_and_advice_of_the_diagnosis():
    diagnosis = explain(Evidence(token_error=EXPIRED, http_status=401))
    result = STAGE.judge(SeenTokenRequest(TokenError("oauth", 401, "invalid_client"), diagnosis=diagnosis))
    assert (result.status, result.cause) == (StageStatus.FAIL, "client-secret-expired")
    assert (result.do, result.owner) == (diagnosis.primary.do, diagnosis.primary.owner)


def test_a_failure_that_nobody_can_explain_still_says_what_came():
    result = STAGE.judge(SeenTokenRequest(Failure(FailureKind.RESET, "The connection broke off.")))
    assert (result.what, result.why) == ("The provider gave no token.", "The connection broke off.")


def test_a_person_has_to_sign_in_first():
    result = STAGE.judge(SeenTokenRequest(waits_for_person=True))
    assert (result.status, result.what) == (StageStatus.FAIL, "A person has to sign in before there is a token.")
