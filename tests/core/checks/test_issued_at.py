"""The issued_at check, at now - 1, now and now + 1."""

import pytest

from console.core.checks.issued_at import CHECK
from tests.core.checks.contexts import NO_NUMBERS, NOW, context


@pytest.mark.parametrize(
    ("claims", "status", "what"),
    [
        ({"iat": NOW - 1}, "pass", "The token was issued 1 second ago."),
        ({"iat": NOW}, "pass", "The token was issued 0 seconds ago."),
        ({"iat": NOW + 1}, "warning", "The token was issued in the future."),
        ({"iat": NOW - 5, "exp": NOW - 10}, "warning", "The token ended before it was issued."),
    ],
)
def test_issued_at_at_its_boundaries(claims, status, what):
    finding = CHECK.run(context(claims))
    assert (finding.status, finding.what) == (status, what)


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_iat_of_a_wrong_type_is_warned_of_plainly(value):
    finding = CHECK.run(context({"iat": value}))
    assert finding.status == "warning"
    assert finding.why.endswith(", not a time in seconds.")


def test_a_token_without_iat_is_not_judged():
    assert CHECK.run(context({})).status == "not_applicable"


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
