"""Who talked to whom, and where it stopped: from the evidence alone, and unknown where it does not tell."""

import pytest

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.strip import TokenLeg, strip_of

NOW = 1_767_225_600
CALL = {"method": "GET", "url": "https://api.example/v1/stock", "headers": {"Authorization": "Bearer <token>"}}
BARE = {"method": "GET", "url": "https://api.example/v1/stock", "headers": {"Accept": "*/*"}}
GATEWAY = {"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}
TOKEN = {"token_header": {"alg": "RS256"}, "token_claims": {"iss": "https://id.example/t", "aud": "a"}}
ASKED = {"endpoint": "https://id.example/token", "params": {"grant_type": "client_credentials"}}
POLICY = {"policy": {"verdict": "allow", "steps": []}}


def drawn(leg=None, **members):
    evidence = read_evidence({"now": NOW, **members})
    strip = strip_of(evidence, explain(evidence), leg=leg)
    return strip and " ".join(stop.reached for stop in strip)


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        ({"request": CALL, "response": {"status": 401, "body": GATEWAY}, **TOKEN}, "pass pass fail lost"),
        ({"request": BARE, "response": {"status": 401, "body": GATEWAY}}, "pass lost fail lost"),
        ({"response": {"status": 401, "body": GATEWAY}}, "pass unknown fail lost"),
        ({"request": CALL, "response": {"status": 401, "body": {"detail": "no"}}}, "pass pass unknown fail"),
        ({"request": CALL, "response": {"status": 403, "body": {"detail": "no"}}, **POLICY}, "pass pass pass fail"),
        ({"request": CALL, "response": {"status": 401}}, "pass pass unknown unknown"),
        ({"request": CALL, "response": {"status": 502, "body": "<html>bad</html>"}}, "pass pass fail unknown"),
        ({"request": CALL, "response": {"status": 200, "body": {"a": 1}}, **POLICY}, "pass pass pass pass"),
        ({"request": CALL, "response": {"status": 200, "body": {"a": 1}}}, "pass pass unknown pass"),
        ({"request": CALL, "response": {"failure": "dns"}}, "pass pass lost lost"),
        ({"request": CALL, "response": {"failure": "timeout"}}, "pass pass unknown unknown"),
        ({"request": CALL, "response": {"failure": "too_large"}}, "pass pass unknown unknown"),
        ({"request": CALL, "response": {"status": 200, "failure": "too_large"}}, "pass pass unknown pass"),
        ({"request": CALL, "response": {"failure": "blocked_address"}}, "fail pass lost lost"),
        (
            {"token_request": ASKED, "token_error": {"error": "invalid_client"}, "http_status": 401},
            "pass fail lost lost",
        ),
        ({"token_request": ASKED, "response": {"failure": "tls"}}, "pass lost lost lost"),
        ({"token_request": ASKED, **TOKEN}, "pass pass lost lost"),
        ({"token_request": ASKED}, "pass unknown lost lost"),
        (TOKEN, None),
        ({"pasted": "nothing that tells"}, None),
    ],
)
def test_how_far_it_came(members, wanted):
    assert drawn(**members) == wanted


def test_hosts_statuses_and_times_stand_where_they_were_measured():
    members = {"request": CALL, "response": {"status": 401, "body": GATEWAY, "elapsed_ms": 38}, **TOKEN}
    evidence = read_evidence(members)
    strip = strip_of(evidence, explain(evidence), leg=TokenLeg(200, 164))
    assert strip is not None
    assert [stop.host for stop in strip] == ["", "id.example", "api.example", ""]
    assert [(stop.way.status, stop.way.elapsed_ms) for stop in strip[1:] if stop.way] == [
        (200, 164),
        (401, 38),
        (None, None),
    ]
