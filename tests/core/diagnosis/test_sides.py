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


@pytest.mark.parametrize(
    ("members", "sides"),
    [
        (
            {
                "token_request": {**ENDPOINT, "params": {"redirect_uri": "http://localhost:8400/Back"}},
                "token_error": {"error": "invalid_grant", "error_description": "AADSTS50011: The reply URL differs."},
                "profile": {"registered_redirect_uris": ["http://localhost:8400/back"]},
            },
            ("redirect_uri sent", ("http://localhost:8400/Back",), ("http://localhost:8400/back",)),
        ),
        (
            {
                "token_request": {
                    **ENDPOINT,
                    "assertion": {"header": {}, "claims": {"aud": "https://other.example/t"}},
                },
                "token_error": {"error": "invalid_client", "error_description": "AADSTS700023: audience is not valid."},
            },
            ("aud of the assertion", ("https://other.example/t",), ("https://id.example/token",)),
        ),
    ],
)
def test_what_was_sent_stands_beside_what_is_registered_or_asked(members, sides):
    found = explained(**members).sides
    assert found is not None
    assert (found.actual_label, found.actual, found.expected) == sides


def test_a_blank_that_hides_in_a_demand_shows_beside_the_value_without_it():
    found = of_call(CLAIMS, {"audiences": [" api://stock"]})
    assert found is not None
    assert (found.actual, found.expected) == (("api://stock",), (" api://stock",))
