"""The checks tenant and token_version."""

import pytest

from console.core.checks import tenant, token_version
from tests.core.checks.contexts import OTHER_TENANT, TENANT, V1, V2, WRONG_TYPES, context


@pytest.mark.parametrize("claims", [{"tid": TENANT}, {"tid": TENANT.upper()}, {"iss": V2}, {"iss": V1, "tid": TENANT}])
def test_the_expected_tenant_passes_by_tid_or_issuer(claims):
    assert tenant.CHECK.run(context(claims, tenant=TENANT)).status == "pass"


def test_another_tenant_shows_both_sides():
    finding = tenant.CHECK.run(context({"tid": OTHER_TENANT}, tenant=TENANT))
    assert (finding.status, finding.why) == ("fail", f"tid is {OTHER_TENANT}; this API accepts {TENANT}.")


def test_two_tenants_in_one_token_are_told():
    finding = tenant.CHECK.run(context({"tid": OTHER_TENANT, "iss": V2}, tenant=TENANT))
    assert (finding.status, finding.what) == ("warning", "The claims of the token name two tenants.")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [({"tid": TENANT}, None), ({"tid": TENANT}, "contoso.onmicrosoft.com"), ({"iss": "https://x.example"}, TENANT)],
)
def test_what_cannot_be_compared_is_unknown(claims, expected):
    assert tenant.CHECK.run(context(claims, tenant=expected)).status == "unknown"


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_tid_and_ver_of_a_wrong_type_fail_plainly(value):
    assert tenant.CHECK.run(context({"tid": value}, tenant=TENANT)).what == "The tenant of the token cannot be read."
    assert token_version.CHECK.run(context({"ver": value})).what == "The version of the token cannot be read."


@pytest.mark.parametrize(
    ("claims", "expected", "status"),
    [
        ({"ver": "2.0"}, "2.0", "pass"),
        ({"iss": V1}, "1.0", "pass"),
        ({"iss": V2}, "1.0", "fail"),
        ({"ver": "1.0"}, "2.0", "fail"),
        ({"ver": "2.0"}, None, "unknown"),
        ({"iss": "https://idp.example/"}, "2.0", "not_applicable"),
        ({}, "2.0", "not_applicable"),
    ],
)
def test_the_version_of_the_token(claims, expected, status):
    assert token_version.CHECK.run(context(claims, token_version=expected)).status == status


def test_the_other_version_tells_who_sets_it():
    finding = token_version.CHECK.run(context({"ver": "1.0"}, token_version="2.0"))
    assert finding.do == ("Set requestedAccessTokenVersion of the API's registration to 2, or have the API accept 1.0.")


@pytest.mark.parametrize("check", [tenant.CHECK, token_version.CHECK])
def test_nothing_is_judged_without_readable_claims(check):
    assert check.run(context(None, tenant=TENANT, token_version="2.0")).status == "unknown"
