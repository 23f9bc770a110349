"""What is added to a case: read whatever form it has, and never in place of what was known before."""

import json

import pytest

from console.core.cases.added import completed, read_added
from console.core.cases.learned import learned
from console.core.diagnosis import explain, read_evidence
from console.core.evidence import Evidence
from tests.core.tokens.wire import compact

CLAIMS = {"iss": "https://idp.example/", "aud": "api://invoices", "azp": "c1", "exp": 1_795_000_600}
CALL = {
    "request": {"method": "GET", "url": "https://api.example/orders", "headers": {"authorization": "Bearer <token>"}},
    "response": {"status": 401, "headers": {}, "body": ""},
    "now": 1_795_000_000,
}


@pytest.mark.parametrize(
    ("text", "members"),
    [
        (json.dumps(CALL), {"request", "response", "now"}),
        (json.dumps(CLAIMS), {"token_claims"}),
        (json.dumps({"header": {"alg": "RS256"}, "payload": CLAIMS}), {"token_header", "token_claims"}),
        (json.dumps({"audiences": ["api://orders"], "roles": ["Orders.Read"]}), {"expectations"}),
        ("valid", {"signature"}),
        ("Does not verify.", {"signature"}),
        ("2026-11-29T09:02:17+01:00", {"now"}),
        ("Sun, 29 Nov 2026 08:02:17 GMT", {"now"}),
        ("2026-11-29 09:02:17", {"pasted"}),  # of which zone?
        ("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error=\"invalid_token\"\n\n{}", {"response", "pasted"}),
        ("<policies><inbound><validate-jwt><audiences><audience>api://orders</audience></audiences></validate-jwt>"
         "</inbound></policies>", {"policy_xml"}),
        ('{"error": "invalid_client", "error_description": "AADSTS7000222: expired"}', {"token_error"}),
        ("the gateway was restarted at nine", {"pasted"}),
    ],
)  # fmt: skip
def test_each_form_is_read_into_its_place(text, members):
    found = read_added(text)
    assert {name for name in Evidence.__struct_fields__ if getattr(found, name) not in (None, {}, ())} == members


def test_a_token_is_decoded_before_masking_could_take_it_away():
    token = compact(CLAIMS, {"alg": "RS256", "kid": "k1"})
    found = read_added(f"here it is: {token}")
    assert found.token_claims == CLAIMS and found.token_header["kid"] == "k1"


@pytest.mark.parametrize(
    "text", ["", " \n", "x" * 2_000_001, "-----BEGIN PRIVATE KEY-----\nMIIEvQ==\n-----END PRIVATE KEY-----"]
)
def test_what_must_not_be_kept_is_not_read(text):
    assert read_added(text) is None


@pytest.mark.parametrize(
    "text", ["{" * 5000, '{"a":' * 200 + "1" + "}" * 200, "\x00\ud800", '{"token_claims": 7}', "[]"]
)
def test_nothing_raises(text):
    found = read_added(text)
    completed(Evidence(), [found] if found else [])


def test_what_was_known_stays_and_what_was_open_is_filled():
    known = read_evidence({**CALL, "profile": {"client_id": "c1", "observations": ["since nine"]}})
    more = read_evidence({
        "request": {"method": "POST", "url": "https://other.example/", "headers": {"x-other": "1"}},
        "response": {"status": 401, "headers": {"apim-request-id": "r1"}, "body": "denied"},
        "token_claims": CLAIMS,
        "profile": {"client_id": "c2", "observations": ["restarted"], "grant": "client_credentials"},
        "now": 5,
    })  # fmt: skip
    found = completed(known, [more])
    assert found.request == known.request and found.now == known.now
    assert found.response.body == "denied" and found.response.headers == (("apim-request-id", "r1"),)
    assert found.token_claims == CLAIMS
    assert found.profile == {
        "client_id": "c1",
        "grant": "client_credentials",
        "observations": ["since nine", "restarted"],
    }


def test_headers_of_the_same_request_are_taken_where_they_were_not_known():
    known = read_evidence({"request": {"method": "GET", "url": "https://api.example/orders?x=1"}})
    more = read_evidence({"request": {"method": "GET", "url": "https://api.example/orders", "headers": {"a": "b"}}})
    assert completed(known, [more]).request.headers == (("a", "b"),)
    assert completed(known, [more]).request.url == "https://api.example/orders?x=1"


def test_the_description_of_the_same_error_is_added_and_that_of_another_is_not():
    known = read_evidence({"token_error": {"error": "invalid_grant"}})
    same = read_evidence({"token_error": {"error": "invalid_grant", "error_description": "AADSTS65001: consent"}})
    other = read_evidence({"token_error": {"error": "invalid_client", "error_description": "other"}})
    assert completed(known, [same]).token_error["error_description"] == "AADSTS65001: consent"
    assert completed(known, [other]).token_error == {"error": "invalid_grant"}


def test_the_news_say_what_is_known_since_and_what_the_diagnosis_makes_of_it():
    before = read_evidence(CALL)
    token = read_added(json.dumps({"header": {"alg": "RS256", "kid": "k1"}, "payload": CLAIMS}))
    demands = read_added(json.dumps({"audiences": ["api://orders"]}))
    with_token = completed(before, [token])
    whole = completed(with_token, [demands])
    was, between, now = explain(before), explain(with_token), explain(whole)
    assert learned(before, with_token, was=was, now=between).parts == ("the decoded token",)
    assert "the decoded token" in was.missing and "the decoded token" not in between.missing
    found = learned(with_token, whole, was=between, now=now)
    assert found.parts == ("what the API expects",)
    assert now.primary.cause == "audience-other-api"
    assert found.told == "It names the cause: “Token for another API”, certain."


def test_news_without_effect_say_so():
    before = read_evidence(CALL)
    after = completed(before, [Evidence(pasted="it rained")])
    told = learned(before, after, was=explain(before), now=explain(after))
    assert told.parts == ("a text",) and told.told == "It does not change the diagnosis."
