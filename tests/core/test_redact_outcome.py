"""What a provider gave back of the secrets it was sent is masked in what is shown and kept of its words."""

import pytest

from console.core.credential import Secret
from console.core.exchange import Failure, FailureKind
from console.core.json.strict import read
from console.core.json.text import json_text
from console.core.oauth.token_errors import read_token_error
from console.core.oauth.token_response import TokenResponse
from console.core.redaction.outcome import redact_outcome

SECRET = Secret("canary/secret+value")


def test_an_error_is_masked_in_every_text_and_in_its_body():
    told = {
        "error": f"invalid {SECRET.reveal()}",
        "error_description": f"AADSTS7000215: {SECRET.reveal()}",
        "suberror": SECRET.reveal(),
        "trace_id": SECRET.reveal(),
        "more": [{"sent": "Y2FuYXJ5L3NlY3JldCt2YWx1ZQ=="}],
        "number": 7000215,
    }
    error = read_token_error(401, (("x-ms-request-id", SECRET.reveal()),), json_text(told).encode())
    clean = redact_outcome(error, [SECRET])
    assert (clean.error, clean.error_description) == ("invalid ***", "AADSTS7000215: ***")
    assert (clean.suberror, clean.trace_id, clean.codes, clean.status) == ("***", "***", (7000215,), 401)
    assert (clean.body["more"], clean.body["number"]) == ([{"sent": "***"}], 7000215)


def test_an_error_without_secrets_stays_as_it_was():
    body = b'{"error": "invalid_scope", "error_description": "AADSTS70011: x", "n": 1.50, "deep": {"a": [null, true]}}'
    error = read_token_error(400, (), body)
    assert redact_outcome(error, [SECRET]) == error
    assert read(body).value == error.body


@pytest.mark.parametrize("told", [SECRET.reveal(), f"x {SECRET.reveal()} y"])
def test_scope_and_type_of_a_granted_token_are_masked_and_the_token_stays(told):
    response = TokenResponse(Secret("the-access-token-value"), told, 60, 1, scope=f"{told} the-access-token-value")
    clean = redact_outcome(response, [SECRET])
    assert "canary" not in clean.token_type + clean.scope
    assert "the-access-token-value" not in clean.scope
    assert (clean.access_token, clean.expires_in_s, clean.obtained_at) == (response.access_token, 60, 1)


def test_every_token_of_the_answer_is_masked_where_another_member_repeats_it():
    tokens = {"refresh_token": Secret("the-refresh-token-value"), "id_token": Secret("the-id-token-value")}
    response = TokenResponse(
        Secret("the-access-token-value"),
        "Bearer the-refresh-token-value",
        60,
        1,
        scope="the-id-token-value",
        issued_token_type="urn:x:the-refresh-token-value",
        **tokens,
    )
    clean = redact_outcome(response, [SECRET])
    assert (clean.token_type, clean.scope, clean.issued_token_type) == ("Bearer ***", "***", "urn:x:***")
    assert (clean.refresh_token, clean.id_token) == tuple(tokens.values())


def test_a_claims_request_stays_whole_unless_it_repeats_a_secret():
    told = '{"access_token": {"acrs": {"essential": true, "value": "c1"}}}'
    error = read_token_error(400, (), json_text({"error": "interaction_required", "claims": told}).encode())
    assert redact_outcome(error, [SECRET]).claims == told
    echoed = read_token_error(400, (), json_text({"error": "x", "claims": f'{{"a": "{SECRET.reveal()}"}}'}).encode())
    assert redact_outcome(echoed, [SECRET]).claims == ""


def test_a_failures_detail_is_masked_and_its_kind_stays():
    failure = Failure(FailureKind.BLOCKED_ADDRESS, f"is for another issuer ({SECRET.reveal()})", "issuer")
    clean = redact_outcome(failure, [SECRET])
    assert clean == Failure(FailureKind.BLOCKED_ADDRESS, "is for another issuer (***)", "issuer")
