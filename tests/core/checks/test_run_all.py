"""All checks together: order, isolation of a crash, and any brokenness."""

from dataclasses import replace

import pytest

from console.core.checks import CHECKS, run_all
from console.core.finding import Status
from console.core.tokens.signature import KeyFacts, SignatureState
from tests.core.checks.contexts import API, CLIENT, NOW, TENANT, V2, WRONG_TYPES, context, signed

NAMES = (
    *("aud", "iss", "azp", "appid", "roles", "scp", "scope", "tid", "ver", "exp", "nbf", "iat", "typ", "nonce"),
    *("sub", "jti", "cnf", "groups", "hasgroups", "_claim_names", "xms_cc", "auth_time"),
)
HEADER_NAMES = ("alg", "kid", "typ", "crit", "jwk", "jku", "x5c")
DEMANDS = {
    "audiences": (API,),
    "issuers": (V2,),
    "authorized_parties": (CLIENT,),
    "roles": ("Orders.Read",),
    "tenant": TENANT,
    "token_version": "2.0",
    "algorithms": ("RS256",),
}
KEY = KeyFacts("RSA", use="sig", bits=2048)
GOOD = {
    "aud": API,
    "iss": V2,
    "azp": CLIENT,
    "roles": ["Orders.Read"],
    "tid": TENANT,
    "ver": "2.0",
    "exp": NOW + 60,
    "nbf": NOW - 60,
    "iat": NOW - 60,
}


def test_a_good_token_passes_everything_in_the_order_of_the_catalogue():
    findings = run_all(context(GOOD, signature=signed(SignatureState.VALID, key=KEY), **DEMANDS, scopes=("read",)))
    assert [finding.check for finding in findings] == [check.code for check in CHECKS]
    assert {finding.check: str(finding.status) for finding in findings if finding.status != "pass"} == {
        "critical_headers": "not_applicable",
        "type_header": "not_applicable",
        "group_overage": "not_applicable",
        "proof_of_possession": "not_applicable",
        "scopes": "not_applicable",
    }
    assert all(finding.source for finding in findings)


def test_the_first_fault_does_not_hide_the_second():
    findings = run_all(context({**GOOD, "aud": "api://other", "exp": NOW - 1}, **DEMANDS))
    assert {finding.check for finding in findings if finding.status is Status.FAIL} >= {"audience", "expiry"}


def test_a_crash_in_one_check_shows_as_crashed_and_the_others_answer():
    def broken(_context):
        raise ValueError("inside")

    crashing = replace(CHECKS[0], run=broken)
    findings = run_all(context(GOOD, **DEMANDS), (crashing, *CHECKS[1:]))
    assert findings[0].status is Status.CRASHED
    assert findings[0].why == "It stopped with ValueError; that says nothing about the token."
    assert Status.CRASHED not in {finding.status for finding in findings[1:]}


@pytest.mark.parametrize(
    "value", [*WRONG_TYPES, "", " ", "\x00", "x" * 5000, {"$": []}, [[[]]], -1, 10**30, float("inf")]
)
@pytest.mark.parametrize("demands", [{}, DEMANDS], ids=["nothing expected", "everything expected"])
def test_no_check_crashes_whatever_stands_in_a_claim(value, demands):
    header = dict.fromkeys(HEADER_NAMES, value)
    for finding in run_all(context(dict.fromkeys(NAMES, value), header=header, **demands)):
        assert finding.status is not Status.CRASHED, finding


def test_every_failure_says_what_why_do_and_who():
    for finding in run_all(context({}, signature=signed(SignatureState.INVALID), **DEMANDS)):
        if finding.status is Status.FAIL:
            assert finding.what.endswith(".") and finding.why.endswith(".") and finding.do.endswith(".") and finding.who


def test_what_needs_the_moment_of_the_attempt_says_so_and_nothing_else_does():
    """A token of which everything may be compared with the clock, judged years before, at its time and years after."""
    moments = [run_all(context(GOOD, now=now, **DEMANDS)) for now in (NOW - 10**9, NOW, NOW + 10**9)]
    by_check = zip(*moments, strict=True)
    moved = {
        found[0].check for found in by_check if len({repr((one.status, one.actual, one.expected)) for one in found}) > 1
    }
    assert moved == {check.code for check in CHECKS if check.needs_now}


def test_the_two_sides_of_a_mismatch_of_moments_are_the_claim_and_now():
    for check in CHECKS:
        if check.is_claim_and_now:
            (name,) = check.claims
            now = NOW + 10**9 if name == "exp" else NOW - 10**9
            found = check.run(context(GOOD, now=now))
            assert (found.status, found.actual, found.expected) == (Status.FAIL, GOOD[name], now)


def test_what_an_api_demands_is_judged_by_checks_that_say_so():
    """Without demands and keys none of them decides; with demands that nothing meets each of them fails or warns."""
    apart = {"audiences": ("other",), "issuers": ("https://other",), "authorized_parties": ("x",), "roles": ("Other",)}
    apart |= {"scopes": ("other",), "tenant": "9" * 8 + TENANT[8:], "token_version": "1.0"}
    open_, unmet = (run_all(context(GOOD, **demands)) for demands in ({}, apart))
    for check, before, after in zip(CHECKS, open_, unmet, strict=True):
        changes = (before.status, before.what) != (after.status, after.what)
        assert changes == (check.is_for_api and check.code != "signature"), check.code


def test_a_claim_is_judged_by_one_check_and_every_check_names_claims_once():
    claims = [name for check in CHECKS for name in check.claims]
    assert sorted(claims) == sorted(set(claims))
    assert {"aud", "iss", "exp", "roles", "scp"} <= set(claims)
