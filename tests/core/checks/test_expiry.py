"""The expiry check, at now - 1, now and now + 1."""

import pytest

from console.core.checks.expiry import CHECK
from console.core.json.values import NumberText
from console.core.owner import Owner
from tests.core.checks.contexts import NO_NUMBERS, NOW, context


@pytest.mark.parametrize(
    ("exp", "leeway_s", "status"),
    [
        (NOW - 1, 0, "fail"),
        (NOW, 0, "pass"),
        (NOW + 1, 0, "pass"),
        (NOW - 61, 60, "fail"),
        (NOW - 60, 60, "pass"),
        (NOW - 0.5, 0, "fail"),
        (NumberText(f"{NOW}.5"), 0, "pass"),
        (NumberText("1e999"), 0, "fail"),
        (NumberText("9" * 40), 0, "fail"),
    ],
)
def test_expiry_at_its_boundaries(exp, leeway_s, status):
    assert CHECK.run(context({"exp": exp}, leeway_s=leeway_s)).status == status


def test_an_expired_token_says_by_how_much():
    finding = CHECK.run(context({"exp": NOW - 90}))
    assert finding.what == "The token has expired."
    assert finding.why == (
        "exp is 2025-12-31 23:58:30 UTC, 90 seconds before the moment it is judged for, and no leeway was counted in."
    )
    assert (finding.do, finding.who) == ("Get a new token.", Owner.INTEGRATOR)


def test_the_leeway_of_the_api_is_named():
    finding = CHECK.run(context({"exp": NOW - 600}, leeway_s=300))
    assert finding.why.endswith(
        "10 minutes before the moment it is judged for, and this API allows 5 minutes for clocks that differ."
    )


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_exp_of_a_wrong_type_fails_plainly(value):
    finding = CHECK.run(context({"exp": value}))
    assert finding.status == "fail"
    assert finding.why.endswith(", not a time in seconds.")


def test_a_time_written_as_text_is_a_wrong_type():
    assert CHECK.run(context({"exp": str(NOW + 60)})).why == "exp is text, not a time in seconds."


@pytest.mark.parametrize("exp", [-(10**12), -1, 0])
def test_an_end_that_no_calendar_holds_is_told_as_the_number_it_is(exp):
    finding = CHECK.run(context({"exp": exp}))
    assert finding.status == "fail"
    assert finding.why.startswith("exp is 1970-01-01" if exp == 0 else f"exp is {exp}")


def test_exp_is_required():
    assert CHECK.run(context({})).status == "fail"


def test_nothing_is_judged_without_readable_claims():
    assert CHECK.run(context(None)).status == "unknown"
