"""The check lifetime_length, to the second."""

import pytest

from console.core.checks.lifetime_length import CHECK
from console.core.json.values import NumberText
from console.core.owner import Owner
from tests.core.checks.contexts import NOW, WRONG_TYPES, context

DAY, CONTINUOUS = 86_400, 28 * 3_600


@pytest.mark.parametrize(
    ("length_s", "claims", "status"),
    [
        (0, {}, "pass"),
        (3_900, {}, "pass"),
        (DAY - 1, {}, "pass"),
        (DAY, {}, "pass"),
        (DAY + 1, {}, "warning"),
        (DAY + 1, {"xms_cc": ["cp1"]}, "notice"),
        (DAY + 1, {"xms_cc": ["CP1"]}, "notice"),
        (CONTINUOUS, {"xms_cc": ["cp1"]}, "notice"),
        (CONTINUOUS + 1, {"xms_cc": ["cp1"]}, "warning"),
        (DAY + 1, {"xms_cc": "cp1"}, "warning"),
        (DAY + 1, {"xms_cc": [1, "other"]}, "warning"),
        (-1, {}, "not_applicable"),
    ],
)
def test_the_length_is_judged_at_its_boundaries(length_s, claims, status):
    assert CHECK.run(context({"iat": NOW, "exp": NOW + length_s, **claims})).status == status


def test_the_start_counts_when_there_is_no_time_of_issue():
    assert CHECK.run(context({"nbf": NOW, "exp": NOW + DAY + 3_600})).why.startswith("exp − nbf is 1 day 1 hour;")


def test_a_long_life_says_whole_what_why_do_and_who():
    finding = CHECK.run(context({"iat": NOW, "exp": NOW + 10 * DAY}))
    assert (finding.what, finding.why, finding.do, finding.who) == (
        "The token lives longer than a day.",
        "exp − iat is 10 days; whoever finds the token can use it that long.",
        "Have the issuer shorten the life of access tokens; a client gets a new one when it needs one.",
        Owner.IDENTITY_PROVIDER,
    )
    assert (finding.actual, finding.expected) == ("10 days", "1 day")


def test_entras_odd_lengths_are_explained():
    finding = CHECK.run(context({"iat": NOW, "exp": NOW + 4_321, "ver": "2.0"}))
    assert finding.what == "The token lives for 1 hour 12 minutes in all."
    assert finding.why == "Entra gives 60 to 90 minutes, at random, and dates iat about five minutes back."
    assert CHECK.run(context({"iat": NOW, "exp": NOW + 4_321})).why == ""


@pytest.mark.parametrize("value", [value for value in WRONG_TYPES if type(value) not in (int, float)])
def test_without_a_readable_end_it_does_not_apply_and_without_a_start_it_is_unknown(value):
    assert CHECK.run(context({"iat": NOW, "exp": value})).status == "not_applicable"
    assert CHECK.run(context({"iat": value, "nbf": value, "exp": NOW})).status == "unknown"


def test_fractions_of_a_second_do_not_count():
    assert CHECK.run(context({"iat": NOW, "exp": NumberText(f"{NOW + DAY}.9")})).status == "pass"


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
