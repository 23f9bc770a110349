"""The checks roles, scopes and authorized_party."""

import pytest

from console.core.checks import authorized_party, roles, scopes
from console.core.owner import Owner
from tests.core.checks.contexts import CLIENT, WRONG_TYPES, context


@pytest.mark.parametrize("value", [["Orders.Read"], ["Other", "Orders.Read"], "Orders.Read"])
def test_a_listed_role_passes(value):
    assert roles.CHECK.run(context({"roles": value}, roles=("Orders.Read", "Orders.Write"))).status == "pass"


def test_an_app_only_token_without_roles_needs_a_grant():
    finding = roles.CHECK.run(context({"idtyp": "app"}, roles=("Orders.Read",)))
    assert finding.what == "The token carries no roles."
    assert finding.why == "This app-only token has no roles claim; this API asks for Orders.Read."
    assert finding.who == Owner.TENANT_ADMIN


def test_another_role_shows_both_sides():
    finding = roles.CHECK.run(context({"roles": ["A", "B"]}, roles=("C",)))
    assert (finding.status, finding.why) == ("fail", "roles are A or B; this API asks for C.")


@pytest.mark.parametrize(
    ("claims", "roles_status", "scopes_status"),
    [
        ({"scp": "read"}, "not_applicable", "pass"),
        ({"scp": "other"}, "not_applicable", "fail"),
        ({"roles": ["Orders.Read"]}, "pass", "not_applicable"),
        ({}, "fail", "not_applicable"),
        ({"scp": "other", "roles": ["x"]}, "not_applicable", "fail"),
    ],
)
def test_roles_and_scopes_are_alternatives_when_both_are_expected(claims, roles_status, scopes_status):
    both = {"roles": ("Orders.Read",), "scopes": ("read",)}
    assert roles.CHECK.run(context(claims, **both)).status == roles_status
    assert scopes.CHECK.run(context(claims, **both)).status == scopes_status


@pytest.mark.parametrize(
    "claims", [{"scp": "read write"}, {"scope": "read"}, {"scope": ["read", "write"]}, {"scp": "  read  "}]
)
def test_a_listed_scope_passes(claims):
    assert scopes.CHECK.run(context(claims, scopes=("read",))).status == "pass"


def test_another_scope_shows_both_sides():
    finding = scopes.CHECK.run(context({"scp": "User.Read profile"}, scopes=("orders.read",)))
    assert finding.why == "scp is User.Read or profile; this API asks for orders.read."
    assert finding.do == "Request the scope orders.read of this API and get a new token."


def test_an_app_only_token_never_carries_scopes():
    finding = scopes.CHECK.run(context({"roles": ["x"]}, scopes=("read",)))
    assert finding.why == "It is an app-only token, which never carries scopes; this API asks for read."


@pytest.mark.parametrize("value", [value for value in WRONG_TYPES if value != "x"])
def test_roles_and_scopes_of_a_wrong_type_fail_plainly(value):
    assert roles.CHECK.run(context({"roles": value}, roles=("x",))).what == "The roles of the token cannot be read."
    assert scopes.CHECK.run(context({"scp": value}, scopes=("x",))).what == "The scopes of the token cannot be read."


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
    assert authorized_party.CHECK.run(context(claims, authorized_parties=(CLIENT,))).status == "pass"


def test_another_client_shows_both_sides():
    finding = authorized_party.CHECK.run(context({"azp": "client-b"}, authorized_parties=(CLIENT,)))
    assert (finding.status, finding.who) == ("fail", Owner.API_OWNER)
    assert finding.why == f"azp is client-b; this API allows {CLIENT}."


@pytest.mark.parametrize("claims", [{}, *({"azp": value} for value in WRONG_TYPES)])
def test_a_token_that_names_no_client_fails(claims):
    finding = authorized_party.CHECK.run(context(claims, authorized_parties=(CLIENT,)))
    assert finding.what == "The token does not say which client obtained it."


@pytest.mark.parametrize("check", [roles.CHECK, scopes.CHECK, authorized_party.CHECK])
def test_nothing_is_judged_without_expectation_or_claims(check):
    assert check.run(context({"roles": ["x"], "scp": "x", "azp": "x"})).status == "unknown"
    demands = {"roles": ("x",), "scopes": ("x",), "authorized_parties": ("x",)}
    assert check.run(context(None, **demands)).status == "unknown"
