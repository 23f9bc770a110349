"""Sentences that no known message explains: what they speak of, and what they do not."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.sentences import read_sentences
from console.core.diagnosis.terms import Confidence

SPOKEN = [
    ("Error parsing token: Invalid issuer.", "issuer-wrong-tenant"),
    ("claims are invalid, error InvalidAudience expected_aud=orders kid=k1", "audience-other-api"),
    ("InternalAuthenticationServiceException: No client with requested id: orders_x", "client-id-wrong"),
    ("Handling error: UnsupportedGrantTypeException, Unsupported grant type: bad", "grant-type-not-allowed"),
    ("the token you sent is no longer valid", "token-expired"),
    ("could not find a key for kid 17 in the jwks", "jwks-wrong-source"),
    ("the client_secret does not match", "client-secret-invalid"),
    ("invalid_client: the audience of the assertion is wrong", "assertion-audience-wrong"),
]
SILENT = [
    "The token is valid and the signature matches.",
    "[INFO] The request URI matched a server endpoint: Token.",
    "Access token is missing or invalid.",
    "Refresh token issued for 9f597b0b (no name set)",
    "Started in 3.1 seconds",
]


@pytest.mark.parametrize(("text", "cause"), SPOKEN)
def test_a_sentence_speaks_of_one_thing_and_is_never_certain(text, cause):
    told = read_sentences(text)
    assert [said.cause for said in told] == [cause]
    assert all(said.confidence is not Confidence.CERTAIN for said in told)


@pytest.mark.parametrize("text", SILENT)
def test_what_refuses_nothing_or_leaves_it_open_is_silent(text):
    assert read_sentences(text) == ()


def test_a_token_endpoint_speaks_of_no_header_of_a_call():
    answer = {"error": "invalid_grant", "error_description": "Persisted access token data not found"}
    assert explain(read_evidence({"token_error": answer, "http_status": 400})).causes == ()
