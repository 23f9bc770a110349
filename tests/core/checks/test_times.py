"""The checks expiry, not_before and issued_at, at now - 1, now and now + 1."""

import pytest

from console.core.checks import expiry, issued_at, not_before
from console.core.json.values import NumberText
from console.core.owner import Owner
from tests.core.checks.contexts import NOW, WRONG_TYPES, context

NO_NUMBERS = [value for value in WRONG_TYPES if type(value) not in (int, float)]


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
    assert expiry.CHECK.run(context({"exp": exp}, leeway_s=leeway_s)).status == status


def test_an_expired_token_says_by_how_much():
    finding = expiry.CHECK.run(context({"exp": NOW - 90}))
    assert finding.what == "The token has expired."
    assert finding.why == (
        "exp is 2025-12-31 23:58:30 UTC; the attempt was 90 seconds later, and no leeway is allowed."
    )
    assert (finding.do, finding.who) == ("Get a new token.", Owner.INTEGRATOR)


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize(
    ("check", "name", "status"),
    [(expiry.CHECK, "exp", "fail"), (not_before.CHECK, "nbf", "fail"), (issued_at.CHECK, "iat", "warning")],
)
def test_a_time_of_a_wrong_type_is_told_plainly(check, name, status, value):
    finding = check.run(context({name: value}))
    assert finding.status == status
    assert finding.why.endswith(", not a time in seconds.")


def test_a_time_written_as_text_is_a_wrong_type():
    assert expiry.CHECK.run(context({"exp": str(NOW + 60)})).why == "exp is text, not a time in seconds."


@pytest.mark.parametrize(
    ("check", "status"),
    [(expiry.CHECK, "fail"), (not_before.CHECK, "not_applicable"), (issued_at.CHECK, "not_applicable")],
)
def test_only_exp_is_required(check, status):
    assert check.run(context({})).status == status


@pytest.mark.parametrize(
    ("nbf", "leeway_s", "status"),
    [(NOW - 1, 0, "pass"), (NOW, 0, "pass"), (NOW + 1, 0, "fail"), (NOW + 60, 60, "pass"), (NOW + 61, 60, "fail")],
)
def test_not_before_at_its_boundaries(nbf, leeway_s, status):
    assert not_before.CHECK.run(context({"nbf": nbf}, leeway_s=leeway_s)).status == status


def test_a_token_from_the_future_names_the_clocks():
    finding = not_before.CHECK.run(context({"nbf": NOW + 600}))
    assert finding.why == (
        "nbf is 2026-01-01 00:10:00 UTC; the attempt was 10 minutes earlier, and no leeway is allowed, so one of "
        "the two clocks is wrong."
    )


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
    finding = issued_at.CHECK.run(context(claims))
    assert (finding.status, finding.what) == (status, what)


@pytest.mark.parametrize("check", [expiry.CHECK, not_before.CHECK, issued_at.CHECK])
def test_nothing_is_judged_without_readable_claims(check):
    assert check.run(context(None)).status == "unknown"


@pytest.mark.parametrize("exp", [-(10**12), -1, 0])
def test_an_end_that_no_calendar_holds_is_told_as_the_number_it_is(exp):
    finding = expiry.CHECK.run(context({"exp": exp}))
    assert finding.status == "fail"
    assert finding.why.startswith("exp is 1970-01-01" if exp == 0 else f"exp is {exp}")


def test_the_leeway_of_the_api_is_named():
    finding = expiry.CHECK.run(context({"exp": NOW - 600}, leeway_s=300))
    assert finding.why.endswith("10 minutes later, and this API allows 5 minutes for clocks that differ.")
