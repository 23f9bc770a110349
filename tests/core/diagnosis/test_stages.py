"""Who speaks decides what he can speak of: a call's token and a client's assertion are refused in the same words."""

import pytest

from console.core.diagnosis import explain, read_evidence
from tests.core.diagnosis.evidence import assertion, of_call, of_token_request

TWINS = [
    ("Invalid audience", "audience-other-api", "assertion-audience-wrong"),
    ("Token audience is not the expected one", "audience-other-api", "assertion-audience-wrong"),
    ("JWT has expired", "token-expired", "assertion-lifetime-invalid"),
    (
        "The issuer of the token is not trusted: issuer 'https://a.example' is invalid",
        "issuer",
        "assertion-issuer-wrong",
    ),
]


@pytest.mark.parametrize(("told", "of_call_", "of_request"), TWINS)
def test_an_api_that_refuses_a_token_says_nothing_of_an_assertion(told, of_call_, of_request):
    call = of_call(body={"detail": told}, token=False, expectations=None)
    found = [one.cause for one in explain(read_evidence(call)).causes]
    assert found[0].startswith(of_call_)
    assert of_request not in found


@pytest.mark.parametrize("told", ["Client assertion has an invalid audience", "assertion audience is invalid"])
def test_words_that_name_the_assertion_are_about_it_whoever_prints_them(told):
    evidence = {"pasted": f"ERROR broker: {told}"}
    assert explain(read_evidence(evidence)).primary.cause == "assertion-audience-wrong"


def test_a_token_endpoint_says_nothing_of_subscriptions_and_roles_of_a_call():
    evidence = of_token_request(
        text="insufficient permissions: no api key", endpoint="https://id.parcel.example/token", assertion=assertion()
    )
    found = {one.cause for one in explain(read_evidence(evidence)).causes}
    assert found.isdisjoint({"subscription-key-missing", "role-insufficient", "scope-missing"})
