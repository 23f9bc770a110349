"""The scopes check."""

import pytest

from console.core.checks.scopes import CHECK
from tests.core.checks.contexts import WRONG_TYPES, context


@pytest.mark.parametrize(
    "claims", [{"scp": "read write"}, {"scope": "read"}, {"scope": ["read", "write"]}, {"scp": "  read  "}]
)
def test_a_listed_scope_passes(claims):
    assert CHECK.run(context(claims, scopes=("read",))).status == "pass"


def test_another_scope_shows_both_sides():
    finding = CHECK.run(context({"scp": "User.Read profile"}, scopes=("orders.read",)))
    assert finding.why == "scp is User.Read or profile; this API asks for orders.read."
    assert finding.do == "Request the scope orders.read of this API and get a new token."


def test_an_app_only_token_never_carries_scopes():
    finding = CHECK.run(context({"roles": ["x"]}, scopes=("read",)))
    assert finding.why == "It is an app-only token, which never carries scopes; this API asks for read."


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"scp": "read"}, "pass"),
        ({"scp": "other"}, "fail"),
        ({"roles": ["Orders.Read"]}, "not_applicable"),
        ({}, "not_applicable"),
        ({"scp": "other", "roles": ["x"]}, "fail"),
    ],
)
def test_a_token_without_scopes_is_judged_by_its_roles_where_both_are_expected(claims, status):
    assert CHECK.run(context(claims, roles=("Orders.Read",), scopes=("read",))).status == status


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_scopes_of_a_wrong_type_fail_plainly(value):
    assert CHECK.run(context({"scp": value}, scopes=("x",))).what == "The scopes of the token cannot be read."


def test_nothing_is_judged_without_expectation_or_claims():
    assert CHECK.run(context({"scp": "x"})).status == "unknown"
    assert CHECK.run(context(None, scopes=("x",))).status == "unknown"
