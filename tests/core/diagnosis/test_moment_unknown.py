"""A text is read later than what it tells of happened: a token that has ended since may have been valid then."""

import json
from datetime import UTC, datetime
from email.utils import formatdate

import jwt
import pytest

from console.core.api import Expectation
from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.log_moment import moment_of_refusal
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


def logged(offset_s, form="%Y-%m-%dT%H:%M:%SZ"):
    return datetime.fromtimestamp(NOW - offset_s, UTC).strftime(form)


LINES = [
    "{} WARN quay.Auth - GET /boats was answered 401",
    "boats-1  | {} [ERR] IDX10223: the token was refused",
    '{{"timestamp":"{}","level":"error","msg":"jwt was rejected"}}',
    "{} ERROR quay.Auth - boats\n  token was rejected",
]


@pytest.mark.parametrize("line", LINES)
def test_the_line_of_a_log_that_states_the_refusal_tells_when_it_was(line):
    found = diagnosed(f"{CALL}\n\n{line.format(logged(600))}\n").primary
    assert (found.cause, found.confidence) == ("token-expired", "likely")
    assert "The log writes the refusal at 20" in found.why
    assert ("of a call with this token" in found.why) is ("IDX10223" not in line)  # which says itself that it expired
    found = diagnosed(f"{CALL}\n\n{line.format(logged(7_000))}\n").primary
    assert found is None or (found.cause, found.confidence) != ("token-expired", "certain")


def test_a_refusal_that_was_logged_before_the_token_was_made_was_of_another():
    found = diagnosed(f"{CALL}\n\n{LINES[0].format(logged(90_000))}\n").primary
    assert (found.cause, found.confidence) == ("token-expired", "likely")
    assert "Nothing tells when the call was made" in found.why


def test_a_time_without_a_zone_is_only_told():
    found = diagnosed(f"{CALL}\n\n{LINES[0].format(logged(600, '%Y-%m-%d %H:%M:%S'))}\n")
    assert (found.primary.cause, found.primary.confidence) == ("token-expired", "likely")
    assert "does not say in which time zone" in found.primary.why


MOMENTS = [
    ("2031-01-05T10:00:00Z 401", 1_925_373_600),
    ("2031-01-05 11:00:00.123 +0100 401", 1_925_373_600),
    ('9.9.9.9 - - [05/Jan/2031:10:00:00 +0000] "GET /boats HTTP/1.1" 401 12', 1_925_373_600),
    ("2031-01-05 10:00:00 401", None),
    ("2031-13-05T10:00:00Z 401", "none"),
    ("10:00:00 401", "none"),
    ("2031-01-05T10:00:00Z INFO boats took 401 ms", "none"),
    ("2031-01-05T10:00:00Z INFO 403 bytes of boats on 10.0.0.1:401", "none"),
    ("2031-01-05T10:00:00Z GET /boats status=403", 1_925_373_600),
    ('{"time":"2031-01-05T10:00:00Z","status":401}', 1_925_373_600),
    ("ERROR the token expired at 2031-01-05T10:00:00Z", "none"),
    ("2031-01-05T10:00:00Z INFO boats were listed", "none"),
    ('the token expired: {"exp_time": "2031-01-05T10:00:00Z"}', "none"),
    ("2031-01-05T10:00:00Z 401\n2031-01-05T10:00:30Z 401", 1_925_373_630),
    ("2031-01-05T10:00:00Z 401\n2031-01-05T12:00:00Z 401", "none"),
    ("2031-01-05T10:00:00Z 401\n2031-01-05 12:00:00 401", "none"),
    ("2031-01-05T09:00:00Z INFO boats\n2031-01-05T10:00:00Z 401", 1_925_373_600),
]


@pytest.mark.parametrize(("text", "seconds"), MOMENTS)
def test_a_moment_is_a_date_with_time_and_zone_at_the_head_of_the_line(text, seconds):
    found = moment_of_refusal(text)
    assert (found.seconds if found else "none") == seconds


def test_a_log_from_the_future_tells_nothing():
    found = diagnosed(f"{CALL}\n\n{LINES[0].format(logged(-9_000))}\n")
    assert (found.primary.cause, found.primary.confidence) == ("token-expired", "likely")
