"""The answer of a token endpoint as libraries and logs print it, and what only looks like one."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.printed_error import printed_error
from console.core.evidence import Evidence, EvidenceRequest, EvidenceResponse

PRINTED = [
    ('login: oauth2: "invalid_grant" "The code was used"', "invalid_grant", "The code was used"),
    ('exchange failed: oauth2: "invalid_client"', "invalid_client", ""),
    ("OAuth2AuthorizationException: [invalid_client] The quay is shut", "invalid_client", "The quay is"),
    ("requests_oauthlib: (invalid_scope) Quay is no scope", "invalid_scope", "Quay is no scope"),
    ("OPError: unauthorized_client (not for this grant)", "unauthorized_client", "not for this grant"),
    ("error_code: invalid_grant, error_description: The boat has left", "invalid_grant", "The boat has left"),
    (
        '{"message":"no: \'{\\n  \\"error\\" : \\"gone_client\\",\\n \\"error_description\\" : \\"Sunk.\\"\\n}\'"}',
        "gone_client",
        "Sunk.",
    ),
    ("google.auth.exceptions.RefreshError: ('invalid_grant: Bad Request', {})", "invalid_grant", "Bad Request"),
    ('"stack":"InvalidClientAuth: invalid_client\\n    at auth (/quay.js:1)"', "invalid_client", ""),
    ("type=CODE_TO_TOKEN_ERROR, clientId=boats, error=unauthorized_client", "unauthorized_client", ""),
    ("errorCode: 'invalid_client',\n text: AADSTS700027: No key.\n at x", "invalid_client", "AADSTS700027"),
    ("MsalServiceException: AADSTS53003: Access has been blocked.\r\nTrace ID: 1", "", "AADSTS53003: Access has been"),
]  # fmt: skip
OF_CALLS = [
    'WWW-Authenticate: Bearer error="invalid_token", error_description="The token expired"',
    'WWW-Authenticate: Bearer error="insufficient_scope", error_description="boats.write is needed"',
    'WWW-Authenticate: DPoP error="use_dpop_nonce", error_description="A nonce is needed"',
    "How to mend invalid_client errors",
    "GET /errors/invalid_client HTTP/1.1",
    "no error (invalid_client is not meant)",
]


@pytest.mark.parametrize(("text", "error", "description"), PRINTED)
def test_what_is_printed_is_the_error_with_its_description(text, error, description):
    told = printed_error(text)
    assert told is not None
    assert told["error"] == error
    assert told["error_description"].startswith(description)
    assert bool(told["error_description"]) is bool(description)


@pytest.mark.parametrize("text", OF_CALLS)
def test_what_an_api_says_and_what_is_only_named_is_no_answer_of_a_token_endpoint(text):
    assert printed_error(text) is None


def test_a_number_of_entra_in_a_log_is_judged_as_the_answer_that_it_is():
    text = "app: AADSTS50027: Invalid JWT token. No certificate thumbprint specified in token header.\nat Quay.Main()"
    causes = explain(read_evidence(text)).causes
    assert [one.cause for one in causes][:1] == ["certificate-thumbprint-invalid"]


@pytest.mark.parametrize("code", [90023, 9002326])
def test_the_words_beside_a_number_that_says_little_decide(code):
    text = (
        f"AADSTS{code}: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type."
    )
    causes = explain(read_evidence(text)).causes
    assert [one.cause for one in causes][:1] == ["client-type-mismatch"]


def test_the_error_inside_the_answer_of_an_api_is_what_failed():
    body = {"message": "no", "inner": 'AADSTS700027: The key was not found. [Reason - The key was not found.]"'}
    causes = explain(Evidence(response=EvidenceResponse(status=500, body=body))).causes
    assert [one.cause for one in causes][:1] == ["certificate-not-registered"]


def test_the_error_inside_the_answer_to_a_call_leaves_the_call_what_it_is():
    body = {"message": "no", "inner": "InvalidClientAuth: invalid_client"}
    call = EvidenceRequest(method="GET", url="https://quay.example.org/boats")
    causes = explain(Evidence(request=call, response=EvidenceResponse(status=401, body=body))).causes
    assert "client-secret-invalid" not in [one.cause for one in causes]
