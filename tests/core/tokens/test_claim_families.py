"""Names of one claim, and claims that are taken for another."""

import pytest

from console.core.tokens.claim_families import FAMILIES, in_other_version, look_alikes, same_claim

ROLE = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("appid", ("azp", "client_id")),
        ("roles", ("role", ROLE)),
        (ROLE, ("roles", "role")),
        ("groups", ()),  # filled from elsewhere: checking it in place of roles asks for something else
        ("sub", ()),
        ("Roles", ()),  # a gateway compares names with their letter case
        ("nonce", ()),
        ("", ()),
    ],
)
def test_only_names_of_the_same_claim_stand_for_each_other(name, others):
    assert same_claim(name) == others


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("roles", ("role", ROLE, "groups")),
        ("Roles", ("roles", "role", ROLE, "groups")),
        ("groups", ("roles", "role", ROLE)),
        ("TENANTID", ("tid", "http://schemas.microsoft.com/identity/claims/tenantid", "tenantId")),
        ("email", ("upn", "preferred_username", "unique_name")),
        ("Department", ("department",)),
        ("nonce", ()),
    ],
)
def test_a_reason_names_what_is_taken_for_a_claim_too(name, others):
    assert look_alikes(name) == others


@pytest.mark.parametrize(
    ("name", "other"),
    [("appid", "azp"), ("azp", "appid"), ("azpacr", "appidacr"), ("client_id", None), ("roles", None)],
)
def test_two_claims_change_their_name_with_the_version_of_the_token(name, other):
    assert in_other_version(name) == other


def test_no_name_is_in_two_families():
    names = [name.lower() for family in FAMILIES for name in {*family.names, *family.also}]
    assert sorted(names) == sorted(set(names))
