"""The roles check."""

import pytest

from console.core.checks.roles import CHECK
from console.core.owner import Owner
from tests.core.checks.contexts import WRONG_TYPES, context


@pytest.mark.parametrize("value", [["Orders.Read"], ["Other", "Orders.Read"], "Orders.Read"])
def test_a_listed_role_passes(value):
    assert CHECK.run(context({"roles": value}, roles=("Orders.Read", "Orders.Write"))).status == "pass"


def test_an_app_only_token_without_roles_needs_a_grant():
    finding = CHECK.run(context({"idtyp": "app"}, roles=("Orders.Read",)))
    assert finding.what == "The token carries no roles."
    assert finding.why == "This app-only token has no roles claim; this API asks for Orders.Read."
    assert finding.who == Owner.TENANT_ADMIN


def test_another_role_shows_both_sides():
    finding = CHECK.run(context({"roles": ["A", "B"]}, roles=("C",)))
    assert (finding.status, finding.why) == ("fail", "roles are A or B; this API asks for C.")


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"scp": "read"}, "not_applicable"),
        ({"scp": "other"}, "not_applicable"),
        ({"roles": ["Orders.Read"]}, "pass"),
        ({}, "fail"),
        ({"scp": "other", "roles": ["x"]}, "not_applicable"),
    ],
)
def test_a_token_with_scopes_needs_no_role_where_both_are_expected(claims, status):
    assert CHECK.run(context(claims, roles=("Orders.Read",), scopes=("read",))).status == status


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_roles_of_a_wrong_type_fail_plainly(value):
    assert CHECK.run(context({"roles": value}, roles=("x",))).what == "The roles of the token cannot be read."


def test_nothing_is_judged_without_expectation_or_claims():
    assert CHECK.run(context({"roles": ["x"]})).status == "unknown"
    assert CHECK.run(context(None, roles=("x",))).status == "unknown"
