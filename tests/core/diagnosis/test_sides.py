"""The two sides of a mismatch, and the words that a cause rests on, come out of the evidence."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.base import Sides

NOW = 1_767_225_600
CLAIMS = {"aud": "api://stock", "iss": "https://id.example/t", "exp": NOW + 60, "nbf": NOW - 60, "azp": "c-1"}
REFUSED = {"status": 401, "body": {"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}}
ENDPOINT = {"endpoint": "https://id.example/token", "params": {"grant_type": "client_credentials"}}


def explained(**members):
    return explain(read_evidence({"now": NOW, **members}))


def of_call(claims, expected):
    return explained(token_header={"alg": "RS256"}, token_claims=claims, expectations=expected, response=REFUSED).sides


@pytest.mark.parametrize(
    ("claims", "expected", "sides"),
    [
        (CLAIMS, {"audiences": ["api://orders"]}, ("aud of the token", ("api://stock",), ("api://orders",))),
        (
            CLAIMS,
            {"audiences": ["api://stock"], "issuers": ["https://id.example/t/"]},
            ("iss of the token", ("https://id.example/t",), ("https://id.example/t/",)),
        ),
        (
            {**CLAIMS, "scope": "stock:read"},
            {"audiences": ["api://stock"], "scopes": ["stock:write"]},
            ("scope of the token", ("stock:read",), ("stock:write",)),
        ),
        ({**CLAIMS, "exp": NOW - 900}, {"audiences": ["api://stock"]}, None),
        (CLAIMS, {"audiences": ["api://stock"]}, None),
    ],
)
def test_the_sides_are_those_of_the_check_that_refuses(claims, expected, sides):
    wanted = Sides(sides[0], "accepted", sides[1], sides[2]) if sides else None
    assert of_call(claims, expected) == wanted


def test_an_absent_claim_has_an_empty_side():
    sides = of_call({**CLAIMS, "azp": None, "appid": None}, {"audiences": ["api://stock"], "roles": ["Stock.Read"]})
    assert sides is not None
    assert (sides.actual, sides.expected) == ((), ("Stock.Read",))


def test_a_code_is_shown_in_the_words_it_came_with_and_without_the_ids_behind_them():
    said = "AADSTS7000222: The provided client secret keys for app 'x' are expired."
    error = {"error": "invalid_client", "error_description": f"{said} Trace ID: 1 Correlation ID: 2 Timestamp: 3"}
    found = explained(token_request=ENDPOINT, token_error=error, http_status=401)
    assert [(one.place, one.text) for one in found.seen] == [("Answer of the token endpoint", said)]


def test_words_that_the_reason_quotes_are_not_quoted_again():
    found = explained(pasted="jwt.exceptions.ExpiredSignatureError: Signature has expired")
    assert found.primary is not None
    assert "Signature has expired" in found.primary.why
    assert found.seen == ()


def test_no_token_is_ever_quoted():
    token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"
    error = {"error": "invalid_client", "error_description": f"AADSTS7000222: expired, see {token} for more."}
    found = explained(token_request=ENDPOINT, token_error=error, http_status=401)
    assert found.seen
    assert token not in str(found.seen)
