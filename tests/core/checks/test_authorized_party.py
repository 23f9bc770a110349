"""The authorized_party check."""

import pytest

from console.core.checks.authorized_party import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import CLIENT, WRONG_TYPES, context


@pytest.mark.parametrize(
    "claims",
    [
        {"azp": CLIENT, "ver": "2.0"},
        {"appid": CLIENT, "ver": "1.0"},
        {"azp": CLIENT.upper()},
        {"client_id": CLIENT},
        {"appid": "else", "azp": CLIENT, "ver": "2.0"},
        {"appid": CLIENT, "azp": "else", "ver": "1.0"},
    ],
)
def test_an_allowed_client_passes_by_the_claim_of_its_version(claims):
    assert CHECK.run(context(claims, authorized_parties=(CLIENT,))).status == "pass"


def test_another_client_shows_both_sides():
    finding = CHECK.run(context({"azp": "client-b"}, authorized_parties=(CLIENT,)))
    assert (finding.status, finding.who) == ("fail", Owner.API_OWNER)
    assert finding.why == f"azp is client-b; this API allows {CLIENT}."


@pytest.mark.parametrize("claims", [{}, *({"azp": value} for value in WRONG_TYPES)])
def test_a_token_that_names_no_client_fails(claims):
    finding = CHECK.run(context(claims, authorized_parties=(CLIENT,)))
    assert finding.what == "The token does not say which client obtained it."


def test_nothing_is_judged_without_expectation_or_claims():
    assert CHECK.run(context({"azp": "x"})).status == "unknown"
    assert CHECK.run(context(None, authorized_parties=("x",))).status == "unknown"
