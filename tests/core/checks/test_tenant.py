"""The tenant check."""

import pytest

from console.core.checks.tenant import CHECK
from tests.core.checks.contexts import OTHER_TENANT, TENANT, V1, V2, WRONG_TYPES, context


@pytest.mark.parametrize("claims", [{"tid": TENANT}, {"tid": TENANT.upper()}, {"iss": V2}, {"iss": V1, "tid": TENANT}])
def test_the_expected_tenant_passes_by_tid_or_issuer(claims):
    assert CHECK.run(context(claims, tenant=TENANT)).status == "pass"


def test_another_tenant_shows_both_sides():
    finding = CHECK.run(context({"tid": OTHER_TENANT}, tenant=TENANT))
    assert (finding.status, finding.why) == ("fail", f"tid is {OTHER_TENANT}; this API accepts {TENANT}.")


def test_two_tenants_in_one_token_are_told():
    finding = CHECK.run(context({"tid": OTHER_TENANT, "iss": V2}, tenant=TENANT))
    assert (finding.status, finding.what) == ("warning", "The claims of the token name two tenants.")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [({"tid": TENANT}, None), ({"tid": TENANT}, "contoso.onmicrosoft.com"), ({"iss": "https://x.example"}, TENANT)],
)
def test_what_cannot_be_compared_is_unknown(claims, expected):
    assert CHECK.run(context(claims, tenant=expected)).status == "unknown"


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_tid_of_a_wrong_type_fails_plainly(value):
    assert CHECK.run(context({"tid": value}, tenant=TENANT)).what == "The tenant of the token cannot be read."


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None, tenant=TENANT)).status == "unknown"
