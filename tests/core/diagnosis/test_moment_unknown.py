"""A text is read later than what it tells of happened: a token that has ended since may have been valid then."""

import json
from email.utils import formatdate

import jwt
import pytest

from console.core.api import Expectation
from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.evidence import Evidence, evidence_json
from console.core.inspection import inspect_text

NOW = 1_796_000_000
CLAIMS = {"iss": "https://quay.example", "aud": "api://boats", "sub": "a", "iat": NOW - 9_000, "exp": NOW - 5_400}
TOKEN = jwt.encode(CLAIMS, "k" * 32, algorithm="HS256")
CALL = f"GET /boats HTTP/1.1\nHost: quay.example\nAuthorization: Bearer {TOKEN}\n\nHTTP/1.1 401 Unauthorized\n"


def diagnosed(text):
    tree = inspect_text(text, expectation=Expectation(), keyset=None, now=NOW)
    return next(one.diagnosis for one in (tree, *tree.items) if one.diagnosis is not None)


@pytest.mark.parametrize(
    "text",
    [CALL, f"curl -i https://quay.example/boats -H 'Authorization: Bearer {TOKEN}'\nHTTP/1.1 401 Unauthorized\n"],
)
def test_a_token_that_ended_before_it_was_pasted_need_not_be_why(text):
    found = diagnosed(text)
    assert (found.primary.cause, found.primary.confidence) == ("token-expired", "likely")
    assert "Nothing tells when the call was made" in found.primary.why
    assert [one.what for one in found.wanted] == ["the time of the attempt"]


def test_an_answer_that_says_when_it_was_given_proves_it():
    found = diagnosed(f"{CALL}Date: {formatdate(NOW - 600, usegmt=True)}\n")
    assert (found.primary.cause, found.primary.confidence) == ("token-expired", "certain")
    found = diagnosed(f"{CALL}Date: {formatdate(NOW - 7_000, usegmt=True)}\n")
    assert found.primary is None or found.primary.cause != "token-expired"


def test_what_the_answer_itself_says_comes_before_it():
    found = diagnosed(
        f'{CALL}WWW-Authenticate: Bearer error="invalid_token", error_description="audience is invalid"\n'
    )
    assert found.primary.cause == "audience-other-api"


def test_an_assertion_of_two_minutes_is_not_refused_for_what_passed_since():
    request = {
        "endpoint": "https://maskinporten.example/token",
        "params": {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"},
        "assertion": {"header": {"alg": "RS256"}, "claims": {"iat": NOW - 900, "exp": NOW - 800}},
    }
    refused = {"token_request": request, "token_error": {"error": "invalid_grant"}, "http_status": 400}
    then = explain(read_evidence({**refused, "now": NOW}))
    later = explain(read_evidence({**refused, "read_at": NOW}))
    assert "assertion-lifetime-invalid" in [one.cause for one in then.causes]
    assert "assertion-lifetime-invalid" not in [one.cause for one in later.causes]


def test_when_it_was_read_goes_with_the_evidence():
    kept = json.loads(json.dumps(evidence_json(Evidence(pasted="401", read_at=NOW))))
    assert read_evidence(kept).read_at == NOW


def test_whoever_tells_the_moment_afterwards_is_believed():
    evidence = {"token_header": {"alg": "HS256"}, "token_claims": CLAIMS, "response": {"status": 401}, "read_at": NOW}
    assert explain(read_evidence({**evidence, "now": NOW - 600})).primary.confidence == "certain"
    found = explain(read_evidence({**evidence, "now": NOW - 7_000})).primary
    assert found is None or found.cause != "token-expired"
