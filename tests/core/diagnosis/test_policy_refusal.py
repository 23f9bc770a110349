"""What the gateway says of a required claim is taken as its policy's demand, and nothing is made of it without need."""

import msgspec
import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.policy_refusal import with_refusal
from console.core.evidence import Evidence, EvidencePolicy

CLIENT = "a7e31f90-c46d-4d2b-b5f8-0e9d61c3a725"
CLAIMS = {
    "aud": "d04b7c31-2a9e-4b65-8f10-93c5e7a1b2d8", "azp": CLIENT, "azpacr": "1", "ver": "2.0",
    "iss": "https://login.microsoftonline.com/5c0d9e1b-77a4-4f08-9d32-e81b6a2f4c07/v2.0",
    "tid": "5c0d9e1b-77a4-4f08-9d32-e81b6a2f4c07", "exp": 1767228600, "iat": 1767225540,
}  # fmt: skip


def refused(message, status=401, **claims):
    call = {"method": "GET", "url": "https://gw.example/invoices", "headers": [["Authorization", "Bearer <token>"]]}
    body = f'{{ "statusCode": {status}, "message": "{message}" }}'
    evidence = {
        "now": 1767225600,
        "token_header": {"alg": "RS256", "kid": "k"},
        "token_claims": {**CLAIMS, **claims},
        "signature": "valid",
        "request": call,
        "response": {"status": status, "headers": [], "body": body},
    }
    return msgspec.convert(evidence, Evidence)


SAID = [
    ("scp=Invoices.Read", {"scp": "Invoices.Write"}, "scope-missing"),
    ("scp=Invoices.Read", {"scp": "Invoices.Read Invoices.Write"}, "claim-not-split"),
    ("roles=Invoice.Admin", {"roles": ["Invoice.Reader"], "idtyp": "app"}, "role-insufficient"),
    ("roles=Invoice.Admin", {"idtyp": "app"}, "app-permission-not-granted"),
    ("aud=11111111-2222-4333-8444-555555555555", {}, "audience-other-api"),
    ("azp=11111111-2222-4333-8444-555555555555", {}, "client-not-allowed"),
]


@pytest.mark.parametrize(("said", "claims", "cause"), SAID)
def test_the_claim_and_the_value_that_the_gateway_names_lead_to_the_cause(said, claims, cause):
    found = explain(refused(f"Claim value mismatch: {said}.", **claims))
    assert found.causes[0].cause == cause


def test_nothing_is_made_of_it_where_something_else_is_known():
    said = "Claim value mismatch: scp=Invoices.Read."
    known = msgspec.structs.replace(refused(said, scp="x"), policy=EvidencePolicy("allow"))
    assert with_refusal(known, said) is known, "the policy itself is known"
    holding = refused(said, scp="Invoices.Read")
    assert with_refusal(holding, said) is holding, "the token has what is wanted"
    other = refused("Unauthorized", scp="x")
    assert with_refusal(other, "Unauthorized") is other
    without = msgspec.structs.replace(other, token_claims=None)
    assert with_refusal(without, said) is without


def test_a_call_that_went_well_is_told_nothing():
    found = explain(refused("Claim value mismatch: scp=Invoices.Read.", status=200, scp="x"))
    assert not found.causes
