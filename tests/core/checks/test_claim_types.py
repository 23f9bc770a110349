"""The check claim_types: every registered claim with every wrong type."""

import pytest

from console.core.checks.claim_types import CHECK
from console.core.json.values import NumberText
from console.core.owner import Owner
from tests.core.checks.contexts import NOW, WRONG_TYPES, context

TEXTS, TIMES = ("iss", "sub", "jti"), ("exp", "nbf", "iat")


@pytest.mark.parametrize("value", WRONG_TYPES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_must_be_text(name, value):
    assert CHECK.run(context({name: value})).status == "fail"


@pytest.mark.parametrize("value", [None, True, "1767225600", [NOW], {"a": 1}, -1, 253_402_300_800, NumberText("1e30")])
@pytest.mark.parametrize("name", TIMES)
def test_a_time_must_be_a_number_within_the_calendar(name, value):
    assert CHECK.run(context({name: value})).status == "fail"


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({}, "pass"),
        ({"aud": "a", "iss": "b", "sub": "c", "jti": "d", "exp": NOW, "nbf": NOW, "iat": NOW}, "pass"),
        ({"aud": ["a", "b"]}, "pass"),
        ({"aud": []}, "fail"),
        ({"aud": ["a", 1]}, "fail"),
        ({"aud": {"a": 1}}, "fail"),
        ({"exp": 0}, "pass"),
        ({"exp": 253_402_300_799}, "pass"),
        ({"exp": NumberText("1767225600.5")}, "pass"),
        ({"exp": NOW * 1000}, "fail"),
        ({"updated_at": "2021-03-23T11:34:14.566z"}, "warning"),
        ({"updated_at": "2021-03-23T11:34:14.566z", "sub": 1}, "fail"),
        ({"iat": NOW, "exp": NOW - 1}, "pass"),
        ({"email": 7, "roles": 7}, "pass"),
    ],
)
def test_the_types_of_registered_claims_are_judged(claims, status):
    assert CHECK.run(context(claims)).status == status


def test_all_wrong_types_are_named_together_and_say_what_to_do():
    finding = CHECK.run(context({"aud": 7, "exp": "soon"}))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "Claims of the token are of a wrong type.",
        "exp must be a number, but is a string. aud must be a string or a list of strings, but is a number.",
        "Have the issuer write these claims as RFC 7519 says.",
        Owner.IDENTITY_PROVIDER,
    )
    assert finding.actual == ["exp", "aud"]


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
