"""The text that asks for what is missing: to whom, for what, how, and nothing secret."""

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.asking import CHECKED, NOTHING_SECRET, asks
from console.core.diagnosis.ticket import ticket_text
from console.core.owner import Owner

SECRET = "Qm8~x4cRtVq7ZpL2sWn5yKb9"  # shaped like one; it is nobody's
ISSUER = "https://sso.example/realms/shop"
REFUSED = {
    "token_request": {
        "endpoint": f"{ISSUER}/protocol/openid-connect/token?client_secret={SECRET}",
        "params": {"client_id": "importer", "client_secret": SECRET},
    },
    "token_error": {"error": "of_its_own", "error_description": f"client_secret={SECRET} came too late"},
    "http_status": 400,
    "now": 1_795_000_000,
}
CALL = {
    "request": {"method": "GET", "url": f"https://api.example/orders?api_key={SECRET}", "headers": {}},
    "response": {"status": 401, "headers": {"x-request-id": "6f0c2d1e-93aa"}, "body": ""},
    "token_claims": {"iss": "https://idp.example/", "aud": "orders"},
    "token_header": {"alg": "RS256"},
}


def asked(value):
    evidence = read_evidence(value)
    return asks(evidence, explain(evidence))


def test_each_person_is_asked_only_for_what_they_have():
    texts = {one.who: one.text for one in asked(CALL)}
    assert Owner.API_OWNER in texts and Owner.INTEGRATOR in texts
    assert "what the API expects" in texts[Owner.API_OWNER].lower() or "What the API expects" in texts[Owner.API_OWNER]
    assert "signature" not in texts[Owner.API_OWNER]
    assert "x-request-id: 6f0c2d1e-93aa" in texts[Owner.API_OWNER]


def test_no_secret_of_the_evidence_is_in_the_text():
    for value in (REFUSED, CALL):
        for one in asked(value):
            assert SECRET not in one.text and NOTHING_SECRET in one.text


def test_a_command_is_called_a_suggestion_and_has_the_ids_filled_in():
    (text,) = (one.text for one in asked(REFUSED) if one.who is Owner.TENANT_ADMIN)
    assert f"{CHECKED}:\n   kcadm.sh get events -r shop -q client=importer" in text
    assert "Admin console" in text


def test_nothing_is_asked_where_the_cause_is_known():
    body = {
        "error": "invalid_client",
        "error_description": "AADSTS7000222: The provided client secret keys are expired.",
    }
    found = {
        "token_error": body,
        "http_status": 401,
        "token_request": {"endpoint": "https://login.microsoftonline.com/"},
    }
    assert asked(found) == ()


def test_the_ticket_of_a_cause_that_an_administrator_mends_has_the_suggested_command():
    told = {
        "token_request": {
            "endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
            "params": {"client_id": "5f0c2b1e-8f2a-4a55-9f0d-2f9a3f6f1a10", "grant_type": "authorization_code"},
        },
        "token_error": {"error": "invalid_grant", "error_codes": [65001], "error_description": "AADSTS65001: consent"},
        "http_status": 400,
    }
    evidence = read_evidence(told)
    text = ticket_text(evidence, explain(evidence))
    command = "az ad app permission admin-consent --id 5f0c2b1e-8f2a-4a55-9f0d-2f9a3f6f1a10"
    assert f"Suggested command, to be checked before it is run:\n  {command}" in text
