"""The issuer check."""

import pytest

from console.core.checks.issuer import CHECK, nearest_relation
from console.core.owner import Owner
from tests.core.checks.contexts import OTHER_TENANT, TENANT, V1, V2, WRONG_TYPES, context


def test_a_listed_issuer_passes():
    assert CHECK.run(context({"iss": V2}, issuers=(V1, V2))).status == "pass"


@pytest.mark.parametrize(
    ("issuer", "expected", "what", "who"),
    [
        (V1, V2, "The issuer is the right tenant in the other token version.", Owner.API_OWNER),
        (V2, V1, "The issuer is the right tenant in the other token version.", Owner.API_OWNER),
        (
            V2,
            f"https://login.microsoftonline.com/{OTHER_TENANT}/v2.0",
            "The token comes from another issuer.",
            Owner.INTEGRATOR,
        ),
        (V2, f"{V2}/", "The issuer is spelled differently from the accepted one.", Owner.API_OWNER),
        (V1, V1.rstrip("/"), "The issuer is spelled differently from the accepted one.", Owner.API_OWNER),
        (
            "https://idp.example/",
            V2,
            "The token comes from an issuer the API does not trust.",
            Owner.INTEGRATOR,
        ),
    ],
)
def test_a_mismatch_says_how_near_it_is(issuer, expected, what, who):
    finding = CHECK.run(context({"iss": issuer}, issuers=(expected,)))
    assert (finding.status, finding.what, finding.who) == ("fail", what, who)
    assert finding.why == f"iss is {issuer}; this API accepts {expected}."


def test_the_nearest_of_several_issuers_is_the_one_that_is_explained():
    assert nearest_relation(V1, ("https://idp.example/", V2)) == "version_mix"


def test_a_token_without_iss_fails():
    finding = CHECK.run(context({}, issuers=(V2,)))
    assert (finding.status, finding.why) == ("fail", "The token has no iss claim.")


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_iss_of_a_wrong_type_fails_plainly(value):
    finding = CHECK.run(context({"iss": value}, issuers=(V2,)))
    assert finding.status == "fail"
    assert finding.why.startswith("iss is ") and finding.why.endswith(", not text.")


def test_nothing_is_judged_without_expectation_or_claims():
    assert CHECK.run(context({"iss": V2})).status == "unknown"
    assert CHECK.run(context(None, issuers=(V2,))).status == "unknown"
    assert TENANT in V2
