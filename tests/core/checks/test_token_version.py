"""The token_version check."""

import pytest

from console.core.checks.token_version import CHECK
from console.core.compare import WIDENS
from tests.core.checks.contexts import V1, V2, WRONG_TYPES, context


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
    assert CHECK.run(context(claims, token_version=expected)).status == status


def test_the_other_version_tells_who_sets_it():
    finding = CHECK.run(context({"ver": "1.0"}, token_version="2.0"))
    assert finding.do == (
        f"Set requestedAccessTokenVersion of the API's registration to 2, or have the API accept 1.0 too: {WIDENS}."
    )


@pytest.mark.parametrize("value", WRONG_TYPES)
def test_ver_of_a_wrong_type_fails_plainly(value):
    assert CHECK.run(context({"ver": value})).what == "The version of the token cannot be read."


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None, token_version="2.0")).status == "unknown"
