"""The not_before check, at now - 1, now and now + 1."""

import pytest

from console.core.checks.not_before import CHECK
from tests.core.checks.contexts import NO_NUMBERS, NOW, context


@pytest.mark.parametrize(
    ("nbf", "leeway_s", "status"),
    [(NOW - 1, 0, "pass"), (NOW, 0, "pass"), (NOW + 1, 0, "fail"), (NOW + 60, 60, "pass"), (NOW + 61, 60, "fail")],
)
def test_not_before_at_its_boundaries(nbf, leeway_s, status):
    assert CHECK.run(context({"nbf": nbf}, leeway_s=leeway_s)).status == status


def test_a_token_from_the_future_names_the_clocks():
    finding = CHECK.run(context({"nbf": NOW + 600}))
    assert finding.why == (
        "nbf is 2026-01-01 00:10:00 UTC, 10 minutes after the moment it is judged for, and no leeway was counted in, "
        "so one of the two clocks is wrong."
    )


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_nbf_of_a_wrong_type_fails_plainly(value):
    finding = CHECK.run(context({"nbf": value}))
    assert finding.status == "fail"
    assert finding.why.endswith(", not a time in seconds.")


def test_a_token_without_nbf_is_not_judged():
    assert CHECK.run(context({})).status == "not_applicable"


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
